"""The board of trace requests: those that wait, those that ended, and the one under the cursor."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.trace_requests import TraceRequest, lacking
from stockpile.language import _, isolated, ngettext
from stockpile.terms import term
from stockpile.wording import field_name
from ui.pages.figures import figure
from ui.pages.listed_card import ListedCard
from ui.pages.standing import joined
from ui.theme import Ink, Space
from ui.view_models.trace_requests import Board
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.aside import WithAside
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.field import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.text import card_title, secondary

_ASIDE = 340
_STEPS = {
    "draft": ("sent", "change", "withdraw"),
    "received": ("acknowledged", "answer", "change", "withdraw"),
    "sent": ("acknowledged", "answer", "reminded", "withdraw"),
    "acknowledged": ("answer", "reminded", "withdraw"),
    "delayed": ("answer", "reminded", "withdraw"),
}
"""What may follow on each state, the usual one first."""


class TraceBoard(QWidget):
    """The lists, and the request under the cursor beside them.

    Signals:
        scanned: a request's paper or a weapon was scanned or typed.
        wanted: an act on the request under the cursor: sent, acknowledged, reminded, answer,
            change, withdraw, print, print_answer.
    """

    scanned = Signal(str)
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.scan = Field(_("Scan or type a request, or a weapon for a new one"), identifier=True)
        self.open_ones = LineList(_("Under way"))
        self.ended = LineList(_("Answered and withdrawn"))
        self.acts = {
            "sent": Button(_("It was sent…"), icon="send"),
            "acknowledged": Button(_("Acknowledged…"), icon="check"),
            "reminded": Button(_("Reminded…"), icon="bell"),
            "answer": Button(_("Answer…"), icon="inbox"),
            "change": Button(_("Complete"), icon="pencil", hint="F3"),
            "withdraw": Button(_("Withdraw…"), icon="undo-2"),
            "print": Button(_("Print the request"), icon="printer", hint="F2"),
            "print_answer": Button(_("Print the answer"), icon="file-check"),
        }
        self._under_way = ListedCard(self.open_ones, _("No request waits."))
        self._done = ListedCard(self.ended, _("Nothing was answered or withdrawn yet."))
        self._board = Board()
        self._shown: TraceRequest | None = None
        self._may = False
        self._detail, self._title = DetailList(), card_title("")
        self._missing = secondary("", wrap=True)
        self._lay_out()
        self._connect()

    @property
    def shown(self) -> TraceRequest | None:
        """Return the request under the cursor."""
        return self._shown

    def show_board(self, board: Board, *, may_ask: bool) -> None:
        """Show the requests as they stand."""
        self._board, self._may = board, may_ask
        for card, closed in ((self._under_way, False), (self._done, True)):
            listed = (one for one in board.requests if one.is_closed == closed)
            card.show_lines([_line(one, board.today) for one in listed])
        self.show_request(self._shown.id if self._shown else "")

    def show_request(self, request: str) -> None:
        """Show a request beside the lists; the first where this one is not among them."""
        known = {one.id: one for one in self._board.requests}
        self._show(known.get(request) or next(iter(self._board.requests), None))

    def go_on(self) -> None:
        """Do what usually follows on the state of the request under the cursor."""
        follows = self._follows()
        self.wanted.emit(follows[0] if follows else "print")

    # --- inside ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        flow = FlowLayout(Space.S)
        for button in self.acts.values():
            flow.addWidget(button)
        self._acts = boxed(flow)
        cards = column(Share(self._under_way, 3), Share(self._done, 2), gap=Space.M)
        keys = row(
            Shortcut("F4", _("new request")), Shortcut("Enter", _("what follows")),
            Shortcut("F2", _("print")), STRETCH, gap=Space.L,
        )  # fmt: skip
        parts = (self.scan, self._acts, self._missing, Share(boxed(cards)), boxed(keys))
        inner = boxed(column(self._title, self._detail, STRETCH, gap=Space.M))
        aside = Card(column(Share(scrolled(inner)), gap=0))
        self._both = WithAside(boxed(column(*parts, gap=Space.M)), aside, width=_ASIDE, gap=Space.M)
        self.setLayout(column(Share(self._both), gap=0))

    def _connect(self) -> None:
        self.scan.submitted.connect(self._submit)
        for each in (self.open_ones, self.ended):
            each.selectionModel().currentChanged.connect(
                lambda now, _before, of=each: self._point(of, now.row())
            )
            each.opened.connect(lambda _key: self.go_on())
        for name, button in self.acts.items():
            button.clicked.connect(lambda _on=False, to=name: self.wanted.emit(to))

    def _submit(self) -> None:
        text = self.scan.text().strip()
        self.scan.set_text("")
        if text:
            self.scanned.emit(text)
        elif self._shown is not None:
            self.go_on()

    def _point(self, each: LineList, at: int) -> None:
        if 0 <= at < len(each.lines):
            self.show_request(each.lines[at].key)

    def _follows(self) -> tuple[str, ...]:
        if self._shown is None or not self._may:
            return ()
        return _STEPS.get(self._shown.state, ())

    def _show(self, request: TraceRequest | None) -> None:
        self._shown = request
        self._acts.setVisible(request is not None)
        self._both.show_aside(shown=request is not None)
        if request is None:
            self._missing.hide()
            return
        offered = {*self._follows(), "print"}
        if request.answer is not None:
            offered.add("print_answer")
        for name, button in self.acts.items():
            button.setVisible(name in offered)
        self._title.setText(isolated(request.said.number))
        self._detail.show_details(_details(request, self._board.today))
        missing = lacking(request.said) if request.state == "draft" else ()
        words = _("Before it is sent, complete: {fields}.")
        self._missing.setText(words.format(fields=", ".join(map(field_name, missing))))
        self._missing.setVisible(bool(missing))


def _line(request: TraceRequest, today: str) -> LiveLine:
    said = request.said
    late = request.is_late(today)
    other = said.of_state if said.direction == "out" else said.by_state
    way = _("to {state}") if said.direction == "out" else _("from {state}")
    beneath = joined(way.format(state=isolated(other)), isolated(_weapon(request)))
    icon = "send" if said.direction == "out" else "inbox"
    ink = Ink.BAD if late else Ink.MUTED if request.is_closed else Ink.SECONDARY
    return LiveLine(request.id, said.number, beneath, _standing(request, today), icon, ink)


def _weapon(request: TraceRequest) -> str:
    said = request.said
    serial = next((one.text for one in said.marks if one.is_identity), "")
    return " ".join(one for one in (serial, said.model or said.make) if one)


def _standing(request: TraceRequest, today: str) -> str:
    days = request.waiting(today)
    state = term("trace", request.state)
    if not days:
        return state
    count = ngettext("{count} day", "{count} days", days).format(count=figure(days))
    return joined(state, count)


def _details(request: TraceRequest, today: str) -> tuple[Detail, ...]:
    said, told = request.said, request.answer
    details = [
        Detail(_("Status"), _standing(request, today)),
        Detail(_("Requesting State"), isolated(said.by_state)),
        Detail(_("Requested State"), isolated(said.of_state)),
        Detail(_("Their reference"), isolated(said.reference), identifier=True),
        Detail(_("Weapon"), isolated(_weapon(request))),
        Detail(_("Why it is illicit"), term("ground", said.ground)),
        Detail(_("Sent"), isolated(request.day_of("sent"))),
        Detail(_("Acknowledged"), isolated(request.day_of("acknowledged"))),
        Detail(_("Reminded"), isolated(request.day_of("reminded"))),
        Detail(_("Search at home"), said.searched),
        Detail(_("Intended use"), said.intended_use),
        Detail(_("Restrictions on use"), said.restrictions),
    ]
    if told is not None:
        details += [
            Detail(_("Outcome"), term("trace_outcome", told.outcome)),
            Detail(_("Ground"), term("trace_refusal", told.ground)),
            Detail(_("What is known"), told.answer),
            Detail(_("Restrictions on the answer"), told.restrictions),
        ]
    details += [
        Detail(_("Withdrawn because"), one.remarks)
        for one in request.notes
        if one.step == "withdrawn"
    ]
    return tuple(one for one in details if one.value)
