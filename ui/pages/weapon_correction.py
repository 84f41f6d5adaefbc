"""The correction of a record: every field with what stands there, and what will change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from stockpile import wording
from stockpile.domain import vocabulary
from stockpile.domain.errors import StockpileError
from stockpile.domain.values import tidied
from stockpile.domain.weapons import Weapon
from stockpile.language import _
from stockpile.record_words import field_name, value_words
from stockpile.terms import TermList, term
from ui.pages.weapon_dialogs import type_choices
from ui.pages.weapon_reason import ReasonField
from ui.theme import Ink, Space, Text
from ui.view_models.weapon_file import values
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, rule, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.detail_table import Cell, DetailTable
from ui.widgets.field import Choice, ChoiceField, Field, NoteField, State
from ui.widgets.text import Label, ShortLabel, secondary
from ui.widgets.ticks_field import TicksField

_WIDTH, _HEIGHT = 760, 600
_GROUPS: tuple[tuple[str, ...], ...] = (
    ("serial",), ("type", "action"), ("make", "model"), ("calibre", "country"), ("year", "origin"),
    ("frame", "custody"), ("mode", "on"), ("where", "case"), ("grounds",),
    ("import_country", "import_year"),
    ("importer", "missing_parts"), ("remarks",),
)  # fmt: skip
_LISTS: Mapping[str, tuple[TermList, tuple[str, ...]]] = {
    "action": ("action", vocabulary.ACTIONS),
    "origin": ("origin", vocabulary.ORIGINS),
    "frame": ("frame", vocabulary.FRAMES),
    "custody": ("custody", vocabulary.CUSTODY_TYPES),
    "mode": ("mode", vocabulary.MODES),
}
_Editor = Field | ChoiceField | NoteField | TicksField


class CorrectionForm(QDialog):
    """Which fields say what from now on, and why; open until the core has taken it.

    Signals:
        decided: the fields that change with their new values, and the reason.
    """

    decided = Signal(object, str)

    def __init__(
        self, weapon: Weapon, reasons: Sequence[str], parent: QWidget, *, field: str = ""
    ) -> None:
        super().__init__(parent)
        self._before = values(weapon)
        self.setWindowTitle(_("Correct the record"))
        self.setModal(True)
        self._fields = {name: _editor(name) for group in _GROUPS for name in group}
        self._again = Field(
            _("Serial number once more"), placeholder=_("from the metal"), identifier=True
        )
        self._reason = ReasonField(reasons)
        self._preview = DetailTable((_("Field"), _("Now"), _("From now on")), (2, 3, 3))
        self._nothing = secondary(_("Nothing changes yet."))
        self.confirm = Button(_("Correct"), Kind.PRIMARY)
        self.cancel = Button(_("Cancel"))
        self._lay_out(parent)
        self._connect()
        self._judge()
        (self._fields.get(field) or self._fields["serial"]).setFocus()

    def changes(self) -> dict[str, str]:
        """Return the fields that would change, with their new values."""
        said = {name: _said(one) for name, one in self._fields.items()}
        return {name: text for name, text in said.items() if _differs(text, self._before[name])}

    def accept(self) -> None:
        """Tell what was decided; the form waits for the answer."""
        if self.confirm.isEnabled():
            self.confirm.set_busy(True)
            self.decided.emit(self.changes(), self._reason.text())

    def close_decided(self) -> None:
        """Go away: the correction is on record."""
        self.confirm.set_busy(False)
        super().accept()

    def show_error(self, error: StockpileError) -> None:
        """Say a refusal at the field it concerns; what was typed stays."""
        self.confirm.set_busy(False)
        said = wording.error_sentence(error)
        named = str(error.details().get("field", ""))
        (self._fields.get(named) or self._reason.field).show_state(State.BAD, said)

    # --- inside -----------------------------------------------------------------------------

    def _lay_out(self, parent: QWidget) -> None:
        top = Qt.AlignmentFlag.AlignTop
        groups = [
            row(*(Share(self._with_now(name), 1, top) for name in group), gap=Space.M)
            for group in _GROUPS[1:]
        ]
        serial = row(
            Share(self._with_now("serial"), 1, top), Share(self._again, 1, top), gap=Space.M
        )
        form = boxed(column(serial, *groups, STRETCH, gap=Space.M, margins=(0, 0, Space.M, 0)))
        changes = column(
            Label(_("What changes"), Text.HEADING), self._nothing, self._preview, gap=Space.XS
        )
        side = boxed(column(changes, rule(), self._reason, STRETCH, gap=Space.M), width=300)
        said = _("What stood there before stays in the history of the weapon.")
        head = column(
            Label(_("Correct the record"), Text.CARD_TITLE),
            Label(said, Text.BODY, Ink.SECONDARY, wrap=True), gap=2,
        )  # fmt: skip
        foot = row(STRETCH, self.cancel, self.confirm)
        body = row(Share(scrolled(form)), rule(upright=True), scrolled_side(side), gap=Space.L)
        edges = (Space.XXL, Space.XL, Space.XXL, Space.XL)
        self.setLayout(column(head, Share(body), foot, gap=Space.L, margins=edges))
        room = parent.window().size()
        self.resize(min(_WIDTH + 120, room.width() - 40), min(_HEIGHT, room.height() - 40))

    def _with_now(self, name: str) -> QWidget:
        """Return a field with what stands on record beneath it, whatever is typed."""
        before = " ".join(value_words(name, self._before[name]).split())
        said = _("now: {value}").format(value=before or _("nothing"))
        return boxed(column(self._fields[name], ShortLabel(said, Text.SECONDARY, Ink.MUTED), gap=3))

    def _connect(self) -> None:
        for name, one in self._fields.items():
            _fill(one, self._before[name])
            _heard(one, self._judge)
        self._again.edited.connect(self._judge)
        self._reason.edited.connect(self._judge)
        self.confirm.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)

    def _judge(self) -> None:
        changes = self.changes()
        self._preview.show_rows([self._row(name, text) for name, text in changes.items()])
        self._nothing.setVisible(not changes)
        self._again.setVisible("serial" in changes)
        twice = self._typed_twice(changes)
        self.confirm.setEnabled(bool(changes) and twice and self._reason.is_enough)

    def _typed_twice(self, changes: Mapping[str, str]) -> bool:
        """Say whether a new serial was typed twice and both are the same."""
        if "serial" not in changes or not changes["serial"]:
            self._again.show_state(State.PLAIN)
            return True
        first, second = tidied(changes["serial"]), tidied(self._again.text())
        if second and not first.startswith(second):
            self._again.show_state(State.BAD, _("The two differ. Look at the metal again."))
        else:
            self._again.show_state(State.OK if first == second else State.PLAIN)
        return first == second

    def _row(self, name: str, text: str) -> list[Cell]:
        identifier = name == "serial"
        before, after = value_words(name, self._before[name]), value_words(name, text)
        return [
            Cell(field_name(name)),
            Cell(before or _("nothing"), identifier=identifier and bool(before), ink=Ink.MUTED),
            Cell(after or _("nothing"), identifier=identifier and bool(after)),
        ]


def scrolled_side(side: QWidget) -> QWidget:
    """Return the side of a form, which scrolls when the window is low."""
    area = scrolled(side)
    area.setFixedWidth(side.minimumWidth() + 16)
    return area


def _editor(name: str) -> _Editor:
    if name == "type":
        return ChoiceField(field_name(name), type_choices())
    if name in _LISTS:
        of, codes = _LISTS[name]
        return ChoiceField(field_name(name), [Choice(code, term(of, code)) for code in codes])
    if name == "grounds":
        grounds = [Choice(code, term("ground", code)) for code in vocabulary.GROUNDS]
        return TicksField(field_name(name), grounds)
    if name == "remarks":
        return NoteField(field_name(name))
    return Field(field_name(name), identifier=name in ("serial", "case"))


def _fill(editor: _Editor, value: str) -> None:
    if isinstance(editor, ChoiceField | TicksField):
        editor.set_value(value)
    else:
        editor.set_text(value)


def _said(editor: _Editor) -> str:
    return editor.value() if isinstance(editor, ChoiceField | TicksField) else editor.text()


def _heard(editor: _Editor, judge: Callable[[], None]) -> None:
    if isinstance(editor, ChoiceField | TicksField):
        editor.chosen.connect(judge)
    else:
        editor.edited.connect(judge)


def _differs(text: str, before: str) -> bool:
    """Say whether a text says something else; an untouched list says nothing, as before."""
    return tidied(text) != tidied(before) and not (not text and before == "unknown")
