-- Who may come in and what they did: the keys that protect cookies and forms, API tokens made on a page, the audit.

-- Of every WebFront alike, so that each takes the others' cookies. Encrypted where people sign in.
CREATE TABLE IF NOT EXISTS data_protection_keys (
  key_id     BIGINT NOT NULL AUTO_INCREMENT,
  name       VARCHAR(190) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  xml        MEDIUMTEXT NOT NULL,
  PRIMARY KEY (key_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS api_tokens (
  token_hash BINARY(32) NOT NULL, -- SHA-256: the token itself is kept nowhere
  name       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  scope      ENUM('read', 'act', 'admin') NOT NULL,
  created_at DATETIME(6) NOT NULL,
  created_by VARCHAR(190) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  revoked_at DATETIME(6) NULL,
  revoked_by VARCHAR(190) NULL,
  living_name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin
                    AS (IF(revoked_at IS NULL, LOWER(name), NULL)) STORED,
  PRIMARY KEY (token_hash),
  UNIQUE KEY uq_living_name (living_name)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;

-- What anybody did or tried. A command's row is there before the command is sent; its outcome follows.
CREATE TABLE IF NOT EXISTS audit (
  audit_id       BIGINT NOT NULL AUTO_INCREMENT,
  at             DATETIME(6) NOT NULL,
  actor          VARCHAR(190) NOT NULL,
  said_by        VARCHAR(190) NULL,
  via            ENUM('local', 'token', 'session', 'proxy', 'slack') NOT NULL,
  remote_address VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  action         VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  target         VARCHAR(190) NOT NULL,
  outcome        VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  detail         VARCHAR(500) NULL,
  PRIMARY KEY (audit_id),
  KEY idx_actor (actor, audit_id),
  KEY idx_action (action, audit_id),
  KEY idx_target (target, audit_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;
