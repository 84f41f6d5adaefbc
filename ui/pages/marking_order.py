"""The order in hand beside the station: how far it is, how fast it goes, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.orders import LineStanding, OrderLine
from stockpile.domain.values import Instant
from stockpile.language import _, isolated, ngettext
from ui.pages.counting_words import figure
from ui.pages.standing import joined, model_or_type
from ui.theme import Ink, Space, Text
from ui.view_models.marking_order import InHand, Outlook
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, rule
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.progress import Meter, percent
from ui.widgets.segments import Segment, Segments
from ui.widgets.text import Label, ShortLabel, secondary

MOST_LINES: Final = 50
"""So many lines are listed: nobody reads more, and the list stays quick."""
_MINUTE: Final = 60_000
_HOUR: Final = 60
_LISTS: Final[Mapping[str, tuple[LineStanding, ...]]] = MappingProxyType(
    {
        "next": ("open_question", "waiting"),
        "aside": ("aside", "gone"),
        "done": ("verified", "marked"),
    }
)
_LOOKS: Final[Mapping[LineStanding, tuple[str, Ink]]] = MappingProxyType(
    {
        "waiting": ("circle", Ink.MUTED),
        "open_question": ("triangle-alert", Ink.WARN),
        "marked": ("stamp", Ink.ACCENT),
        "verified": ("circle-check", Ink.OK),
        "aside": ("archive", Ink.WARN),
        "gone": ("ban", Ink.MUTED),
    }
)


class OrderCard(Card):
    """The order in hand.

    Signals:
        wanted: a weapon of the order is to be brought to the station: its id.
        aside_pressed: the weapon at the station is to be set aside.
        pause_pressed: the order is to rest.
    """

    wanted = Signal(str)
    aside_pressed = Signal()
    pause_pressed = Signal()

    def __init__(self) -> None:
        self._in_hand: InHand | None = None
        self._name = ShortLabel("", Text.CARD_TITLE)
        self._done = Label("", Text.STATION_FIGURE)
        self._of = secondary("")
        self._share = secondary("")
        self._meter = Meter(ink=Ink.OK, height=10, name=_("Marked so far"))
        self._ends = secondary("", wrap=True)
        self._lists = Segments(
            [Segment("next", _("Next")), Segment("aside", _("Aside")), Segment("done", _("Done"))]
        )
        self.list = LineList(_("Weapons of the order"))
        self._none = secondary("", wrap=True)
        self.aside = Button(_("Set aside"), icon="archive", hint="F7")
        self.pause = Button(_("Pause"), icon="pause", hint="F10")
        figures = row(self._done, Share(self._of), self._share, gap=Space.S)
        foot = row(self.aside, self.pause, STRETCH)
        super().__init__(
            column(
                self._name, figures, self._meter, self._ends, rule(), self._lists, self._none,
                Share(self.list), foot, gap=Space.S,
            )
        )  # fmt: skip
        self._lists.chosen.connect(lambda _key: self._show_list())
        self.list.opened.connect(self.wanted)
        self.aside.clicked.connect(self.aside_pressed)
        self.pause.clicked.connect(self.pause_pressed)

    def show_order(self, in_hand: InHand) -> None:
        """Show how the order stands."""
        self._in_hand = in_hand
        state = in_hand.state
        share = state.done / state.total if state.total else 0.0
        self._name.setText(isolated(state.order.name))
        self._done.setText(figure(state.done))
        of = ngettext("of {count} marked", "of {count} marked", state.total)
        self._of.setText(of.format(count=isolated(figure(state.total))))
        self._share.setText(percent(share))
        self._meter.show_share(share)
        self._ends.setText(ends_words(in_hand.outlook, state.left))
        self._show_list()

    def show_at_bench(self, *, may_set_aside: bool, may_pause: bool) -> None:
        """Offer what can be done with the weapon at the station and with the order."""
        self.aside.setEnabled(may_set_aside)
        self.pause.setEnabled(may_pause)

    def _show_list(self) -> None:
        if self._in_hand is None:
            return
        which = self._lists.current
        wanted = _LISTS[which]
        lines = [one for one in self._in_hand.state.lines if one.state in wanted]
        if which == "next":  # what is open comes first; hundreds wait, and are not sorted
            is_open = [one for one in lines if one.state == wanted[0]]
            lines = is_open + [one for one in lines if one.state != wanted[0]] if is_open else lines
        shown = [_line(self._in_hand, one) for one in lines[:MOST_LINES]]
        if len(lines) > MOST_LINES:
            more = _("and {count} more").format(count=figure(len(lines) - MOST_LINES))
            shown.append(LiveLine("", more, plain=True))
        self.list.show_lines(shown)
        self.list.setVisible(bool(shown))
        self._none.setText(_nothing(which))
        self._none.setVisible(not shown)


def order_words(in_hand: InHand) -> str:
    """Return the order in one line, for where there is no room for its card."""
    state, name = in_hand.state, isolated(in_hand.state.order.name)
    done = _("{done} of {total} marked").format(
        done=isolated(figure(state.done)), total=isolated(figure(state.total))
    )
    return joined(name, done, ends_words(in_hand.outlook, state.left))


def ends_words(outlook: Outlook, left: int) -> str:
    """Return how long it takes yet, and until when, at the pace that was measured."""
    if not left:
        return _("Nothing waits any more.")
    if not outlook.an_hour:
        return _("The pace is known after a few weapons.")
    at = QDateTime.fromMSecsSinceEpoch(outlook.ends).toString("HH:mm")
    pace = _("{count} an hour").format(count=isolated(QLocale().toString(round(outlook.an_hour))))
    about = _("about {duration} left, until {time}").format(
        duration=isolated(duration(outlook.left)), time=isolated(at)
    )
    return joined(pace, about)


def duration(span: Instant) -> str:
    """Return a span of milliseconds in hours and minutes, never less than a minute."""
    hours, minutes = divmod(max(1, round(span / _MINUTE)), _HOUR)
    if not hours:
        return _("{minutes} min").format(minutes=minutes)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def _line(in_hand: InHand, line: OrderLine) -> LiveLine:
    row_ = in_hand.row(line.weapon)
    named = (row_.serial or row_.mark or row_.number) if row_ else line.weapon
    about = joined(model_or_type(row_), isolated(row_.place)) if row_ else ""
    icon, ink = _LOOKS[line.state]
    if line.problem:
        icon = "circle-alert"
    beneath = isolated(line.why) if line.state == "aside" else about
    return LiveLine(line.weapon, named, beneath, isolated(line.text), icon, ink)


def _nothing(which: str) -> str:
    if which == "aside":
        return _("Nothing is set aside.")
    if which == "done":
        return _("Nothing is marked yet.")
    return _("Every weapon of this order is marked or set aside.")


def empty_hint() -> QWidget:
    """Return what stands beside the station while no order is in hand."""
    said = secondary(
        _("An order lists the weapons to be marked, shows how far the work is and when it ends."),
        wrap=True,
    )
    return boxed(column(Label(_("No order in hand"), Text.CARD_TITLE), said, gap=Space.S))
