"""The count while it goes on: figures, the result of each scan, the last scans and four lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QElapsedTimer, QLocale, Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.counting import LAST_ROUND
from stockpile.language import _, isolated
from stockpile.services.counting import How
from ui.pages.counting_words import (
    ACT_KEY,
    NOTE,
    PUT_RIGHT,
    blind_line,
    clock,
    figure,
    found_words,
    item_line,
    read_line,
    result,
)
from ui.pages.scan_commands import ScanCommands
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.counting import CountingModel
from ui.view_models.counting_shown import Item, ItemKind, Read
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.field import Field
from ui.widgets.figure_tile import FigureTile
from ui.widgets.hotkeys import on_key
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList
from ui.widgets.progress import Meter
from ui.widgets.scan_result import Outcome, Result, ScanResult
from ui.widgets.text import Label, ShortLabel, card_title, secondary

_FINGERS: Final = 45
"""Milliseconds a sign: whoever is slower than that types with fingers, a scanner is faster."""
_FASTEST: Final = 0.1
"""Seconds a weapon: a pace that no hand has is not told."""
_LISTS: Final[tuple[tuple[ItemKind, ...], ...]] = (
    ("found", "explained"), ("missing",), ("misplaced",), ("unexpected", "stranger"),
)  # fmt: skip
_FOUND, _MISSING, _MISPLACED, _UNEXPECTED = range(4)


class CountingBoard(QWidget):
    """The face of a count in hand.

    Signals:
        pause_wanted: put the count down.
        close_wanted: look at the differences and sign.
        print_wanted: print the sheet.
        sheet_wanted: type a filled sheet in.
        opened: look at a weapon: its id.
        label_wanted: print the label of the weapon that was read last: its id.
    """

    pause_wanted = Signal()
    close_wanted = Signal()
    print_wanted = Signal()
    sheet_wanted = Signal()
    opened = Signal(str)
    label_wanted = Signal(str)

    def __init__(self, model: CountingModel) -> None:
        super().__init__()
        self._model = model
        self._shown, self._typing = _MISSING, QElapsedTimer()
        self._acts_on: Item | None = None
        self._unwritten = ""
        self._title = Label("", Text.PAGE_TITLE)
        self._about = ShortLabel("", Text.SECONDARY, Ink.MUTED)
        self.close_button = Button(_("Close the count"), icon="check", hint="F5")
        self._pause = Button(_("Pause"), hint="Esc")
        self.tiles = _tiles()
        self._meter = Meter(ink=Ink.OK, height=10, name=_("Found so far"))
        self._pace = secondary("")
        self.banner = ScanResult()
        self._last_weapon = ""
        self._commands = ScanCommands(
            self.banner,
            {
                "undo": self._refuse_undo,
                "next_rack": self._go_to_next_rack,
                "close": self.close_button.click,
                "print_last": self._print_last,
            },
        )
        self.scan_field = Field(_("Scan a rack, then its weapons"), identifier=True)
        self._recount = Button(_("Recount the differences"), Kind.GHOST, "refresh-cw", hint="F7")
        self._recount.setToolTip(
            _("F7. A scan is never taken back: what the recount finds stands in its place.")
        )
        self.last = LineList(_("Last scans"), two_lines=False)
        self._list_title = Label("", Text.CARD_TITLE)
        self._list_count = Chip("", Tone.GREY, dot=False)
        self.list = LineList("")
        self._print = Button(_("Print the sheet"), Kind.GHOST, "printer", hint="F9")
        self._none = secondary("", wrap=True)
        self._lay_out()
        self._listen()

    # --- how it is laid out -------------------------------------------------------------------

    def _lay_out(self) -> None:
        words = column(self._title, self._about, gap=2)
        head = row(Share(words), self._pause, self.close_button)
        self._last_card = Card(
            column(
                row(card_title(_("Last scans")), STRETCH, self._recount),
                self.scan_field, Share(self.last), gap=Space.S,
            ),
            margins=(Space.L, Space.M, Space.L, Space.S),
        )  # fmt: skip
        title = row(self._list_title, self._list_count, STRETCH, self._print)
        list_card = Card(
            column(title, self._none, Share(self.list), gap=Space.S),
            margins=(Space.L, Space.M, Space.L, Space.S),
        )
        tiles = row(*(Share(tile) for tile in self.tiles), gap=Space.M)
        lists = row(Share(self._last_card), Share(list_card), gap=Space.M)
        self.setLayout(
            column(
                head, tiles, row(Share(self._meter), self._pace, gap=Space.M), self.banner,
                Share(lists), self._hints(), gap=Space.M,
            )
        )  # fmt: skip

    def _hints(self) -> QWidget:
        return boxed(
            row(
                Shortcut("F3", _("next list")), Shortcut("F10", _("type a sheet in")),
                Shortcut("F9", _("print")), Shortcut("F7", _("recount")),
                Shortcut("F5", _("close")), STRETCH, gap=Space.L,
            )
        )  # fmt: skip

    def _listen(self) -> None:
        model = self._model
        model.read.connect(self._show_read)
        model.changed.connect(self._show)
        self.scan_field.edited.connect(self._begin_typing)
        self.scan_field.submitted.connect(self._submit)
        self.banner.answered.connect(self._act)
        self._pause.clicked.connect(self.pause_wanted)
        self.close_button.clicked.connect(self.close_wanted)
        self._recount.clicked.connect(model.recount)
        self._print.clicked.connect(self.print_wanted)
        self.list.opened.connect(self._open)
        for at, tile in enumerate(self.tiles):
            tile.clicked.connect(partial(self.show_list, at))
        keys: Sequence[tuple[str, Callable[[], object]]] = (
            ("F3", self._next_list), ("F5", self.close_button.click),
            ("F7", self._recount.click), (ACT_KEY, self._act_now),
            ("F9", self.print_wanted.emit), ("F10", self.sheet_wanted.emit),
            ("Esc", self.pause_wanted.emit),
        )  # fmt: skip
        for key, does in keys:
            on_key(self, key, does)

    # --- what the person does ---------------------------------------------------------------

    def begin(self) -> None:
        """Show a count that was just taken in hand."""
        self._acts_on, self._unwritten = None, ""
        self.show_list(_FOUND if self._blind else _MISSING)
        self.banner.show_result(self._wish(), silent=True)
        self._show()
        self.scan_field.set_text("")
        self.scan_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self, which: int) -> None:
        """Show one of the four lists."""
        self._shown = which
        for at, tile in enumerate(self.tiles):
            tile.setChecked(at == which)
        self._show_list()

    def _next_list(self) -> None:
        shown = [at for at, tile in enumerate(self.tiles) if tile.isVisible()]
        place = shown.index(self._shown) + 1 if self._shown in shown else 0
        self.show_list(shown[place % len(shown)])

    def _begin_typing(self, text: str) -> None:
        if len(text) == 1:
            self._typing.start()

    def _submit(self) -> None:
        text = self.scan_field.text().strip()
        self.scan_field.set_text("")
        if text and not self._commands.took(text):
            slow = self._typing.isValid() and self._typing.elapsed() > _FINGERS * len(text)
            how: How = "typed" if slow else "scan"
            self._model.scan(text, how)
        self._typing.invalidate()

    def _refuse_undo(self) -> None:
        """Say why nothing is undone: a reading is evidence."""
        said = _("F7. A scan is never taken back: what the recount finds stands in its place.")
        self.banner.show_result(Result(Outcome.REFUSED, _("Undo"), "", said))

    def _go_to_next_rack(self) -> bool:
        """Go on with the rack after this one, in the order in which they are walked."""
        count, rack = self._model.count, self._model.rack
        racks = [one.place.id for one in count.places] if count is not None else []
        at = racks.index(rack.place.id) + 1 if rack and rack.place.id in racks else 0
        if at < len(racks):
            self._model.go_to(racks[at])
        return at < len(racks)

    def _print_last(self) -> bool:
        if self._last_weapon:
            self.label_wanted.emit(self._last_weapon)
        return bool(self._last_weapon)

    def _act_now(self) -> None:
        answers = self.banner.result.answers if self.banner.result else ()
        if answers:
            self._act(answers[0].name)

    def _act(self, name: str) -> None:
        if name == PUT_RIGHT and self._acts_on is not None:
            self._model.put_right(self._acts_on)
        elif name == NOTE and self._unwritten:
            self._model.note(self._unwritten)
        self._acts_on, self._unwritten = None, ""
        self.scan_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, key: str) -> None:
        if not key.startswith("?"):
            self.opened.emit(key)

    # --- what is shown ----------------------------------------------------------------------

    @property
    def _blind(self) -> bool:
        count = self._model.count
        return count is not None and count.stocktake.opened.blind

    def _show_read(self, read: Read) -> None:
        """Say what a reading came to, at once: the lists follow a moment later."""
        if self._model.is_by_number or not (read.text or read.item):
            return
        if read.item is not None and not read.item.key.startswith("?"):
            self._last_weapon = read.item.key
        self._acts_on = read.item if read.came == "misplaced" else None
        self._unwritten = read.text if read.came == "unknown" else ""
        left = None if self._blind else self._left_here()
        self.banner.show_result(result(read, left, blind=self._blind))

    def _show(self) -> None:
        count = self._model.count
        if count is None:
            return
        rack = self._model.rack
        where = rack.path if rack else count.where
        self._title.setText(_("Stocktake: {place}").format(place=isolated(where)))
        self._about.setText(self._about_words())
        self._show_figures()
        rows = [read_line(one, at, blind=self._blind) for at, one in self._numbered()]
        self.last.show_lines(rows)
        self._recount.setEnabled(self._model.round < LAST_ROUND)
        self._show_list()

    def _about_words(self) -> str:
        count = self._model.count
        assert count is not None
        number = isolated(count.stocktake.number)
        since = _("begun {time}").format(time=clock(count.at))
        who = joined(*map(isolated, count.counters))
        again = _("recount {number} of the differences").format(
            number=isolated(figure(self._model.round - 1))
        )
        return joined(number, since, who, again if self._model.round > 1 else "")

    def _show_figures(self) -> None:
        tally, strangers = self._model.tally, len(self._model.items("stranger"))
        seen = tally.found + tally.explained
        tiles = self.tiles
        if self._blind:
            counted = sum(bool(one.seen) for one in self._model.items(*_SEEN))
            tiles[_FOUND].show_figure(figure(counted), _("counted"))
            tiles[_UNEXPECTED].show_figure(figure(strangers), _("on no record"))
        else:
            tiles[_FOUND].show_figure(figure(tally.found), found_words(tally))
            tiles[_MISSING].show_figure(figure(tally.missing), _("still to find"))
            tiles[_MISPLACED].show_figure(figure(tally.misplaced), _("in another place"))
            wrong = tally.unexpected + strangers
            tone = Tone.BAD if wrong else Tone.GREY
            tiles[_UNEXPECTED].show_figure(figure(wrong), _("not expected"), tone)
        for at in (_MISSING, _MISPLACED):
            tiles[at].setVisible(not self._blind)
        self._meter.setVisible(not self._blind)
        self._meter.show_share(seen / tally.expected if tally.expected else 0.0)
        pace = self._model.pace
        seconds = (
            isolated(QLocale().toString(pace, ord("f"), 1)) if pace and pace >= _FASTEST else ""
        )
        self._pace.setText(_("{seconds} s a weapon").format(seconds=seconds) if seconds else "")

    def _show_list(self) -> None:
        kinds = _SEEN if self._blind and self._shown == _FOUND else _LISTS[self._shown]
        items = self._model.items(*kinds)
        if self._shown == _MISSING:
            items = self._in_rack_order(items)
        else:
            items.reverse()  # what came last stands first
        if self._blind and self._shown == _FOUND:
            items = [one for one in items if one.seen]
        title, none = self._list_words()
        self._list_title.setText(title)
        self.list.setAccessibleName(title)
        tone = Tone.WARN if items and self._shown != _FOUND else Tone.GREY
        self._list_count.show_status(isolated(figure(len(items))), tone)
        self._none.setText(none)
        self._none.setVisible(not items)
        self.list.setVisible(bool(items))
        made = blind_line if self._blind else item_line
        self.list.show_lines([made(one) for one in items])

    def _list_words(self) -> tuple[str, str]:
        if self._shown == _MISSING:
            return _("Still to find"), _("Everything that was expected has been found.")
        if self._shown == _MISPLACED:
            return _("In another place"), _("Nothing stands in another place than on record.")
        if self._shown == _UNEXPECTED:
            return _("Not expected"), _("Nothing was seen that is not expected.")
        return _("Counted") if self._blind else _("Found"), _("Nothing has been scanned yet.")

    def _in_rack_order(self, items: list[Item]) -> list[Item]:
        """Return what is still to find: here first, then along the racks."""
        here = self._model.rack.place.name if self._model.rack else ""
        return sorted(items, key=lambda one: (one.place != here, one.order))

    def _left_here(self) -> int:
        here = self._model.rack.place.name if self._model.rack else ""
        return sum(one.place == here for one in self._model.items("missing"))

    def _numbered(self) -> list[tuple[int, Read]]:
        last = self._model.last
        total = self._model.taken
        return [(total - at, one) for at, one in enumerate(last)]

    def _wish(self) -> Result:
        if self._model.rack is not None:
            said = _("In any order. A weapon that is scanned twice counts once.")
            return Result(Outcome.WAITING, _("Scan the weapons"), self._model.rack.path, said)
        said = _("Then the weapons in it, in any order, and the card of the next one.")
        return Result(Outcome.WAITING, _("Scan the card of a rack"), "", said)


_SEEN: Final[tuple[ItemKind, ...]] = (
    "found", "explained", "misplaced", "unexpected", "missing", "stranger",
)  # fmt: skip


def _tiles() -> tuple[FigureTile, ...]:
    return (
        FigureTile("circle-check", Tone.OK, hint="F3"),
        FigureTile("package-search", Tone.WARN, hint="F3"),
        FigureTile("arrow-left-right", Tone.WARN, hint="F3"),
        FigureTile("triangle-alert", Tone.BAD, hint="F3"),
    )
