-- What the query planner is to assume of indexes that are new, as in step 1. What
-- is there stays: somebody may have measured it.
INSERT INTO sqlite_stat1 (tbl, idx, stat)
SELECT
    tables.name,
    iif(indexes.origin = 'pk', tables.name, indexes.name),
    '1000000 10000' || CASE indexes.name
        -- Whose ties and grants they are says as much as in an index on that alone.
        WHEN 'tie_by_who_kind_ends_at_id' THEN ' 4 2 2 1'
        WHEN 'tie_by_of_who' THEN ' 4 2'
        WHEN 'access_grant_by_party_resource_of' THEN ' 4 2 2'
        WHEN 'access_grant_by_of_resource_ends_at' THEN ' 4 2 2'
        ELSE substr(' 100 100', 1, 4 * ((SELECT count(*) FROM pragma_index_info(indexes.name)) - 2))
            || iif(indexes."unique", ' 1', ' 4')
    END
FROM sqlite_schema AS tables, pragma_index_list(tables.name) AS indexes
WHERE
    tables.type = 'table'
    AND tables.name NOT LIKE 'sqlite%'
    AND iif(indexes.origin = 'pk', tables.name, indexes.name) NOT IN (SELECT idx FROM sqlite_stat1);
ANALYZE sqlite_schema;
