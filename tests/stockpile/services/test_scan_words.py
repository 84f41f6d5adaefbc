"""What a scan says beside what it names."""

from __future__ import annotations

from typing import get_args

import pytest

from stockpile.language import plain
from stockpile.services.paper_index import FoundPaper, PaperKind
from stockpile.services.scan_words import (
    document_sentence,
    label_sentence,
    label_title,
    paper_kind,
)
from stockpile.services.scanning import Scanned

DAY = 1_790_000_000_000
PAPER = FoundPaper("waybill", "WB-KLA-26-0001", "w", "transfers", "w")


@pytest.mark.parametrize(
    ("scanned", "title", "sentence"),
    [
        (Scanned("weapon", "K", label="void", replaced=DAY), "Replaced label", "on 2026-09-21;"),
        (Scanned("weapon", "K", label="foreign"), "Not our label", "nobody here printed it"),
        (Scanned("place", "K", label="foreign"), "Not our label", "nobody here printed it"),
        (Scanned("document", "W", label="foreign"), "Not our paper", "nobody here drew it"),
    ],
)
def test_a_label_or_paper_that_is_not_in_order_has_a_title_and_says_what_to_do(
    scanned, title, sentence
):
    assert label_title(scanned) == title
    assert sentence in plain(label_sentence(scanned))


@pytest.mark.parametrize("label", ["", "ours"])
def test_of_a_label_in_order_nothing_is_said(label):
    scanned = Scanned("weapon", "K", label=label)
    assert (label_title(scanned), label_sentence(scanned)) == ("", "")


def test_every_kind_of_paper_has_a_name():
    assert len({paper_kind(kind) for kind in get_args(PaperKind)}) == len(get_args(PaperKind))


def test_a_paper_is_named_with_its_number():
    assert plain(document_sentence(Scanned("document", "", document=PAPER))) == (
        "Waybill WB-KLA-26-0001"
    )
    assert document_sentence(Scanned("weapon", "K")) == ""
