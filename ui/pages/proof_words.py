"""The proof of the record in words: for the line at the foot, and for its page."""

from __future__ import annotations

from typing import NamedTuple

from stockpile import wording
from stockpile.language import _, isolated, ngettext
from ui.theme import Tone
from ui.view_models.proving import ProofStanding
from ui.widgets.progress import percent


class Said(NamedTuple):
    """A sentence with its icon and its colour."""

    text: str
    icon: str
    tone: Tone

    def as_banner(self) -> tuple[str, str, str, Tone]:
        """Return it as a banner takes it: icon, a title by its colour, the sentence, the colour."""
        titles = {
            Tone.OK: _("The record is whole"),
            Tone.BAD: _("The record does not hold"),
            Tone.WARN: _("Not now"),
        }
        return self.icon, titles.get(self.tone, _("Proof of the record")), self.text, self.tone


def foot_line(standing: ProofStanding) -> Said | None:
    """Return what the line at the foot says of the proof; None where it has nothing to say."""
    if standing.found:
        text = _("The record does not hold: {found}").format(found=standing.found)
        return Said(text, "shield-alert", Tone.BAD)
    if standing.is_running:
        return Said(running_words(standing), "shield-check", Tone.GREY)
    if standing.is_fresh:
        return Said(
            _("The whole record was checked by itself, and it holds."), "shield-check", Tone.OK
        )
    return None


def running_words(standing: ProofStanding) -> str:
    """Return how far a check by itself is, and that it is in nobody's way."""
    words = (
        _("Checking the whole record by itself: {share}. It rests while you work.")
        if standing.is_resting
        else _("Checking the whole record by itself: {share}.")
    )
    return words.format(share=isolated(percent(standing.share)))


def last_words(standing: ProofStanding) -> Said:
    """Return when the record was last proved, or what was found wrong."""
    if standing.found:
        words = _("Found on {moment} (UTC): {found}")
        moment = isolated(wording.instant(standing.found_at))
        text = words.format(moment=moment, found=standing.found)
        return Said(text, "shield-alert", Tone.BAD)
    if standing.why_not:
        words = _("It could not be checked by itself: {why} It is tried again.")
        return Said(words.format(why=standing.why_not), "triangle-alert", Tone.WARN)
    if not standing.proved_at:
        return Said(_("It was never checked deeply yet."), "shield-check", Tone.GREY)
    words = ngettext(
        "Proved whole on {moment} (UTC), {days} day ago.",
        "Proved whole on {moment} (UTC), {days} days ago.",
        standing.days,
    )
    moment = isolated(wording.instant(standing.proved_at))
    if not standing.days:
        today = _("Proved whole on {moment} (UTC), less than a day ago.").format(moment=moment)
        return Said(today, "shield-check", Tone.OK)
    text = words.format(moment=moment, days=isolated(str(standing.days)))
    return Said(text, "shield-check", Tone.OK)
