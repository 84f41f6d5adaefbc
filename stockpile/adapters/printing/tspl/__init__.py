"""TSPL and TSPL2: TSC's printers and the many that speak as they do."""
