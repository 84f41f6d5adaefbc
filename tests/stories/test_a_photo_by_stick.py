"""A photo goes by stick from a depot through a headquarters to the office with the registry's line.

The depot's own line is too thin for photos: its record goes over it, and its photos in a pocket.
"""

from __future__ import annotations

import pytest

from stockpile.domain.photo_courier import photos_file
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photos import Photos
from stockpile.services.people import Founding
from tests.helpers.house import PIN
from tests.helpers.neighbours import a_depot, introduced
from tests.helpers.registries import answering

GULU = Founding("UG", "GUL", "Gulu Depot", "B. Okello", PIN)
REGION = Founding("UG", "HQN", "Northern Headquarters", "C. Auma", PIN)
OFFICE = Founding("UG", "NAT", "National Office", "A. Mukasa", PIN)


@pytest.fixture
def nodes(tmp_path):
    """A depot and an office that both know the headquarters, and not each other."""
    told = {"gulu": GULU, "region": REGION, "office": OFFICE}
    made = {name: a_depot(tmp_path / name, one) for name, one in told.items()}
    for name in ("gulu", "office"):
        introduced(made["region"], made[name], tmp_path)
    yield made
    for one in made.values():
        one.stockpile.close()


def test_a_photo_in_a_pocket_reaches_the_registry(nodes, registry, tmp_path):
    gulu, region, office = (nodes[name] for name in ("gulu", "region", "office"))
    stick = tmp_path / "stick.courier"
    kept, travels = gulu.stock(2, "KB")
    rifle = gulu.photograph(travels, 1, width=640, height=480)
    other = gulu.photograph(kept, 2)

    # To the headquarters: the stick has little room, and what is sent now goes first.
    waybill = gulu.send([travels], region.site)
    size = len(gulu.stockpile.photographs.read(rifle))
    _packed, beside = gulu.pack_both(stick, region.node, [travels], most=size)
    assert (beside.photos, beside.left) == (1, 1)
    whole = photos_file(stick).read_bytes()
    photos_file(stick).write_bytes(whole[: len(whole) // 2])  # pulled out too early
    region.load(stick)
    spoilt = region.stockpile.photo_errands.of_file(stick)
    assert (spoilt.take, len(spoilt.refused)) == ((), 1)
    assert not region.shows(rifle)

    # The receipt says what is missed, and both photos come with the next stick.
    region.check_in(waybill, "KB 00001")
    region.stockpile.couriers.answer(tmp_path / "receipt.courier", gulu.node, by=region.by)
    gulu.load(tmp_path / "receipt.courier")
    gulu.pack_both(stick, region.node)
    _taken, photos = region.load_both(stick)
    assert photos.kept == 2
    assert region.load_photos(stick).kept == 0

    # On to the office, which is told of the rifle that comes, and of no other of Gulu's.
    onward = region.send([travels], office.site)
    packed, beside = region.pack_both(stick, office.node, [travels])
    assert beside.photos == 1
    office.load(stick)
    named = office.stockpile.couriers.hearsay(gulu.node)
    office.stockpile.couriers.introduce(named.id, named.key, named.name, by=office.by)
    office.load_both(packed.file)
    office.check_in(onward, "KB 00001")
    assert (office.shows(rifle), office.shows(other)) == (True, False)

    # Gulu's record reaches the registry by its thin line, and the photo by the office's good one.
    shelf = Photos(registry.books, PhotoFiles(tmp_path / "registry.db.photos"))
    with answering(registry.books) as url:
        for node, place, scope in ((gulu, "Gulu", None), (office, "National Office", ("*",))):
            code = registry.enrolment.make_code(place, place, scope)
            node.stockpile.exchange.enrol(url, code, place, by=node.by)
        thin = gulu.stockpile.exchange.carrying_photos(carried=False)
        assert thin.sync(by=gulu.by).sent
        assert shelf.present([rifle]) == frozenset()
        assert office.sync().photos.sent == 1
    assert shelf.present([rifle, other]) == {rifle}
    assert shelf.seen(rifle) == gulu.stockpile.photographs.read(rifle)
    for one in nodes.values():
        one.stockpile.checking.check(deep=True)
