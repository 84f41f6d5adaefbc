"""What waits for a second officer, and what was written without right: each in words, to decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from PySide6.QtCore import QObject, Signal

from stockpile import wording
from stockpile.domain.facts import CustodyHandedOver, WaybillOpened
from stockpile.domain.people import Act
from stockpile.domain.values import Instant
from stockpile.language import _, figure, isolated, ngettext
from stockpile.plan_words import PlanLine, lack_words, planned, titled_words
from stockpile.record_words import local_moment
from stockpile.services.documents import Drawn
from stockpile.services.judging_entries import InDoubt, InDoubtTogether
from stockpile.services.people import SignedIn
from stockpile.services.plan_lines import plan_lines
from stockpile.services.ports import Recorded
from stockpile.services.printed import among_papers
from stockpile.services.signing import Later
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.handover import PAPERS, certificate_drawn
from ui.view_models.latest import Latest
from ui.view_models.transfers import paper_drawn

Draw = Callable[[], Drawn]
"""Draws a paper, beside the books."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to decide: an act that one officer signed, or an entry without right to it.

    ``note`` is what an entry lacks, or what speaks against confirming an act; ``is_own`` says that
    whoever is signed in signed it themselves; ``at`` is isolated. Where there are several
    ``entries`` they are decided about as one, and ``more`` come when these are; ``version`` is what
    was seen of them.
    """

    key: str
    kind: Literal["act", "entry"]
    act: str
    by: str
    at: str
    reason: str
    lines: tuple[PlanLine, ...]
    note: str = ""
    is_stale: bool = False
    is_own: bool = False
    entries: int = 1
    more: int = 0
    version: str = ""

    @property
    def title(self) -> str:
        """The act in words, as a title begins; of several entries what they speak of."""
        if self.is_several:
            return _of_its_clock(self.entries + self.more)
        words = wording.act(self.act)
        return words[:1].upper() + words[1:]

    @property
    def is_several(self) -> bool:
        """Whether it is several entries of one computer, decided about as one."""
        return self.entries + self.more > 1

    @property
    def about(self) -> str:
        """What its first line is about; nothing where it is about nothing in particular."""
        if self.is_several:
            return ""
        return next((one.about for one in self.lines if one.about), "")

    @property
    def what(self) -> str:
        """What is signed, for a dialog of PINs: of several entries those that are shown."""
        title = _of_its_clock(self.entries) if self.is_several else self.title
        return titled_words(title, self.lines)

    @property
    def weapon(self) -> str:
        """The only weapon it is about; nothing where there are none or several."""
        about = {one.weapon for one in self.lines if one.weapon}
        return about.pop() if len(about) == 1 else ""


class ConfirmingModel(QObject):
    """What is to be decided by two, and the decisions.

    Signals:
        came: everything that waits (tuple of Waiting), the longest first.
        settled: one was decided: how (confirmed, refused, withdrawn, accepted, rejected, later).
        printed: the paper of what was confirmed is drawn: its file.
        refused: a decision was refused: the error.
    """

    came = Signal(object)
    settled = Signal(str)
    printed = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session, self._is_watched = desk, session, False
        self._trouble = notices.trouble
        self._waiting = Latest[tuple[Waiting, ...]](desk, self, self.came.emit, notices.trouble)
        desk.recorded.connect(self._heard)
        session.changed.connect(self.start)
        session.switched.connect(self.start)

    def may(self, act: Act) -> bool:
        """Say whether the officer's role includes an act."""
        return self._session.may(act)

    def watch(self, *, watched: bool) -> None:
        """Say whether somebody looks at the list: only then it follows what is recorded."""
        self._is_watched = watched
        if watched:
            self.start()

    def start(self) -> None:
        """Ask what waits."""
        if self._is_watched and self._session.is_open:
            own = self._session.officer.id
            self._waiting.ask(partial(_all, self._session.stockpile, own))

    def confirm(self, one: Waiting, by: SignedIn) -> None:
        """Confirm an act as its second officer; the paper that goes with it is drawn."""
        stockpile = self._session.stockpile

        def act() -> tuple[Recorded, Draw | None]:
            recorded = stockpile.proposals.confirm(one.key, by=by)
            return recorded, _paper(stockpile, recorded, by)

        self._desk.record(self, act, self._confirmed, self.refused.emit)

    def _confirmed(self, draw: Draw | None) -> None:
        self.settled.emit("confirmed")
        if draw is not None:
            self._desk.ask(
                self, draw, lambda drawn: self.printed.emit(drawn.file), self._trouble, PAPERS
            )

    def refuse(self, one: Waiting, reason: str) -> None:
        """Refuse an act, or take one's own back."""
        proposals, by = self._session.stockpile.proposals, self._session.officer
        if one.is_own:
            self._decide(lambda: proposals.withdraw(one.key, reason, by=by), "withdrawn")
        else:
            self._decide(lambda: proposals.refuse(one.key, reason, by=by), "refused")

    def judge(
        self, one: Waiting, reason: str, *, accepted: bool, by: SignedIn, second: SignedIn | Later
    ) -> None:
        """Decide about entries without right, with a second officer or for one to confirm.

        It is settled in the conflict room: the same card, whichever page it is settled from.
        """
        room = self._session.stockpile.conflict_room

        def settle() -> Recorded:
            kinds = [choice.kind for choice in room.one(one.key).card.choices]
            number = kinds.index("accept" if accepted else "refuse") + 1
            return room.settle(one.key, number, reason, one.version, by=by, second=second)

        done = "accepted" if accepted else "rejected"
        self._decide(settle, "later" if isinstance(second, Later) else done)

    def _decide(self, act: Callable[[], Recorded], how: str) -> None:
        self._desk.record(self, lambda: (act(), how), self.settled.emit, self.refused.emit)

    def _heard(self, recorded: Recorded) -> None:
        """Follow what is decided; any other act may make a waiting one stale."""
        del recorded
        self.start()


def _paper(stockpile: Stockpile, recorded: Recorded, by: SignedIn) -> Draw | None:
    """Return what draws the paper of an act: a waybill, or the certificate of a handover."""
    for fact in recorded.facts:
        match fact.body:
            case WaybillOpened():
                file = stockpile.transfers.file(fact.subject)
                return partial(paper_drawn, stockpile, file, stockpile.transfers.printing(by))
            case CustodyHandedOver() as body:
                paper = stockpile.custodians.paper(body.place, by=by)
                if paper is not None:
                    to = among_papers(stockpile.home, f"handover-{fact.hash[:8]}")
                    return partial(certificate_drawn, stockpile, paper, to)
            case _:
                pass
    return None


def _all(stockpile: Stockpile, own: str) -> tuple[Waiting, ...]:
    return (*_entries(stockpile), *_acts(stockpile, own))


def _acts(stockpile: Stockpile, own: str) -> list[Waiting]:
    return [
        Waiting(
            one.id, "act", one.act, one.name, _moment(one.at, one.zone), one.reason,
            plan_lines(stockpile.books, planned(one.drafts, one.officer, one.at)),
            is_stale=one.is_stale, is_own=one.officer == own,
        )
        for one in stockpile.proposals.open()
    ]  # fmt: skip


def _entries(stockpile: Stockpile) -> list[Waiting]:
    return [_entry(stockpile, one) for one in stockpile.judging_entries.together()]


def _entry(stockpile: Stockpile, told: InDoubtTogether) -> Waiting:
    first, last = told.entries[0], told.entries[-1]
    is_several = len(told.entries) + told.more > 1
    lines = (
        replace(line, about=_numbered(one)) if is_several else line
        for one in told.entries
        for line in stockpile.judging_entries.lines(one)
    )
    version = stockpile.conflict_room.one(told.conflict).card.version if is_several else ""
    return Waiting(
        told.conflict, "entry", first.act, _who(first), _moments(first, last), "", tuple(lines),
        lack_words(first.lack), entries=len(told.entries), more=told.more, version=version,
    )  # fmt: skip


def _of_its_clock(count: int) -> str:
    said = ngettext(
        "{count} entry about its own clock", "{count} entries about its own clock", count
    )
    return said.format(count=figure(count))


def _numbered(one: InDoubt) -> str:
    """Return under which number an entry stands, and when it was written."""
    moment = _moment(one.at, one.zone)
    return _("Entry {number}, {moment}").format(number=figure(one.number), moment=moment)


def _moments(first: InDoubt, last: InDoubt) -> str:
    """Return when entries were written, from the first to the last."""
    begins, ends = (_moment(one.at, one.zone) for one in (first, last))
    return begins if begins == ends else _("{first} to {last}").format(first=begins, last=ends)


def _moment(at: Instant, zone: int) -> str:
    return isolated(local_moment(at, zone))


def _who(one: InDoubt) -> str:
    """Return who an entry says did it, and where it was written."""
    officer = one.officer or _("nobody")
    return _("{name} at {site}").format(name=isolated(officer), site=isolated(one.site))
