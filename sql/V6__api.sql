-- What the API reads: how many incidents there are of each kind, whom a shared token acts for, and a way to each list.
-- A column or index is added only where it is missing, since this file may run twice (README.md beside it).

CREATE TABLE IF NOT EXISTS incident_counts (
  status    ENUM('active', 'acknowledged', 'resolved') NOT NULL,
  severity  VARCHAR(64) NOT NULL,
  is_test   BOOLEAN NOT NULL,
  incidents BIGINT NOT NULL, -- as of the last fold; incident_count_changes has the rest
  PRIMARY KEY (status, severity, is_test)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;

-- Only ever inserted by those who write incidents, so that no two of them wait for one row; folded every few seconds.
CREATE TABLE IF NOT EXISTS incident_count_changes (
  change_id BIGINT NOT NULL AUTO_INCREMENT,
  status    ENUM('active', 'acknowledged', 'resolved') NOT NULL,
  severity  VARCHAR(64) NOT NULL,
  is_test   BOOLEAN NOT NULL,
  change_by INT NOT NULL,
  PRIMARY KEY (change_id)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;

DELETE FROM incident_counts;
DELETE FROM incident_count_changes;
INSERT INTO incident_counts (status, severity, is_test, incidents)
SELECT status, severity, is_test, COUNT(*) FROM incidents GROUP BY status, severity, is_test;

ALTER TABLE incident_events
  MODIFY COLUMN kind ENUM('opened', 'severity_changed', 'acknowledged', 'unacknowledged', 'resolved', 'incomplete',
                          'complete', 'noted', 'amended') NOT NULL;

SET @missing = (SELECT IF(COUNT(*) = 0,
  'ALTER TABLE incidents
     ADD COLUMN acknowledged_said_by VARCHAR(190) NULL,
     ADD COLUMN resolved_said_by VARCHAR(190) NULL,
     ADD COLUMN title_lower VARCHAR(255) AS (LOWER(title)) VIRTUAL',
  'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'incidents' AND column_name = 'title_lower');
PREPARE add_missing FROM @missing;
EXECUTE add_missing;

SET @missing = (SELECT IF(COUNT(*) = 0,
  'ALTER TABLE incidents
     ADD KEY idx_service_status_last_seen (service, status, last_seen_at),
     ADD KEY idx_rule_status_last_seen (rule_uid, status, last_seen_at),
     ADD KEY idx_title_status (title_lower, status)',
  'DO 0')
  FROM information_schema.statistics
  WHERE table_schema = DATABASE() AND table_name = 'incidents' AND index_name = 'idx_title_status');
PREPARE add_missing FROM @missing;
EXECUTE add_missing;

SET @missing = (SELECT IF(COUNT(*) = 0,
  'ALTER TABLE grafana_alerts ADD KEY idx_fingerprint (fingerprint, alert_id)',
  'DO 0')
  FROM information_schema.statistics
  WHERE table_schema = DATABASE() AND table_name = 'grafana_alerts' AND index_name = 'idx_fingerprint');
PREPARE add_missing FROM @missing;
EXECUTE add_missing;
DEALLOCATE PREPARE add_missing;
