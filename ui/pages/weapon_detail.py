"""What is known of one weapon, and what can be done with it at the desk."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLayout, QWidget

from stockpile import fact_words, wording
from stockpile.domain import tags
from stockpile.domain.facts import Fact
from stockpile.domain.people import Act
from stockpile.domain.values import Digest
from stockpile.domain.weapons import Applied
from stockpile.language import _, isolated, ngettext, plain
from stockpile.services.tracing import Life
from stockpile.wording import Names
from ui.pages.standing import (
    condition_tone,
    conflict_sentence,
    event_look,
    joined,
    mark_standing,
    model_or_type,
    status_tone,
)
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.weapon_detail import Shown, WeaponDetailModel
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, rule, scrolled
from ui.widgets.button import Button, IconButton, Kind
from ui.widgets.card import Banner, Card, Ground
from ui.widgets.chip import Chip
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.text import Identifier, Label, ShortLabel, secondary
from ui.widgets.timeline import Event, Timeline

_SMALL = 32
_EVENTS = 30
_WIDEST = 560


class WeaponDetail(QWidget):
    """The weapon of the list that has the cursor.

    Signals:
        closed: the panel should go away.
        page_wanted: open the whole page of the weapon.
        mark_wanted: go to the marking bench with this weapon.
        move_wanted: ask where it goes.
        print_wanted: print its label.
        correct_wanted: ask what is wrong.
        settle_wanted: open the conflict room with what contradicts itself here.
    """

    closed = Signal()
    page_wanted = Signal()
    mark_wanted = Signal()
    move_wanted = Signal()
    print_wanted = Signal()
    correct_wanted = Signal()
    settle_wanted = Signal()

    def __init__(self, model: WeaponDetailModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._life: Life | None = None
        self._model_line = ShortLabel("", Text.SECONDARY, Ink.MUTED)
        self._serial = Identifier("", Text.IDENTIFIER_TITLE)
        self._serial.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._condition, self._status = Chip(""), Chip("")
        self._settle = IconButton("scale", _("Settle it"), size=_SMALL)
        self._settle.clicked.connect(self.settle_wanted)
        self._conflict = Banner("triangle-alert", "", "", Tone.WARN, self._settle)
        self._marks = column(gap=Space.S)
        self._identity = DetailList()
        self._timeline = Timeline()
        self._earlier = Button("", Kind.GHOST, "history")
        self._earlier.clicked.connect(self._show_all)
        self._make_buttons()
        content = boxed(self._parts())
        content.setMaximumWidth(_WIDEST)  # where it hides the list, lines stay short enough to read
        self._known = boxed(column(self._head(), Share(scrolled(content)), gap=Space.M))
        self._known.hide()  # until a weapon came
        self.setLayout(column(self._known))
        model.shown.connect(self.show_weapon)

    def show_weapon(self, shown: Shown) -> None:
        """Show a weapon as it stands."""
        other = self._life is None or self._life.weapon.id != shown.life.weapon.id
        self._life, self._names = shown.life, shown.names
        weapon, line = shown.life.weapon, shown.life.row
        self._model_line.setText(joined(isolated(model_or_type(line)), isolated(line.calibre)))
        self._serial.show_text(weapon.serial.text or _("No serial"))
        self._condition.show_status(
            wording.condition(weapon.condition), condition_tone(weapon.condition)
        )
        self._status.show_status(wording.status(weapon.status), status_tone(weapon.status))
        self._show_conflicts(shown.life)
        self._show_marks(shown.life)
        self._identity.show_details(_identity(shown.life))
        self._show_events(len(shown.life.facts) if not other and self._shows_all() else _EVENTS)
        self._allow()
        self._known.show()

    def _make_buttons(self) -> None:
        self._mark = Button(_("Mark it"), icon="stamp")
        self._move = Button(_("Move"), icon="truck")
        self._print = Button(_("Print label"), icon="printer")
        self._correct = Button(_("Correct"), icon="pencil")
        self._mark.clicked.connect(self.mark_wanted)
        self._move.clicked.connect(self.move_wanted)
        self._print.clicked.connect(self.print_wanted)
        self._correct.clicked.connect(self.correct_wanted)

    def _head(self) -> QWidget:
        self._page = IconButton("file-text", _("Open the whole file (Enter)"), size=_SMALL)
        self._page.clicked.connect(self.page_wanted)
        copy = IconButton("copy", _("Copy the serial (Ctrl+C in the list)"), size=_SMALL)
        copy.clicked.connect(self.copy_serial)
        close = IconButton("x", _("Close (Esc)"), size=_SMALL)
        close.clicked.connect(self.closed)
        named = column(self._model_line, self._serial, gap=0)
        return boxed(row(Share(named), self._page, copy, close, gap=2))

    def _parts(self) -> QLayout:
        pair = row(Share(self._mark), Share(self._move), gap=Space.S)
        other = row(Share(self._print), Share(self._correct), gap=Space.S)
        edges = (0, 0, Space.S, 0)
        return column(
            row(self._condition, self._status, STRETCH, gap=6),
            self._conflict,
            self._marks,
            column(pair, other, gap=Space.S),
            rule(),
            Label(_("Identity"), Text.HEADING),
            self._identity,
            rule(),
            Label(_("Life"), Text.HEADING),
            self._timeline,
            self._earlier,
            STRETCH,
            gap=10,
            margins=edges,
        )

    def copy_serial(self) -> None:
        """Put the serial on the clipboard, plain."""
        if self._life is not None:
            QGuiApplication.clipboard().setText(plain(self._life.weapon.serial.text))

    def _show_conflicts(self, life: Life) -> None:
        said = " ".join(conflict_sentence(one) for one in life.conflicts)
        title = ngettext("One open conflict", "{count} open conflicts", len(life.conflicts))
        title = title.format(count=len(life.conflicts))
        self._conflict.say("triangle-alert", title, said, Tone.WARN)
        self._conflict.setVisible(bool(life.conflicts))

    def _show_marks(self, life: Life) -> None:
        clear(self._marks)
        for applied in life.weapon.standing_marks:
            self._marks.addWidget(_plate(applied))
        if not life.weapon.standing_marks:
            sentence = _("It has no mark of this country yet.")
            self._marks.addWidget(_unmarked(_("Not marked"), sentence))
        if life.weapon.tag:
            tag = Identifier(tags.grouped(life.weapon.tag), Text.IDENTIFIER_SMALL, Ink.SECONDARY)
            self._marks.addWidget(boxed(row(secondary(_("Tag")), tag, STRETCH)))

    def _show_events(self, most: int) -> None:
        assert self._life is not None
        facts, doubted = self._life.facts, self._life.doubted
        newest = tuple(reversed(facts))[:most]
        self._timeline.show_events([_event(fact, self._names, doubted) for fact in newest])
        rest = len(facts) - len(newest)
        words = ngettext("Show {count} earlier act", "Show {count} earlier acts", rest)
        self._earlier.setText(words.format(count=rest))
        self._earlier.setVisible(rest > 0)

    def _shows_all(self) -> bool:
        return self._earlier.isHidden()

    def _show_all(self) -> None:
        assert self._life is not None
        self._show_events(len(self._life.facts))

    def _allow(self) -> None:
        acts: tuple[tuple[Button, Act], ...] = (
            (self._mark, "mark"),
            (self._move, "move"),
            (self._print, "label"),
            (self._correct, "correct"),
        )
        for button, act in acts:
            may = self._model.may(act)
            button.setEnabled(may)
            button.setToolTip("" if may else _("Your role does not include this."))


def _identity(life: Life) -> list[Detail]:
    weapon = life.weapon
    return [
        Detail(_("Registry number"), life.row.number, identifier=True),
        Detail(_("Type"), wording.weapon_type(weapon.type)),
        Detail(_("Make"), isolated(weapon.make)),
        Detail(_("Model"), isolated(weapon.model)),
        Detail(_("Calibre"), isolated(weapon.calibre)),
        Detail(_("Country of make"), isolated(weapon.country)),
        Detail(_("Year of make"), isolated(weapon.year)),
        Detail(_("Place"), isolated(life.row.place)),
        *([Detail(_("Remarks"), weapon.remarks)] if weapon.remarks else []),
    ]


def _plate(applied: Applied) -> Card:
    words, tone = mark_standing(applied)
    text = Identifier(applied.text, Text.IDENTIFIER, Ink.PLATE)
    said = boxed(row(Chip(words, tone), STRETCH))
    return Card(column(text, said, gap=Space.S), Ground.PLATE, margins=(14, 14, 14, 12))


def _unmarked(title: str, sentence: str) -> Card:
    said = column(Label(title, Text.STRONG), secondary(sentence, wrap=True), gap=2)
    return Card(said, Ground.INSET, margins=(14, 12, 14, 12))


def _event(fact: Fact, names: Names, doubted: Collection[Digest]) -> Event:
    icon, tone = event_look(fact.body)
    what = fact_words.fact_sentence(fact.without_author(), names)
    when = isolated(wording.instant(fact.at))
    warning = _("Its clock is in doubt.") if fact.hash in doubted else ""
    return Event(icon, what, joined(names.of(fact.by), when), tone, warning)
