-- Grain: version of the notice.
INSERT INTO store.notices
SELECT notice_version, CAST(local_of(effective_from) AS DATE), mechanism, language, text
FROM notices_in WHERE reject IS NULL
ORDER BY effective_from, rowid;
