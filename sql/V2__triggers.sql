-- Apart from the tables, since MySQL with a binary log may refuse exactly this file (error 1419, see README.md).

DROP TRIGGER IF EXISTS trg_update_alert_count_on_insert;

CREATE TRIGGER trg_update_alert_count_on_insert AFTER INSERT ON grafana_alerts FOR EACH ROW
UPDATE incidents SET alert_count = alert_count + 1, alerts_received = alerts_received + 1
WHERE incident_id = NEW.incident_id;

DROP TRIGGER IF EXISTS trg_update_alert_count_on_delete;

CREATE TRIGGER trg_update_alert_count_on_delete AFTER DELETE ON grafana_alerts FOR EACH ROW
UPDATE incidents SET alert_count = alert_count - 1 WHERE incident_id = OLD.incident_id;

DROP TRIGGER IF EXISTS trg_prevent_duplicate_open_incident;

-- uq_open_key would refuse it too; this says why. Reads through uq_open_key.
CREATE TRIGGER trg_prevent_duplicate_open_incident BEFORE INSERT ON incidents FOR EACH ROW
IF NEW.resolved_time IS NULL AND EXISTS (SELECT 1 FROM incidents i WHERE i.open_key = NEW.incident_key) THEN
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'This incident key already has an open incident';
END IF;
