"""A depot that no line ever reaches: enrolled by file, heard by stick, answered on the same stick.

At the registry a national officer puts the stick in on its pages; a second depot has a line. What
either writes the other learns, numbers for marks come along, and every word is proved as on a line.
"""

from __future__ import annotations

import re

import pytest

from stockpile.domain import wire
from stockpile.domain.losses import Loss
from stockpile.domain.numbers import registry_number
from stockpile.registry.blocks import Granting
from stockpile.registry.passphrases import LIGHT
from stockpile.registry.users import Users
from stockpile.services.courier_meetings import CourierMeetings
from tests.helpers.neighbours import two_depots
from tests.helpers.sticks import enrolled, peer, standing
from tests.helpers.visitors import Browser, House


@pytest.fixture
def registry(registry, monkeypatch):
    monkeypatch.setattr("stockpile.registry.web.Users", lambda books: Users(books, LIGHT))
    return registry


@pytest.fixture
def remote_and_connected(registry, line, tmp_path):
    remote, connected = two_depots(tmp_path)
    enrolled(remote, registry, tmp_path, "Kampala Central", "KLA")
    code = registry.enrolment.make_code("Gulu", "GUL")
    connected.stockpile.exchange.enrol(line, code, "Gulu", "GUL", by=connected.by)
    yield remote, connected
    for one in (remote, connected):
        one.stockpile.close()


@pytest.fixture
def amina(registry):
    return House(registry).first()


def meet(depot, stick):
    """What a clerk does: the folder of the stick, once."""
    return CourierMeetings(depot.stockpile.couriers).exchange(stick, by=depot.by)[1]


def text(answer):
    return re.sub(r"<[^>]*>|[\u2066-\u2069]", "", answer.text)


def at_the_registry(registry, amina, stick):
    """What the national officer does: put it in, look, take it in, put the answer on the stick."""
    (file,) = (one for one in stick.glob("*.courier") if not one.name.startswith("registry-"))
    with Browser(registry.address) as visitor:
        visitor.sign_in(amina)
        visitor.open("/couriers")
        told = {"csrf": visitor.token()}
        visitor.seen = visitor.post(
            "/couriers", data=told, files={"courier": (file.name, file.read_bytes())}
        )
        looked = text(visitor.seen)
        done = text(visitor.submit(f"{visitor.seen.url.path}/take", digits=amina.digits()))
        (node,) = re.findall(r"/couriers/answers/(\w+)", visitor.seen.text)
        back = visitor.submit(f"/couriers/answers/{node}")
    name = re.findall('filename="(.*)"', back.headers["content-disposition"])[0]
    (stick / name).write_bytes(back.content)
    return looked, done


def test_from_the_first_stick_to_a_registry_that_has_heard_all(
    registry, remote_and_connected, amina, tmp_path
):
    remote, connected = remote_and_connected
    stick = tmp_path / "stick"
    stick.mkdir()
    weapons = remote.stock(3)
    assert "The centre has heard nothing yet." in standing(remote)

    # The stick is written at the depot, and carried.
    met = meet(remote, stick)
    assert [one.to.id for one in met.packed] == [registry.books.key.node]
    looked, done = at_the_registry(registry, amina, stick)
    assert "Courier file of Kampala Central" in looked
    number = remote.stockpile.books.tip().number
    assert f"The record of this depot is held up to entry {number}." in done
    assert registry.books.weapon(weapons[0]).serial.text == "KB 00000"

    # It comes back: the depot knows how far it was heard.
    met = meet(remote, stick)
    assert not met.refused
    assert f"The centre has heard up to no. \u2066{number}\u2069" in standing(remote)
    assert peer(remote).tree_head is not None

    # A theft is told on the next stick, first of all; the other depot hears of it by its line.
    desk = remote.stockpile.losses
    loss = Loss(how="stolen", circumstances="The rack was open.", discovered="2026-11-01")
    desk.report([weapons[1]], loss, by=remote.by, witness=remote.second)
    meet(remote, stick)
    looked, _done = at_the_registry(registry, amina, stick)
    assert looked.index("The rack was open.") < looked.index("Entries in it")
    connected.sync()
    warned = connected.stockpile.hot_lists
    assert warned.check_text(registry_number(weapons[1])) == "certain"

    # What the connected depot sends off for here comes on the way back, with its record.
    rifle = connected.stock(1, "GUL")[0]
    waybill = connected.send([rifle], to=remote.site)
    connected.sync()
    meet(remote, stick)
    at_the_registry(registry, amina, stick)
    meet(remote, stick)
    assert remote.stockpile.books.history(waybill.id)

    # Nothing is told twice, everything adds up on both sides.
    assert remote.stockpile.checking.check(deep=True).entries
    before = registry.books.head().size
    met = meet(remote, stick)
    assert (met.facts, [one.acts for one in met.packed]) == (0, [0])
    assert registry.books.head().size == before
    held = remote.stockpile.books.entries(remote.node, 0, 99)
    assert wire.pack(registry.books.entries(remote.node, 0, 99)) == wire.pack(held)

    # Numbers for marks came with it, as a computer with a line gets them.
    blocks = Granting(registry.books).blocks()
    assert {one.node for one in blocks} == {remote.node, connected.node}
    own = [(one.lo, one.hi) for one in blocks if one.node == remote.node]
    held = remote.stockpile.numbers
    schemes = {one.scheme for one in blocks if one.node == remote.node}
    assert sorted(own) == sorted(
        (one.lo, one.hi) for scheme in schemes for one in held.blocks(scheme)
    )
