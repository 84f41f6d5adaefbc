"""The board of transfers: what comes, what is under way from here, what is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.language import _, isolated, ngettext, plain
from stockpile.terms import term
from ui.pages.standing import joined
from ui.theme import Ink, Space
from ui.view_models.transfers import Board, BoardLine
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.aside import WithAside
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.field import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.text import card_title, secondary

_ASIDE = 320
_MARGINS = (16, 12, 16, 12)


class TransferBoard(QWidget):
    """The three lists, and the transfer under the cursor beside them.

    Signals:
        code_given: a waybill's number was scanned or typed.
        receive_wanted: check a transfer that comes: the line.
        print_wanted: draw the papers of a transfer anew: the line.
        pack_wanted: write the courier file of a transfer: the line.
        reverse_wanted: a shipment came back: the line.
        gate_wanted: a gate pass is wanted for what is on the list: the line.
    """

    code_given = Signal(str)
    receive_wanted = Signal(object)
    print_wanted = Signal(object)
    pack_wanted = Signal(object)
    reverse_wanted = Signal(object)
    gate_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.code = Field(_("Scan or type a waybill"), identifier=True)
        self.incoming = LineList(_("On the way here"))
        self.outgoing = LineList(_("Sent from here"))
        self.settled = LineList(_("Done"))
        self._titles = {each: card_title("") for each in self._lists()}
        self._nothing = {each: secondary("", wrap=True) for each in self._lists()}
        self._lines: dict[str, BoardLine] = {}
        self._shown: BoardLine | None = None
        self._detail = DetailList()
        self._title = card_title("")
        self.receive = Button(_("Check and receive"), icon="package-check", hint="Enter")
        self.print = Button(_("Print"), icon="printer")
        self.pack = Button(_("Courier file"), icon="usb")
        self.gate = Button(_("Gate pass"), icon="log-out")
        self.reverse = Button(_("It came back…"), icon="undo-2")
        self._may_receive = self._may_send = True
        self._cards = column(*(self._card(each) for each in self._lists()), gap=Space.M)
        acts = (self.receive, self.print, self.gate, self.pack, self.reverse)
        flow = FlowLayout(Space.S)
        for act in acts:
            flow.addWidget(act)
        self._acts = boxed(flow)
        keys = row(
            Shortcut("F4", _("new transfer")), Shortcut("Ctrl+O", _("load courier file")),
            Shortcut("F8", _("exchange")),
            Shortcut("Enter", _("check and receive")), STRETCH, gap=Space.L,
        )  # fmt: skip
        parts = (self.code, self._acts, Share(boxed(self._cards)), boxed(keys))
        aside = boxed(column(Card(column(self._title, self._detail, gap=Space.M)), STRETCH))
        self._both = WithAside(boxed(column(*parts, gap=Space.M)), aside, width=_ASIDE, gap=Space.M)
        self.setLayout(column(Share(self._both), gap=0))
        self._connect()

    def show_board(self, board: Board, *, may_receive: bool, may_send: bool) -> None:
        """Show what is on the road now."""
        self._may_receive, self._may_send = may_receive, may_send
        parts = (board.incoming, board.outgoing, board.settled)
        self._lines = {one.waybill.id: one for part in parts for one in part}
        for at, (each, part) in enumerate(zip(self._lists(), parts, strict=True)):
            self._cards.setStretch(at, 1 if part else 0)  # an empty list leaves its room
            each.show_lines([_live(one) for one in part])
            each.setVisible(bool(part))
            self._nothing[each].setVisible(not part)
            self._titles[each].setText(_counted(each.accessibleName(), len(part)))
        again = self._lines.get(self._shown.waybill.id) if self._shown else None
        first = next(iter(self._lines.values()), None)
        self._show(again or first)

    def _lists(self) -> tuple[LineList, LineList, LineList]:
        return self.incoming, self.outgoing, self.settled

    def _card(self, each: LineList) -> QWidget:
        self._nothing[each].setText(self._nothings()[self._lists().index(each)])
        each.setMinimumHeight(44)
        head = row(self._titles[each], Share(self._nothing[each]), gap=Space.L)
        return Card(column(head, Share(each), gap=Space.S), margins=_MARGINS)

    def _nothings(self) -> tuple[str, str, str]:
        return (
            _("Nothing is announced. A courier file brings what was sent."),
            _("Nothing is on the road from here."),
            _("Nothing has arrived or come back yet."),
        )

    def _connect(self) -> None:
        self.code.submitted.connect(lambda: self.code_given.emit(self.code.text()))
        for each in self._lists():
            each.selectionModel().currentChanged.connect(
                lambda now, _before, of=each: self._point(of, now.row())
            )
            each.opened.connect(self._open)
        wishes: tuple[tuple[Button, Callable[[BoardLine], None]], ...] = (
            (self.receive, self.receive_wanted.emit), (self.print, self.print_wanted.emit),
            (self.pack, self.pack_wanted.emit), (self.reverse, self.reverse_wanted.emit),
            (self.gate, self.gate_wanted.emit),
        )  # fmt: skip
        for button, wish in wishes:
            button.clicked.connect(lambda _on=False, do=wish: self._shown and do(self._shown))

    def _point(self, of: LineList, at: int) -> None:
        if 0 <= at < len(of.lines):
            self._show(self._lines.get(of.lines[at].key))

    def _open(self, key: str) -> None:
        line = self._lines.get(key)
        if line is not None and _is_to_receive(line) and self._may_receive:
            self.receive_wanted.emit(line)
        elif line is not None:
            self.print_wanted.emit(line)

    def _show(self, line: BoardLine | None) -> None:
        self._shown = line
        self._both.show_aside(shown=line is not None)
        self._acts.setVisible(line is not None)
        if line is None:
            return
        waybill = line.waybill
        self._title.setText(isolated(waybill.opened.number))
        self._detail.show_details(_details(line))
        self.receive.setVisible(_is_to_receive(line) and self._may_receive)
        self.pack.setVisible(self._may_send)
        sent_back = not line.is_incoming and waybill.state == "open" and self._may_send
        self.reverse.setVisible(sent_back)
        self.gate.setVisible(sent_back)


def _is_to_receive(line: BoardLine) -> bool:
    return line.is_incoming and line.waybill.is_under_way


def _live(line: BoardLine) -> LiveLine:
    waybill = line.waybill
    count = len(waybill.missing) if waybill.is_under_way else len(waybill.opened.weapons)
    words = ngettext("{count} weapon", "{count} weapons", count).format(count=count)
    icon, ink = _sign(line)
    due = waybill.opened.due
    end = _("overdue since {due}") if line.is_overdue else _("due {due}")
    at_end = end.format(due=isolated(due)) if due and waybill.is_under_way else ""
    state = wording.waybill_state(waybill.state) if waybill.state != "open" else ""
    beneath = joined(isolated(line.other), words, state)
    return LiveLine(waybill.id, waybill.opened.number, beneath, at_end, icon, ink)


def _sign(line: BoardLine) -> tuple[str, Ink]:
    if line.is_overdue:
        return "triangle-alert", Ink.BAD
    signs = {
        "received": ("package-check", Ink.OK),
        "reversed": ("undo-2", Ink.MUTED),
        "partly": ("package-search", Ink.WARN),
        "disputed": ("git-compare", Ink.BAD),
    }
    return signs.get(line.waybill.state, ("truck", Ink.MUTED))


def _details(line: BoardLine) -> list[Detail]:
    said, receipt = line.waybill.opened, line.waybill.receipt
    ink = Ink.BAD if line.is_overdue else Ink.TEXT
    details = [
        Detail(_("From") if line.is_incoming else _("To"), isolated(line.other)),
        Detail(_("Status"), wording.waybill_state(line.waybill.state)),
        Detail(_("Purpose"), term("transfer", said.purpose)),
        Detail(_("Sent"), str(len(said.weapons))),
        Detail(_("Carrier"), said.carrier),
        Detail(_("Vehicle"), said.vehicle, identifier=bool(said.vehicle)),
        Detail(_("Seals"), ", ".join(said.seals), identifier=bool(said.seals)),
        Detail(_("Due"), said.due, ink=ink),
    ]
    if line.holds and line.heard is not None:
        held = _("our entries up to no. {number}").format(number=isolated(str(line.holds)))
        at = _("said in their file of {at}").format(
            at=isolated(wording.instant(line.heard.heard_at))
        )
        details.append(Detail(_("They hold"), held, note=at))
    if receipt is not None:
        details += [
            Detail(_("Received"), str(len(receipt.received))),
            Detail(_("Short"), str(len(receipt.short)), ink=_bad(receipt.short)),
            Detail(_("Over"), str(len(receipt.over)), ink=_bad(receipt.over)),
            Detail(_("Wrong"), str(len(receipt.wrong)), ink=_bad(receipt.wrong)),
            Detail(_("Unknown"), str(len(receipt.unknown)), ink=_bad(receipt.unknown)),
        ]
    return details


def _bad(items: tuple[object, ...]) -> Ink:
    return Ink.BAD if items else Ink.TEXT


def _counted(title: str, count: int) -> str:
    return f"{plain(title)} · {isolated(str(count))}" if count else plain(title)
