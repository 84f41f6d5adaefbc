"""Two records beside each other: are they one weapon, or two that look alike?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.values import WeaponId
from stockpile.language import _, isolated
from stockpile.record_words import field_name, value_words
from stockpile.services.ports import Hit, RegisterRow
from stockpile.services.weapon_files import WeaponFile
from ui.pages.standing import joined, model_or_type
from ui.pages.weapon_correction import scrolled_side
from ui.pages.weapon_reason import ReasonField
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.entry import differing
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, rule, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner
from ui.widgets.compared import Compared
from ui.widgets.field import SearchField
from ui.widgets.text import Identifier, Label, secondary

_WIDTH, _HEIGHT = 880, 580
_SERIAL = "serial"


class JoiningDialog(QDialog):
    """Find the other record, compare, decide; open until the core has taken it.

    Signals:
        typed: another record is looked for by this text.
        chosen: the record to compare with: its id.
        joined: both are one weapon: the other record's id, and the reason.
        told_apart: they are two weapons: the other record's id, and the reason.
        parted: the merger of the other record is to be taken back: its id, and the reason.
    """

    typed = Signal(str)
    chosen = Signal(str)
    joined = Signal(str, str)
    told_apart = Signal(str, str)
    parted = Signal(str, str)

    def __init__(
        self,
        file: WeaponFile,
        reasons: Sequence[str],
        parent: QWidget,
        *,
        offered: Sequence[RegisterRow] = (),
    ) -> None:
        super().__init__(parent)
        self._file = file
        self._other: WeaponFile | None = None
        self.setWindowTitle(_("Join with another record"))
        self.setModal(True)
        self._search = SearchField(_("Serial, mark or number of the other record"))
        self._hits = column(gap=2)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.XS)
        for number, share in enumerate((2, 3, 3)):
            self._grid.setColumnStretch(number, share)
        self._trouble = Banner("triangle-alert", "", "", Tone.BAD)
        self._trouble.hide()
        self._reason = ReasonField(reasons)
        self._join = Button(_("One weapon: join"), Kind.PRIMARY, "merge")
        self._apart = Button(_("Two weapons"), Kind.SECONDARY, "git-compare")
        self._part = Button(_("Take the merger back"), Kind.SECONDARY, "unlink")
        self._cancel = Button(_("Cancel"))
        self._lay_out(parent)
        self._connect()
        self.offer([(one, "") for one in offered])
        self._judge()
        self._search.setFocus()

    @property
    def other(self) -> WeaponFile | None:
        """Return the record that is compared."""
        return self._other

    def show_hits(self, typed: str, hits: Sequence[Hit]) -> None:
        """Show what answers to what was typed."""
        if typed == self._search.text():
            self.offer([(hit.row, wording.why_found(hit.why)) for hit in hits])

    def offer(self, records: Sequence[tuple[RegisterRow, str]]) -> None:
        """Offer records to choose from, each with why."""
        clear(self._hits)
        for line, why in records:
            words = joined(
                isolated(line.serial or line.number), isolated(model_or_type(line)),
                isolated(line.place), why,
            )  # fmt: skip
            button = Button(words, Kind.GHOST, "scan-barcode", height=32)
            button.clicked.connect(partial(self.chosen.emit, line.id))
            self._hits.addWidget(boxed(row(button, STRETCH)))

    def compare(self, other: WeaponFile) -> None:
        """Put another record beside this one."""
        self._other = other
        self._trouble.hide()
        clear(self._grid)
        self._head()
        for number, name in enumerate(_names(self._file, other), start=1):
            self._line(number, name)
        self._judge()
        self._reason.setFocus()

    def close_decided(self) -> None:
        """Go away: it is on record."""
        self._busy(busy=False)
        super().accept()

    def show_error(self, error: StockpileError) -> None:
        """Say a refusal; what was typed stays."""
        self._busy(busy=False)
        self._trouble.say("triangle-alert", wording.error_sentence(error), "", Tone.BAD)
        self._trouble.show()
        self._judge()

    # --- inside -----------------------------------------------------------------------------

    def _lay_out(self, parent: QWidget) -> None:
        said = _("Both lives are kept and read together from then on. It can be taken back.")
        head = column(
            Label(_("Join with another record"), Text.CARD_TITLE),
            Label(said, Text.BODY, Ink.SECONDARY, wrap=True), gap=2,
        )  # fmt: skip
        left = boxed(
            column(self._search, self._hits, boxed(self._grid), STRETCH, gap=Space.M,
                   margins=(0, 0, Space.M, 0))
        )  # fmt: skip
        side = boxed(column(self._reason, STRETCH), width=280)
        body = row(Share(scrolled(left)), rule(upright=True), scrolled_side(side), gap=Space.L)
        foot = row(self._apart, self._part, STRETCH, self._cancel, self._join)
        edges = (Space.XXL, Space.XL, Space.XXL, Space.XL)
        self.setLayout(column(head, self._trouble, Share(body), foot, gap=Space.L, margins=edges))
        room = parent.window().size()
        self.resize(min(_WIDTH, room.width() - 40), min(_HEIGHT, room.height() - 40))

    def _connect(self) -> None:
        self._search.textEdited.connect(self.typed)
        self._reason.edited.connect(self._judge)
        self._join.clicked.connect(partial(self._decide, self.joined))
        self._apart.clicked.connect(partial(self._decide, self.told_apart))
        self._part.clicked.connect(partial(self._decide, self.parted))
        self._cancel.clicked.connect(self.reject)

    def _decide(self, signal: object) -> None:
        assert self._other is not None
        self._busy(busy=True)
        signal.emit(self._other.life.weapon.id, self._reason.text())  # type: ignore[attr-defined]

    def _busy(self, *, busy: bool) -> None:
        for button in (self._join, self._apart, self._part):
            button.setEnabled(not busy)

    def _judge(self) -> None:
        other = self._other
        ready = other is not None and self._reason.is_enough
        beneath = other is not None and self._is_beneath(other.life.weapon.id)
        self._part.setVisible(beneath)
        self._apart.setHidden(beneath)
        self._join.setHidden(beneath)
        for button in (self._join, self._apart, self._part):
            button.setEnabled(ready)

    def _is_beneath(self, other: WeaponId) -> bool:
        return any(one.weapon.id == other for one in self._file.joined)

    def _head(self) -> None:
        assert self._other is not None
        titles = (_("This record"), _("The other record"))
        for place, (title, file) in enumerate(zip(titles, (self._file, self._other), strict=True)):
            number = Identifier(file.life.row.number, Text.IDENTIFIER_SMALL, Ink.SECONDARY)
            said = boxed(column(Label(title, Text.HEADING), number, gap=0))
            self._grid.addWidget(said, 0, place + 1)

    def _line(self, number: int, name: str) -> None:
        assert self._other is not None
        mine, theirs = _value(self._file, name), _value(self._other, name)
        same = mine == theirs
        self._grid.addWidget(secondary(_name(name), wrap=True), number, 0)
        for place, (text, beside) in enumerate(((mine, theirs), (theirs, mine)), start=1):
            self._grid.addWidget(_cell(name, text, beside, same=same), number, place)


def _cell(name: str, text: str, beside: str, *, same: bool) -> QWidget:
    """Return a value; where it differs that is drawn and said, for a serial by its characters."""
    if name == _SERIAL and text:
        shown = Compared(text, () if same else differing(beside, text))
        return boxed(row(shown, STRETCH))
    label = Label(text or _("nothing"), Text.BODY if same else Text.STRONG, wrap=True)
    if not same:
        label.set_ink(Ink.WARN)
        label.setAccessibleName(_("{name}: {value}, differs").format(name=_name(name), value=text))
    label.setAlignment(label.alignment() | Qt.AlignmentFlag.AlignTop)
    return label


def _names(file: WeaponFile, other: WeaponFile) -> list[str]:
    """Return the fields that either record says anything of, the place and the status."""
    said = [book.name for book in file.book if any(_value(one, book.name) for one in (file, other))]
    return [*said, "status", "place"]


def _name(name: str) -> str:
    return _("Status") if name == "status" else field_name(name)


def _value(file: WeaponFile, name: str) -> str:
    if name == "status":
        return wording.status(file.life.weapon.status)
    if name == "place":
        return file.life.row.place
    book = file.field(name)
    if book is None or book.current.value == "unknown":
        return ""
    if name == _SERIAL:
        return str(book.current.value)
    return value_words(name, book.current.value)
