"""One investigation: nothing closes it but what is on record or kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from stockpile.domain.values import Digest
from tests.helpers.readable import displayed, faults
from ui.pages.investigation_detail import InvestigationDetail
from ui.view_models.investigations import Attached, Case, Proof

Key = Qt.Key
BARE = Case(
    "i1", "missing", "KB1", "AKM", "A12", 1_700_000_000_000, "A. Mbuyi", "ST-KLA-26-0001", "",
    "2026-11-30", 3, is_overdue=False, weapon="w1",
)  # fmt: skip
OLD = Proof(Digest("f1"), "Issued to Sgt Kato", 1_700_000_000_000, "A. Mbuyi", "explained")
NEW = Proof(Digest("f2"), "Seen in A12", 1_700_000_100_000, "P. Ilunga", "found")
PROVEN = replace(BARE, proofs=(OLD, NEW))


@pytest.fixture
def detail(light, qtbot):
    made = InvestigationDetail()
    displayed(made, qtbot, 420, 620)
    return made


def test_the_newest_evidence_is_chosen_and_says_how_it_ends(detail):
    detail.show_case(PROVEN, may=True)
    assert detail.closing.isEnabled()
    assert detail.answer() == ("found", ("f2",), "")
    detail.evidence.setCurrentIndex(detail.evidence.rows.index(0))
    assert detail.answer() == ("explained", ("f1",), "")


def test_a_paper_needs_a_word_on_what_it_proves(detail, qtbot):
    detail.show_case(BARE, may=True)
    assert not detail.closing.isEnabled()
    detail.attach(Attached(Digest("p1"), "statement.jpg"))
    assert not detail.closing.isEnabled()
    qtbot.keyClicks(detail.reason.edit, "sold for scrap, receipt 7")
    assert detail.closing.isEnabled()
    assert detail.answer() == ("explained", ("p1",), "sold for scrap, receipt 7")


def test_the_paper_of_one_is_not_carried_to_the_next(detail):
    detail.show_case(BARE, may=True)
    detail.attach(Attached(Digest("p1"), "statement.jpg"))
    detail.show_case(replace(PROVEN, id="i2"), may=True)
    assert detail.answer() == ("found", ("f2",), "")


def test_everybody_can_use_it(tongue, qtbot):
    made = InvestigationDetail()
    displayed(made, qtbot, 420, 620)
    made.show_case(PROVEN, may=True)
    assert faults(made) == []
    made.show_case(replace(BARE, id="i3"), may=False)
    assert faults(made) == []
