# ruff: noqa: N802 — Qt names what is overridden
"""The gate: a pass is scanned, its weapons are looked at, and it leaves; or it is taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.gate_passes import GatePass
from stockpile.language import _, isolated, ngettext
from stockpile.services.gate_pass_papers import PassFile
from stockpile.services.ports import RegisterRow
from stockpile.terms import term
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.figures import figure
from ui.pages.gate_dialogs import GatePassAsking
from ui.pages.issuing_lines import joined_words
from ui.pages.scan_page import ScanPage
from ui.pages.standing import joined
from ui.session import Session
from ui.theme import Ink, Space
from ui.view_models.gate import Board, GateModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.aside import NARROW, WithAside
from ui.widgets.button import Button
from ui.widgets.card import Card, Ground
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Field, ScanField
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.scan_result import Answer, Outcome, Result, ScanResult
from ui.widgets.text import card_title, secondary

_ASIDE = 330


class GatePage(ScanPage):
    """One field that passes are scanned into, what may leave now, and what the pass lists."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self.model = GateModel(desk, session, notices)
        self.asking = GatePassAsking(desk, session, notices, self)
        self.dialog: ConfirmDialog | None = None
        self._file: PassFile | None = None
        self._board = Board()
        self._goods = Button(_("Pass for other goods"), icon="plus", hint="F4")
        self.code = ScanField(_("Scan or type a gate pass"))
        self._result = ScanResult()
        self.passes = LineList(_("May leave now"))
        self._none = secondary(
            _("No pass is open. One is made out from a hand receipt under Issue and return, from a"
              " waybill under Transfers, or for chosen weapons in the register."),
            wrap=True,
        )  # fmt: skip
        self._details = DetailList(())
        self._weapons = LineList(_("Weapons of the pass"))
        self._listed_weapons = LineList(_("Weapons of the pass"))
        self._both = WithAside(self._bench(), self._panel(), width=_ASIDE)
        self.setLayout(column(Share(self._both)))
        self._connect()
        self._show_result(_waiting(), silent=True)
        self._show_board(Board())

    def entered(self, argument: str) -> None:
        """Show what may leave, or one pass."""
        self.model.start()
        self._goods.setEnabled(self.model.may_pass)
        if argument:
            self.model.look_up(argument)
        self._focus()

    def scan_field(self) -> Field:
        """Return the one field that is scanned into."""
        return self.code

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what the pass lists where there is room for it."""
        super().resizeEvent(event)
        self._show_aside()

    # --- how it stands ----------------------------------------------------------------------

    def _bench(self) -> QWidget:
        back = Button(_("Issue and return"), icon="arrow-left")
        back.clicked.connect(lambda: self.go.emit("issuing", ""))
        head = self.head(
            _("Gate"), _("What may leave now, past its time first."), back, self._goods
        )
        keys = row(
            Shortcut("F5", _("it leaves")), Shortcut("F8", _("take back")),
            Shortcut("F2", _("print")), STRETCH, gap=Space.L,
        )  # fmt: skip
        top = Qt.AlignmentFlag.AlignTop
        self._there = Card(
            column(
                card_title(_("May leave now")), Share(self._none, 1, top), Share(self.passes),
                gap=Space.S,
            ),
            Ground.CARD,
        )  # fmt: skip
        self._listed = Card(
            column(card_title(_("Weapons of the pass")), Share(self._listed_weapons), gap=Space.S),
            Ground.CARD,
        )  # fmt: skip
        whole = column(
            head, self.code, self._result, Share(self._there), Share(self._listed), keys,
            gap=Space.M,
        )  # fmt: skip
        return boxed(whole)

    def _panel(self) -> QWidget:
        self._title = card_title("")
        whole = column(self._title, self._details, Share(self._weapons), gap=Space.M)
        self._shown = Card(whole, Ground.CARD)
        return boxed(column(Share(self._shown)))

    def _connect(self) -> None:
        model = self.model
        model.listen()
        model.stands.connect(self._show_board)
        model.found.connect(self._show_pass)
        model.closed.connect(self._say_closed)
        model.drawn.connect(self.asking.show_paper)
        model.failed.connect(self._refuse)
        self.asking.made.connect(lambda made: model.look_up(made.id))
        self.asking.closed.connect(self._focus)
        self.code.submitted.connect(self._look_up)
        self.passes.opened.connect(model.look_up)
        self.passes.clicked.connect(lambda _index: model.look_up(self.passes.current_key()))
        self._goods.clicked.connect(self._ask_goods)
        self._result.answered.connect(self._answer)
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("F2", self._print), ("F4", self._ask_goods), ("F5", self._leave),
            ("F8", self._ask_back),
        )  # fmt: skip
        for key, does in keys:
            QShortcut(QKeySequence(key), self).activated.connect(does)

    # --- what is done -----------------------------------------------------------------------

    def _look_up(self) -> None:
        text = self.code.text().strip()
        self.code.set_text("")
        if text:
            self.model.look_up(text)

    def _ask_goods(self) -> None:
        if self.model.may_pass and self.asking.dialog is None:
            self.asking.for_weapons(())

    def _answer(self, name: str) -> None:
        {"leave": self._leave, "back": self._ask_back}[name]()

    def _open_pass(self) -> GatePass | None:
        """Return the pass that is shown, where it is open and the officer may close it."""
        shown = self._file.gate_pass if self._file else None
        return shown if shown and shown.closed is None and self.model.may_pass else None

    def _leave(self) -> None:
        shown = self._open_pass()
        if shown is not None:
            self.model.close(shown.id, "left")

    def _ask_back(self) -> None:
        shown = self._open_pass()
        if shown is None or self.dialog is not None:
            return
        dialog = ConfirmDialog(
            _("Take the gate pass back?"),
            _("{number} is void then. What it lists stays where it is.").format(
                number=isolated(shown.issued.number)
            ),
            _("Take back"),
            reason=_("Reason"),
            parent=self,
        )
        dialog.accepted.connect(lambda: self.model.close(shown.id, "withdrawn", dialog.reason()))
        dialog.finished.connect(self._gone)
        self.dialog = dialog
        dialog.open()

    def _gone(self) -> None:
        self.dialog = None
        self._focus()

    def _print(self) -> None:
        if self._file is not None:
            self.model.print(self._file.gate_pass.id)

    def _focus(self) -> None:
        self.window().activateWindow()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is shown ----------------------------------------------------------------------

    def _show_board(self, board: Board) -> None:
        self._board = board
        self.passes.show_lines([_line(one, board.now) for one in board.passes])
        self.passes.setVisible(bool(board.passes))
        self._none.setVisible(not board.passes)
        self._show_aside()
        self.counted.emit(str(board.late) if board.late else "")

    def _show_aside(self) -> None:
        """Show what the pass lists beside the board; in a narrow window in its place."""
        is_shown = self._file is not None
        self._both.show_aside(shown=is_shown)
        is_narrow = self.width() < NARROW
        self._listed.setVisible(is_shown and is_narrow)
        self._there.setVisible(not (is_shown and is_narrow))

    def _show_pass(self, file: PassFile) -> None:
        self._file = file
        self._show_aside()
        self._title.setText(isolated(file.gate_pass.issued.number))
        self._details.show_details(_details_of(file))
        for each in (self._weapons, self._listed_weapons):
            each.show_lines([_weapon(one) for one in file.rows])
        self._show_result(_result(file, may=self.model.may_pass))

    def _say_closed(self, closed: GatePass) -> None:
        has_left = closed.state == "left"
        self._file = None
        self._show_aside()
        title = _("It has left") if has_left else _("Taken back")
        said = isolated(closed.issued.bearer) if has_left else _("The pass is void.")
        self._show_result(Result(Outcome.GOOD, title, closed.issued.number, said))
        self._focus()

    def _refuse(self, error: StockpileError) -> None:
        said = wording.error_sentence(error)
        self._show_result(Result(Outcome.REFUSED, _("No way through"), sentence=said))

    def _show_result(self, result: Result, *, silent: bool = False) -> None:
        self._result.show_result(result, silent=silent)


def _waiting() -> Result:
    return Result(
        Outcome.WAITING, _("Scan the pass"),
        sentence=_("Compare each weapon with the list; then let it leave."),
    )  # fmt: skip


def _result(file: PassFile, *, may: bool) -> Result:
    """Return the banner of a pass: whether what it lists may leave now."""
    said, standing = file.gate_pass.issued, file.gate_pass.standing(file.now)
    weapons = _counted(len(said.weapons))
    sentence = joined(isolated(said.bearer), weapons, isolated(said.goods))
    answers = (
        Answer("leave", _("It leaves"), "log-out", "F5"),
        Answer("back", _("Take back"), "undo-2", "F8"),
    )
    outcome = {"open": Outcome.FOUND, "expired": Outcome.DOUBT}.get(standing, Outcome.REFUSED)
    is_open = standing in ("open", "expired")
    title = term("gate", standing)
    return Result(outcome, title, said.number, sentence, answers if is_open and may else ())


def _line(one: GatePass, now: str) -> LiveLine:
    said = one.issued
    late = one.is_expired(now)
    until = _("until {until}").format(until=isolated(said.until)) if said.until else ""
    about = joined(isolated(said.bearer), _counted(len(said.weapons)), isolated(said.goods))
    icon, ink = ("clock", Ink.BAD) if late else ("log-out", Ink.MUTED)
    return LiveLine(one.id, said.number, about, until, icon, ink)


def _counted(count: int) -> str:
    if not count:
        return ""
    return ngettext("{count} weapon", "{count} weapons", count).format(count=figure(count))


def _weapon(row_: RegisterRow) -> LiveLine:
    named = joined_words(row_.make, row_.model) or wording.weapon_type(row_.type)
    return LiveLine(row_.id, row_.serial or row_.number, named)


def _details_of(file: PassFile) -> list[Detail]:
    said = file.gate_pass.issued
    details = (
        Detail(_("Status"), term("gate", file.gate_pass.standing(file.now))),
        Detail(_("Bearer"), isolated(said.bearer)),
        Detail(_("Vehicle"), said.vehicle, identifier=True),
        Detail(_("To"), isolated(said.to)),
        Detail(_("Valid until"), isolated(said.until)),
        Detail(_("Under"), said.about, identifier=True),
        Detail(_("Purpose"), said.purpose),
        Detail(_("Issued by"), isolated(file.officer)),
        Detail(_("Remarks"), said.remarks),
    )
    return [one for one in details if one.value]
