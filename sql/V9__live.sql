-- What changed lately, for pages that lost the live feed for a moment.

SET @missing = (SELECT IF(COUNT(*) = 0,
  'ALTER TABLE incidents ADD KEY idx_updated (updated_at)',
  'DO 0')
  FROM information_schema.statistics
  WHERE table_schema = DATABASE() AND table_name = 'incidents' AND index_name = 'idx_updated');
PREPARE add_missing FROM @missing;
EXECUTE add_missing;
DEALLOCATE PREPARE add_missing;
