"""Stockpile: record, mark, label, count and account for weapons, offline first.

The house has floors, and each looks only down. `domain` holds the rules and touches nothing
outside itself; `services` does the work a person asks for; `adapters` are the edges to files,
ports, paper and the network; `app` plugs the edges in, and `registry` is a second front door on
the same rules. `cli` is the program without a screen, and the package `ui` beside this one is
everything that needs Qt. `_bootstrap` is the ground under all of it: it builds the environment
that the rest needs. Which floor may look where is a contract in `pyproject.toml`.
"""

from __future__ import annotations

__version__ = "0.1.0"
