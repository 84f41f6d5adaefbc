from __future__ import annotations

from PySide6.QtCore import QLocale

from ui.pages.figures import figure


def test_a_count_is_written_as_the_language_does_and_kept_together(light):
    assert figure(12) == "\u206612\u2069"
    assert figure(1_234_567) == f"\u2066{QLocale().toString(1_234_567)}\u2069"
