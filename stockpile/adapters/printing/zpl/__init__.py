"""ZPL II: Zebra's printers and the many that speak as they do."""
