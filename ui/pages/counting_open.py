"""What is to be counted, how closely, and by whom: filled in so that Enter is enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from stockpile import wording
from stockpile.language import _, isolated
from stockpile.terms import term
from ui.theme import Ink, Space, Text
from ui.view_models.counting_plans import WHOLE_SITE, Offer, Plan
from ui.widgets.arrange import STRETCH, Share, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.field import Choice, ChoiceField, State
from ui.widgets.growing import fix_width
from ui.widgets.segments import Segment, Segments
from ui.widgets.text import Label, card_title, secondary
from ui.widgets.tick import Tick

_WIDTH: Final = 680
_ALL, _SAMPLE = "100", "10"
_TOP = Qt.AlignmentFlag.AlignTop


class NewCountDialog(QDialog):
    """The plan of a count. Every field has its usual answer; Enter starts.

    Signals:
        decided: the plan.
    """

    decided = Signal(object)

    def __init__(self, offer: Offer, usual: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual, self._is_alone = usual, not offer.others
        self.setWindowTitle(_("New count"))
        self.setModal(True)
        fix_width(self, _WIDTH)
        self.place = ChoiceField(_("What is counted"), _places(offer))
        self.type = ChoiceField(_("Only this type"), _types(offer), hint=_("empty: every type"))
        self.basis = Segments([Segment(one, term("basis", one)) for one in _BASES])
        self.share = ChoiceField(_("How many of them"), _shares())
        self.blind = Tick(_("Blind: what is expected is not shown until the count is closed"))
        self.second = ChoiceField(_("Second counter"), _officers(offer))
        self.independent = ChoiceField(
            _("Independent counter"), _both(offer), hint=_("not the custodian")
        )
        self.start = Button(_("Start the count"), Kind.PRIMARY, "play")
        self.cancel = Button(_("Cancel"), hint="Esc")
        self._lay_out()
        self._fill(usual)
        self._connect()
        (self.start if usual.second else self.second).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def plan(self) -> Plan:
        """Return what stands in the fields."""
        type_ = self.type.value()
        return Plan(
            place=self.place.value(),
            types=(type_,) if type_ else (),
            percent=int(self.share.value() or _ALL) if self.basis.current == "serial" else 100,
            basis=self.basis.current,  # type: ignore[arg-type]  # a key of the segments
            blind=self.blind.isChecked(),
            second=self.second.value(),
            independent=self.independent.value(),
            rule=self._usual.rule if self._is_usual() else "",
        )

    def accept(self) -> None:
        """Start, when the count says what and by whom."""
        if not self.place.value():
            self.place.show_state(State.BAD, _("Choose a place from the list."))
            self.place.setFocus()
            return
        if not self.second.value():
            self.second.show_state(State.BAD, self._who_is_missing())
            self.second.setFocus()
            return
        self.decided.emit(self.plan)
        super().accept()

    def _who_is_missing(self) -> str:
        if self._is_alone:
            return _("Two officers count. Appoint the second one first: Settings, Officers.")
        return _("Two officers count: choose the second one.")

    def _lay_out(self) -> None:
        how = column(Label(_("What is compared"), Text.STRONG, Ink.SECONDARY), self.basis, gap=6)
        explained = secondary(
            _("The armoury stays open: what is issued or moved meanwhile explains itself."),
            wrap=True,
        )
        edges = (Space.XXL, Space.XL, Space.XXL, Space.XL)
        self.setLayout(
            column(
                card_title(_("New count")),
                explained,
                row(Share(self.place, 3, _TOP), Share(self.type, 2, _TOP), gap=Space.L),
                row(Share(how, 3, _TOP), Share(self.share, 2, _TOP), gap=Space.L),
                row(Share(self.second, 1, _TOP), Share(self.independent, 1, _TOP), gap=Space.L),
                self.blind,
                row(STRETCH, self.cancel, self.start),
                gap=Space.L,
                margins=edges,
            )
        )

    def _fill(self, usual: Plan) -> None:
        self.place.set_value(usual.place)
        self.type.set_value(next(iter(usual.types), ""))
        self.basis.choose(usual.basis)
        self.share.set_value(str(usual.percent))
        self.blind.setChecked(usual.blind)
        self.second.set_value(usual.second)
        if self._is_alone:
            self.second.show_state(State.WARN, self._who_is_missing())
        self.independent.set_value(usual.independent)
        self._show_share(usual.basis)

    def _connect(self) -> None:
        self.start.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.basis.chosen.connect(self._show_share)
        self.second.chosen.connect(lambda _id: self.second.show_state(State.PLAIN))
        self.place.chosen.connect(lambda _id: self.place.show_state(State.PLAIN))
        self.start.setDefault(True)  # Enter in any field starts

    def _show_share(self, basis: str) -> None:
        # A quantity of some weapons of a rack says nothing: a sample is of serials.
        self.share.setEnabled(basis == "serial")

    def _is_usual(self) -> bool:
        return (
            self.place.value() == self._usual.place
            and self.basis.current == self._usual.basis
            and int(self.share.value() or _ALL) >= self._usual.percent
            and not self.type.value()
        )


_BASES: Final = ("serial", "type", "quantity")


def _places(offer: Offer) -> Sequence[Choice]:
    whole = Choice(WHOLE_SITE, _("Everything at this site"))
    return (whole, *(Choice(one.id, isolated(one.path)) for one in offer.places))


def _types(offer: Offer) -> Sequence[Choice]:
    return tuple(Choice(one, wording.weapon_type(one)) for one in offer.types)


def _shares() -> Sequence[Choice]:
    said = _("{percent} %, drawn at random")
    lots = (Choice(str(one), said.format(percent=isolated(str(one)))) for one in (10, 25, 50))
    return (Choice(_ALL, _("All of them")), *lots)


def _officers(offer: Offer) -> Sequence[Choice]:
    return tuple(Choice(id_, isolated(name)) for id_, name in offer.others)


def _both(offer: Offer) -> Sequence[Choice]:
    return tuple(Choice(id_, isolated(name)) for id_, name in (offer.me, *offer.others))
