"""The binding between Python and Qt is one that does not lose references to None."""

from __future__ import annotations

import sys

import PySide6
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

CALLS = 1000


def test_a_thousand_calls_that_return_nothing_cost_no_reference_to_none(qapp):
    widget = QWidget()
    widget.update()
    before = sys.getrefcount(None)
    for _call in range(CALLS):
        widget.update()
    assert sys.getrefcount(None) > before - CALLS // 10


def test_the_version_that_loses_them_is_not_installed():
    losing = PySide6.__version__ == "6.12.0" and sys.version_info < (3, 12)
    assert not losing
