"""The desk of trace requests: to another State and from one, until they are answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from stockpile.domain import people, trace_requests
from stockpile.domain.errors import (
    PhotoDamaged,
    PhotoMissing,
    TraceAskedAlready,
    TraceRequestUnknown,
    TracingForbidden,
)
from stockpile.domain.facts import Fact, GuardSet, TraceRequestAnswered, TraceRequestMade
from stockpile.domain.issuing import DATE_LENGTH
from stockpile.domain.numbers import registry_number
from stockpile.domain.trace_requests import OWN_DAYS, Step, TraceRequest
from stockpile.domain.values import Digest, WeaponId, is_id, new_id
from stockpile.domain.weapons import Weapon
from stockpile.language import figure, speaking
from stockpile.services.documents import Drawn, Paper, Picture, Press
from stockpile.services.paper_numbers import PaperNumbers
from stockpile.services.people import SignedIn
from stockpile.services.places import known_names
from stockpile.services.ports import Books, Chance, Clock, Recorded
from stockpile.services.printed import among_papers, printing_now
from stockpile.services.trace_request_papers import TraceFile, answer_paper, request_paper

PREFIX: Final = "TR"
LATEST: Final = 200


@dataclass(frozen=True, slots=True)
class TraceRequests:
    """The book of trace requests. Everything but ``draw`` runs on the books lane.

    ``photo`` gives a photo's bytes by its digest; ``rules`` are the site's, which may forbid
    tracing: then nothing is asked for, and what others ask is put on record and refused.
    """

    home: Path
    books: Books
    numbers: PaperNumbers
    press: Press
    photo: Callable[[Digest], bytes]
    clock: Clock
    chance: Chance
    rules: Callable[[], GuardSet] = GuardSet

    # --- asking ---------------------------------------------------------------------------------

    def of_weapon(self, weapon: WeaponId) -> TraceRequestMade:
        """Return a request about a weapon on record, to be completed."""
        return trace_requests.told_by(self.books.weapon(weapon))

    def make(self, said: TraceRequestMade, *, by: SignedIn) -> tuple[Recorded, TraceRequest]:
        """Put a request on record; its number is made here.

        Raises OfficerNotAuthorised, TracingForbidden, TraceAskedAlready and what the rules of
        ``trace_requests`` say.
        """
        people.authorise(by.officer, "request_trace")
        self._demand_allowed(forbidden=said.direction == "out")
        self._demand_new(said)
        request_id = new_id(self.clock.now(), self.chance.bytes(10))
        numbered = replace(said, number=self.numbers.next(PREFIX, TraceRequestMade))
        weapon = self._weapon(numbered)
        drafts = trace_requests.make(request_id, numbered, weapon, self.today())
        return self.books.record(drafts, by=by.id, signers=[by.key]), self.one(request_id)

    def amend(
        self, text: str, said: TraceRequestMade, *, by: SignedIn
    ) -> tuple[Recorded, TraceRequest]:
        """Say a request anew before it is sent.

        Raises OfficerNotAuthorised, TraceRequestUnknown and what ``trace_requests.amend`` says.
        """
        people.authorise(by.officer, "request_trace")
        stands = self.one(text)
        draft = trace_requests.amend(stands, said)
        return self.books.record([draft], by=by.id, signers=[by.key]), self.one(stands.id)

    def note(
        self, text: str, step: Step, on: str = "", remarks: str = "", *, by: SignedIn
    ) -> tuple[Recorded, TraceRequest]:
        """Note a step of a request; today where no date is said.

        Raises OfficerNotAuthorised, TracingForbidden, TraceRequestUnknown and what
        ``trace_requests.note`` says.
        """
        people.authorise(by.officer, "request_trace")
        self._demand_allowed(forbidden=step in ("sent", "reminded"))
        stands = self.one(text)
        weapon = self._weapon(stands.said)
        drafts = trace_requests.note(stands, step, on, remarks, self.today(), weapon)
        return self.books.record(drafts, by=by.id), self.one(stands.id)

    def answer(
        self, text: str, told: TraceRequestAnswered, *, by: SignedIn
    ) -> tuple[Recorded, TraceRequest]:
        """Write down what came of a request: theirs to ours, or ours to theirs.

        Raises OfficerNotAuthorised, TracingForbidden, TraceRequestUnknown and what
        ``trace_requests.answer`` says.
        """
        people.authorise(by.officer, "request_trace")
        stands = self.one(text)
        told_them = stands.said.direction == "in" and told.outcome != "refused"
        self._demand_allowed(forbidden=told_them)
        drafts = trace_requests.answer(stands, told, self.today(), self._weapon(stands.said))
        return self.books.record(drafts, by=by.id, signers=[by.key]), self.one(stands.id)

    # --- looking --------------------------------------------------------------------------------

    def one(self, text: str) -> TraceRequest:
        """Return the request of this number, scanned code or id; raises TraceRequestUnknown."""
        reference = self.books.reference(text) if is_id(text) else None
        reference = reference or self.numbers.numbered(text, TraceRequestMade)
        found = self._told(reference.subject) if reference else None
        if found is None:
            raise TraceRequestUnknown(text)
        return found

    def latest(self, limit: int = LATEST) -> tuple[TraceRequest, ...]:
        """Return the newest requests, the open ones first, the one that waits longest on top."""
        found = self.books.references(TraceRequestMade, newest=limit)
        known = [one for one in (self._told(each.subject) for each in found) if one is not None]
        return trace_requests.ranked(known, self.today())

    def late(self, days: int = OWN_DAYS) -> tuple[TraceRequest, ...]:
        """Return the open requests to which nothing has happened for more than so many days."""
        return tuple(one for one in self.latest() if one.is_late(self.today(), days))

    def today(self) -> str:
        """Return the local date at this desk."""
        return self.numbers.now()[:DATE_LENGTH]

    # --- papers ---------------------------------------------------------------------------------

    def file(self, text: str) -> TraceFile:
        """Return all that the papers of a request say; raises TraceRequestUnknown."""
        stands = self.one(text)
        facts = self.books.history(stands.id)
        names = known_names(self.books)
        made = [one for one in facts if isinstance(one.body, TraceRequestMade)][-1]
        ends = [one for one in facts if isinstance(one.body, TraceRequestAnswered)]

        def name(fact: Fact) -> str:
            return names.get(fact.by, "") if fact.by else ""

        return TraceFile(
            stands,
            made,
            name(made),
            registry_number(stands.said.weapon) if stands.said.weapon else "",
            tuple(self._pictures(stands.said.photos)),
            ends[-1] if ends else None,
            name(ends[-1]) if ends else "",
            tuple(self._pictures(stands.answer.photos)) if stands.answer else (),
        )

    def paper(self, text: str, *, by: SignedIn, answer: bool = False) -> Paper:
        """Return the request on paper, or its answer once there is one.

        Raises TraceRequestUnknown, also for the answer of what is not answered.
        """
        file = self.file(text)
        printing = printing_now(self.books, self.clock, by.officer.name)
        if not answer:
            return request_paper(file, printing)
        if file.request.answer is None:
            raise TraceRequestUnknown(text)
        return answer_paper(file, printing)

    def draw(self, paper: Paper, to: Path | None = None, *, answer: bool = False) -> Drawn:
        """Draw a paper into the folder of papers, or where it is said; touches no books.

        Raises DiskFull, DiskTrouble.
        """
        if to is None:
            end = "-answer" if answer else ""
            to = among_papers(self.home, f"{paper.code}{end}")
        return self.press.draw(paper, to)

    def print(
        self,
        text: str,
        *,
        by: SignedIn,
        answer: bool = False,
        language: str = "",
        to: Path | None = None,
    ) -> Drawn:
        """Make a paper in a language, and draw it; raises as ``paper`` and ``draw``."""
        with speaking(language):
            return self.draw(self.paper(text, by=by, answer=answer), to, answer=answer)

    # --- inside ---------------------------------------------------------------------------------

    def _told(self, subject: str) -> TraceRequest | None:
        return trace_requests.trace_request_of(subject, self.books.history(subject))

    def _weapon(self, said: TraceRequestMade) -> Weapon | None:
        return self.books.weapon(said.weapon) if said.weapon else None

    def _demand_allowed(self, *, forbidden: bool) -> None:
        """Raise TracingForbidden for what a site without tracing may not do."""
        if forbidden and not self.rules().tracing_allowed:
            raise TracingForbidden

    def _demand_new(self, said: TraceRequestMade) -> None:
        """Raise TraceAskedAlready where this State was asked about this weapon, and may answer."""
        if not said.weapon:
            return
        asked = said.of_state.strip().casefold()
        for reference in self.books.references(TraceRequestMade):
            opened = reference.opened
            if not isinstance(opened, TraceRequestMade) or opened.weapon != said.weapon:
                continue
            known = self._told(reference.subject)
            if (
                known is not None
                and not known.is_closed
                and known.said.direction == said.direction
                and known.said.of_state.casefold() == asked
            ):
                weapon = self.books.weapon(said.weapon)
                named = weapon.serial.text or registry_number(said.weapon)
                raise TraceAskedAlready(named, known.said.number)

    def _pictures(self, digests: tuple[Digest, ...]) -> Iterator[Picture]:
        for at, digest in enumerate(digests, 1):
            try:
                yield Picture(self.photo(digest), figure(at))
            except (PhotoMissing, PhotoDamaged):
                continue
