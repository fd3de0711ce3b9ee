-- What is to be told of each incident, and what was: the outbox. One row an incident, so that no incident can have two
-- living messages. The table that V1 made never had a row, since nothing sent any.

SET @former = (SELECT IF(COUNT(*) = 1, 'DROP TABLE notifications', 'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'notifications' AND column_name = 'dedupe_key');
PREPARE drop_former FROM @former;
EXECUTE drop_former;

CREATE TABLE IF NOT EXISTS notifications (
  incident_id      VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel          VARCHAR(80) NOT NULL, -- as configured: where the next message goes
  state            ENUM('pending', 'sent', 'failed') NOT NULL,
  desired_revision INT NOT NULL, -- the incident's revision that its message should show
  raised_revision  INT NOT NULL, -- the latest revision that wants a message of its own: opened, or more severe than ever
  sent_revision    INT NULL, -- what the message shows
  sent_alerts      BIGINT NULL, -- how many alerts it counts
  message_revision INT NULL, -- the raised_revision that the message was posted for
  message_channel  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL, -- as Slack names it
  message_ts       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  former           VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- messages before it that do not point to it yet
  claim            BINARY(16) NULL, -- who talks to Slack about it now
  claimed_until    DATETIME(6) NULL, -- by the clock of the database
  calling_since    DATETIME(6) NULL, -- a call began then whose end is not known: a post may be there, an edit may yet come
  attempts         INT NOT NULL, -- since it last got through
  next_attempt_at  DATETIME(6) NOT NULL,
  pending_since    DATETIME(6) NULL,
  last_error       VARCHAR(255) NULL,
  PRIMARY KEY (incident_id),
  KEY idx_channel_state_next (channel, state, next_attempt_at),
  KEY idx_state_channel (state, channel, pending_since)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;

-- Nobody ever wrote or read these: an incident's message is named above.
SET @former = (SELECT IF(COUNT(*) = 2,
  'ALTER TABLE incidents DROP COLUMN slack_channel_id, DROP COLUMN slack_message_ts',
  'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'incidents' AND column_name IN ('slack_channel_id', 'slack_message_ts'));
PREPARE drop_former FROM @former;
EXECUTE drop_former;
DEALLOCATE PREPARE drop_former;
