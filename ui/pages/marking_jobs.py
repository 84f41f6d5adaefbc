"""The jobs beside the bench: those to be settled first, and the last that were."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile import wording
from stockpile.language import _, isolated
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.marking_bench import Bench, JobLine
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, rule, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card, Ground
from ui.widgets.chip import Chip
from ui.widgets.text import Identifier, Label, card_title, secondary
from ui.widgets.timeline import Event, Timeline

_SMALL = 32
_LOOKS = {
    "verified": ("circle-check", Tone.OK),
    "resolved_marked": ("circle-check", Tone.OK),
    "done_reported": ("scan-line", Tone.INFO),
    "unknown": ("triangle-alert", Tone.WARN),
    "resolved_partial": ("minus", Tone.WARN),
    "not_started": ("circle-x", Tone.GREY),
    "resolved_not_marked": ("circle-x", Tone.GREY),
    "voided": ("circle-x", Tone.GREY),
}
_UNDER_WAY = ("loader-circle", Tone.INFO)


class MarkingJobs(Card):
    """Doubts first, history after.

    Signals:
        wanted: the weapon of a job is to be brought to the bench: its id.
        page_wanted: another page is to be opened: its key.
    """

    wanted = Signal(str)
    page_wanted = Signal(str)

    def __init__(self) -> None:
        self._bench, self._with_last, self._is_wanted = Bench(), True, True
        self._count = Chip("", Tone.WARN, dot=False)
        self._doubts: QVBoxLayout = column(gap=Space.M)
        self._none = secondary("", wrap=True)
        self._last = Timeline()
        self._no_jobs = secondary("", wrap=True)
        self._last_jobs = boxed(
            column(Label(_("Last jobs"), Text.HEADING), self._no_jobs, self._last, gap=Space.S)
        )
        self._rule = rule()
        inner = column(
            row(card_title(_("To settle")), self._count, STRETCH),
            self._none,
            boxed(self._doubts),
            self._rule,
            self._last_jobs,
            STRETCH,
            gap=Space.S,
        )
        self.ways = {
            "campaign": self._way_to("campaign", "route", _("Plan a campaign"), "Alt+C"),
            "practice": self._way_to("practice", "zap", _("Practice machine"), "Alt+M"),
        }
        ways = column(*self.ways.values(), gap=0)
        super().__init__(column(Share(scrolled(boxed(inner))), boxed(ways)), Ground.CARD)
        self.ways["practice"].hide()
        self._none.setText(_("Nothing is in doubt."))
        self._no_jobs.setText(_("No weapon was marked here yet."))
        self._show_doubts()
        self._show_rest()

    def show_practice(self, *, shown: bool) -> None:
        """Show the way to the practice machine where there is one."""
        self.ways["practice"].setVisible(shown)

    def _way_to(self, page: str, icon: str, name: str, keys: str) -> Button:
        button = Button(name, Kind.GHOST, icon, hint=keys)
        button.clicked.connect(lambda: self.page_wanted.emit(page))
        return button

    def show_last(self, *, shown: bool) -> None:
        """Show the last jobs too, or only what is in doubt: an order has a list of its own."""
        if shown != self._with_last:
            self._with_last = shown
            self._show_rest()

    def show_bench(self, bench: Bench) -> None:
        """Show the jobs as they are now; what is shown already is not built anew."""
        before, self._bench = self._bench, bench
        if before.to_settle != bench.to_settle:
            self._show_doubts()
        if before.last != bench.last or before.to_settle != bench.to_settle:
            self._show_rest()

    def _show_doubts(self) -> None:
        to_settle = self._bench.to_settle
        self._count.show_status(str(len(to_settle)), Tone.WARN)
        self._count.setVisible(bool(to_settle))
        self._none.setVisible(not to_settle)
        clear(self._doubts)
        for line in to_settle:
            self._doubts.addWidget(self._doubt(line))

    def _show_rest(self) -> None:
        shown, last = self._with_last, self._bench.last
        if shown:
            self._no_jobs.setVisible(not last)
            self._last.show_events(_events(last))
        self._rule.setVisible(shown)
        self._last_jobs.setVisible(shown)
        wanted = shown or bool(self._bench.to_settle)
        if wanted != self._is_wanted:  # never shown before it stands on a page
            self._is_wanted = wanted
            self.setVisible(wanted)

    def _doubt(self, line: JobLine) -> QWidget:
        unknown = line.job.state == "unknown"
        button = Button(_("Settle") if unknown else _("Read back"), height=_SMALL)
        button.setAccessibleName(f"{button.text()} {line.named}")
        button.clicked.connect(lambda: self.wanted.emit(line.job.weapon))
        state = Label(wording.job_state(line.job.state), Text.SECONDARY, wrap=True)
        state.set_ink(Ink.WARN if unknown else Ink.ACCENT)
        said = column(
            Identifier(line.named), Identifier(line.job.text, Text.IDENTIFIER_SMALL), state, gap=1
        )
        return boxed(row(Share(said), button))


def _events(lines: Sequence[JobLine]) -> list[Event]:
    events = []
    for line in lines:
        icon, tone = _LOOKS.get(line.job.state, _UNDER_WAY)
        title = joined(isolated(line.named), isolated(line.job.text))
        detail = joined(
            wording.job_state(line.job.state), isolated(wording.instant(line.job.opened_at))
        )
        events.append(Event(icon, title, detail, tone))
    return events
