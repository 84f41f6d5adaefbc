"""What all tests share: a home of their own, and how hypothesis searches."""

from __future__ import annotations

from hypothesis import settings

from tests.helpers.house import house

settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=2_000, deadline=None)
settings.load_profile("ci")

__all__ = ["house"]
