"""The marking schemes: an example of the one in hand stays in sight, its fields stand below."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.seed_schemes import MOSAIC_IMPORT_FULL
from stockpile.domain.values import SchemeId
from stockpile.language import _, isolated, ngettext
from ui.pages.settings_scheme_form import SchemeForm
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.schemes import Line, SchemesModel, Shown, Table, new_scheme, told_of
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button
from ui.widgets.card import Card, Ground
from ui.widgets.chip import Chip
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice, ChoiceField
from ui.widgets.flow import FlowLayout
from ui.widgets.mark_preview import MarkPreview
from ui.widgets.text import Identifier, Label, secondary

_PREVIEW: Final = 112
_BOTTOM = Qt.AlignmentFlag.AlignBottom


class SchemeBoard(Card):
    """Which scheme is in hand, an example of its mark, and how many of its numbers are left."""

    def __init__(self) -> None:
        self.scheme = ChoiceField(_("Marking scheme"))
        self.new = Button(_("New scheme"), icon="plus")
        self.offered = Button(_("Add those that ship"), icon="download")
        self._about = secondary("", wrap=True)
        self.text = Identifier("", Text.IDENTIFIER_TITLE)
        self.preview = MarkPreview(on_plate=True)
        self.preview.setFixedHeight(_PREVIEW)
        plate = Card(column(self.preview, gap=0), Ground.PLATE, margins=(0, 0, 0, 0))
        self._problem = Label("", Text.SECONDARY, Ink.WARN, wrap=True)
        self.left = Chip("", Tone.GREY)
        self.ask = Button(_("Ask the registry for numbers"), icon="hash")
        self._said = Label("", Text.SECONDARY, Ink.SECONDARY, wrap=True)
        top = row(Share(self.scheme), Share(self.offered, 0, _BOTTOM), Share(self.new, 0, _BOTTOM),
                  gap=Space.M)  # fmt: skip
        numbers = FlowLayout(Space.M)
        for part in (self.left, self.ask):
            numbers.addWidget(part)
        example = row(self.text, Share(self._about), gap=Space.L)
        super().__init__(
            column(
                top, boxed(example), plate, self._problem, boxed(numbers), self._said, gap=Space.S
            )
        )
        self._said.hide()

    @property
    def about(self) -> str:
        """Return what is said of the scheme in hand."""
        return self._about.text()

    @property
    def said(self) -> str:
        """Return what is said beside the numbers."""
        return self._said.text()

    def show_table(self, table: Table, current: str) -> None:
        """Offer the schemes on record; no id stands for one that is not kept yet."""
        names = [Choice(line.id, _named(line)) for line in table.lines]
        self.scheme.set_choices([Choice("", _("New scheme")), *names])
        self.scheme.set_value(current)
        self.offered.setVisible(bool(table.offered))

    def show_line(self, line: Line | None, *, may_ask: bool, has_registry: bool) -> None:
        """Say how the scheme in hand stands; nothing for a new one."""
        self._about.setText(_standing(line))
        draws = line is not None and line.draws
        self.left.setVisible(line is not None)
        self.ask.setVisible(draws)
        self.ask.setEnabled(draws and may_ask and has_registry)
        self.ask.setToolTip(
            "" if has_registry else _("This computer is enrolled with no registry.")
        )
        if line is None:
            return
        if not draws:
            self.left.show_status(_("Draws no number"), Tone.GREY)
            return
        said = ngettext("{count} number left", "{count} numbers left", line.left)
        tone = Tone.BAD if not line.left else Tone.WARN if line.is_low else Tone.OK
        self.left.show_status(said.format(count=isolated(f"{line.left:,}")), tone)

    def show_mark(self, shown: Shown) -> None:
        """Show the example as text, and as it would stand in a usual zone."""
        self.text.setText(shown.text)
        self.preview.show_mark(shown.laid, shown.layout)
        problem = next((one.said for one in shown.laid.problems), "")
        said = _("In the usual zone: {problem}").format(problem=problem) if problem else ""
        self._say_problem(said)

    def show_nothing(self) -> None:
        """Show no example: what was typed makes none."""
        self.text.setText("–")  # noqa: RUF001 - a dash
        self.preview.clear()
        self._say_problem("")

    def _say_problem(self, said: str) -> None:
        self._problem.setText(said)
        self._problem.setVisible(bool(said))

    def say(self, sentence: str, ink: Ink = Ink.SECONDARY) -> None:
        """Say what came of asking the registry."""
        self._said.setText(sentence)
        self._said.set_ink(ink)
        self._said.setVisible(bool(sentence))


class SchemesSection(QWidget):
    """The fields of the scheme in hand; ``board`` is its head, which does not scroll away."""

    def __init__(self, model: SchemesModel) -> None:
        super().__init__()
        self._model = model
        self._in_hand, self._is_fresh = "", False
        self.board, self.form = SchemeBoard(), SchemeForm(model)
        self.setLayout(column(self.form, STRETCH, gap=Space.M))
        self.board.scheme.chosen.connect(self._choose)
        self.board.new.clicked.connect(lambda: self._choose(""))
        self.board.offered.clicked.connect(model.add_offered)
        self.board.ask.clicked.connect(self._ask)
        model.came.connect(self._show)
        model.shown.connect(self.board.show_mark)
        model.unread.connect(lambda _error: self.board.show_nothing())
        model.kept.connect(self._kept)
        model.asked.connect(self._answered)
        model.not_asked.connect(self._not_asked)

    def _show(self, table: Table) -> None:
        """Offer what is on record; what is being edited stays as it is."""
        if not self.form.is_filled and table.lines:
            usual = table.line(MOSAIC_IMPORT_FULL) or table.lines[0]
            self._put(usual)
        elif self._is_fresh and (line := table.line(self._in_hand)) is not None:
            said, self._is_fresh = self.form.said, False
            self._put(line)
            self.form.say(said)
        self.board.show_table(table, self._in_hand)
        self._stand()
        self.form.show_right()
        self.board.offered.setEnabled(self._model.may_keep)

    def _stand(self) -> None:
        table = self._model.table
        line = table.line(self._in_hand)
        self.board.show_line(line, may_ask=self._model.may_ask, has_registry=table.has_registry)

    def _choose(self, name: str) -> None:
        line = self._model.table.line(name)
        if (name and line is None) or name == self._in_hand or not self._may_leave():
            self.board.scheme.set_value(self._in_hand)
            return
        self._put(line)
        self.board.scheme.set_value(name)
        self.board.say("")
        self._stand()
        if line is None:
            self.form.id.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, line: Line | None) -> None:
        self._in_hand = line.id if line is not None else ""
        if line is None:
            self.form.show_scheme(new_scheme(), is_new=True)
        else:
            told = told_of(line.id, line.body)
            self.form.show_scheme(told, is_new=False, is_retired=line.body.retired)

    def _kept(self, scheme: str) -> None:
        """Show what is on record now, as soon as it comes."""
        self._in_hand = scheme or self._in_hand
        self._is_fresh = bool(scheme)

    def _ask(self) -> None:
        self.board.ask.set_busy(busy=True)
        self.board.say(_("Asking the registry…"))
        self._model.ask_numbers(SchemeId(self._in_hand))

    def _answered(self) -> None:
        self.board.ask.set_busy(busy=False)
        self.board.say(_("The registry was asked; what it granted is counted."), Ink.OK)

    def _not_asked(self, error: StockpileError) -> None:
        self.board.ask.set_busy(busy=False)
        self.board.say(wording.error_sentence(error), Ink.BAD)

    def _may_leave(self) -> bool:
        """Ask before what was typed is lost."""
        if not self.form.is_changed:
            return True
        ask = ConfirmDialog(
            _("Leave this scheme?"),
            _("What was changed in it is not kept."),
            _("Leave it"),
            parent=self.window(),
        )
        return bool(ask.exec())


def _named(line: Line) -> str:
    name = isolated(line.body.name)
    return joined(name, _("retired")) if line.body.retired else name


def _standing(line: Line | None) -> str:
    if line is None:
        return _("A new scheme. What it says is tried as you type.")
    version = isolated(str(line.body.version))
    if line.body.retired:
        return _("Version {version}, retired: nothing is marked by it.").format(version=version)
    if line.is_used:
        later = isolated(str(line.body.version + 1))
        said = _("Version {version}. Marks were made by it: a change becomes version {later}.")
        return said.format(version=version, later=later)
    return _("Version {version}. Nothing was marked by it yet.").format(version=version)
