"""Marks that are read back, and the symbols by which they are: zxing-cpp."""
