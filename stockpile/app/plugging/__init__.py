"""Where services meet the edges that they ask for: a room for each matter of an open home.

Each gives the record of its matter (`stockpile.services.stockpile`) and is handed the ground that
all stand on, and those matters that it builds upon. No rule and no work is written here.
"""
