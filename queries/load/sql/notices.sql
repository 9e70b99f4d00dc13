-- Grain: version of the notice; the first row of each holds.
INSERT INTO store.notices
SELECT notice_version, CAST(local_of(effective_from) AS DATE), mechanism, language, text
FROM (
    SELECT *, rowid FROM notices_in WHERE reject IS NULL
    QUALIFY row_number() OVER (PARTITION BY notice_version ORDER BY rowid) = 1
)
ORDER BY effective_from, rowid;
