"""The screens: everything that needs Qt, built on the core and never looked at by it."""

from __future__ import annotations
