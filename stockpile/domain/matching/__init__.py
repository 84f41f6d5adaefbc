"""How a serial that was read badly finds the weapon it was read from: tables, distance, ranking."""
