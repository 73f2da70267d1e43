-- What the query planner is to assume of indexes that are new, as in step 1. What
-- is there stays: somebody may have measured it.
INSERT INTO sqlite_stat1 (tbl, idx, stat)
SELECT
    tables.name,
    iif(indexes.origin = 'pk', tables.name, indexes.name),
    '1000000 10000'
        || substr(' 100 100', 1, 4 * ((SELECT count(*) FROM pragma_index_info(indexes.name)) - 2))
        || iif(indexes."unique", ' 1', ' 4')
FROM sqlite_schema AS tables, pragma_index_list(tables.name) AS indexes
WHERE
    tables.type = 'table'
    AND tables.name NOT LIKE 'sqlite%'
    AND iif(indexes.origin = 'pk', tables.name, indexes.name) NOT IN (SELECT idx FROM sqlite_stat1);
ANALYZE sqlite_schema;
