package stats

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"math/big"
	"os"
	"strconv"
	"strings"
	"testing"
)

// hillstromArm holds the outcomes of one arm of the MineThatData e-mail
// challenge, money in cents.
type hillstromArm struct {
	visits, conversions, spend, history []int64
}

func hillstrom(t *testing.T) map[string]*hillstromArm {
	t.Helper()
	const path = "../../../shared/data/hillstrom.csv"
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the MineThatData e-mail challenge is not at %s", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	arms := map[string]*hillstromArm{}
	for _, row := range rows[1:] {
		arm := arms[row[column["segment"]]]
		if arm == nil {
			arm = &hillstromArm{}
			arms[row[column["segment"]]] = arm
		}
		arm.visits = append(arm.visits, hundredths(t, row[column["visit"]])/100)
		arm.conversions = append(arm.conversions, hundredths(t, row[column["conversion"]])/100)
		arm.spend = append(arm.spend, hundredths(t, row[column["spend"]]))
		arm.history = append(arm.history, hundredths(t, row[column["history"]]))
	}
	return arms
}

func hundredths(t *testing.T, text string) int64 {
	t.Helper()
	whole, part, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	if err != nil || len(part) > 2 {
		t.Fatalf("%q: %v", text, err)
	}
	return n
}

func total(values []int64) (sum int64) {
	for _, v := range values {
		sum += v
	}
	return sum
}

func TestHillstrom(t *testing.T) {
	arms := hillstrom(t)
	none, mens, womens := arms["No E-Mail"], arms["Mens E-Mail"], arms["Womens E-Mail"]
	for _, c := range []struct {
		arm                                *hillstromArm
		n, visits, conversions, spendCents int64
	}{
		{none, 21306, 2262, 122, 1390833},
		{mens, 21307, 3894, 267, 3031169},
		{womens, 21387, 3238, 189, 2303811},
	} {
		if int64(len(c.arm.visits)) != c.n || total(c.arm.visits) != c.visits ||
			total(c.arm.conversions) != c.conversions || total(c.arm.spend) != c.spendCents {
			t.Errorf("%d customers, %d visits, %d conversions, %d cents; want %v",
				len(c.arm.visits), total(c.arm.visits), total(c.arm.conversions), total(c.arm.spend), c)
		}
	}

	visits := func(a *hillstromArm) Proportion { return Proportion{total(a.visits), int64(len(a.visits))} }
	printedInterval(t, ShareDifference(visits(mens), visits(none), 0.95), "0.07659", "0.06995", "0.08323")
	printedInterval(t, ShareRatio(visits(mens), visits(none), 0.95), "", "0.640", "0.806")

	spend := func(a *hillstromArm) Moments {
		sum, sumSq := cents(a.spend)
		return must[Moments](t)(MomentsFromIntegers(int64(len(a.spend)), sum, sumSq, 100))
	}
	printedInterval(t, MeanDifference(spend(mens), spend(none), 0.95), "0.7698", "0.4851", "1.0545")

	// The measure from before explains little of the visits.
	sums := []CrossSums{crossSums(none.visits, none.history), crossSums(mens.visits, mens.history)}
	adjusted := must[Adjustment](t)(CUPED(sums, 1, 100))
	raw := func(s CrossSums) Moments { return must[Moments](t)(MomentsFromIntegers(s.N, s.SumY, s.SumYY, 1)) }
	before := must[Effect](t)(MeanEffect(raw(sums[1]), raw(sums[0])))
	after := must[Effect](t)(MeanEffect(adjusted.Arms[1], adjusted.Arms[0]))
	printed(t, "standard error", before.StandardError, "0.003386")
	printed(t, "adjusted standard error", after.StandardError, "0.003378")
	if sums[0].SumXX.Cmp(big.NewInt(0)) <= 0 || adjusted.Correlation <= 0 {
		t.Errorf("%+v", adjusted)
	}
}
