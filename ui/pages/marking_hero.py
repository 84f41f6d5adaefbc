"""The weapon at the station, large, and the plate with its mark as it will stand on the metal."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.language import _, isolated, ngettext
from stockpile.services.ports import RegisterRow
from stockpile.terms import term
from ui.pages.counting_words import figure
from ui.pages.marking_banners import WrongLabel
from ui.pages.standing import condition_tone, joined, model_or_type
from ui.theme import Height, Ink, Space, Text
from ui.view_models.marking_bench import Bench, Plan, Preview
from ui.view_models.marking_state import MAY_START, READS, Stage, State
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card, Ground
from ui.widgets.chip import Chip
from ui.widgets.mark_preview import MarkPreview
from ui.widgets.text import Identifier, Label, ShortLabel, secondary

_ENTER = ("Return", "Enter")
_PREVIEW = 118
_DASH = "–"  # noqa: RUF001 - nothing is to be cut
_AHEAD = MAY_START | {Stage.OUTSIDE, Stage.ASIDE}


class MarkingHero(QWidget):
    """What is at the station, what will be cut, and the one button that starts it.

    Signals:
        mark_pressed: start the run.
        setup_pressed: another machine, scheme, word or spot is wanted.
    """

    mark_pressed = Signal()
    setup_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._caption = Label("", Text.STRONG, Ink.MUTED)
        self._serial = ShortLabel("", Text.IDENTIFIER_DISPLAY)
        self._about = Label("", Text.SENTENCE, Ink.SECONDARY, wrap=True)
        self._condition = Chip("")
        self._plate_caption = Label("", Text.SECONDARY, Ink.PLATE)
        self._plate = Identifier("", Text.IDENTIFIER_STATION, Ink.PLATE)
        self._also = Label("", Text.SECONDARY, Ink.PLATE, wrap=True)
        self._also.hide()
        self._preview = MarkPreview(on_plate=True)
        self._preview.setFixedHeight(_PREVIEW)
        self._previewed: Preview | None = None
        self._shown_text, self._drawn = "", True
        self._how = secondary("", wrap=True)
        self._left = secondary("", wrap=True)
        self.setup = Button(_("Set up"), Kind.GHOST, "sliders-horizontal", hint="F6")
        self.mark = Button(_("Mark it"), Kind.PRIMARY, "stamp", hint="F5", height=Height.GLOVE)
        self.mark.setMinimumWidth(160)
        self._foot = self._foot_row()
        self.label = WrongLabel()
        self.setLayout(column(self.label, self._card(), gap=Space.M))
        self.mark.clicked.connect(self.mark_pressed)
        self.setup.clicked.connect(self.setup_pressed)
        for key in _ENTER:
            shortcut = QShortcut(QKeySequence(key), self.mark)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self.mark_pressed)

    def show_plan(self, plan: Plan, bench: Bench) -> None:
        """Say on which machine and by which scheme, where on the weapon, and what is left."""
        scheme = isolated(bench.scheme.name) if bench.scheme else ""
        part = plan.component or (bench.scheme.component if bench.scheme else "")
        where = joined(term("component", part) if part else "", _position(plan.position))
        words = joined(*(isolated(one.name or one.text) for one in plan.words))
        self._how.setText(joined(isolated(plan.machine), scheme, words, where))
        numbers = ngettext("{count} number is left.", "{count} numbers are left.", bench.left)
        said = numbers.format(count=isolated(figure(bench.left)))
        self._left.setText(said if bench.draws and bench.scheme else "")

    def show_preview(self, preview: Preview | None) -> None:
        """Draw the mark as it will stand in its zone; none where nobody laid it out."""
        self._previewed = preview
        if preview is None:
            self._preview.clear()
        else:
            self._preview.show_mark(preview.laid_out, preview.layout)
        self._fit_preview()

    def show_state(
        self, state: State, *, may_mark: bool, hidden: bool = False, drawn: bool = True
    ) -> None:
        """Show the weapon and its mark; hidden, while somebody reads the metal unseen.

        ``drawn`` is false where there is no room for the drawing of the mark.
        """
        self._drawn = drawn
        if state.weapon is not None:
            self._show_weapon(state.weapon)
        self.label.show_label(state.wrong_label)
        ahead = state.stage in _AHEAD
        marking = state.stage is Stage.MARKING
        self._caption.setText(_caption(state.stage))
        self._show_plate(state, ahead=ahead, hidden=hidden)
        self._foot.setVisible(state.stage in MAY_START or marking)
        self.setup.setEnabled(not marking)
        self.mark.set_busy(marking)
        self.mark.setText(_("Marking…") if marking else _("Mark it"))
        if not marking:
            may = may_mark and state.stage in MAY_START and bool(state.text)
            self.mark.setEnabled(may)
        self.setVisible(state.stage is not Stage.SCAN)

    def _show_plate(self, state: State, *, ahead: bool, hidden: bool) -> None:
        caption = _("Next mark") if ahead else _("Mark")
        if state.work_order is not None and state.stage in READS:
            caption = _("Type this at the machine")
        if hidden:
            caption = _("Read the metal, not the screen")
        self._plate_caption.setText(caption)
        shown = state.text if not hidden else ""
        self._plate.show_text(shown or (_DASH if not hidden else "· · ·"))
        self._shown_text = shown
        self._fit_preview()
        self._condition.setVisible(not hidden)
        self._also.setText(_also_on(state.also))
        self._also.setVisible(state.also is not None and not hidden)

    def _fit_preview(self) -> None:
        """Show the drawing only of the text that stands beside it."""
        same = self._previewed is not None and self._previewed.text == self._shown_text != ""
        self._preview.setVisible(same and self._drawn)

    def _show_weapon(self, weapon: RegisterRow) -> None:
        self._serial.setText(isolated(weapon.serial or weapon.mark or weapon.number))
        about = joined(
            isolated(model_or_type(weapon)), isolated(weapon.calibre), isolated(weapon.make),
            isolated(weapon.place),
        )  # fmt: skip
        self._about.setText(about)
        tone = condition_tone(weapon.condition)
        self._condition.show_status(wording.condition(weapon.condition), tone)

    def _card(self) -> Card:
        named = column(self._caption, self._serial, self._about, gap=2)
        top = row(Share(named), Share(self._condition, 0, Qt.AlignmentFlag.AlignVCenter))
        said = column(STRETCH, self._plate_caption, self._plate, self._also, STRETCH, gap=2)
        plate = Card(
            row(Share(said, 1), Share(self._preview, 1), gap=Space.L),
            Ground.PLATE,
            margins=(Space.XXL, Space.M, Space.L, Space.M),
        )
        whole = column(top, plate, self._foot, gap=Space.M)
        return Card(whole, Ground.HERO, margins=(26, Space.L, 26, Space.L))

    def _foot_row(self) -> QWidget:
        beside = column(STRETCH, self._how, self._left, STRETCH, gap=1)
        return boxed(row(Share(beside), self.setup, self.mark, gap=Space.L))


def _caption(stage: Stage) -> str:
    if stage is Stage.MARKING:
        return _("Now marking")
    if stage in READS:
        return _("Just marked")
    return _("At the bench")


def _also_on(part: str | None) -> str:
    """Return what a frame of plastic asks for beside its own mark."""
    if not part:
        return _("Plastic frame: the same text belongs on a part of metal too. Mark it by hand.")
    said = _("Plastic frame: the same text belongs on this part too: {part}. Mark it by hand.")
    return said.format(part=term("component", part))


def _position(code: str) -> str:
    return (term("position", code) or isolated(code)) if code else ""
