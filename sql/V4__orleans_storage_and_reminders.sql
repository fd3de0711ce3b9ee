-- What grains remember and when they are woken: the tables and queries of Orleans 10.4.2
-- (Microsoft.Orleans.Persistence.AdoNet and Reminders.AdoNet). Names, parameters and result columns are Orleans'
-- contract; the statements are our own. Those that Orleans ships have no unique key on the state, so that two first
-- writes both succeed, cut it at 64 KiB, and take reminders of Foo and foo for one.

CREATE TABLE IF NOT EXISTS OrleansStorage (
  ServiceId              VARCHAR(150) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  GrainTypeString        VARCHAR(200) NOT NULL, -- the name of the state
  GrainIdN0              BIGINT NOT NULL,
  GrainIdN1              BIGINT NOT NULL,
  GrainIdExtensionString VARCHAR(400) NOT NULL, -- the key of a grain with a string key
  Version                INT NOT NULL, -- the etag, from 1
  PayloadBinary          LONGBLOB NULL, -- NULL: cleared
  PRIMARY KEY (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS OrleansRemindersTable (
  ServiceId    VARCHAR(150) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  GrainId      VARCHAR(400) NOT NULL,
  ReminderName VARCHAR(150) NOT NULL,
  StartTime    DATETIME(6) NOT NULL,
  Period       BIGINT NOT NULL, -- milliseconds
  GrainHash    INT NOT NULL, -- where on the ring of silos
  Version      INT NOT NULL, -- the etag, from 1
  PRIMARY KEY (ServiceId, GrainId, ReminderName),
  KEY idx_hash (ServiceId, GrainHash)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('ReadFromStorageKey', '
SELECT PayloadBinary, Version FROM OrleansStorage
WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdN0 = @GrainIdN0
  AND GrainIdN1 = @GrainIdN1 AND GrainIdExtensionString = IFNULL(@GrainIdExtensionString, '''');'),

-- Each of the two writes touches one row at most and commits by itself. LAST_INSERT_ID carries the outcome: counted
-- rows cannot, since the driver counts rows found, so that a row inserted and a row that was there both count as one.
-- NULL: somebody else wrote meanwhile.
('WriteToStorageKey', '
DO LAST_INSERT_ID(@GrainStateVersion IS NULL);
INSERT INTO OrleansStorage
  (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, Version, PayloadBinary)
SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, IFNULL(@GrainIdExtensionString, ''''), 1, @PayloadBinary
FROM DUAL WHERE @GrainStateVersion IS NULL
ON DUPLICATE KEY UPDATE Version = Version + LAST_INSERT_ID(0);
UPDATE OrleansStorage SET PayloadBinary = @PayloadBinary, Version = LAST_INSERT_ID(Version + 1)
WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdN0 = @GrainIdN0
  AND GrainIdN1 = @GrainIdN1 AND GrainIdExtensionString = IFNULL(@GrainIdExtensionString, '''')
  AND Version = @GrainStateVersion;
SELECT CAST(NULLIF(LAST_INSERT_ID(), 0) AS SIGNED) AS NewGrainStateVersion;'),

-- The old version as the answer means refused.
('ClearStorageKey', '
UPDATE OrleansStorage SET PayloadBinary = NULL, Version = Version + 1
WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdN0 = @GrainIdN0
  AND GrainIdN1 = @GrainIdN1 AND GrainIdExtensionString = IFNULL(@GrainIdExtensionString, '''')
  AND Version = @GrainStateVersion;
SELECT @GrainStateVersion + ROW_COUNT() AS NewGrainStateVersion;'),

('DeleteStorageKey', '
DELETE FROM OrleansStorage
WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdN0 = @GrainIdN0
  AND GrainIdN1 = @GrainIdN1 AND GrainIdExtensionString = IFNULL(@GrainIdExtensionString, '''')
  AND Version = @GrainStateVersion;
SELECT @GrainStateVersion + ROW_COUNT() AS NewGrainStateVersion;'),

('UpsertReminderRowKey', '
DO LAST_INSERT_ID(1);
INSERT INTO OrleansRemindersTable (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 1)
ON DUPLICATE KEY UPDATE StartTime = VALUES(StartTime), Period = VALUES(Period), GrainHash = VALUES(GrainHash),
  Version = LAST_INSERT_ID(Version + 1);
SELECT CAST(LAST_INSERT_ID() AS SIGNED) AS Version;'),

('ReadReminderRowsKey', '
SELECT GrainId, ReminderName, StartTime, Period, Version FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId;'),

('ReadReminderRowKey', '
SELECT GrainId, ReminderName, StartTime, Period, Version FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName;'),

('ReadRangeRows1Key', '
SELECT GrainId, ReminderName, StartTime, Period, Version FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainHash > @BeginHash AND GrainHash <= @EndHash;'),

-- The range that wraps around.
('ReadRangeRows2Key', '
SELECT GrainId, ReminderName, StartTime, Period, Version FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND (GrainHash > @BeginHash OR GrainHash <= @EndHash);'),

('DeleteReminderRowKey', '
DELETE FROM OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName AND Version = @Version;
SELECT ROW_COUNT();'),

('DeleteReminderRowsKey', '
DELETE FROM OrleansRemindersTable WHERE ServiceId = @ServiceId;')

ON DUPLICATE KEY UPDATE QueryText = VALUES(QueryText);
