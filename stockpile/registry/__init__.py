"""THE CENTRE: a second front door on the same rules, for the country's registry.

It takes every node's chain, verifies it, keeps it verbatim in one append-only log, and derives the
national register by the same fold as the desk. It shares the rules with the desk and nothing else.
"""
