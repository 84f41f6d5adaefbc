"""The layouts of labels: the one being made stays in sight as it prints, its figures below."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import PhotoUnreadable, StockpileError
from stockpile.domain.facts import LabelLayoutSet
from stockpile.language import _, isolated, ngettext
from stockpile.services.label_words import problem_words
from ui.pages.settings_label_layout_form import LabelLayoutForm
from ui.theme import Ink, Space, Text
from ui.view_models.label_layouts import Board, LabelLayoutsModel, Shown
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice, ChoiceField
from ui.widgets.label_preview import LabelPreview
from ui.widgets.picture import Picture
from ui.widgets.text import Label, secondary

_PREVIEW: Final = 210
_SIGN: Final = 14
_MOST_SAID: Final = 2
_USUAL: Final = "l7160"
_BOTTOM = Qt.AlignmentFlag.AlignBottom
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class LabelBoard(Card):
    """Which layout is being made, the label as it prints, and what is wrong with it."""

    def __init__(self) -> None:
        self.layout_ = ChoiceField(_("Label layout"))
        self.new = Button(_("New from this"), icon="copy")
        self.preview = LabelPreview()
        self.preview.setFixedHeight(_PREVIEW)
        self._problems: QVBoxLayout = column(gap=Space.XS)
        self.retire = Button(_("Retire"), icon="archive")
        self.keep = Button(_("Save"), Kind.PRIMARY, "save")
        self._right = secondary(_("Your role does not include setting label layouts."), wrap=True)
        self._said = Label("", Text.SECONDARY, wrap=True)
        self._said.hide()
        top = row(Share(self.layout_), Share(self.new, 0, _BOTTOM), gap=Space.M)
        foot = row(Share(boxed(self._problems), 1, _MIDDLE), self.retire, self.keep)
        super().__init__(column(top, self.preview, foot, self._said, self._right, gap=Space.S))

    @property
    def problems(self) -> tuple[str, ...]:
        """Return what is said of the label: its problems, or that it has none."""
        said = (self._problems.itemAt(at).widget() for at in range(self._problems.count()))
        return tuple(one.said for one in said if isinstance(one, _Line))

    @property
    def said(self) -> str:
        """Return what came of the last act."""
        return self._said.text()

    def show_right(self, *, may_keep: bool, is_own: bool) -> None:
        """Say before one tries that another role sets layouts; what ships is not retired."""
        self._right.setVisible(not may_keep)
        self.keep.setEnabled(may_keep)
        self.retire.setVisible(is_own)
        self.retire.setEnabled(may_keep)

    def say(self, said: str, ink: Ink = Ink.OK) -> None:
        """Say what came of an act; nothing takes it away."""
        self._said.set_ink(ink)
        self._said.setText(said)
        self._said.setVisible(bool(said))

    def show_layouts(self, board: Board, current: str) -> None:
        """Offer the layouts on record; no name stands for one that is not kept yet."""
        named = zip(board.layouts, board.titles, strict=True)
        choices = [Choice(one.name, isolated(title)) for one, title in named]
        self.layout_.set_choices([Choice("", _("New layout")), *choices])
        self.layout_.set_value(current)

    def show_print(self, shown: Shown) -> None:
        """Show the label as it prints, and what cannot be printed of it."""
        bad = [at for one in shown.problems for at in (one.element, one.other)]
        self.preview.show_print(shown.picture, bad, shown.free)
        clear(self._problems)
        said = [problem_words(one) for one in shown.problems]
        if shown.error is not None:
            said.append(wording.error_sentence(shown.error))
        for problem in said[:_MOST_SAID]:
            self._add("flag", Ink.BAD, problem)
        if len(said) > _MOST_SAID:
            more = len(said) - _MOST_SAID
            words = ngettext("and {count} more", "and {count} more", more)
            self._add("flag", Ink.BAD, words.format(count=more))
        if not said:
            self._add("circle-check", Ink.OK, _("Everything has room and can be read."))

    def _add(self, icon: str, ink: Ink, said: str) -> None:
        self._problems.addWidget(_Line(icon, ink, said))


class LabelLayoutsSection(QWidget):
    """The figures of the layout; ``board`` is its head, which does not scroll away."""

    def __init__(self, model: LabelLayoutsModel) -> None:
        super().__init__()
        self._model = model
        self._on_board = ""
        self.board, self.form = LabelBoard(), LabelLayoutForm(model)
        self.setLayout(column(self.form, STRETCH, gap=Space.M))
        self.board.layout_.chosen.connect(self._choose)
        self.board.new.clicked.connect(self._begin)
        self.board.keep.clicked.connect(lambda: model.keep(self.form.drawn))
        self.board.retire.clicked.connect(self._retire)
        preview = self.board.preview
        preview.picked.connect(self.form.choose)
        preview.moved.connect(self.form.move_element)
        preview.resized.connect(self.form.resize_element)
        self.form.edited.connect(self._edited)
        self.form.picked.connect(lambda at: preview.show_layout(self.form.drawn, at))
        model.came.connect(self._show)
        model.shown.connect(self.board.show_print)
        model.kept.connect(self._kept)
        model.retired.connect(self._retired)
        model.refused.connect(self._refused)

    def _show(self, board: Board) -> None:
        """Offer what is on record; what is being edited stays as it is."""
        if not self.form.is_filled and board.layouts:
            usual = next((one for one in board.layouts if one.name == _USUAL), board.layouts[0])
            self._put(usual)
        self._offer()

    def _offer(self) -> None:
        board = self._model.board
        is_own = self._on_board in board.own
        self.board.show_right(may_keep=self._model.may_keep, is_own=is_own)
        self.board.show_layouts(board, self._on_board)

    def _edited(self, layout: LabelLayoutSet, at: int) -> None:
        self.board.say("")
        self.board.preview.show_layout(layout, at)
        self._model.draw(layout)

    def _choose(self, name: str) -> None:
        """Put another layout on the board; a word that is no layout's name changes nothing."""
        if name == self._on_board:
            return
        known = next((one for one in self._model.board.layouts if one.name == name), None)
        if known is not None and self._may_leave():
            self._put(known)
        self._offer()

    def _begin(self) -> None:
        """Begin a layout of one's own as a copy of the one in sight, without its name."""
        self._put(replace(self.form.drawn, name=""))
        self._offer()
        self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, layout: LabelLayoutSet) -> None:
        self._on_board = layout.name
        self.form.show_layout(layout)

    def _kept(self, layout: LabelLayoutSet) -> None:
        self._on_board = layout.name
        self.form.take_kept(layout)
        self._offer()
        self.board.say(_("{name} is kept.").format(name=isolated(layout.name)))

    def _retire(self) -> None:
        ask = ConfirmDialog(
            _("Retire this layout?"),
            _("It is offered no more for printing. Labels that bear it stay good."),
            _("Retire it"),
            parent=self.window(),
        )
        if ask.exec():
            self._model.retire(self._on_board)

    def _retired(self, name: str) -> None:
        self._put(replace(self.form.drawn, name=""))
        self._offer()
        self.board.say(_("{name} is offered no more.").format(name=isolated(name)))

    def _refused(self, error: StockpileError) -> None:
        if not isinstance(error, PhotoUnreadable):  # said beside the logo
            said = _("It was not kept.") + " " + wording.error_sentence(error)
            self.board.say(said, Ink.BAD)

    def _may_leave(self) -> bool:
        """Ask before what was changed is lost."""
        if not self.form.is_changed:
            return True
        ask = ConfirmDialog(
            _("Leave this layout?"),
            _("What was changed in it is not kept."),
            _("Leave it"),
            parent=self.window(),
        )
        return bool(ask.exec())


class _Line(QWidget):
    """A sign and a sentence."""

    def __init__(self, icon: str, ink: Ink, said: str) -> None:
        super().__init__()
        self.said = said
        sign = Share(Picture(icon, ink, _SIGN), 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row(sign, Share(Label(said, Text.BODY, ink, wrap=True)), gap=6))
