-- Who is in the cluster: the tables and queries by which Orleans 10.4.2 (Microsoft.Orleans.Clustering.AdoNet) keeps
-- membership. Names, parameters and result columns are Orleans' contract; the statements are our own, because the ones
-- Orleans ships deadlock when several silos join at once (a foreign key locks the version row in two orders) and need
-- DELIMITER. Every change takes the version row first.

CREATE TABLE IF NOT EXISTS OrleansQuery (
  QueryKey  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  QueryText TEXT NOT NULL,
  PRIMARY KEY (QueryKey)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS OrleansMembershipVersionTable (
  DeploymentId VARCHAR(150) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  Version      INT NOT NULL DEFAULT 0,
  PRIMARY KEY (DeploymentId)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS OrleansMembershipTable (
  DeploymentId VARCHAR(150) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  Address      VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  Port         INT NOT NULL,
  Generation   INT NOT NULL,
  SiloName     VARCHAR(150) NOT NULL,
  HostName     VARCHAR(255) NOT NULL,
  Status       INT NOT NULL,
  ProxyPort    INT NOT NULL,
  SuspectTimes TEXT CHARACTER SET ascii COLLATE ascii_bin NULL,
  StartTime    DATETIME(6) NOT NULL,
  IAmAliveTime DATETIME(6) NOT NULL,
  PRIMARY KEY (DeploymentId, Address, Port, Generation)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
-- Asked for is only that the row be there; Orleans logs the answer and nothing else.
('InsertMembershipVersionKey', '
INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES (@DeploymentId)
ON DUPLICATE KEY UPDATE DeploymentId = VALUES(DeploymentId);
SELECT 1;'),

('InsertMembershipKey', '
START TRANSACTION;
UPDATE OrleansMembershipVersionTable SET Version = Version + 1
WHERE DeploymentId = @DeploymentId AND Version = @Version;
INSERT INTO OrleansMembershipTable
  (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
FROM DUAL WHERE ROW_COUNT() = 1;
SELECT ROW_COUNT();
COMMIT;'),

('UpdateMembershipKey', '
START TRANSACTION;
UPDATE OrleansMembershipVersionTable v JOIN OrleansMembershipTable m
  ON m.DeploymentId = v.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
SET v.Version = v.Version + 1, m.Status = @Status, m.SuspectTimes = @SuspectTimes, m.IAmAliveTime = @IAmAliveTime
WHERE v.DeploymentId = @DeploymentId AND v.Version = @Version;
SELECT ROW_COUNT() > 0;
COMMIT;'),

('UpdateIAmAlivetimeKey', '
UPDATE OrleansMembershipTable SET IAmAliveTime = @IAmAliveTime
WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation;'),

('MembershipReadRowKey', '
SELECT m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime,
  m.IAmAliveTime, v.Version
FROM OrleansMembershipVersionTable v LEFT JOIN OrleansMembershipTable m
  ON m.DeploymentId = v.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
WHERE v.DeploymentId = @DeploymentId;'),

('MembershipReadAllKey', '
SELECT m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime,
  m.IAmAliveTime, v.Version
FROM OrleansMembershipVersionTable v LEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId
WHERE v.DeploymentId = @DeploymentId;'),

('GatewaysQueryKey', '
SELECT Address, ProxyPort, Generation FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0;'),

('DeleteMembershipTableEntriesKey', '
DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId;
DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId;'),

-- Dead ones only (6): a silo that is still joining has an old IAmAliveTime too.
('CleanupDefunctSiloEntriesKey', '
DELETE FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND StartTime < @IAmAliveTime AND Status = 6;'),

('CleanupDefunctSiloEntryKey', '
DELETE FROM OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation
  AND Status = 6 AND StartTime = @StartTime AND IAmAliveTime = @IAmAliveTime AND SuspectTimes <=> @SuspectTimes;')

ON DUPLICATE KEY UPDATE QueryText = VALUES(QueryText);
