package words

// Size writes a number of bytes, in thousands or millions.
func (p *Printer) Size(bytes int64) string {
	const kilo, mega = 1000, 1_000_000
	if bytes < mega {
		return p.Say("%s kB", p.Int((bytes+kilo-1)/kilo))
	}
	return p.Say("%s MB", p.Int((bytes+mega-1)/mega))
}
