"""A hundred rifles go from one depot to another with a stick, and both end with one record."""

from __future__ import annotations

import pytest

from stockpile.domain.arrivals import Finding
from stockpile.domain.errors import SecondOfficerMissing, SenderUnknown
from stockpile.domain.facts import InvestigationOpened, WaybillOpened
from tests.helpers.neighbours import introduced, two_depots


@pytest.fixture
def depots(tmp_path):
    """Two depots that were introduced to each other."""
    pair = two_depots(tmp_path)
    introduced(*pair, tmp_path)
    yield pair
    for one in pair:
        one.stockpile.close()


def test_what_left_is_checked_in_and_both_depots_say_the_same_of_every_weapon(depots, tmp_path):
    sender, receiver = depots
    weapons = sender.stock(101)
    sent, left_behind = weapons[:100], weapons[100]
    with pytest.raises(SecondOfficerMissing):
        sender.stockpile.transfers.dispatch(
            WaybillOpened("", sent, sender.site, receiver.site), by=sender.by
        )
    waybill = sender.send(sent, receiver.site, seals=("S1", "S2"), vehicle="UAJ 123")
    assert waybill.opened.number.startswith("WB-KLA-")
    stick = tmp_path / "there.courier"
    packed = sender.pack(stick, receiver.node, about=sent)

    opened = receiver.stockpile.couriers.open(stick)
    assert (opened.preview.acts, opened.preview.facts) == (packed.acts, packed.facts)
    (shipment,) = opened.preview.shipments
    assert (shipment.number, shipment.weapons, shipment.is_ours) == (
        waybill.opened.number, 100, True,
    )  # fmt: skip
    assert receiver.stockpile.transfers.incoming() == ()  # a look changes nothing
    receiver.load(stick)
    (coming,) = receiver.stockpile.transfers.incoming(receiver.site)
    assert coming == waybill

    # Gulu has a weapon with the serial of the last rifle sent; it lies on the lorry in its place.
    (twin,) = receiver.stock(1, "ZZ")
    receiver.stockpile.receiving.correct(twin, {"serial": "KB 00099"}, "misread", by=receiver.by)
    number = receiver.stockpile.tracing.life(twin).row.number
    left_number = sender.stockpile.tracing.life(left_behind).row.number
    read = [f"KB {serial:05}" for serial in range(98)]
    found = Finding(("S2",), "checked and taken over", "rain on the road")
    came = receiver.check_in(coming, *read, number, left_number, "KB 0X", finding=found)
    assert (came.state, len(came.receipt.received)) == ("partly", 98)
    assert came.receipt.short == (sent[98],)
    assert came.receipt.over == (left_behind,)
    assert [one.weapon for one in came.receipt.wrong] == [sent[99]]
    assert came.receipt.unknown == ("KB 0X",)
    assert came.receipt.broken_seals == ("S2",)
    cases = receiver.stockpile.books.references(InvestigationOpened)
    assert sorted(one.opened.kind for one in cases) == [
        "over", "seal", "short", "stranger", "wrong",
    ]  # fmt: skip

    back = tmp_path / "back.courier"
    receiver.pack(back, sender.node)
    preview = sender.stockpile.couriers.open(back).preview
    assert preview.confirmed == sender.stockpile.books.tip().number
    sender.load(back)
    told = [one.stockpile.books.weapons(weapons) for one in depots]
    assert told[0] == told[1]
    assert [one.status for one in told[0]] == ["in_store"] * 98 + ["in_transit"] * 2 + ["in_store"]
    for one in depots:
        assert one.stockpile.transfers.one(waybill.id) == came
        ours = [each for each in one.stockpile.books.conflicts() if each.kind == "custody_fork"]
        assert ours == []
        one.stockpile.checking.check(deep=True)

    # What was short came a day later: a second receipt replaces the first, on both sides.
    later = receiver.check_in(came, "KB 00098")
    assert (later.state, later.receipt.short) == ("partly", ())
    assert len(receiver.stockpile.books.references(InvestigationOpened)) == len(cases)
    receiver.pack(back, sender.node)
    assert sender.load(back).facts == 2
    assert sender.stockpile.transfers.one(waybill.id).receipt.received == sent[:99]


def test_the_receipt_may_be_written_before_the_dispatch_is_known(depots, tmp_path):
    sender, receiver = depots
    weapons = sender.stock(3)
    early, late = tmp_path / "early.courier", tmp_path / "late.courier"
    sender.pack(early, receiver.node)
    waybill = sender.send(weapons, receiver.site)
    sender.pack(late, receiver.node)
    receiver.load(late)
    assert receiver.load(early).facts == 0  # loaded in the wrong order, and twice: nothing new
    assert receiver.load(late).facts == 0
    done = receiver.check_in(waybill, *(f"KB {number:05}" for number in range(3)))
    assert done.state == "received"
    assert receiver.stockpile.transfers.standing().settled == (done,)


def test_a_depot_that_nobody_knows_gets_the_file_by_words_and_the_code_on_the_paper(tmp_path):
    sender, receiver = two_depots(tmp_path)
    weapons = sender.stock(4)
    waybill = sender.send(weapons, to_name="Gulu Depot")
    stick = tmp_path / "there.courier"
    packed = sender.pack(stick, about=weapons)
    assert len(packed.words.split()) == 5
    file = sender.stockpile.transfers.file(waybill.id, packed.words)
    assert file.destination == "Gulu Depot"
    couriers = receiver.stockpile.couriers
    with pytest.raises(SenderUnknown):
        couriers.open(stick, packed.words)
    claimed = couriers.introduced_by(stick)
    assert claimed.id == sender.node
    couriers.introduce(claimed.id, claimed.key, claimed.name, by=receiver.by)
    receiver.load(stick, packed.words.upper().replace(" ", "-"))
    assert receiver.check_in(waybill, "KB 00000", "KB 00001").state == "partly"
    for one in (sender, receiver):
        one.stockpile.close()
