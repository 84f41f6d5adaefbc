"""A weapon is traced: asked of another State, acknowledged, answered, on paper and on record."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from stockpile.domain.errors import (
    OfficerNotAuthorised,
    TraceAskedAlready,
    TraceRequestIncomplete,
    TraceRequestUnknown,
    TracingForbidden,
)
from stockpile.domain.facts import GuardSet, TraceAnswered, TraceAsked, TraceRequestAnswered
from stockpile.language import plain
from tests.helpers.files import a_full_file
from tests.helpers.house import house

__all__ = ["house"]


def words(file):
    with pypdfium2.PdfDocument(file) as document:
        said = (page.get_textpage().get_text_bounded() for page in document)
        return " ".join(plain("\n".join(said)).split())


def test_where_tracing_is_forbidden_nothing_is_asked_and_what_comes_is_refused(house):
    weapon, _twin = a_full_file(house)
    stockpile, by = house.stockpile, house.officer
    desk = stockpile.trace_requests
    draft = replace(desk.of_weapon(weapon), by_state="Uganda", of_state="Belgium")
    number = desk.make(draft, by=by)[1].said.number
    stockpile.guard.set(GuardSet(tracing_allowed=False), by=by)
    for step in ("sent", "reminded"):
        with pytest.raises(TracingForbidden):
            desk.note(number, step, by=by)
    with pytest.raises(TracingForbidden):
        desk.make(replace(draft, of_state="France"), by=by)
    theirs = replace(draft, direction="in", by_state="Belgium", of_state="Uganda")
    came = desk.make(theirs, by=by)[1].said.number
    with pytest.raises(TracingForbidden):
        desk.answer(came, TraceRequestAnswered("not_traced"), by=by)
    told = TraceRequestAnswered("refused", "2026-11-28", ground="confidential")
    assert desk.answer(came, told, by=by)[1].is_closed
    assert desk.note(number, "withdrawn", remarks="forbidden", by=by)[1].is_closed
    stockpile.guard.set(GuardSet(), by=by)
    assert desk.make(replace(draft, of_state="France"), by=by)


def test_a_request_goes_out_and_its_answer_comes_back(house):
    weapon, _twin = a_full_file(house)
    stockpile, by = house.stockpile, house.officer
    desk = stockpile.trace_requests
    draft = replace(desk.of_weapon(weapon), by_state="Uganda", of_state="Belgium")
    assert draft.marks
    assert draft.photos
    made = desk.make(draft, by=by)[1]
    number = made.said.number
    assert number == "TR-KLA-26-0001"
    with pytest.raises(TraceRequestIncomplete):
        desk.note(number, "sent", by=by)
    with pytest.raises(TraceAskedAlready):
        desk.make(replace(draft, of_state="belgium"), by=by)
    whole = replace(
        made.said, ground="unmarked", basis="Firearms Act, section 4",
        circumstances="وجد في مخبأ, found in a cache", intended_use="criminal proceedings",
        restrictions="for the court only", searched_on="2026-11-20", searched_by="registry",
        searched="not on record",
    )  # fmt: skip
    desk.amend(number, whole, by=by)
    desk.note(number.lower(), "sent", "2026-11-21", by=by)
    assert desk.one(number).state == "sent"
    found = stockpile.paper_index.find(number)
    assert (found.page, found.argument) == ("trace_requests", made.id)
    other = desk.make(replace(draft, of_state="France"), by=by)[1]
    assert other.said.number == "TR-KLA-26-0002"
    paper = words(desk.print(number, by=by, language="en").file)
    for one in (number, "Uganda", "Belgium", "Firearms Act, section 4", "criminal proceedings",
                "for the court only", "Not marked as the Tracing Instrument asks", "2026-11-21",
                draft.marks[0].text, "Page 1"):  # fmt: skip
        assert one.lower() in paper.lower()
    told = TraceRequestAnswered("traced_foreign", answer="sold to Chad, 1984", contact="Brussels")
    done = desk.answer(number, told, by=by)[1]
    assert done.state == "answered"
    answer = words(desk.print(number, by=by, answer=True, language="en").file)
    assert "sold to Chad, 1984" in answer
    bodies = [fact.body for fact in stockpile.books.history(weapon)]
    assert TraceAsked(number, "Uganda", "Belgium", "") in bodies
    assert TraceAnswered(number, "traced_foreign", "sold to Chad, 1984") in bodies
    assert [one.said.number for one in desk.latest()] == [other.said.number, number]
    assert desk.late() == ()
    with pytest.raises(TraceRequestUnknown):
        desk.paper(other.id, by=by, answer=True)
    with pytest.raises(TraceRequestUnknown):
        desk.one("TR-KLA-26-0009")


def test_a_storekeeper_asks_no_state(house):
    people = house.stockpile.people
    people.appoint("S. Keeper", ("storekeeper",), "1111", by=house.officer)
    keeper = people.sign_in("S. Keeper", "1111")
    desk = house.stockpile.trace_requests
    with pytest.raises(OfficerNotAuthorised):
        desk.make(desk.of_weapon(house.register()), by=keeper)
