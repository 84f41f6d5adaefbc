"""The papers of a trace: the request, and the answer to one.

What they say is what the Tracing Instrument asks of a request: ground and legal basis,
circumstances, marks, type, calibre, intended use. They are no form: no instrument prescribes one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stockpile import wording
from stockpile.domain.facts import Fact, Mark, TraceRequestAnswered, TraceRequestMade
from stockpile.domain.trace_requests import TraceRequest
from stockpile.language import _, is_right_to_left, isolated
from stockpile.record_words import mark_place, moment
from stockpile.services.documents import (
    Block,
    Column,
    Heading,
    Pair,
    Paper,
    Picture,
    Pictures,
    SignatureBox,
    Signatures,
    Table,
    Words,
    filled,
)
from stockpile.services.dossier_pages import foot_of
from stockpile.services.weapon_files import Printing
from stockpile.terms import term

_NOT_SAID: Final = "\u2013"


@dataclass(frozen=True, slots=True)
class TraceFile:
    """All that the papers of a request say; ``number`` is the record's, where there is one."""

    request: TraceRequest
    fact: Fact
    officer: str
    number: str = ""
    pictures: tuple[Picture, ...] = ()
    answered: Fact | None = None
    answerer: str = ""
    answer_pictures: tuple[Picture, ...] = ()


def request_paper(file: TraceFile, printing: Printing) -> Paper:
    """Return the request as it goes to the other State's point of contact."""
    said = file.request.said
    return Paper(
        title=_("Request to trace a weapon"),
        subject=isolated(said.of_state),
        code=said.number,
        blocks=(
            *_standing(file.request),
            filled(tuple(_head(file))),
            *_identification(file),
            *_photos(said, file.pictures),
            *_illicit(said),
            *_search(said),
            *_use(said),
            Signatures(
                (
                    SignatureBox(_("For the requesting State"), file.officer, _signed(file.fact)),
                    SignatureBox(_("Received by the requested State"), said=_("Date and time:")),
                )
            ),
        ),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )


def answer_paper(file: TraceFile, printing: Printing) -> Paper:
    """Return the answer to a request; only asked of one that was answered, or delayed."""
    told, fact = file.request.answer, file.answered
    assert told is not None
    assert fact is not None
    said = file.request.said
    return Paper(
        title=_("Answer to a request to trace"),
        subject=isolated(said.by_state),
        code=said.number,
        blocks=(
            Words(term("trace_outcome", told.outcome), loud=True),
            filled(tuple(_answer_head(file, told))),
            *_refusal(told),
            *_told(told),
            *_identification(file),
            *(
                [Heading(_("Photos")), Pictures(file.answer_pictures)]
                if file.answer_pictures
                else ()
            ),
            *_restrictions(told.restrictions),
            Signatures(
                (
                    SignatureBox(_("Answered by"), file.answerer, _signed(fact)),
                    SignatureBox(_("Received by the requesting State"), said=_("Date and time:")),
                )
            ),
        ),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )


def _signed(fact: Fact) -> str:
    return _("Signed with PIN, {when}").format(when=isolated(moment(fact)))


def _standing(request: TraceRequest) -> Iterator[Block]:
    """Say in large what makes the paper more, or less, than a request that runs its course."""
    if request.state == "withdrawn":
        yield Words(_("Withdrawn: no answer is asked for any more."), loud=True)
    elif request.state == "draft":
        yield Words(_("Draft: not sent yet."), loud=True)
    elif request.said.urgent:
        yield Words(_("Urgent"), loud=True)


def _head(file: TraceFile) -> Iterator[Pair]:
    request, said = file.request, file.request.said
    yield Pair(_("Requesting State"), isolated(said.by_state))
    yield Pair(_("Requested State"), isolated(said.of_state))
    yield Pair(_("Point of contact"), isolated(said.contact))
    yield Pair(_("Their reference"), said.reference, code=True)
    yield Pair(_("Date of the request"), said.on)
    yield Pair(_("Sent"), request.day_of("sent"))
    yield Pair(_("Acknowledged"), request.day_of("acknowledged"))
    yield Pair(_("Urgent"), _("Yes") if said.urgent else "")


def _answer_head(file: TraceFile, told: TraceRequestAnswered) -> Iterator[Pair]:
    said = file.request.said
    yield Pair(_("Request"), said.number, code=True)
    yield Pair(_("Their reference"), said.reference, code=True)
    yield Pair(_("Requesting State"), isolated(said.by_state))
    yield Pair(_("Requested State"), isolated(said.of_state))
    yield Pair(_("Date of the request"), said.on)
    yield Pair(_("Date of the answer"), told.on)
    yield Pair(_("Point of contact"), isolated(told.contact))


def _identification(file: TraceFile) -> Iterator[Block]:
    said = file.request.said
    yield Heading(_("The weapon"))
    yield filled(
        (
            Pair(_("Make"), isolated(said.make)),
            Pair(_("Model"), isolated(said.model)),
            Pair(_("Type"), wording.weapon_type(said.type) if said.type else ""),
            Pair(_("Calibre"), isolated(said.calibre)),
            Pair(_("Country of manufacture"), isolated(said.country)),
            Pair(_("Registry number"), file.number, code=True),
        )
    )
    yield Heading(_("Marks, exactly as read"))
    if not said.marks:
        yield Words(_("No mark could be read."))
        return
    columns = (
        Column(_("Mark"), 1.2), Column(_("Text"), 2, code=True), Column(_("Where"), 1.6),
        Column(_("Legibility"), 1.1),
    )  # fmt: skip
    yield Table(columns, tuple(map(_mark, said.marks)))


def _mark(mark: Mark) -> tuple[str, ...]:
    shown = " ".join(one for one in (term("symbol", mark.symbol), mark.text) if one)
    kind = term("mark_kind", mark.kind)
    return kind, shown, mark_place(mark), term("legibility", mark.legibility)


def _photos(said: TraceRequestMade, pictures: tuple[Picture, ...]) -> Iterator[Block]:
    yield Heading(_("Photos"))
    if pictures:
        yield Pictures(pictures)
    else:
        yield Words(said.without_photos or _NOT_SAID)


def _illicit(said: TraceRequestMade) -> Iterator[Block]:
    yield Heading(_("Why it is illicit"))
    yield filled(
        (
            Pair(_("Ground"), term("ground", said.ground)),
            Pair(_("Legal basis"), said.basis),
            Pair(_("Circumstances of the finding"), said.circumstances),
        )
    )


def _search(said: TraceRequestMade) -> Iterator[Block]:
    yield Heading(_("Search in the requesting State's own registers"))
    yield filled(
        (
            Pair(_("Searched on"), said.searched_on),
            Pair(_("Searched by"), isolated(said.searched_by)),
            Pair(_("Result"), said.searched or _NOT_SAID),
        )
    )


def _use(said: TraceRequestMade) -> Iterator[Block]:
    yield Heading(_("Intended use of the answer"))
    yield Words(said.intended_use or _NOT_SAID)
    yield from _restrictions(said.restrictions)


def _restrictions(said: str) -> Iterator[Block]:
    yield Heading(_("Restrictions on use"))
    yield Words(
        said
        or _("None said. What is learnt is used for the stated purpose, and passed on by consent.")
    )


def _refusal(told: TraceRequestAnswered) -> Iterator[Block]:
    if told.ground:
        yield Heading(_("Ground"))
        yield Words(term("trace_refusal", told.ground))


def _told(told: TraceRequestAnswered) -> Iterator[Block]:
    if told.answer:
        yield Heading(_("What is known"))
        yield Words(told.answer)
