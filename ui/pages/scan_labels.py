"""What a page says of the label that was scanned, beside what came of the scan; and of papers."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from stockpile.language import _, isolated
from stockpile.services.scan_words import label_sentence, label_title, paper_kind
from stockpile.services.scanning import Scanned
from ui.pages.standing import joined
from ui.widgets.scan_result import Outcome, Result

_GOOD: Final = frozenset({Outcome.FOUND, Outcome.GOOD, Outcome.PLACE, Outcome.TWICE})


def with_label(result: Result, scanned: Scanned | None) -> Result:
    """Return the banner of a scan with what is wrong with its label; nothing is green then.

    What the page did stays in the title; an alarm, a refusal and a finding stay what they are.
    """
    if scanned is None or not label_sentence(scanned):
        return result
    outcome = Outcome.DOUBT if result.outcome in _GOOD else result.outcome
    title = joined(result.title, label_title(scanned))
    beside = "" if result.outcome is Outcome.TWICE else result.sentence  # "nothing to do" is untrue
    sentence = " ".join(filter(None, (label_sentence(scanned), beside)))
    return replace(result, outcome=outcome, title=title, sentence=sentence)


def paper_result(scanned: Scanned) -> Result:
    """Return the banner of a paper that was scanned where weapons are: it names none."""
    assert scanned.document is not None
    said = _("A paper is no weapon: nothing was changed. Ctrl+K and its number open it.")
    kind = isolated(paper_kind(scanned.document.kind))
    return with_label(Result(Outcome.TWICE, kind, scanned.number, said), scanned)
