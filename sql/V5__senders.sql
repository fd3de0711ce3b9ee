-- Who sent what: the sender's name with everything it sent, and what is known of each sender.
-- ADD COLUMN has no IF NOT EXISTS on MySQL; the prepared statement is the same. Both servers add such a column at
-- once, without copying the table. '': stored before senders had names.

SET @change = IF(EXISTS (
  SELECT 1 FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'grafana_alerts' AND column_name = 'sender'), 'DO 0',
  'ALTER TABLE grafana_alerts ADD COLUMN sender VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''''');
PREPARE change_once FROM @change;
EXECUTE change_once;

SET @change = IF(EXISTS (
  SELECT 1 FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'rejected_deliveries' AND column_name = 'sender'), 'DO 0',
  'ALTER TABLE rejected_deliveries ADD COLUMN sender VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ''''');
PREPARE change_once FROM @change;
EXECUTE change_once;
DEALLOCATE PREPARE change_once;

-- One row per sender and peer: one name may be used by several servers, such as the two of an HA pair. Everything but
-- the name is what the delivery said of itself.
CREATE TABLE IF NOT EXISTS senders (
  sender               VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  peer                 VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- made of its address and URL; 'other'
  kind                 ENUM('grafana', 'alertmanager', 'unknown') NOT NULL,
  version              VARCHAR(64) NOT NULL,
  external_url         VARCHAR(255) NOT NULL,
  org_id               BIGINT NULL,
  remote_address       VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  first_delivery_at    DATETIME(6) NOT NULL,
  last_delivery_at     DATETIME(6) NOT NULL,
  deliveries           BIGINT NOT NULL,
  alerts               BIGINT NOT NULL, -- with the rejected ones
  rejected_alerts      BIGINT NOT NULL,
  truncated_deliveries BIGINT NOT NULL,
  duplicate_deliveries BIGINT NOT NULL,
  PRIMARY KEY (sender, peer),
  KEY idx_sender_last_delivery (sender, last_delivery_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;
