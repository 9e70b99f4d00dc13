package load

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"
)

// The macros agree with package time on both sides of every change of clocks,
// and at random moments between 1990 and 2100.
func TestZoneMacros(t *testing.T) {
	for _, zone := range []string{"UTC", "America/Toronto", "Europe/Paris", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca"} {
		t.Run(zone, func(t *testing.T) {
			loc, err := time.LoadLocation(zone)
			if err != nil {
				t.Fatal(err)
			}
			db, err := sql.Open("duckdb", "")
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			conn, err := db.Conn(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if _, err := conn.ExecContext(context.Background(), zoneMacros(loc)); err != nil {
				t.Fatal(err)
			}
			var moments []time.Time
			for _, s := range shifts(loc) {
				moments = append(moments, s.from.Add(-time.Second), s.from, s.from.Add(time.Second))
			}
			r := rand.New(rand.NewPCG(1, 2))
			for range 300 {
				moments = append(moments, time.Date(1990, 1, 1, 0, 0, r.IntN(111*365*24*3600), 0, time.UTC))
			}
			// Drivers carry times as UTC: a wall clock's, as if it were UTC.
			walls := make([]time.Time, len(moments))
			for i, m := range moments {
				walls[i] = wallOf(m.In(loc))
			}
			rows, err := conn.QueryContext(context.Background(),
				"SELECT local_of(m), utc_of(w) FROM (SELECT unnest($1::TIMESTAMP[]) AS m, unnest($2::TIMESTAMP[]) AS w)", moments, walls)
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			for i := 0; rows.Next(); i++ {
				var gotLocal, gotUTC time.Time
				if err := rows.Scan(&gotLocal, &gotUTC); err != nil {
					t.Fatal(err)
				}
				if !gotLocal.Equal(walls[i]) {
					t.Errorf("local_of(%s) = %s, want %s", moments[i], gotLocal, walls[i])
				}
				// A clock time that occurs twice is its first occurrence.
				want := moments[i]
				for _, back := range []time.Duration{30 * time.Minute, time.Hour} {
					if earlier := moments[i].Add(-back); wallOf(earlier.In(loc)).Equal(walls[i]) {
						want = earlier
					}
				}
				if !gotUTC.Equal(want) {
					t.Errorf("utc_of(%s) = %s, want %s", walls[i], gotUTC, want)
				}
			}
			if err := rows.Err(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func wallOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

// A clock time that a change skips is read with the offset before the change.
func TestSkippedTime(t *testing.T) {
	loc, err := time.LoadLocation("America/Toronto")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(zoneMacros(loc)); err != nil {
		t.Fatal(err)
	}
	var got string
	if err := db.QueryRow("SELECT CAST(utc_of(TIMESTAMP '2018-03-11 02:30:00') AS VARCHAR)").Scan(&got); err != nil {
		t.Fatal(err)
	}
	if want := "2018-03-11 07:30:00"; got != want {
		t.Errorf("02:30 on the day clocks go forward = %s UTC, want %s", got, want)
	}
}
