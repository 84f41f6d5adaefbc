"""Places and what people call them."""

from __future__ import annotations

import pytest

from stockpile.domain import places
from stockpile.domain.errors import FieldMissing, FieldUnreadable
from stockpile.domain.facts import Draft, PlaceClosed
from stockpile.domain.references import Reference, after
from tests.helpers.builders import RACK, STORE, recorded


def test_a_place_answers_to_its_name_its_code_and_its_id():
    draft = places.open_place(RACK, " Rack  04 ", "rack", STORE, "R4")
    (fact,) = recorded(draft)
    place = places.place_of(after(Reference(RACK), fact))
    assert (place.name, place.kind, place.within) == ("Rack 04", "rack", STORE)
    assert all(place.answers_to(text) for text in ("rack 04", "RACK-04", "r4", RACK))
    assert not place.answers_to("rack 5")


def test_a_place_without_a_code_does_not_answer_to_nothing():
    (fact,) = recorded(places.open_place(RACK, "Rack", "rack", None))
    assert not places.place_of(after(Reference(RACK), fact)).answers_to("")


def test_a_closed_place_is_no_place():
    opened = places.open_place(RACK, "Rack", "rack", None)
    (fact,) = recorded(opened)
    both = recorded(opened, Draft(RACK, PlaceClosed("burnt"), (fact.hash,)))
    assert places.place_of(after(after(Reference(RACK), both[0]), both[1])) is None


def test_a_place_needs_a_name_and_a_known_kind():
    with pytest.raises(FieldMissing):
        places.open_place(RACK, " ", "rack", None)
    with pytest.raises(FieldUnreadable):
        places.open_place(RACK, "Rack", "shelf", None)
