package load

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"accord/queries/store"
)

// prepare sets the databases up: private, with the zone's calendar at hand.
func (b *builder) prepare(ctx context.Context) error {
	loc, err := time.LoadLocation(b.plan.mapping.Timezone)
	if err != nil {
		return err
	}
	inner, outer := b.options.Key.pads()
	if len(b.options.Key) == 0 {
		return errors.New("a load needs a key for its pseudonyms")
	}
	setup := fmt.Sprintf(`SET TimeZone = 'UTC'; SET threads = %d; SET temp_directory = %s;
SET autoinstall_known_extensions = false; SET autoload_known_extensions = false; SET checkpoint_threshold = '1TB'; PRAGMA disable_checkpoint_on_shutdown;
CREATE TEMP MACRO keyed_hash(id) AS CAST(substr(sha256(getvariable('hmac_outer') || unhex(sha256(getvariable('hmac_inner') || encode(id)))), 1, 32) AS UUID);
CREATE TEMP TABLE rejected_rows (input VARCHAR, part INTEGER, place BIGINT, rule INTEGER);
CREATE TEMP MACRO neat(t) AS CASE WHEN prefix(t, ' ') OR suffix(t, ' ') OR t = '' THEN nullif(trim(t), '') ELSE t END;
ATTACH %s AS store (STORAGE_VERSION 'latest', RECOVERY_MODE no_wal_writes);
SET VARIABLE as_of_given = CAST(nullif(%s, '') AS DATE);
SET VARIABLE window_days = %d; SET VARIABLE consent_days = %d; SET VARIABLE implied_days = %d;
SET VARIABLE grace_business_days = %d; SET VARIABLE retain_customers_days = %d; SET VARIABLE retain_consents_days = %d;
SET VARIABLE most_paths = %d; SET VARIABLE hmac_inner = unhex('%x'); SET VARIABLE hmac_outer = unhex('%x');
%s`, runtime.GOMAXPROCS(0), store.Literal(b.scratch.path("spill")), store.Literal(b.scratch.path(builtName)),
		store.Literal(b.plan.mapping.AsOf), b.plan.mapping.WindowDays, consentDays, b.plan.mapping.ImpliedDays,
		b.plan.mapping.GraceBusinessDays, b.plan.mapping.RetainCustomersDays, b.plan.mapping.RetainConsentsDays, cmp.Or(b.options.mostPaths, mostPaths), inner, outer, zoneMacros(loc)+dateMacros()+"CREATE TEMP MACRO pseudonym_of(id) AS "+b.pseudonyms+";")
	if b.plan.mapping.folder != "" {
		setup += fmt.Sprintf("SET file_search_path = %s;", store.Literal(b.plan.mapping.folder))
	}
	if err := b.exec(ctx, setup); err != nil {
		return err
	}
	if err := b.limitMemory(ctx); err != nil {
		return err
	}
	if err := os.Chmod(b.scratch.path(builtName), 0o600); err != nil {
		return err
	}
	return b.exec(ctx, "USE store; "+store.Schema+"; USE memory;")
}

// limitMemory has DuckDB keep to four fifths of the memory given: measured, what it
// does not count is a quarter of what it does.
func (b *builder) limitMemory(ctx context.Context) error {
	if b.options.Memory == "" {
		return nil
	}
	if err := b.exec(ctx, "SET memory_limit = "+store.Literal(b.options.Memory)); err != nil {
		return fmt.Errorf("memory %q is not a size: write one such as 8GB", b.options.Memory)
	}
	var text, unit string
	var size float64
	if err := b.conn.QueryRowContext(ctx, "SELECT current_setting('memory_limit')").Scan(&text); err != nil {
		return err
	}
	if _, err := fmt.Sscan(text, &size, &unit); err != nil {
		return fmt.Errorf("memory_limit %q: %w", text, err)
	}
	return b.exec(ctx, fmt.Sprintf("SET memory_limit = '%.2f %s'", size*0.8, unit))
}
