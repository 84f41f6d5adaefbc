from __future__ import annotations

import gzip
import json
import shutil

import pytest

from stockpile.domain import wire
from stockpile.domain.errors import ChainBroken, ChainForked, DiskTrouble, MessageUnreadable
from stockpile.domain.exchange import BlockRequest
from stockpile.domain.facts import Draft, SchemeSet
from stockpile.registry import intake
from stockpile.registry.blocks import Granting
from stockpile.registry.copies import copy_to
from stockpile.registry.taking_back import MAGIC, taking_back
from tests.helpers.registries import open_registry
from tests.helpers.sites import Site

SCHEME = "UG_STATE"


def exported(file, *chains, squeezed=True):
    """Write chains as a node's export does."""
    lines = [MAGIC, b"M {}\n"]
    for node, entries in chains:
        lines.append(b"C " + json.dumps({"n": node, "key": ""}).encode() + b"\n")
        for entry in entries:
            signed = {"s": entry.signature.hex()}
            lines += [b"E " + entry.header + b"\n", b"S " + json.dumps(signed).encode() + b"\n"]
            lines += [b"F " + raw + b"\n" for raw in entry.facts]
    content = b"".join(lines)
    file.write_bytes(gzip.compress(content) if squeezed else content)
    return file


@pytest.fixture
def restored(registry, site, tmp_path):
    """The registry as it was before its last enrolment, revocation and grant; and what it wrote."""
    stolen = Site()
    registry.enrol(stolen)
    site.write(Draft(SCHEME, SchemeSet("Uganda", "{iso2} {seq}")))
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))
    copy_to(registry.database, None, tmp_path / "before.db")
    late = Site()
    registry.enrol(late, "Gulu")
    registry.enrolment.tell_of(site.node, ("Gulu",))
    registry.enrolment.revoke(stolen.node, "stolen")
    granting = Granting(registry.books)
    granting.answer(site.node, BlockRequest(SCHEME, 100, 0))
    granting.grant(late.node, SCHEME, 50)
    own = registry.books.entries(registry.books.key.node, 0, 1000)
    shutil.copy(tmp_path / "before.db", tmp_path / "again.db")
    shutil.copy(tmp_path / "before.db.key", tmp_path / "again.db.key")
    again = open_registry(str(tmp_path / "again.db"))
    yield again, own, late, stolen
    again.database.close()


def test_what_the_registry_wrote_itself_comes_back(registry, restored, site, tmp_path):
    again, own, late, stolen = restored
    file = exported(
        tmp_path / "x.chains.gz", (site.node, site.entries), (registry.books.key.node, own)
    )
    lost = len(own) - again.books.node(again.books.key.node).tip.number
    assert lost >= 2
    assert taking_back(again.books, file) == lost
    assert again.books.entries(again.books.key.node, 0, 1000) == own
    assert again.books.node(late.node).status == "enrolled"
    assert again.books.node(late.node).scope == again.books.node(site.node).scope == ("Gulu",)
    assert again.books.node(stolen.node).status == "revoked"
    assert again.books.tip(again.books.key.node) == registry.books.tip(registry.books.key.node)
    assert taking_back(again.books, file) == 0
    before, after = Granting(registry.books), Granting(again.books)
    assert [(one.lo, one.hi, one.node) for one in after.blocks()] == [
        (one.lo, one.hi, one.node) for one in before.blocks()
    ]
    assert after.answer(site.node, BlockRequest(SCHEME, 100, 0)).lo == 1
    assert after.answer(site.node, BlockRequest(SCHEME, 100, 1)).lo == 151
    late.found()
    intake.take(again.books, late.node, wire.squeeze(wire.pack(late.entries)))


def test_a_registry_that_wrote_anew_is_not_made_to_have_two_histories(registry, restored, tmp_path):
    again, own, _late, _stolen = restored
    again.enrol(Site())
    again.enrol(Site())
    again.enrol(Site())
    before = again.books.entries(again.books.key.node, 0, 1000)
    file = exported(tmp_path / "x.chains", (again.books.key.node, own), squeezed=False)
    with pytest.raises(ChainForked):
        taking_back(again.books, file)
    assert again.books.entries(again.books.key.node, 0, 1000) == before
    assert again.books.node(again.books.key.node).status == "enrolled"


def test_what_is_not_the_registrys_own_is_not_believed(restored, tmp_path):
    again, own, _late, _stolen = restored
    changed = [type(one)(one.header, bytes(64), one.facts, one.officer_signatures) for one in own]
    file = exported(tmp_path / "x.chains", (again.books.key.node, changed), squeezed=False)
    size = again.books.head().size
    with pytest.raises(ChainBroken):
        taking_back(again.books, file)
    assert again.books.head().size == size


def test_a_file_that_is_no_export(restored, tmp_path):
    again, own, _late, _stolen = restored
    file = exported(tmp_path / "x.chains.gz", (again.books.key.node, own))
    whole = file.read_bytes()
    for content in (b"", b"noise", MAGIC + b"noise\n", MAGIC + b"C {\n", gzip.compress(b"x")):
        file.write_bytes(content)
        with pytest.raises(MessageUnreadable):
            taking_back(again.books, file)
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises((DiskTrouble, MessageUnreadable)):
        taking_back(again.books, file)
    with pytest.raises(DiskTrouble):
        taking_back(again.books, tmp_path / "nothing")
