// Package tui is the interactive program: a frame with tabs, one screen at a
// time, and the keys that move, filter, compare and copy.
//
// It asks its questions through [Questions] and draws the typed answers with
// packages chart and words. It must not know of files, SQL or where answers
// come from, and computes no figure of its own: what it shows is what it was
// told, in the order that was asked for.
//
// Nothing that may take time happens in Update. Work starts as a command, and
// its answer comes back as a message that says which question it answers.
package tui
