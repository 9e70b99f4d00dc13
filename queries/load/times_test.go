package load

import (
	"strings"
	"testing"
)

// Times as files have them, for a shop in Toronto: each row is a customer
// called by the text of their created_at. Clocks went forward on 11 March and
// back on 4 November 2018, at 2 in the morning.
func TestTimes(t *testing.T) {
	t.Parallel()
	read := [][2]string{
		{"2018-01-15", "2018-01-15 05:00:00"},
		{"2018-07-15", "2018-07-15 04:00:00"},
		{"2018/07/15", "2018-07-15 04:00:00"},
		{"2018-01-15 10:00", "2018-01-15 15:00:00"},
		{"2018-01-15 10:00:00", "2018-01-15 15:00:00"},
		{"2018-07-15T10:00:00", "2018-07-15 14:00:00"},
		{"2018-07-15T10:00:00.123456", "2018-07-15 14:00:00.123456"},
		{"2018-01-15T24:00:00", "2018-01-16 05:00:00"},
		{"2018-01-15T10:00:00Z", "2018-01-15 10:00:00"},
		// as people write them
		{"31/12/2018", "2018-12-31 05:00:00"},
		{"01/07/2018 9:05", "2018-07-01 13:05:00"},
		{"1-7-2018 09:05:06", "2018-07-01 13:05:06"},
		{"31.12.2018 23:59", "2019-01-01 04:59:00"},
		{"31/12/2018 01:02 PM", "2018-12-31 18:02:00"},
		{"31 Dec 2018", "2018-12-31 05:00:00"},
		{"31-Dec-2018", "2018-12-31 05:00:00"},
		{"20180715", "2018-07-15 04:00:00"},
		{"1514764800", "2018-01-01 00:00:00"},
		{"1514764800123", "2018-01-01 00:00:00.123"},
		{"2018-01-15T10:00:00.5Z", "2018-01-15 10:00:00.5"},
		{"2018-01-15 10:00:00 UTC", "2018-01-15 10:00:00"},
		{"2018-01-15T10:00:00+00", "2018-01-15 10:00:00"},
		{"2018-01-15T10:00:00+02", "2018-01-15 08:00:00"},
		{"2018-01-15T10:00:00+0200", "2018-01-15 08:00:00"},
		{"2018-01-15 10:00:00-05:30", "2018-01-15 15:30:00"},
		{"2018-01-01T00:30:00+14:00", "2017-12-31 10:30:00"},
		// forward: 02:00-03:00 does not occur and is read as before the change
		{"2018-03-11 01:59:59", "2018-03-11 06:59:59"},
		{"2018-03-11 02:30:00", "2018-03-11 07:30:00"},
		{"2018-03-11 03:00:00", "2018-03-11 07:00:00"},
		{"2018-03-11", "2018-03-11 05:00:00"},
		{"2018-03-12", "2018-03-12 04:00:00"},
		// back: 01:00-02:00 occurs twice and is read as the first
		{"2018-11-04 00:59:59", "2018-11-04 04:59:59"},
		{"2018-11-04 01:30:00", "2018-11-04 05:30:00"},
		{"2018-11-04T01:30:00-05:00", "2018-11-04 06:30:00"},
		{"2018-11-04 02:00:00", "2018-11-04 07:00:00"},
		{"1990-01-01", "1990-01-01 05:00:00"},
		{"2100-12-31 23:59:59", "2101-01-01 04:59:59"},
	}
	refused := map[string]string{
		"not a time": ruleUnread, "10:00": ruleUnread, "2018-02-30": ruleUnread, "31/13/2018": ruleUnread, "31/12/18": ruleDate, "151476480": ruleUnread,
		"2018-01-15 25:00:00": ruleUnread, "now": ruleUnread, "today": ruleUnread,
		// named zones, which would be read for the rows behind them as well
		"2018-01-15 10:00:00 America/Vancouver": ruleUnread, "2018-01-15 10:00:00 EST": ruleUnread, "2018-01-15 10:00:00 Etc/GMT+9": ruleUnread,
		"1989-12-31": ruleDate, "2101-01-01": ruleDate, "0001-01-01": ruleDate, "9999-12-31": ruleDate, "epoch": ruleDate,
		"infinity": ruleDate, "-infinity": ruleDate, "2018-01-15 (BC)": ruleDate, "294247-01-10 04:00:54": ruleDate, "290309-12-22 (BC)": ruleDate,
	}
	var csv strings.Builder
	csv.WriteString("customer_id,created_at\n")
	// In one block of rows, so that no row can change how its neighbours are read.
	for text := range refused {
		csv.WriteString("bad " + text + "," + text + "\n")
		csv.WriteString("after " + text + ",2018-01-15 10:00:00\n")
	}
	ids := []string{}
	for _, r := range read {
		csv.WriteString(r[0] + "," + r[0] + "\n")
		ids = append(ids, r[0])
	}
	b := files{"customers.csv": csv.String(), "accord.toml": "timezone = 'America/Toronto'"}.load(t)
	b.who(t, ids...)
	for _, r := range read {
		b.check(t, "SELECT known_from FROM customers JOIN who USING (customer) WHERE id = '"+r[0]+"'", r[1])
	}
	for text := range refused {
		b.check(t, "SELECT known_from FROM customers WHERE pseudonym = '"+pseudonym(testKey, "after "+text)+"'", "2018-01-15 15:00:00")
	}
	b.check(t, "SELECT rule, column_name, rows FROM rejects ORDER BY rule", "date_out_of_range|created_at|11\nunreadable|created_at|11")
}

// Parquet has times of three kinds: of an instant, of a clock without a zone,
// and dates.
func TestParquetTimes(t *testing.T) {
	t.Parallel()
	b := files{
		"accord.toml": "timezone = 'America/Toronto'",
		"customers.parquet": parquet(t, `SELECT 'ann' AS customer_id, TIMESTAMPTZ '2018-07-01 12:00:00Z' AS created_at, DATE '2018-07-02' AS left_at
			UNION ALL SELECT 'bob', TIMESTAMPTZ '2018-01-01 00:30:00+02', DATE '2018-11-04'
			UNION ALL SELECT 'cam', NULL, NULL
			UNION ALL SELECT 'absurd', NULL, DATE '300000-01-01'
			UNION ALL SELECT 'endless', NULL, DATE 'infinity'`),
		"campaigns.parquet": parquet(t, "SELECT 'c' AS campaign_id, TIMESTAMP_S '2018-01-15 12:00:00' AS started_at"),
		"arms.csv":          "campaign_id,arm\nc,a\n",
		"assignments.parquet": parquet(t, `SELECT 'c' AS campaign_id, 'ann' AS customer_id, 'a' AS arm, TIMESTAMP_MS '2018-07-01 12:00:00.5' AS assigned_at,
			DATE '2018-07-02' AS visited, TIMESTAMPTZ '2018-07-01 17:00:00Z' AS opened, TIMESTAMP_NS '2018-07-20 00:00:00' AS clicked`),
	}.load(t)
	b.who(t, "ann", "bob", "cam")
	b.check(t, "SELECT id, known_from, left_at FROM customers JOIN who USING (customer) ORDER BY id", `
		ann|2018-07-01 12:00:00|2018-07-02 04:00:00
		bob|2017-12-31 22:30:00|2018-11-04 04:00:00
		cam|-|-`)
	b.check(t, "SELECT started_at, started FROM campaigns", "2018-01-15 17:00:00|2018-01-15")
	b.check(t, "SELECT assigned_at, visited, opened, clicked FROM assignments", "2018-07-01 16:00:00.5|true|true|false")
	b.check(t, "SELECT input, rule, column_name, rows FROM rejects ORDER BY ALL", "customers|date_out_of_range|left_at|1\ncustomers|unreadable|left_at|1")
}

// The files of an input may mix them in a column.
func TestParquetClocksOfSeveralFiles(t *testing.T) {
	t.Parallel()
	clock := parquet(t, "SELECT 'ann' AS customer_id, TIMESTAMP '2018-01-15 10:00:00' AS created_at, DATE '2018-02-01' AS left_at")
	instant := parquet(t, "SELECT 'bob' AS customer_id, TIMESTAMPTZ '2018-01-15 10:00:00Z' AS Created_At")
	b := files{
		"accord.toml":         "timezone = 'America/Toronto'",
		"customers-1.parquet": clock,
		"customers-2.parquet": parquet(t, "SELECT 'cam' AS customer_id, DATE '2018-01-16' AS created_at"),
		"customers-3.parquet": instant,
	}.load(t)
	b.who(t, "ann", "bob", "cam")
	b.check(t, "SELECT id, known_from FROM customers JOIN who USING (customer) ORDER BY id", "ann|2018-01-15 15:00:00\nbob|2018-01-15 10:00:00\ncam|2018-01-16 05:00:00")
}

// Outcomes are truth values in any spelling, or the times at which they came
// true.
func TestTruthValues(t *testing.T) {
	t.Parallel()
	spelled := map[string][]string{
		"true":  {"1", "1.0", "true", "TRUE", "True", "t", "yes", "Yes", "y", "oui", "OUI", "o", " 1 ", "2018-01-02", "2018-01-02 10:00", "2018-01-02T10:00:00Z"},
		"false": {"0", "0.0", "false", "FALSE", "f", "no", "No", "n", "non", "", "  ", "2019-01-01"},
	}
	refused := []string{"2", "-1", "maybe", "vrai", "2018", "2018-13-01", "1,0", "x"}
	csv, ids := "campaign_id,customer_id,arm,assigned_at,clicked\n", []string{}
	people := "customer_id\n"
	for want, texts := range spelled {
		for _, text := range texts {
			id := want + " " + text + "."
			ids = append(ids, id)
			people += id + "\n"
			csv += "c," + id + ",a,2018-01-01,\"" + text + "\"\n"
		}
	}
	for _, text := range refused {
		csv += "c,true 1.,a,2018-01-01,\"" + text + "\"\n"
	}
	b := files{"customers.csv": people, "campaigns.csv": "campaign_id\nc\n", "arms.csv": "campaign_id,arm\nc,a\n", "assignments.csv": csv}.load(t)
	b.who(t, ids...)
	b.check(t, "SELECT clicked, count(*) FROM assignments GROUP BY ALL ORDER BY ALL", "false|12\ntrue|16")
	b.check(t, "SELECT id, clicked FROM assignments JOIN who USING (customer) WHERE NOT starts_with(id, clicked::VARCHAR)", "")
	b.check(t, "SELECT rule, column_name, rows FROM rejects", "unreadable|clicked|8")
}

// A customer who left before they came is rejected, whichever way the two
// times are written.
func TestLeftBeforeCreated(t *testing.T) {
	t.Parallel()
	b := trimmed(files{
		"accord.toml": "timezone = 'America/Toronto'",
		"customers.csv": `customer_id,created_at,left_at
			late,2018-01-01 10:00:00,2018-01-01 09:59:59
			mixed,2018-01-01 10:00:00,2018-01-01T14:59:59Z
			same,2018-01-01 10:00:00,2018-01-01T15:00:00Z
			evening,2018-01-01T23:00:00-05:00,2018-01-01 23:30:00`,
	}).load(t)
	b.who(t, "same", "evening", "late", "mixed")
	b.check(t, "SELECT id FROM who ORDER BY id", "evening\nsame")
	b.check(t, "SELECT rule, rows FROM rejects", "ends_before_start|2")
}
