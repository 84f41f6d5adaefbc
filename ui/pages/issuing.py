# ruff: noqa: N802 — Qt names what is overridden
"""The counter: a person, their weapons, one signature each way; what comes back closes its line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import FieldUnreadable, StockpileError
from stockpile.domain.values import PersonId, WeaponId
from stockpile.language import _, isolated
from stockpile.services.documents import Drawn
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.gate_dialogs import GatePassAsking
from ui.pages.issuing_aside import IssuingAside
from ui.pages.issuing_header import HeaderFields
from ui.pages.issuing_item import ItemCard
from ui.pages.issuing_lines import lines, person_name
from ui.pages.issuing_results import result_of, waiting
from ui.pages.issuing_signatures import IssuingSignatures
from ui.pages.printing import PrintingActs
from ui.pages.scan_commands import ScanCommands
from ui.pages.scan_page import ScanPage
from ui.pages.standing import joined
from ui.session import Session
from ui.theme import Ink, Space, Text
from ui.view_models.counter_signing import Happened
from ui.view_models.issuing import IssuingModel
from ui.view_models.photos import Photos
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.aside import WithAside
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card, Ground
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Field, ScanField
from ui.widgets.flow import FlowLayout
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList
from ui.widgets.scan_result import Answer, Outcome, Result, ScanResult
from ui.widgets.segments import Segment, Segments
from ui.widgets.text import Label
from ui.widgets.typed_offers import TypedOffer, TypedOffers

_MOST_DIGITS = 6
_LEAST_TYPED = 2
_RESTS = 180  # milliseconds after which a hand has stopped typing
_LEAST_LIST = 84
_LOW = 600  # pixels: a page lower than this is in a window of 700 and less
_CLOSE = 6
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class IssuingPage(ScanPage):
    """One field that everything is scanned into, what lies on the counter, and who has what."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self.model = IssuingModel(desk, session, notices)
        self._keys_of_issue: bool | None = None
        self._happened: Happened | None = None
        self._papers: tuple[Drawn, ...] = ()
        self._mode = Segments(
            [Segment("issue", _("Issue"), "F6"), Segment("return", _("Return"), "F6")]
        )
        self._header = HeaderFields(self.model.counter.header)
        self._scan = ScanField(_("Scan or type a person, a weapon, a lot"))
        self._asks = False
        self._rest = QTimer(self, interval=_RESTS, singleShot=True)
        self._offers = TypedOffers(self._scan.edit, self._offered)
        self._result = ScanResult()
        self._commands = ScanCommands(
            self._result,
            {"undo": self._take_off, "close": self._close, "print_last": self._print_last},
        )
        self.printing = PrintingActs.of(desk, session, notices, self)
        self.printing.toast.connect(self.toast)
        self._lines = LineList(_("On the counter"))
        photos = Photos(desk, session, self)
        self._item = ItemCard(photos)
        self._empty = _empty()
        self._over = Button("", Kind.PRIMARY, "signature", hint="F5")
        self._aside = IssuingAside(photos)
        self.setLayout(column(Share(WithAside(self._bench(), self._aside, width=312))))
        self._signatures = IssuingSignatures(
            desk, session, self.model, self._exceptions()[:3], self
        )  # fmt: skip
        self._gate = GatePassAsking(desk, session, notices, self)
        self._connect()
        self._add_keys()
        self._show()
        self._show_result(waiting(self.model.counter), silent=True)

    def entered(self, argument: str) -> None:
        """Look who has what, and wait for the first scan; or begin with a weapon."""
        self.model.start()
        if argument:
            self.model.bring_weapon(WeaponId(argument))
        self._scan.setFocus(Qt.FocusReason.OtherFocusReason)

    def scan_field(self) -> Field:
        """Return the one field that is scanned into."""
        return self._scan

    # --- how it stands ----------------------------------------------------------------------

    def _bench(self) -> QWidget:
        gate = Button(_("Gate"), icon="log-out", hint="Alt+G")
        gate.clicked.connect(lambda: self.go.emit("gate", ""))
        people = Button(_("Holders"), icon="users", hint="Alt+H")
        people.clicked.connect(lambda: self.go.emit("holders", ""))
        head = self.head(
            _("Issue and return"), _("Scan, scan, scan; one signature at the end."), gate, people,
            self._mode,
        )  # fmt: skip
        self._keys = FlowLayout(Space.L)
        foot = row(Share(boxed(self._keys)), self._over, gap=Space.L)
        self._there = Card(
            column(Share(self._lines), Share(self._empty)), Ground.CARD,
            margins=(Space.M, Space.XS, Space.M, Space.XS),
        )  # fmt: skip
        self._there.setMinimumHeight(_LEAST_LIST)
        self._lines.setMinimumHeight(0)
        self._all = column(
            head, self._header, self._scan, self._result, Share(self._there), self._item, foot,
            gap=Space.M,
        )  # fmt: skip
        return boxed(self._all)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move closer together in a low window."""
        super().resizeEvent(event)
        self._all.setSpacing(_CLOSE if self._is_low else Space.M)
        self._show_item()

    @property
    def _is_low(self) -> bool:
        return self.height() < _LOW

    def _show_item(self) -> None:
        """Show what was touched last; in a low window rounds are typed where all is scanned."""
        counter = self.model.counter
        self._item.show_counter(counter)
        if self._is_low and counter.mode == "issue" and counter.item is None:
            self._item.hide()

    def _connect(self) -> None:
        model = self.model
        model.changed.connect(self._show)
        model.happened.connect(self._say)
        model.board_changed.connect(self._show_board)
        model.refused.connect(self._refuse)
        model.signing.drawn.connect(self._say_drawn)
        self._scan.submitted.connect(self._submit)
        self._scan.edited.connect(lambda _text: self._rest.start())
        self._rest.timeout.connect(self._pause)
        self._offers.taken.connect(self._take_offer)
        self._mode.chosen.connect(self._turn)
        self._header.edited.connect(model.head)
        self._result.answered.connect(self._answer)
        self._lines.opened.connect(model.choose)
        self._lines.clicked.connect(lambda _index: model.choose(self._lines.current_key()))
        self._item.less.connect(model.less)
        self._item.override_wanted.connect(self._ask_reason)
        self._item.off_wanted.connect(model.take_off)
        self._item.counted.connect(self._count)
        self._over.clicked.connect(lambda: self._hand_over(""))
        self._signatures.closed.connect(self._come_back)
        self._gate.closed.connect(self._come_back)
        self._aside.repeat_wanted.connect(model.repeat)
        self._aside.opened.connect(self._bring_back)

    def _add_keys(self) -> None:
        model = self.model
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("F2", partial(self._hand_over, "drawn")),
            ("F3", partial(self._hand_over, "paper")),
            ("F4", model.take_off),
            ("F5", self._hand_over),
            ("F6", model.switch),
            ("F7", model.repeat),
            ("F8", self._ask_reason),
            ("Ctrl+P", self._ask_papers),
        )
        for key, does in (*keys, *self._exceptions()):
            QShortcut(QKeySequence(key), self).activated.connect(does)

    def _exceptions(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        """Return the keys that say what is wrong with what was scanned last."""
        return (
            ("F9", lambda: self.model.note("", _("needs cleaning"))),
            ("F10", lambda: self.model.note("repairable", _("damaged"))),
            ("F11", self.model.less),
            ("F12", self._ask_rounds),
        )

    # --- what is done -----------------------------------------------------------------------

    def _submit(self) -> None:
        """Take what was scanned; a plain number after a lot is how many rounds of it."""
        text = self._scan.text().strip()
        self._rest.stop()
        self._scan.set_text("")
        if not self._commands.took(text) and not self._took_rounds(text):
            self.model.scan(text)

    def _take_off(self) -> bool:
        """Take what was scanned last off the counter, by the command card."""
        had = not self.model.counter.is_empty
        self.model.take_off()
        return had

    def _close(self) -> bool:
        """Go on to the signatures, by the command card."""
        if self.model.counter.is_empty:
            return False
        self._hand_over()
        return True

    def _print_last(self) -> bool:
        item = self.model.counter.item
        if item is not None:
            self.printing.print_weapon(item.weapon.id)
        return item is not None

    def _took_rounds(self, text: str) -> bool:
        rounds = self.model.counter.ammunition
        if rounds is None or not text.isdecimal() or len(text) > _MOST_DIGITS:
            return False
        if self.model.counter.mode == "issue":
            self.model.set_rounds(int(text))
        else:
            self.model.set_rounds(int(text), max(0, rounds.held - int(text)))
        return True

    def _pause(self) -> None:
        """Offer people as soon as the hand rests: a scanner has ended by then."""
        self._asks = True
        self._offers.offer(self._scan.text())
        self._asks = False

    def _offered(self, text: str) -> list[TypedOffer]:
        if not self._asks or len(text) < _LEAST_TYPED:
            return []
        return [
            TypedOffer(
                one.id, person_name(one), joined(isolated(one.unit), isolated(one.reference))
            )
            for one in self.model.offers(text)
        ]

    def _take_offer(self, key: str) -> None:
        self._scan.set_text("")
        self.model.bring_person(PersonId(key))

    def _bring_back(self, weapon: str) -> None:
        if self.model.counter.mode == "issue" and self.model.counter.is_empty:
            self.model.switch("return")
        self.model.bring_weapon(WeaponId(weapon))

    def _turn(self, mode: str) -> None:
        if mode != self.model.counter.mode:
            self.model.switch("return" if mode == "return" else "issue")

    def _answer(self, name: str) -> None:
        does = {
            "override": self._ask_reason, "off": self.model.take_off, "undo": self._undo,
            "paper": self._open_papers, "more": self._ask_papers,
        }  # fmt: skip
        does[name]()

    def _ask_reason(self) -> None:
        red = [one for one in self.model.counter.red if not one.is_barred]
        if not red:
            return
        chosen = self.model.counter.item
        about = chosen if chosen in red else red[0]
        dialog = ConfirmDialog(
            _("Hand it out all the same?"),
            _("The reason stays on record and on the receipt."),
            _("Override"),
            reason=_("Reason"),
            parent=self,
        )
        self.model.choose(about.weapon.id)
        dialog.accepted.connect(lambda: self.model.override(dialog.reason()))
        self._signatures.open(dialog)

    def _ask_rounds(self) -> None:
        rounds = self.model.counter.rounds
        if rounds and self.model.counter.mode == "return":
            self.model.choose(rounds[-1].lot.id)
            self._item.ask_rounds()

    def _come_back(self) -> None:
        self.window().activateWindow()
        self._scan.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self, quantity: int, expended: int, short: int) -> None:
        self.model.set_rounds(quantity, expended, short)
        self._scan.setFocus()

    def _hand_over(self, by_hand: str = "") -> None:
        """Go on to the signatures; what stands in the field still belongs to the counter."""
        if not self.model.may_issue or self._signatures.dialog is not None:
            return
        if self._scan.text().strip():
            self._submit()
        self._signatures.by_hand = by_hand
        self.model.sign()

    # --- what is shown ----------------------------------------------------------------------

    def _show(self) -> None:
        counter, may = self.model.counter, self.model.may_issue
        is_issue = counter.mode == "issue"
        self._mode.choose(counter.mode)
        self._header.setVisible(is_issue)
        self._header.show_header(counter.header)
        self._lines.setVisible(not counter.is_empty)
        self._empty.setVisible(counter.is_empty)
        self._lines.show_lines(lines(counter))
        self._show_item()
        self._aside.person.show_person(counter.person)
        self._over.setText(_("Hand over") if is_issue else _("Sign the return"))
        self._over.show_icon("signature" if is_issue else "log-in")
        self._over.setEnabled(may and not counter.is_empty)
        if is_issue is not self._keys_of_issue:
            self._show_keys(is_issue=is_issue)
            self._show_result(waiting(counter), silent=True)

    def _show_keys(self, *, is_issue: bool) -> None:
        self._keys_of_issue = is_issue
        self._keys.clear()
        exceptions = (
            ("F9", _("dirty")), ("F10", _("damaged")), ("F11", _("kit short")),
            ("F12", _("rounds")),
        )  # fmt: skip
        signing = (
            ("F2", _("sign by hand")), ("F3", _("signed paper")), ("F7", _("repeat")),
        )  # fmt: skip
        for key, meaning in signing if is_issue else exceptions:
            self._keys.addWidget(Shortcut(key, meaning))

    def _show_board(self) -> None:
        board = self.model.board
        self._aside.show_board(board)
        self.counted.emit(str(board.late) if board.late else "")

    def _say(self, happened: Happened) -> None:
        self._happened = happened
        self._show_result(result_of(happened, self.model.counter))

    def _show_result(self, result: Result, *, silent: bool = False) -> None:
        """Show what came of it; an answer that is asked for is the one loud button meanwhile."""
        self._result.show_result(result, silent=silent)
        self._over.setVisible(not result.answers)

    def _refuse(self, error: StockpileError) -> None:
        if isinstance(error, FieldUnreadable) and error.field == "due":
            self._header.refuse(error)
        said = wording.error_sentence(error)
        self._show_result(Result(Outcome.REFUSED, _("Nothing was written"), sentence=said))

    def _say_drawn(self, papers: tuple[Drawn, ...]) -> None:
        """Offer the paper that was made, and a hand-over to be undone, until the next scan."""
        self._papers = papers
        shown, last = self._result.result, self._happened
        if shown is None or last is None or shown.outcome is not Outcome.GOOD:
            return
        answers = [Answer("paper", _("Open the receipt"), "file-text")]
        if last.kind in ("handed", "returned"):
            answers.append(Answer("more", _("More papers"), "printer", "Ctrl+P"))
        if last.weapons:
            answers.append(Answer("undo", _("Undo"), "undo-2"))
        self._show_result(replace(shown, answers=tuple(answers)), silent=True)

    def _open_papers(self) -> None:
        for one in self._papers:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(one.file)))

    def _ask_papers(self) -> None:
        """Ask which paper of the last hand-over or return is wanted beside its receipts."""
        last = self._happened
        if last is None or last.kind not in ("handed", "returned") or not self._papers:
            return
        if self._gate.dialog is None and self._signatures.dialog is None:
            numbers = [one.file.stem for one in self._papers]
            self._gate.ask_papers(numbers, gate=last.kind == "handed")

    def _undo(self) -> None:
        """Take back what was handed over by mistake: a return that says so."""
        if self._happened is not None and self._happened.weapons:
            remark = _("handed over by mistake")
            self.model.signing.undo(self._happened.weapons, remark)


def _empty() -> QWidget:
    """Say what to do next: small, for the banner above says it across the room."""
    said = _(
        "Scan a person's card and then what they take. A weapon that is out is taken back as soon"
        " as it is scanned."
    )
    words = Label(said, Text.BODY, Ink.MUTED, wrap=True, alignment=_CENTRE)
    title = Label(_("The counter is empty"), Text.CARD_TITLE, alignment=_CENTRE)
    return boxed(column(STRETCH, title, words, STRETCH, gap=Space.XS))
