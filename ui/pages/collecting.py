# ruff: noqa: N802 — Qt names what is overridden
"""The hand-in: a person, what they bring, a decision, a signature; then the next one.

Four steps, each with one field that Enter leads on from. What is half typed stays when another page
is opened; what was put on the table stays over a restart too.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from stockpile import wording
from stockpile.domain.collecting import How, Sign
from stockpile.domain.errors import FieldUnreadable, QuantityUnreadable, StockpileError
from stockpile.domain.holders import Details
from stockpile.domain.values import PlaceId
from stockpile.language import _, isolated
from stockpile.services.collecting import Brought
from stockpile.services.documents import Drawn
from stockpile.services.people import SignedIn
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.collecting_aside import BroughtCard, CollectingAside
from ui.pages.collecting_decision import DecisionPane, RoundsPane
from ui.pages.collecting_person import PersonPane
from ui.pages.collecting_weapons import WeaponsPane
from ui.pages.collecting_words import result_of, waiting
from ui.pages.in_front import AsksInFront
from ui.pages.pins import PinsDialog, Wanted
from ui.pages.scan_page import ScanPage, is_typed
from ui.pages.signing import SigningDialog
from ui.session import Session
from ui.theme import Space, Tone
from ui.view_models.collecting import Came, CollectingModel
from ui.view_models.entry_patterns import Offered, offered
from ui.view_models.offers import OffersModel
from ui.widgets.arrange import Share, boxed, column, row
from ui.widgets.aside import NARROW, WithAside
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card, Ground
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Field
from ui.widgets.keycap import Shortcut
from ui.widgets.scan_result import Answer, Outcome, Result, ScanResult
from ui.widgets.stepper import Stepper

_PERSON, _WEAPONS, _ROUNDS, _DECISION = range(4)
_ASIDE = 312
_AROUND = 2 * Space.L + Space.S + 12  # the card's margins, the pane's, its scroll bar
_LOW = 600
_LEAST_BROUGHT = 92  # the title and one line: the rest is scrolled to
_CLOSE = 6


class CollectingPage(ScanPage, AsksInFront):
    """The table at a disarmament site."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._notices = desk, session, notices
        self.model = CollectingModel(desk, session, notices)
        self._offers = OffersModel(desk, session, notices)
        self._papers: Drawn | None = None
        self._last: Came | None = None
        self.person = PersonPane(self.model)
        self.weapons = WeaponsPane(self.model, self._offers)
        self.rounds = RoundsPane(self.model)
        self.decision = DecisionPane()
        self._stepper = Stepper([_("Person"), _("Weapons"), _("Ammunition"), _("Decision")])
        self._result = ScanResult()
        self._stack = QStackedWidget()
        self._brought = BroughtCard()  # where there is no room for the panel
        self._brought.setFixedHeight(_LEAST_BROUGHT)
        self.next = Button("", Kind.PRIMARY, hint="F5")
        self._back = Button(_("Back"), icon="arrow-left", hint="F3")
        self.aside = CollectingAside()
        self._not_mine = Banner(
            "lock", _("Your role does not include taking in what is handed in"),
            _("You can look at everything. Ask an officer whose role includes it to sign in."),
            Tone.WARN,
        )  # fmt: skip
        self.setLayout(column(Share(WithAside(self._bench(), self.aside, width=_ASIDE))))
        self._connect()
        self._show_step(_PERSON)

    def entered(self, argument: str) -> None:
        """Look what came in today and wait for a person, or go on; a receipt is printed again."""
        self.model.start()
        if argument:
            self._print_again(argument)
        self._offers.start()
        self._desk.ask(
            self, partial(offered, self._session.stockpile), self._offer, self._notices.trouble
        )
        may = self.model.may_collect
        self._not_mine.setVisible(not may)
        self._stack.setEnabled(may)
        self.next.setEnabled(may)
        self._focus()

    def scan_field(self) -> Field:
        """Return the field that takes what is scanned now."""
        fields: tuple[Field, ...] = (
            self.person.name, self.weapons.serial, self.rounds.rounds, self.decision.remarks,
        )  # fmt: skip
        return fields[self.step]

    @property
    def step(self) -> int:
        """Return which step is in front."""
        return self._stack.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let nothing that is scanned fall into the decision."""
        if self.step == _DECISION and is_typed(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move closer together in a low window; without a panel the table lies under the pane."""
        super().resizeEvent(event)
        self._all.setSpacing(_CLOSE if self.height() < _LOW else Space.M)
        is_narrow = self.width() < NARROW
        room = self.width() - _AROUND - (0 if is_narrow else _ASIDE + Space.XXL)
        for pane in (self.person, self.weapons, self.decision):
            pane.fit(room)
        self._show_brought()

    # --- how it stands ----------------------------------------------------------------------

    def _bench(self) -> QWidget:
        head = self.head(_("Hand-in"), _("Who, what, the decision, a signature: one receipt."))
        for pane in (self.person, self.weapons, self.rounds, self.decision):
            self._stack.addWidget(pane)
        self._keys = row(gap=Space.L)
        foot = row(Share(boxed(self._keys)), self._back, self.next, gap=Space.M)
        card = Card(column(Share(self._stack)), Ground.CARD)
        self._all = column(
            head, self._not_mine, self._stepper, self._result, Share(card, 3),
            self._brought, foot, gap=Space.M,
        )  # fmt: skip
        return boxed(self._all)

    def _connect(self) -> None:
        model = self.model
        model.changed.connect(self._show)
        model.came.connect(self._say)
        model.refused.connect(self._refuse)
        model.day_changed.connect(lambda: self.aside.show_day(self.model.day))
        model.to_sign.connect(self._ask_hand)
        model.drawn.connect(self._say_drawn)
        for pane in (self.person, self.weapons, self.rounds, self.decision):
            pane.done.connect(self._go_on)
        self.next.clicked.connect(self._go_on)
        self._back.clicked.connect(self._go_back)
        self._result.answered.connect(self._answer)
        self.aside.opened.connect(self._print_again)
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("F3", self._go_back), ("F4", model.take_off), ("F5", self._go_on),
            ("F6", self._turn), ("F8", self._other), ("Esc", self._go_back),
        )  # fmt: skip
        for key, does in keys:
            QShortcut(QKeySequence(key), self).activated.connect(does)

    def _offer(self, told: Offered) -> None:
        self.weapons.offer(told, _usual(self._session).get("place", ""))
        usual = _usual(self._session)
        self.decision.where.set_value(self.decision.where.value() or usual.get("where", ""))
        self.decision.mode.set_value(usual.get("mode", "") or self.decision.mode.value())

    # --- going on ---------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Take the next step; the last one is the signature."""
        if self.dialog is not None or not self.model.may_collect:
            return
        if self.step == _PERSON and not self.person.is_said():
            return
        if self.step == _DECISION:
            self._sign()
        else:
            self._show_step(self.step + 1)

    def _go_back(self) -> None:
        if self.step > _PERSON:
            self._show_step(self.step - 1)

    def _show_step(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self._stepper.show_step(step)
        is_last = step == _DECISION
        self.next.setText(_("Sign and print") if is_last else _("Go on"))
        self.next.show_icon("signature" if is_last else "arrow-right")
        self._back.setEnabled(step > _PERSON)
        self._show_keys(step)
        self._show_brought()
        if self._last is None or self._last.kind != "received" or step != _PERSON:
            self._show_result(waiting(step), silent=True)
        self._focus()

    def _focus(self) -> None:
        if self.isVisible():
            self.window().activateWindow()  # a list of offers that was open had taken it
        self._stack.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_keys(self, step: int) -> None:
        while self._keys.count():
            gone = self._keys.takeAt(0).widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        shown = {
            _PERSON: [("Enter", _("go on"))],
            _WEAPONS: [("Enter", _("put it down")), ("F4", _("take it off"))],
            _ROUNDS: [("Enter", _("put it down")), ("F4", _("take it off"))],
            _DECISION: [("F6", _("eligible or not"))],
        }[step]
        for key, meaning in shown:
            self._keys.addWidget(Shortcut(key, meaning))
        self._keys.addStretch()

    # --- what is shown ----------------------------------------------------------------------

    def _show(self) -> None:
        self.aside.brought.show_table(self.model.table)
        self._brought.show_table(self.model.table)

    def _show_brought(self) -> None:
        """Show the table under the pane where the panel is away, unless a person is asked for."""
        self._brought.setVisible(self.width() < NARROW and self.step in (_WEAPONS, _ROUNDS))

    def _say(self, came: Came) -> None:
        self._last = came
        self._show_result(result_of(came, self.model.table))
        if came.kind == "person":
            self.person.category.setFocus(Qt.FocusReason.OtherFocusReason)
        elif came.kind in ("put", "alarm", "twice"):
            self.weapons.clear()
        elif came.kind == "rounds":
            self.rounds.clear()
        elif came.kind == "received":
            self._next_person()

    def _next_person(self) -> None:
        self._remember_usual()
        self.person.empty()
        self.weapons.clear()
        self.rounds.clear()
        self.decision.empty()
        self._show_step(_PERSON)

    def _show_result(self, result: Result, *, silent: bool = False) -> None:
        self._result.show_result(result, silent=silent)

    def _refuse(self, error: StockpileError) -> None:
        """Say a refusal at its field where it has one, and in the banner."""
        if self.step == _ROUNDS and isinstance(error, FieldUnreadable | QuantityUnreadable):
            self.rounds.refuse(error)
            return
        if self.step == _DECISION:
            self.decision.refuse(error)
        said = wording.error_sentence(error)
        self._show_result(Result(Outcome.REFUSED, _("Nothing was written"), sentence=said))

    def _say_drawn(self, paper: Drawn) -> None:
        """Offer the receipt that was made, and the hand-in to be taken back, until the next one."""
        self._papers = paper
        shown, last = self._result.result, self._last
        if shown is None or last is None or last.kind != "received":
            self._open_paper()
            return
        answers = (
            Answer("paper", _("Open the receipt"), "file-text"),
            Answer("undo", _("Undo"), "undo-2"),
        )
        self._show_result(replace(shown, answers=answers), silent=True)

    def _open_paper(self) -> None:
        if self._papers is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._papers.file)))

    def _print_again(self, receipt: str) -> None:
        self._last = None
        self.model.print(receipt)

    def _answer(self, name: str) -> None:
        {"paper": self._open_paper, "undo": self._ask_undo, "other": self._other}[name]()

    def _other(self) -> None:
        if self.step == _WEAPONS and self.model.table.pieces:
            self.model.other()

    def _turn(self) -> None:
        if self.step == _DECISION:
            self.decision.turn()

    def _ask_undo(self) -> None:
        last = self._last.collected if self._last else None
        if last is None:
            return
        dialog = ConfirmDialog(
            _("Take this hand-in back?"),
            _("Its records are withdrawn. The receipt is void and stays to be read."),
            _("Take back"),
            reason=_("Reason"),
            parent=self,
        )
        dialog.accepted.connect(lambda: self.model.undo(last.id, dialog.reason()))
        self.ask_in_front(dialog)

    # --- the signatures ---------------------------------------------------------------------

    def brought(self) -> Brought:
        """Return all of it as it stands."""
        table, place = self.model.table, self.weapons.place
        said = self.decision.said(
            place.id if place else PlaceId(""),
            under_18=self.person.is_child,
            child_protection=self.person.child_protection.text() if self.person.is_child else "",
            category=self.person.category.value(),
        )
        who = self.person.who()
        return Brought(
            who if isinstance(who, Details) else who.id,
            replace(said, rounds=table.rounds), table.new, table.known,
        )  # fmt: skip

    def _sign(self) -> None:
        if self.person.is_said():
            self.model.sign(self.brought())
        else:
            self._show_step(_PERSON)

    def _ask_hand(self) -> None:
        """Ask the person for a signature, a thumbprint, a signed paper, or why there is none."""
        name = self.person.who().name
        sentence = _("The receipt lists what was brought; a copy goes home with the person.")
        dialog = SigningDialog(name, sentence, self, thumbprint=True)
        dialog.drawn.connect(partial(self._keep, "drawn"))
        dialog.paper_wanted.connect(partial(self._choose_picture, "paper"))
        dialog.thumbprint_wanted.connect(partial(self._choose_picture, "thumbprint"))
        dialog.unsigned.connect(lambda reason: self._ask_pin(Sign(reason=reason)))
        self.ask_in_front(dialog)

    def _choose_picture(self, how: How) -> None:
        dialog = QFileDialog(self, _("Choose the photo of the signed paper"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Photos (*.jpg *.jpeg *.png *.tif *.tiff)"), _("All files (*)")])
        dialog.fileSelected.connect(lambda file: self._keep(how, Path(file)))
        self.ask_in_front(dialog)

    def _keep(self, how: How, picture: bytes | Path) -> None:
        self.model.keep(picture, how, self._ask_pin)

    def _ask_pin(self, sign: Sign) -> None:
        """Ask for the officer's PIN: the receipt says who took it in."""
        name = isolated(self.person.who().name)
        dialog = PinsDialog(
            self._desk, self._session, [Wanted(_("Officer"), own=True)], self,
            title=_("Sign the receipt"),
            sentence=_("What {name} brought is taken in.").format(name=name),
            action=_("Sign and print"),
        )  # fmt: skip

        def signed(opened: tuple[object, ...]) -> None:
            (by,) = opened
            assert isinstance(by, SignedIn)
            self.model.receive(self.brought(), sign, self.decision.language.value(), by)

        dialog.signed.connect(signed)
        self.ask_in_front(dialog)

    def come_back(self) -> None:
        """Bring the cursor back to the page."""
        self.window().activateWindow()
        self._focus()

    def _remember_usual(self) -> None:
        place = self.weapons.place
        said = {
            "place": place.id if place else "", "where": self.decision.where.value(),
            "mode": self.decision.mode.value(),
        }  # fmt: skip
        self._session.remember(hand_in=json.dumps(said))


def _usual(session: Session) -> dict[str, str]:
    """Return what held for the last hand-in; nothing where the note is damaged."""
    try:
        said = json.loads(session.settings.hand_in or "{}")
        return {str(key): str(value) for key, value in said.items()}
    except (ValueError, AttributeError):
        return {}
