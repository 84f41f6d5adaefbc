"""What a count comes to: every difference at once, before it is signed and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.count_quantities import QuantityLine
from stockpile.language import _, isolated, ngettext
from stockpile.terms import term
from ui.pages.counting_words import figure, found_words, item_line
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.counting_shown import Differences
from ui.widgets.arrange import STRETCH, Share, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.figure_tile import FigureTile
from ui.widgets.hotkeys import on_key
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.scan_result import Outcome, Result, ScanResult
from ui.widgets.text import Label, ShortLabel, card_title, secondary


class CountingClose(QWidget):
    """The end of a count: its numbers, all its differences, and the signatures.

    Signals:
        sign_wanted: both officers sign, and the count is closed.
        back_wanted: go on counting, or, of a closed count, back to the start.
        report_wanted: print the report.
        investigations_wanted: look at what the differences opened.
        opened: look at a weapon: its id.
    """

    sign_wanted = Signal()
    back_wanted = Signal()
    report_wanted = Signal()
    investigations_wanted = Signal()
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._is_closed = False
        self._title = Label("", Text.PAGE_TITLE)
        self._about = ShortLabel("", Text.SECONDARY, Ink.MUTED)
        self.sign = Button(_("Sign and close"), Kind.PRIMARY, "signature", hint="F5")
        self.back = Button("", hint="Esc")
        self.report = Button(_("Report"), icon="printer", hint="F9")
        self.investigations = Button(_("Open investigations"), Kind.PRIMARY, "search", hint="F6")
        self.banner = ScanResult()
        self.tiles = [
            FigureTile(icon, tone)
            for icon, tone in (
                ("circle-check", Tone.OK), ("package-search", Tone.WARN),
                ("arrow-left-right", Tone.WARN), ("triangle-alert", Tone.BAD),
            )
        ]  # fmt: skip
        for tile in self.tiles:
            tile.setCheckable(False)
            tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._count = Chip("", Tone.WARN, dot=False)
        self._none = secondary(_("Every weapon is found or explained."), wrap=True)
        self.list = LineList(_("Differences"))
        self._lay_out()
        self._listen()

    def show_differences(self, title: str, about: str, told: Differences, *, closed: bool) -> None:
        """Show what a count comes to, as it stands or as it was closed."""
        self._is_closed = closed
        self._title.setText(title)
        self._about.setText(about)
        self.back.setText(_("Back") if closed else _("Go on counting"))
        self.sign.setVisible(not closed)
        self.report.setVisible(closed)
        lines = difference_lines(told)
        self.investigations.setVisible(closed and bool(lines))
        self._show_figures(told)
        self.list.show_lines(lines)
        self.list.setVisible(bool(lines))
        self._none.setVisible(not lines)
        self._count.show_status(isolated(figure(len(lines))), Tone.WARN if lines else Tone.OK)
        self.banner.show_result(_verdict(len(lines), closed=closed), silent=not closed)

    def focus(self) -> None:
        """Put the cursor on what is next."""
        shown = (self.sign, self.investigations, self.report)
        target = next(one for one in shown if not one.isHidden())
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        words = column(self._title, self._about, gap=2)
        head = row(Share(words), self.back, self.report, self.investigations, self.sign)
        title = row(card_title(_("Differences")), self._count, STRETCH)
        card = Card(
            column(title, self._none, Share(self.list), gap=Space.S),
            margins=(Space.L, Space.M, Space.L, Space.S),
        )
        tiles = row(*(Share(tile) for tile in self.tiles), gap=Space.M)
        self.setLayout(column(head, tiles, self.banner, Share(card), gap=Space.M))

    def _listen(self) -> None:
        self.sign.clicked.connect(self.sign_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.report.clicked.connect(self.report_wanted)
        self.investigations.clicked.connect(self.investigations_wanted)
        self.list.opened.connect(self._open)
        keys: Sequence[tuple[str, Callable[[], object]]] = (
            ("F5", self.sign.click), ("Esc", self.back.click), ("F9", self.report.click),
            ("F6", self.investigations.click),
        )  # fmt: skip
        for key, does in keys:
            on_key(self, key, does)

    def _open(self, key: str) -> None:
        if not key.startswith(("?", "#")):
            self.opened.emit(key)

    def _show_figures(self, told: Differences) -> None:
        tally, strangers = told.found.tally, len(told.found.strangers)
        said = (
            (tally.found, found_words(tally)),
            (tally.missing, _("missing")), (tally.misplaced, _("in another place")),
            (tally.unexpected + strangers, _("not expected")),
        )  # fmt: skip
        for tile, (number, words), tone in zip(self.tiles, said, _TONES, strict=True):
            tile.show_figure(figure(number), words, tone if number else Tone.GREY)


_TONES = (Tone.OK, Tone.BAD, Tone.WARN, Tone.BAD)


def difference_lines(told: Differences) -> list[LiveLine]:
    """Return every difference: of weapons, of what is on no record, of numbers."""
    lines = [_named(item_line(one), one.kind) for one in told.items]
    for one in told.found.strangers:
        said = _("Read during the count, on no record")
        line = LiveLine(f"?{one.read}", one.read, said, "", "triangle-alert", Ink.BAD)
        lines.append(_named(line, "stranger"))
    wrong = (one for one in told.found.quantities if not one.agrees)
    lines += [_quantity_line(one, told.places.get(one.place, "")) for one in wrong]
    return lines


def _named(line: LiveLine, kind: str) -> LiveLine:
    return replace(line, at_end=joined(line.at_end, term("discrepancy", kind)))


def blind_sentence() -> str:
    """Return what is signed for in a blind count: what came of it is not told before."""
    return _("The count ends as it stands. What was expected is shown when both have signed.")


def sentence(told: Differences) -> str:
    """Return what is signed for, in one sentence."""
    tally = told.found.tally
    said = _("{found} of {expected} found, {explained} explained.").format(
        found=isolated(figure(tally.found)),
        expected=isolated(figure(tally.expected)),
        explained=isolated(figure(tally.explained)),
    )
    count = len(told.found.differences)
    if not count:
        nothing = _("Nothing is missing, nothing is left open.")
        return f"{said} {nothing}"
    words = ngettext(
        "{count} difference opens an investigation.",
        "Each of the {count} differences opens an investigation.",
        count,
    )
    return f"{said} {words.format(count=isolated(figure(count)))}"


def _quantity_line(one: QuantityLine, place: str) -> LiveLine:
    if one.counted is None:
        said = _("Nobody counted here; {expected} on record")
    else:
        said = _("{counted} counted, {expected} on record")
    words = said.format(
        counted=isolated(figure(one.counted or 0)), expected=isolated(figure(one.expected))
    )
    kind = wording.weapon_type(one.type)
    key = f"#{one.place}{one.type}"
    made = LiveLine(key, place, joined(kind, words), "", "scale", Ink.BAD, plain=True)
    return _named(made, "quantity")


def _verdict(count: int, *, closed: bool) -> Result:
    if not count:
        title = _("Closed: everything is found or explained") if closed else _("Everything agrees")
        return Result(Outcome.GOOD, title, "", "" if closed else _("Both counters sign."))
    words = ngettext("{count} difference", "{count} differences", count)
    title = words.format(count=isolated(figure(count)))
    if closed:
        said = _("Closed and signed. Each is under investigation until evidence answers it.")
    else:
        said = _("Recount them (F7 in the count), or sign: each opens an investigation.")
    return Result(Outcome.DOUBT, title, "", said)
