package tui

import (
	"image"
	"testing"
)

// Keys of movement follow the cells of a grid that has gaps.
func TestMoveAmongCells(t *testing.T) {
	// 0 1 .
	// . . .
	// 2 . 3
	cells := []image.Point{{0, 0}, {1, 0}, {0, 2}, {2, 2}}
	for _, test := range []struct {
		from int
		x    action
		to   int // -1 = nowhere
	}{
		{0, right, 1}, {1, right, -1}, {0, down, 2}, {1, down, 2}, {2, right, 3}, {3, left, 2}, {3, up, 1}, {2, up, 0}, {0, up, -1}, {2, down, -1}, {0, left, -1},
	} {
		c := cursor{row: test.from}
		moved := c.moveTo(test.x, cells)
		if moved != (test.to >= 0) || moved && c.row != test.to || !moved && c.row != test.from {
			t.Errorf("%v from %d leads to %d (%t), want %d", test.x, test.from, c.row, moved, test.to)
		}
	}
}
