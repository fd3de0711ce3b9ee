-- Ways to the lists of one cluster, namespace or severity, and of tests, of which a long history may hold few; and to the
-- alerts of a name.
-- An index is added only where it is missing, since this file may run twice (README.md beside it).

SET @missing = (SELECT IF(COUNT(*) = 0,
  'ALTER TABLE incidents
     ADD KEY idx_cluster_status_last_seen (cluster, status, last_seen_at),
     ADD KEY idx_namespace_status_last_seen (namespace, status, last_seen_at),
     ADD KEY idx_severity_status_last_seen (severity, status, last_seen_at),
     ADD KEY idx_test_status_last_seen (is_test, status, last_seen_at)',
  'DO 0')
  FROM information_schema.statistics
  WHERE table_schema = DATABASE() AND table_name = 'incidents' AND index_name = 'idx_cluster_status_last_seen');
PREPARE add_missing FROM @missing;
EXECUTE add_missing;

SET @missing = (SELECT IF(COUNT(*) = 0,
  'ALTER TABLE grafana_alerts ADD KEY idx_alertname (alertname, alert_id)',
  'DO 0')
  FROM information_schema.statistics
  WHERE table_schema = DATABASE() AND table_name = 'grafana_alerts' AND index_name = 'idx_alertname');
PREPARE add_missing FROM @missing;
EXECUTE add_missing;
DEALLOCATE PREPARE add_missing;
