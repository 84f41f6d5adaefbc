"""ESC/POS: receipt printers, and the label printers that are built from them."""
