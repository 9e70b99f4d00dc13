package tui

import "image"

// The smallest terminal that the program can be used in.
const (
	minWidth  = 60
	minHeight = 20
)

// A frame is where the parts that every screen has go.
type frame struct {
	tooSmall bool // below the minimum: nothing but a notice fits
	header   image.Rectangle
	body     image.Rectangle
	status   image.Rectangle
	footer   image.Rectangle
}

const headerHeight = 3

// frameOf divides a terminal. The body keeps a blank column on either side,
// and blank lines above and below where there is height for them.
func frameOf(width, height int) frame {
	if width < minWidth || height < minHeight {
		return frame{tooSmall: true}
	}
	top := headerHeight
	bottom := height - 2
	if height >= 24 {
		top++
	}
	if height >= 28 {
		bottom--
	}
	return frame{
		header: image.Rect(0, 0, width, headerHeight),
		body:   image.Rect(1, top, width-1, bottom),
		status: image.Rect(0, height-2, width, height-1),
		footer: image.Rect(0, height-1, width, height),
	}
}

// gutter is the blank between two panes side by side.
const gutter = 3

// The panes of the Overview, in the order of reading.
const (
	stancePane = iota
	optInPane
	trendPane
	liftsPane
	attentionPane
	overviewPaneCount
)

// overviewPanes is where the panes of the Overview go in a body.
type overviewPanes struct {
	at [overviewPaneCount]image.Rectangle
	// folded panes show one sentence; only the focused one is open.
	folded bool
}

// layOutOverview divides the body of the Overview. With little room only the
// focused pane is open and the others keep a line or two, so that each one's
// finding stays in view whatever the size.
func layOutOverview(width, height, focus int) overviewPanes {
	switch {
	case width >= 160 && height >= 44:
		return wideOverview(width, height)
	case width >= 104 && height >= 28:
		return gridOverview(width, height)
	case height >= 58:
		return columnOverview(width, height)
	}
	p := overviewPanes{folded: true}
	line := 1
	if height >= 18 {
		line = 2
	}
	y := 0
	for i := range p.at {
		h := line
		if i == focus {
			h = height - line*(overviewPaneCount-1)
		}
		p.at[i] = image.Rect(0, y, width, y+h)
		y += h
	}
	return p
}

// wideOverview has what people say and do on the left, and what moves it, with
// more room, on the right.
func wideOverview(width, height int) overviewPanes {
	var p overviewPanes
	split := (width - gutter) * 2 / 5
	right := split + gutter
	optIn := height * 3 / 10
	attention := height * 7 / 10
	lifts := height - 19
	p.at[stancePane] = image.Rect(0, 0, split, optIn-1)
	p.at[optInPane] = image.Rect(0, optIn, split, attention-1)
	p.at[attentionPane] = image.Rect(0, attention, split, height)
	p.at[trendPane] = image.Rect(right, 0, width, lifts-1)
	p.at[liftsPane] = image.Rect(right, lifts, width, height)
	return p
}

// gridOverview is two by two, with what needs attention below.
func gridOverview(width, height int) overviewPanes {
	var p overviewPanes
	split := (width - gutter) * 47 / 100 // figures need more room than sentences
	right := split + gutter
	attention := height - height/6
	middle := attention * 12 / 25
	p.at[stancePane] = image.Rect(0, 0, split, middle-1)
	p.at[optInPane] = image.Rect(0, middle, split, attention-1)
	p.at[trendPane] = image.Rect(right, 0, width, middle-1)
	p.at[liftsPane] = image.Rect(right, middle, width, attention-1)
	p.at[attentionPane] = image.Rect(0, attention, width, height)
	return p
}

// columnOverview is for terminals that are tall and narrow.
func columnOverview(width, height int) overviewPanes {
	var p overviewPanes
	share := [overviewPaneCount]int{10, 11, 15, 12, 9}
	total, y, sum := 57, 0, 0
	for i, s := range share {
		sum += s
		next := height * sum / total
		p.at[i] = image.Rect(0, y, width, next-1)
		y = next
	}
	p.at[attentionPane].Max.Y = height
	return p
}

// The least room in which a panel of a board is open beside others.
const (
	panelWidth  = 56
	panelHeight = 11
)

// layOutPanels divides the body of a board among n panels, in the order of
// reading: in two columns or one where each has room, or else only the focused
// one is open and the others keep a line or two for their findings. Of an odd
// number, the first column has fewer: what comes first is what matters most.
func layOutPanels(width, height, focus, n int) (at []image.Rectangle, folded bool) {
	if n == 0 {
		return nil, false
	}
	columns := 1
	if width >= 2*panelWidth+gutter && n > 1 {
		columns = 2
	}
	rows := (n + columns - 1) / columns
	if height >= rows*panelHeight-1 {
		for i := range n {
			column, row, inColumn := 0, i, n/columns
			if i >= inColumn {
				column, row, inColumn = 1, i-inColumn, rows
			}
			left, right := column*(width+gutter)/columns, (column+1)*(width+gutter)/columns-gutter
			top, bottom := row*(height+1)/inColumn, (row+1)*(height+1)/inColumn-1
			at = append(at, image.Rect(left, top, right, bottom))
		}
		return at, false
	}
	line := 1
	if height >= 20+2*n { // a chart lower than that hides what it is to show
		line = 2
	}
	y := 0
	for i := range n {
		h := line
		if i == focus {
			h = height - line*(n-1)
		}
		at = append(at, image.Rect(0, y, width, y+h))
		y += h
	}
	return at, true
}
