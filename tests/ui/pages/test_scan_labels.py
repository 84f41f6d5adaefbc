"""What is wrong with a label is said on every page that scans, and nothing is green then."""

from __future__ import annotations

import pytest

from stockpile.domain.arrivals import Scan
from stockpile.services.paper_index import FoundPaper
from stockpile.services.racking import Step
from stockpile.services.scanning import Scanned
from ui.pages.counting_words import result as counted
from ui.pages.issuing_results import result_of as handed
from ui.pages.losses import result_of as reported
from ui.pages.racking import result_of as racked
from ui.pages.scan_labels import paper_result, with_label
from ui.pages.transfer_words import checked_result, heard_result
from ui.view_models.counter import Counter
from ui.view_models.counter_signing import Happened
from ui.view_models.counting_shown import Item, Read
from ui.view_models.losses import Heard as Lost
from ui.view_models.transfer_receiving import Checked
from ui.view_models.transfer_sending import Heard
from ui.widgets.scan_result import Outcome, Result

VOID = Scanned("weapon", "K8Z1PN3K1VKND", label="void", replaced=1_790_000_000_000)
FOREIGN = Scanned("weapon", "K8Z1PN3K1VKND", label="foreign")
PAPER = FoundPaper("hand_receipt", "HR-KLA-26-0001", "r1", "holders", "h1")
DOCUMENT = Scanned("document", "HR-KLA-26-0001", document=PAPER)


def on_every_page(scanned):
    """Return the banners of all pages for a scan that each of them took well."""
    item = Item("w", "found", "KB1")
    return {
        "counting": counted(Read("KB1", "found", 1, item, scanned=scanned), 3, blind=False),
        "blind": counted(Read("KB1", "found", 1, item, scanned=scanned), None, blind=True),
        "issuing": handed(Happened("place", text="Rack 1", scanned=scanned), Counter("return")),
        "racking": racked(Step("stands", "KB1", scanned=scanned)),
        "sending": heard_result(Heard("added", "KB1", scanned=scanned), 2),
        "receiving": checked_result(Checked(Scan("KB1", "received"), scanned=scanned), "2 of 3"),
        "losses": reported(Lost("twice", "KB1", scanned=scanned), may_recover=False),
    }


@pytest.mark.parametrize(
    ("scanned", "title", "words"),
    [
        (VOID, "Replaced label", "take it off and destroy it"),
        (FOREIGN, "Not our label", "nobody here printed it"),
    ],
)
def test_a_label_that_is_not_in_order_is_said_on_every_page(scanned, title, words):
    for page, result in on_every_page(scanned).items():
        assert result.outcome is Outcome.DOUBT, page
        assert title in result.title, page
        assert words in result.sentence, page


def test_a_label_in_order_changes_nothing():
    for scanned in (None, Scanned("weapon", "KB1"), Scanned("weapon", "KB1", label="ours")):
        assert on_every_page(scanned) == on_every_page(None)


def test_a_paper_is_named_on_every_page_and_takes_no_weapon():
    for page, result in on_every_page(DOCUMENT).items():
        if page != "issuing":
            assert (result.outcome, result.identifier) == (Outcome.TWICE, PAPER.number), page
            assert "Hand receipt" in result.title, page
    forged = Scanned("document", PAPER.number, document=PAPER, label="foreign")
    assert "forged" in paper_result(forged).sentence


def test_an_alarm_stays_an_alarm():
    result = with_label(Result(Outcome.ALARM, "Lost", "KB1", "Keep it."), VOID)
    assert result.outcome is Outcome.ALARM
    assert result.sentence.endswith("Keep it.")
