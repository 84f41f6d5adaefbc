"""Machines that run GRBL 1.1: engravers, scribes and small lasers, told every move."""
