package load

import (
	"os"
	"path/filepath"
	"testing"
)

// The MineThatData e-mail challenge, by the mapping in testdata: figures that
// are published with it or follow from the file by plain counting.
func TestHillstrom(t *testing.T) {
	t.Parallel()
	csv, err := filepath.Abs("../../../shared/data/hillstrom.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(csv); err != nil {
		t.Skip("the Hillstrom data is not here: ", err)
	}
	folder := files{"hillstrom.toml": read(t, "testdata/hillstrom.toml")}.in(t, t.TempDir())
	if err := os.Symlink(csv, filepath.Join(folder, "hillstrom.csv")); err != nil {
		t.Fatal(err)
	}
	b := load(t, Options{Sources: []string{filepath.Join(folder, "hillstrom.toml")}})
	b.check(t, "FROM sources ORDER BY input", `
		arms|(query)|3|3|0
		assignments|hillstrom.csv|64000|64000|0
		campaigns|(query)|1|1|0
		customers|hillstrom.csv|64000|64000|0`)
	b.check(t, "SELECT arm, sum(assigned), sum(mature), sum(visit), sum(conversion), sum(revenue), sum(pre_seen) FROM lift WHERE segment = -1 GROUP BY arm ORDER BY arm", `
		Mens E-Mail|21307|21307|3894|267|3031169|21307
		No E-Mail|21306|21306|2262|122|1390833|21306
		Womens E-Mail|21387|21387|3238|189|2303811|21387`)
	b.check(t, "SELECT arm, sum(assigned), sum(visit), sum(revenue) FROM lift WHERE segment <> -1 GROUP BY arm ORDER BY arm", `
		Mens E-Mail|21307|3894|3031169
		No E-Mail|21306|2262|1390833
		Womens E-Mail|21387|3238|2303811`)
	b.check(t, "SELECT DISTINCT open_seen, click_seen, unsubscribe_seen FROM lift", "0|0|0") // nobody recorded these
	b.check(t, "SELECT arm, content, round(planned_share, 3) FROM arms ORDER BY arm", "Mens E-Mail|generic|0.333\nNo E-Mail|holdout|0.333\nWomens E-Mail|generic|0.333")
	b.check(t, "SELECT name, fixed FROM dimensions ORDER BY name", "channel|true\nhistory_segment|true\nmens|true\nnewbie|true\nrecency|true\nwomens|true\nzip_code|true")
	b.check(t, "SELECT channel, sum(people) FROM segments GROUP BY channel ORDER BY channel", "Multichannel|7762\nPhone|28021\nWeb|28217")
	b.check(t, "SELECT zip_code, sum(people) FROM segments GROUP BY ALL ORDER BY ALL", "Rural|9563\nSurburban|28776\nUrban|25661")
	if b.AsOf != "" || len(b.LeftOut) != 0 {
		t.Errorf("as of %q, left out %v", b.AsOf, b.LeftOut)
	}
}
