-- Incidents, their alerts, and what is to be told about them. Rules and reasons: README.md beside this file.

CREATE TABLE IF NOT EXISTS incident_keys (
  incident_key     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version          BIGINT UNSIGNED NOT NULL DEFAULT 0, -- the fence: +1 in every transaction that touches the key
  last_incident_id VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NULL, -- the open or else the last closed episode
  mute_until       DATETIME(6) NULL,
  muted_by         VARCHAR(190) NULL,
  PRIMARY KEY (incident_key)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS incidents (
  incident_id       VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  incident_key      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status            ENUM('active', 'acknowledged', 'resolved') NOT NULL,
  severity          VARCHAR(64) NOT NULL,
  peak_severity     VARCHAR(64) NOT NULL,
  phase             VARCHAR(255) NOT NULL,
  cluster           VARCHAR(255) NOT NULL,
  namespace         VARCHAR(255) NOT NULL,
  service           VARCHAR(255) NOT NULL,
  rule_uid          VARCHAR(255) NOT NULL,
  title             VARCHAR(255) NOT NULL,
  summary           VARCHAR(1024) NOT NULL,
  start_time        DATETIME(6) NOT NULL,
  first_seen_at     DATETIME(6) NOT NULL,
  last_seen_at      DATETIME(6) NOT NULL, -- in two indexes: written at most once a second
  alert_count       BIGINT NOT NULL DEFAULT 0, -- rows in grafana_alerts; only the triggers write it
  alerts_received   BIGINT NOT NULL DEFAULT 0, -- the same, but never falls; only the trigger writes it
  firing_count      INT NOT NULL,
  acknowledged_time DATETIME(6) NULL,
  acknowledged_by   VARCHAR(190) NULL,
  resolved_time     DATETIME(6) NULL,
  resolved_by       VARCHAR(190) NULL,
  resolution        ENUM('person', 'auto', 'stale', 'never_opened', 'test') NULL,
  action_taken      TEXT NULL,
  root_cause        TEXT NULL,
  is_noise          BOOLEAN NULL,
  is_test           BOOLEAN NOT NULL,
  slack_channel_id  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  slack_message_ts  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  revision          INT NOT NULL,
  event_seq         INT NOT NULL, -- the last seq used in incident_events
  incomplete_groups VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  due_at            DATETIME(6) NULL, -- when time alone may change the incident
  -- The key while the incident is open: UNIQUE then allows one open incident a key. VARCHAR: MariaDB refuses CHAR here.
  open_key          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin
                    AS (IF(resolved_time IS NULL, incident_key, NULL)) STORED,
  created_at        DATETIME(6) NOT NULL,
  updated_at        DATETIME(6) NOT NULL,
  PRIMARY KEY (incident_id),
  UNIQUE KEY uq_open_key (open_key),
  KEY idx_incident_key_status_last_seen (incident_key, status, last_seen_at DESC),
  KEY idx_status_last_seen (status, last_seen_at),
  KEY idx_due (due_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS grafana_alerts (
  alert_id     BIGINT NOT NULL AUTO_INCREMENT,
  incident_id  VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  incident_key VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  delivery_id  BINARY(16) NOT NULL, -- UUIDv7, big-endian: its order is time, so uq_delivery grows at its end
  position     INT NOT NULL,
  received_at  DATETIME(6) NOT NULL,
  state        ENUM('firing', 'resolved') NOT NULL,
  reason       ENUM('new', 'joined', 'repeated', 'out_of_order', 'still_firing', 'ended', 'auto_resolved', 'late',
                    'never_opened', 'test', 'instances_capped') NOT NULL,
  severity     VARCHAR(64) NOT NULL,
  rule_uid     VARCHAR(255) NOT NULL,
  alertname    VARCHAR(255) NOT NULL,
  fingerprint  VARCHAR(64) NOT NULL,
  starts_at    DATETIME(6) NOT NULL,
  ends_at      DATETIME(6) NULL,
  message      TEXT NOT NULL,
  labels       JSON NOT NULL,
  annotations  JSON NOT NULL,
  raw_payload  LONGTEXT NOT NULL, -- text: a JSON column would reorder keys and rewrite numbers
  PRIMARY KEY (alert_id),
  UNIQUE KEY uq_delivery (delivery_id, position),
  KEY idx_incident (incident_id, alert_id),
  CONSTRAINT fk_grafana_alerts_incident FOREIGN KEY (incident_id) REFERENCES incidents (incident_id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS incident_instances (
  incident_id  VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fingerprint  VARCHAR(64) NOT NULL,
  state        ENUM('firing', 'resolved') NOT NULL,
  severity     VARCHAR(64) NOT NULL,
  starts_at    DATETIME(6) NOT NULL,
  ends_at      DATETIME(6) NULL,
  last_seen_at DATETIME(6) NOT NULL,
  values_json  TEXT NULL,
  PRIMARY KEY (incident_id, fingerprint)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS incident_events (
  incident_id     VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seq             INT NOT NULL,
  at              DATETIME(6) NOT NULL,
  kind            ENUM('opened', 'severity_changed', 'acknowledged', 'unacknowledged', 'resolved', 'incomplete',
                       'complete') NOT NULL,
  reason          VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  actor           VARCHAR(190) NULL,
  detail          JSON NULL,
  revision        INT NOT NULL,
  alerts_received BIGINT NOT NULL, -- how many alerts of the incident came before: one order of alerts and events
  command_id      BINARY(16) NULL, -- a repeated command gets its first answer
  PRIMARY KEY (incident_id, seq),
  UNIQUE KEY uq_command (command_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS notifications (
  dedupe_key       VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  incident_id      VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel          VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind             ENUM('card', 'reply') NOT NULL,
  desired_revision INT NOT NULL,
  sent_revision    INT NULL,
  state            ENUM('pending', 'sent', 'failed') NOT NULL DEFAULT 'pending',
  claim            BINARY(16) NULL, -- who posts it now; a claim past claimed_until may have posted
  claimed_until    DATETIME(6) NULL,
  attempts         INT NOT NULL DEFAULT 0,
  next_attempt_at  DATETIME(6) NOT NULL,
  message_ts       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  last_error       VARCHAR(255) NULL,
  PRIMARY KEY (dedupe_key),
  KEY idx_state_next_attempt (state, next_attempt_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS rejected_deliveries (
  rejected_id BIGINT NOT NULL AUTO_INCREMENT,
  received_at DATETIME(6) NOT NULL,
  delivery_id BINARY(16) NOT NULL,
  position    INT NULL, -- NULL: the whole body
  source      VARCHAR(64) NOT NULL,
  reason      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  detail      VARCHAR(1024) NULL,
  body        LONGBLOB NOT NULL, -- bytes: it may be anything; cut when long
  body_length BIGINT NOT NULL, -- before the cut
  PRIMARY KEY (rejected_id),
  KEY idx_received (received_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;
