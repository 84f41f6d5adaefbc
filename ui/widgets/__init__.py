"""The pieces that pages are built from: each knows how it looks, none knows what a weapon is."""

from __future__ import annotations
