"""One import for the whole look."""

from __future__ import annotations

import ui.theme as look


def test_everything_that_is_promised_is_there():
    assert all(hasattr(look, name) for name in look.__all__)
