"""Marking orders to choose from, a new one, its end, and a weapon that is set aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import MarkingReason, SchemeSet
from stockpile.domain.orders import Order
from stockpile.domain.places import Place
from stockpile.domain.values import PlaceId, SchemeId, WeaponId
from stockpile.language import _, isolated, ngettext
from ui.pages.counting_words import figure
from ui.pages.standing import joined
from ui.pages.weapon_dialogs import place_words
from ui.theme import Ink, Space, Text
from ui.view_models.marking_order import NewOrder, OrderModel, Proposal
from ui.view_models.marking_setup import REASONS, Setup
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice, ChoiceField, Field, NoteField
from ui.widgets.growing import fix_width
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.segments import Segment, Segments
from ui.widgets.text import Label, secondary

_WIDTH: Final = 620
_PAUSE: Final = 250  # milliseconds after the last key before a list is looked up


class OrdersDialog(QDialog):
    """The orders that can be taken in hand, and the way to a new one.

    Signals:
        taken: an order is to be taken in hand: the order.
        new_wanted: a new order is wanted.
        down_wanted: no order is to be in hand any more.
        close_wanted: the order in hand is to be ended.
    """

    taken = Signal(object)
    new_wanted = Signal()
    down_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, model: OrderModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._orders = {one.id: one for one in model.orders}
        self.setWindowTitle(_("Marking orders"))
        self.setModal(True)
        fix_width(self, _WIDTH)
        in_hand = model.order
        self.list = LineList(_("Marking orders"))
        self.list.setFixedHeight(180)
        self.list.show_lines([_order_line(one, in_hand) for one in model.orders])
        none = secondary(
            _("No order is open. A new one lists the weapons to be marked."), wrap=True
        )
        none.setVisible(not self._orders)
        self.list.setVisible(bool(self._orders))
        self.take = Button(_("Take in hand"), Kind.PRIMARY, "check")
        self.new = Button(_("New order"), icon="plus")
        self.end = Button(_("End the order"), Kind.DANGER, "archive")
        self.down = Button(_("Put it down"), icon="undo-2")
        cancel = Button(_("Cancel"), hint="Esc")
        self.take.setEnabled(bool(self._orders))
        self.new.setEnabled(model.may_order)
        for button in (self.end, self.down):
            button.setVisible(in_hand is not None)
        self.end.setEnabled(model.may_order)
        acts = row(self.new, self.down, STRETCH, self.end)
        foot = row(STRETCH, cancel, self.take)
        edges = (Space.XXL, Space.XXL, Space.XXL, Space.XL)
        title = Label(_("Marking orders"), Text.CARD_TITLE)
        self.setLayout(column(title, none, self.list, acts, foot, gap=Space.L, margins=edges))
        self.list.opened.connect(self._take)
        self.take.clicked.connect(lambda: self._take(self.list.current_key()))
        self.new.clicked.connect(partial(self._leave, self.new_wanted.emit))
        self.end.clicked.connect(partial(self._leave, self.close_wanted.emit))
        self.down.clicked.connect(partial(self._leave, self.down_wanted.emit))
        cancel.clicked.connect(self.reject)
        if self._orders:
            self.list.setCurrentIndex(self.list.rows.index(0))
        (self.list if self._orders else self.new).setFocus()

    def _take(self, key: str) -> None:
        order = self._orders.get(key)
        if order is not None:
            self.accept()
            self.taken.emit(order)

    def _leave(self, tell: Callable[[], None]) -> None:
        self.accept()
        tell()


class NewOrderDialog(ConfirmDialog):
    """Which weapons are to be marked, by which scheme and why; what stands against it is said.

    Signals:
        decided: what is ordered: a NewOrder.
    """

    decided = Signal(object)

    def __init__(
        self,
        model: OrderModel,
        schemes: Sequence[tuple[SchemeId, SchemeSet]],
        setup: Setup,
        places: Sequence[Place],
        parent: QWidget,
        *,
        machine: str = "",
        chosen: Sequence[WeaponId] = (),
    ) -> None:
        self._model, self._schemes, self._machine = model, dict(schemes), machine
        self._places = {one.id: one for one in places}
        self._setup, self._chosen = setup, tuple(chosen)
        self._proposal: Proposal | None = None
        self.name = Field(_("Name"), hint=_("numbered where it has none"))
        named = [Choice(id_, scheme.name) for id_, scheme in schemes]
        self.scheme = ChoiceField(_("Marking scheme"), named)
        reasons = [Choice(code, wording.marking_reason(code)) for code in REASONS]
        self.purpose = ChoiceField(_("Why they are marked"), reasons)
        self.source = Segments(
            [Segment("place", _("All in a place")), Segment("list", _("From a list"))]
        )
        within = {one.id: one.name for one in places}
        self.place = ChoiceField(
            _("Place"), [Choice(one.id, place_words(one, within)) for one in places]
        )
        self.list = NoteField(_("Scan or type the weapons, one a line"))
        self.verdict = Label("", Text.BODY, Ink.SECONDARY, wrap=True)
        first = row(Share(self.scheme), Share(self.purpose), gap=Space.L)
        fields = column(
            self.name, first, self.source, self.place, self.list, self.verdict, gap=Space.L
        )
        super().__init__(
            _("New marking order"),
            _("The weapons stand in it rack by rack. What bears its mark already is left out."),
            _("Open the order"),
            danger=False,
            extra=boxed(fields),
            parent=parent,
        )
        fix_width(self, _WIDTH)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._propose)
        self.scheme.set_value(setup.scheme)
        self.purpose.set_value(setup.reason)
        self.source.setVisible(not self._chosen)
        self._show_source(self.source.current)
        self.source.chosen.connect(self._show_source)
        self.place.chosen.connect(lambda _place: self._propose())
        self.scheme.chosen.connect(lambda _scheme: self._propose())
        self.list.edited.connect(self._timer.start)
        model.proposed.connect(self._show_proposal)
        model.refused.connect(self._refuse)
        self.accepted.connect(self._decide)
        self._propose()
        self.name.setFocus()

    def _show_source(self, source: str) -> None:
        self.place.setVisible(source == "place" and not self._chosen)
        self.list.setVisible(source == "list" and not self._chosen)
        self._propose()

    def _propose(self) -> None:
        scheme = SchemeId(self.scheme.value())
        self._proposal = None
        self.confirm.setEnabled(False)
        place = self._places.get(PlaceId(self.place.value()))
        if not scheme:
            return
        if self._chosen:
            self._model.propose(self._chosen, scheme)
        elif self.source.current == "list":
            self._model.propose_list(self.list.text().splitlines(), scheme)
        elif place is not None:
            self._model.propose_place(place, scheme)
        else:
            self.verdict.setText("")

    def _show_proposal(self, proposal: Proposal) -> None:
        self._proposal = proposal
        self.verdict.setText(proposal_words(proposal))
        self.confirm.setEnabled(bool(proposal.weapons.to_mark))

    def _refuse(self, error: StockpileError) -> None:
        self.verdict.setText(wording.error_sentence(error))

    def _decide(self) -> None:
        if self._proposal is None:
            return
        scheme = SchemeId(self.scheme.value())
        body = self._schemes.get(scheme)
        reason: MarkingReason = next(
            (one for one in REASONS if one == self.purpose.value()), "import"
        )
        words = self._setup.chosen(body) if body else ()
        weapons = self._proposal.weapons.to_mark
        self.decided.emit(NewOrder(self.name.text(), weapons, scheme, reason, self._machine, words))

    def _judge(self) -> None:
        """Wait for what the order would hold."""


class AsideDialog(ConfirmDialog):
    """Why a weapon is set aside: skipped for now, or something is wrong with it.

    Signals:
        decided: the reason, and whether something is wrong with the weapon.
    """

    decided = Signal(str, bool)

    def __init__(self, named: str, parent: QWidget) -> None:
        self.kind = Segments(
            [Segment("skip", _("Skip for now")), Segment("problem", _("Something is wrong"))]
        )
        super().__init__(
            _("Set {weapon} aside").format(weapon=isolated(named)),
            _("It is marked later, once it is brought back. The reason stands in the order."),
            _("Set aside"),
            reason=_("Reason"),
            danger=False,
            extra=self.kind,
            parent=parent,
        )
        self.accepted.connect(self._decide)
        if self._reason is not None:
            self._reason.setFocus()

    def _decide(self) -> None:
        self.decided.emit(self.reason(), self.kind.current == "problem")


def end_dialog(name: str, left: int, parent: QWidget, end: Callable[[str], None]) -> ConfirmDialog:
    """Return the question before an order is ended; ``end`` is told the reason."""
    waiting = ngettext(
        "{count} weapon of it still waits.", "{count} weapons of it still wait.", left
    )
    said = waiting.format(count=isolated(figure(left))) if left else _("Every weapon is done.")
    dialog = ConfirmDialog(
        _("End order {name}").format(name=isolated(name)),
        said,
        _("End the order"),
        reason=_("Reason"),
        danger=bool(left),
        parent=parent,
    )
    dialog.accepted.connect(lambda: end(dialog.reason()))
    return dialog


def proposal_words(proposal: Proposal) -> str:
    """Return what an order would hold, what is left out, and what names no weapon."""
    found = proposal.weapons
    marked, borne = len(found.to_mark), len(found.bear)
    doubtful, gone, unnamed = len(found.in_question), len(found.gone), len(proposal.unnamed)
    parts = (
        (marked, ngettext("{count} weapon to mark", "{count} weapons to mark", marked)),
        (borne, ngettext("{count} bears its mark", "{count} bear their mark", borne)),
        (doubtful, ngettext("{count} in doubt", "{count} in doubt", doubtful)),
        (gone, ngettext("{count} not here", "{count} not here", gone)),
        (unnamed, ngettext("{count} names no weapon", "{count} name no weapon", unnamed)),
    )
    said = [words.format(count=isolated(figure(number))) for number, words in parts if number]
    return joined(*said) if marked else joined(_("Nothing here is to be marked"), *said)


def _order_line(order: Order, in_hand: Order | None) -> LiveLine:
    number = len(order.opened.weapons)
    count = ngettext("{count} weapon", "{count} weapons", number).format(count=figure(number))
    here = in_hand is not None and in_hand.id == order.id
    state = _("in hand") if here else _("paused") if order.state == "paused" else ""
    icon = "circle-play" if here else "pause" if order.state == "paused" else "list-checks"
    beneath = joined(count, isolated(order.changed.reason))
    return LiveLine(order.id, order.name, beneath, state, icon, Ink.ACCENT if here else Ink.MUTED)
