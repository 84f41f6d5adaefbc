"""The room of paper: label sheets as PDF, drawn, read back and only then handed out.

Here are the fonts, the direction and the joining of letters, the symbols and the pages. What a
label says is decided elsewhere; nothing here knows a weapon.
"""
