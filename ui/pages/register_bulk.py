"""Acts on all chosen weapons of the register: the bar, its questions, its progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from stockpile.domain.errors import Cancelled, StockpileError
from stockpile.domain.facts import SchemeSet
from stockpile.domain.orders import Order
from stockpile.domain.places import Place
from stockpile.domain.values import SchemeId, WeaponId
from stockpile.language import _, isolated, ngettext
from stockpile.services.extracts import Selection, Wanted
from stockpile.services.ports import Extracted, Recorded
from ui.desk import Desk, Work
from ui.notices import Notices
from ui.pages.bulk_bar import BulkBar
from ui.pages.gate_dialogs import GatePassAsking
from ui.pages.in_front import AsksInFront
from ui.pages.marking_order_dialogs import NewOrderDialog
from ui.pages.printing import PrintingActs
from ui.pages.register_dialogs import ExtractDialog, ResumeDialog
from ui.pages.weapon_dialogs import MoveDialog
from ui.pages.work_bar import WorkBar
from ui.session import Session
from ui.view_models.bulk import BulkModel, Spans
from ui.view_models.destruction import BETWEEN
from ui.view_models.marking_order import NewOrder, OrderModel
from ui.view_models.marking_setup import Setup, setups
from ui.widgets.dialogs import ConfirmDialog

Chosen = Selection | Spans
Schemes = Sequence[tuple[SchemeId, SchemeSet]]


class Bulk(QObject, AsksInFront):
    """The bar and what it leads to; what is chosen, in which list and columns, is asked each time.

    Signals:
        toast: what has happened, the word of the way on, and the way on.
        let_go: nothing is to be chosen any more.
        marking_wanted: the marking station is to be opened, with the order just made in hand.
        destruction_wanted: an order to destroy is to be made of the weapons chosen: their ids.
    """

    toast = Signal(str, str, object)
    marking_wanted = Signal()
    destruction_wanted = Signal(str)
    let_go = Signal()

    def __init__(
        self,
        desk: Desk,
        session: Session,
        notices: Notices,
        page: QWidget,
        *,
        chosen: Callable[[], Chosen],
        within: Callable[[], Selection],
        columns: Callable[[], Sequence[str]],
    ) -> None:
        super().__init__(page)
        self._desk, self._session, self._page = desk, session, page
        self._notices = notices
        self._chosen, self._within, self._columns = chosen, within, columns
        self.model = BulkModel(desk, session, notices)
        self.printing = PrintingActs(self.model.printing, page)
        self.bar, self.work = BulkBar(self.model), WorkBar()
        self.gate = GatePassAsking(desk, session, notices, page)
        self._picks_for: Callable[[tuple[WeaponId, ...]], None] = self._ask_schemes
        self._label = ""
        self.bar.wanted.connect(self.ask)
        self.bar.let_go.connect(self.let_go)
        self.model.begun.connect(self._begin)
        self.model.ended.connect(self._end)
        self.printing.toast.connect(self.toast)
        printing = self.model.printing
        for over in (printing.printed, printing.found, printing.bears, printing.runs):
            over.connect(lambda _what: self._over())
        self.model.copied.connect(self._say_copied)
        self.model.picked.connect(self._pick)
        self.model.refused.connect(self._stop)

    def ask(self, act: str) -> None:
        """Ask what an act needs to know, and begin it."""
        if self.model.is_busy:
            return
        chosen, within = self._chosen(), self._within()
        match act:
            case "label":
                self._label = _("Drawing labels…")
                self.model.label(chosen, within)
            case "how":
                self._label = _("Looking which labels are to be printed…")
                self.model.offer_labels(chosen, within)
            case "move":
                self._desk.ask(
                    self,
                    self._session.stockpile.places.all,
                    partial(self._ask_place, chosen, within),
                )
            case "withdraw":
                self._ask_reason(chosen, within)
            case "mark" | "gate" | "destroy":
                self._label, self._picks_for = self._picking()[act]
                self.model.pick(chosen, within)
            case _:
                self.ask_extract(chosen, within, _count(chosen))

    def print_one(self, weapon: WeaponId, *, ask: bool = False) -> None:
        """Print the label of one weapon, as last time, or asking how."""
        self._label = _("Drawing labels…")
        self.printing.print_weapon(weapon, ask=ask)

    def ask_resume(self) -> None:
        """Ask which label of a jammed sheet was the last good one, and print the rest."""
        if self.model.is_busy or not self.model.may("label"):
            return
        dialog = ResumeDialog(self._page)

        def go(label: str) -> None:
            self._label = _("Drawing labels…")
            self.model.resume_labels(label)

        def go_after(number: int) -> None:
            self._label = _("Drawing labels…")
            self.model.printing.resume_after(number)

        dialog.decided.connect(go)
        dialog.counted.connect(go_after)
        self.ask_in_front(dialog)

    def ask_extract(self, chosen: Chosen, within: Selection, count: int) -> None:
        """Ask in which form weapons leave the program, then for the file."""
        dialog = ExtractDialog(count, self._columns(), self._page)
        dialog.decided.connect(partial(self._ask_file, chosen, within))
        self.ask_in_front(dialog)

    def copy_out(self, chosen: Chosen, within: Selection, wanted: Wanted, file: Path) -> None:
        """Write the extract."""
        self._label = _("Copying out…")
        self.model.copy_out(chosen, within, wanted, file)

    def _ask_file(self, chosen: Chosen, within: Selection, wanted: Wanted) -> None:
        register = _("register")
        name = str(Path.home() / f"{register}.{wanted.form}")
        dialog = QFileDialog(self._page, _("Copy the list out"), name, f"*.{wanted.form}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(wanted.form)
        dialog.fileSelected.connect(lambda file: self.copy_out(chosen, within, wanted, Path(file)))
        self.ask_in_front(dialog)

    def _ask_place(self, chosen: Chosen, within: Selection, places: Sequence[Place]) -> None:
        dialog = MoveDialog(_weapons(_count(chosen)), places, None, self._page)

        def go(place: Place) -> None:
            self._label = _("Moving…")
            self.model.move(chosen, within, place)

        dialog.decided.connect(go)
        self.ask_in_front(dialog)

    def _ask_reason(self, chosen: Chosen, within: Selection) -> None:
        dialog = ConfirmDialog(
            _("Withdraw the records"),
            _("{weapons} are taken off the register. They stay to be read, and can be put back.")
            .format(weapons=_weapons(_count(chosen))),
            _("Withdraw"),
            reason=_("Reason"),
            parent=self._page,
        )  # fmt: skip

        def go() -> None:
            self._label = _("Withdrawing…")
            self.model.withdraw(chosen, within, dialog.reason())

        dialog.accepted.connect(go)
        self.ask_in_front(dialog)

    def _picking(self) -> dict[str, tuple[str, Callable[[tuple[WeaponId, ...]], None]]]:
        """Return the acts that need to know which weapons they are: what is said, what follows."""
        return {
            "mark": (_("Looking which are to be marked…"), self._ask_schemes),
            "gate": (_("Looking which may leave…"), self.gate.for_weapons),
            "destroy": (_("Looking which are to be destroyed…"), self._hand_to_destruction),
        }

    def _pick(self, weapons: tuple[WeaponId, ...]) -> None:
        self._over()
        self._picks_for(weapons)

    def _hand_to_destruction(self, weapons: tuple[WeaponId, ...]) -> None:
        self.let_go.emit()
        self.destruction_wanted.emit(BETWEEN.join(weapons))

    def _ask_schemes(self, weapons: tuple[WeaponId, ...]) -> None:
        schemes = self._session.stockpile.schemes.all
        self._desk.ask(self, schemes, partial(self._ask_order, weapons))

    def _ask_order(self, weapons: tuple[WeaponId, ...], schemes: Schemes) -> None:
        machine, kept = self._session.settings.machine, self._session.settings.marking
        orders = OrderModel(self._desk, self._session, self._notices)
        setup = setups(kept).get(machine, Setup())
        usable = [(id_, body) for id_, body in schemes if not body.retired]
        dialog = NewOrderDialog(
            orders, usable, setup, (), self._page, machine=machine, chosen=weapons
        )
        orders.setParent(dialog)
        dialog.decided.connect(self._order)
        self.ask_in_front(dialog)

    def _order(self, said: NewOrder) -> None:
        service, by = self._session.stockpile.marking_orders, self._session.officer

        def act() -> tuple[Recorded, Order]:
            return service.opened(
                said.name, said.weapons, said.scheme, reason=said.reason, machine=said.machine,
                words=said.words, by=by,
            )  # fmt: skip

        self._desk.record(self, act, self._say_ordered, self._notices.trouble)

    def _say_ordered(self, order: Order) -> None:
        self._session.remember(marking_order=order.id)
        self.let_go.emit()
        words = _("Order {name} opened: {weapons}")
        said = words.format(name=isolated(order.name), weapons=_weapons(len(order.opened.weapons)))
        self.toast.emit(said, _("Marking"), self.marking_wanted.emit)

    # --- how it goes ------------------------------------------------------------------------

    def _begin(self, work: Work) -> None:
        self.work.follow(work, self._label)
        for button in self.bar.acts.values():
            button.setEnabled(False)

    def _over(self) -> None:
        self.work.end()
        for button in self.bar.acts.values():
            button.setEnabled(True)

    def _end(self, count: int) -> None:
        self._over()
        self.let_go.emit()
        self.toast.emit(_("Done: {weapons}").format(weapons=_weapons(count)), "", None)

    def _stop(self, error: StockpileError, done: int) -> None:
        self._over()
        if isinstance(error, Cancelled):
            said = _("Stopped after {weapons}.").format(weapons=_weapons(done))
            self.toast.emit(said, "", None)

    def _say_copied(self, made: Extracted) -> None:
        self._over()
        words = _("{weapons} copied out to {file}")
        said = words.format(weapons=_weapons(made.weapons), file=isolated(made.file.name))
        self._say_file(said, made.file)

    def _say_file(self, said: str, file: Path) -> None:
        url = QUrl.fromLocalFile(str(file))
        self.toast.emit(said, _("Open"), partial(QDesktopServices.openUrl, url))


def _count(chosen: Chosen) -> int:
    return chosen.chosen if isinstance(chosen, Spans) else len(chosen.only or ())


def _weapons(count: int) -> str:
    return ngettext("{count} weapon", "{count} weapons", count).format(count=_number(count))


def _number(number: int) -> str:
    return QLocale().toString(number)
