"""What a courier file would bring is told of what is not held yet, and of nobody unbelieved."""

from __future__ import annotations

import pytest

from stockpile.domain.courier import Content, Held, Manifest
from stockpile.domain.excerpts import excerpt_of
from stockpile.domain.facts import Draft, PlaceOpened, WaybillOpened, WeaponLost
from stockpile.services.courier_previews import Came, CourierPreviews
from tests.helpers.books import desk
from tests.helpers.sites import Site, a_weapon


@pytest.fixture
def here(tmp_path):
    """A depot with a place of its own."""
    with desk(tmp_path / "here", "here") as one:
        one.found("Here")
        one.books.record([Draft("ours", PlaceOpened("Our depot", "site"))], by=None)
        yield one


@pytest.fixture
def there():
    """Another depot: a weapon was lost, one is sent here, one elsewhere."""
    site = Site()
    site.found()
    site.write(a_weapon("w1"))
    site.write(Draft("w1", WeaponLost("stolen", report="LR-1")))
    site.write(Draft("wb-1", WaybillOpened("WB-1", ("w2", "w3"), "theirs", "ours")))
    site.write(Draft("wb-2", WaybillOpened("WB-2", ("w4",), "theirs", "elsewhere")))
    return site


def preview(here, there, came, believed=None, holds=()):
    manifest = Manifest(1, "id", there.node, there.keys.public_key.hex(), "There", (), 5, (), 0)
    content = Content(manifest, tuple(holds), came.entries, (), came.excerpts)
    vouched = {there.node} if believed is None else believed
    return CourierPreviews(here.books, here.keys).of(content, came, vouched)


def test_what_is_lost_and_what_comes_is_told(here, there):
    entries = tuple(there.entries)
    said = preview(here, there, Came(entries), holds=[Held(here.node, 1, "x"), Held("n", 9, "y")])
    assert (said.acts, said.losses, said.confirmed) == (len(entries), ("w1",), 1)
    assert [(one.number, one.weapons, one.is_ours) for one in said.shipments] == [
        ("WB-1", 2, True), ("WB-2", 1, False),
    ]  # fmt: skip
    assert (said.sender.name, said.is_known) == ("There", False)


def test_what_is_held_already_is_not_told_again(here, there):
    here.books.trust(there.node, there.keys.public_key)
    here.books.receive(there.entries)
    cut = tuple(excerpt_of(entry, [0]) for entry in there.entries[-1:])
    assert preview(here, there, Came(tuple(there.entries), cut)).is_known
    there.write(a_weapon("w9"))
    assert preview(here, there, Came(tuple(there.entries))).acts == 1


def test_single_facts_are_told_and_who_is_not_believed_is_named(here, there):
    cut = tuple(excerpt_of(entry, [0]) for entry in there.entries[1:])
    said = preview(here, there, Came((), cut))
    assert (said.acts, said.left_out) == (len(cut), ())
    assert preview(here, there, Came((), cut), believed=set()).left_out == (there.node,)


def test_a_node_is_called_by_its_name_or_its_id(here, there):
    previews = CourierPreviews(here.books, here.keys)
    assert previews.name(here.node) == here.name != here.node
    assert previews.name(there.node) == there.node


def test_every_fact_that_came_is_given(there):
    cut = tuple(excerpt_of(entry, [0]) for entry in there.entries[:2])
    came = Came(tuple(there.entries), cut)
    assert len(list(came.facts())) == sum(len(one.facts) for one in there.entries) + 2
