"""What comes by stick or is kept as a file, mangled: hot lists, dossiers, results, the authority's.

Whoever has a key can sign what no program would write. So what stands under a signature is mangled
first and signed then, as well as after.
"""

from __future__ import annotations

import dataclasses
import json

from stockpile.domain import authority_files, codec, hot_list, inspections, wire
from stockpile.domain.authority_files import Brought
from stockpile.domain.errors import (
    CourierForged,
    HotListForged,
    InspectionUnproved,
    MessageUnreadable,
    StatementDamaged,
)
from stockpile.domain.facts import NodeCertified, NodeRevoked
from stockpile.domain.hot_list import HotListHead
from stockpile.domain.values import Digest
from tests.helpers.mangling import demand_named
from tests.helpers.officials import enrolment_key, officials, roots_of, signed
from tests.helpers.sites import Site, SiteKeys, a_weapon
from tests.stockpile.domain import test_inspections as inspected
from tests.stockpile.domain import test_photo_courier as photographed

KEYS, NODE = SiteKeys(b"r" * 32), SiteKeys(b"n" * 32)
SALT = b"s" * 16
KEEPERS = officials()
CERTIFIED = NodeCertified(NODE.node, NODE.public_key.hex(), "Kampala", "KLA", ("KLA",))
REVOKED = NodeRevoked(NODE.node, 7, Digest("ab" * 32), "stolen")


def a_hot_list(texts):
    head = HotListHead(1, KEYS.node, 7, 1, SALT, 2, 1, 0, b"")
    return hot_list.made(head, [hot_list.key_of(one, SALT, 2) for one in texts], KEYS.sign)


HOT_LISTS = (a_hot_list([]), a_hot_list(["c:A", "s:KB1", "m:KB1|IZHM"]))


def test_a_hot_list_is_refused_by_name_whatever_was_done_to_it():
    demand_named(lambda raw: hot_list.opened(raw, KEYS.public_key), HOT_LISTS, HotListForged)
    demand_named(hot_list.read_head, HOT_LISTS, HotListForged)


def test_a_hot_list_that_the_registry_itself_signed_wrongly_is_refused_by_name():
    """Its words are mangled under its signature: its head, and what unfolds from its body."""

    def signed_anew(head, body):
        said = wire.decode(head, HotListHead)
        said = dataclasses.replace(said, digest=hot_list.hashlib.sha256(body).digest())
        plain = hot_list._signed_part(dataclasses.replace(said, signature=b""))
        return wire.encode(dataclasses.replace(said, signature=KEYS.sign(plain))) + b"\n" + body

    def read_words(raw):
        head = HOT_LISTS[1].partition(b"\n")[0]
        opened = hot_list.opened(signed_anew(head, wire.squeeze(raw)), KEYS.public_key)
        opened.names("c:A")

    heads = [one.partition(b"\n")[0] + b"\n" for one in HOT_LISTS]
    small = wire.unfold(HOT_LISTS[1].partition(b"\n")[2], 1 << 20)
    demand_named(read_words, [small], HotListForged, times=100)

    def read_head(raw):
        body = HOT_LISTS[1].partition(b"\n")[2]
        hot_list.opened(signed_anew(raw.rstrip(b"\n"), body), KEYS.public_key)

    demand_named(read_head, heads[1:], HotListForged, MessageUnreadable, times=200)


DOSSIER = inspections.written(inspected.sealed())
RESULTS = (
    inspected.in_file(inspected.signed()),
    inspected.in_file(inspected.signed(findings=("found",))),
)


def test_a_dossier_and_a_result_are_refused_by_name_whatever_was_done_to_them():
    demand_named(lambda raw: inspections.read_dossier(raw, "f"), [DOSSIER], InspectionUnproved)
    demand_named(lambda raw: inspections.read_result(raw, "f"), RESULTS, InspectionUnproved)


def test_what_a_node_or_an_inspector_signed_as_no_program_does_is_refused_by_name():
    """Mangled first and signed then, wherever enough of it is left to be signed."""

    def signed_anew(raw, key, message_of):
        try:
            said = json.loads(raw)
            said["signature"] = key.sign(message_of(said)).signature.hex()
            return codec.canonical(said) + b"\n"
        except (ValueError, TypeError, LookupError, RecursionError):
            return raw

    def dossier(raw):
        def message_of(said):
            plain = {key: one for key, one in said.items() if key != "signature"}
            return inspections._DOSSIER + codec.canonical(plain)

        inspections.read_dossier(signed_anew(raw, inspected.NODE, message_of), "f")

    def result(raw):
        def message_of(said):
            return inspections.message(codec.read_body("inspection.signed", codec.canonical(said)))

        try:
            made = signed_anew(raw, inspected.INSPECTOR, message_of)
        except codec.FactUnreadable:
            made = raw
        read = inspections.read_result(made, "f")
        inspections.demand_of_dossier(read, inspected.sealed(), inspected.WEAPONS, "f")

    demand_named(dossier, [DOSSIER], InspectionUnproved)
    demand_named(result, RESULTS[:1], InspectionUnproved)


STATEMENTS = [
    authority_files.statement_bytes(one)
    for one in (
        signed(roots_of(KEEPERS), *KEEPERS[:2]), enrolment_key(KEEPERS[2]),
        signed(REVOKED, KEEPERS[0]), CERTIFIED,
    )
]  # fmt: skip
REQUEST = authority_files.request_bytes(NODE.node, NODE.public_key, "Kampala", "KLA", NODE.sign)


def test_a_statement_and_a_request_are_refused_by_name_whatever_was_done_to_them():
    demand_named(lambda raw: authority_files.read_statement(raw, "f"), STATEMENTS, StatementDamaged)
    demand_named(lambda raw: authority_files.read_request(raw, "f"), [REQUEST], StatementDamaged)


def brought():
    registry = Site(SiteKeys(b"r" * 32))
    registry.found()
    registry.write(a_weapon("w1"), a_weapon("w2"))
    return Brought(CERTIFIED, registry.keys.public_key, "https://x", tuple(registry.entries))


def test_a_certificate_is_refused_by_name_outside_and_inside_whatever_was_done_to_it():
    inside = authority_files.certificate_inside(brought())
    plain = wire.unfold(inside)
    whole = authority_files.certificate_bytes(NODE.node, inside)

    def read_whole(raw):
        authority_files.read_inside(authority_files.read_envelope(raw, "f")[1], "f")

    def read_plain(raw):
        made = authority_files.read_inside(wire.squeeze(raw), "f")
        authority_files.proved(made, "f")

    demand_named(read_whole, [whole], StatementDamaged)
    demand_named(read_plain, [plain], StatementDamaged)


def test_a_list_of_photos_is_refused_by_name_whatever_was_done_to_it():
    manifest, listed = photographed.MANIFEST, photographed.LISTED

    def read(raw):
        photo_courier = photographed.photo_courier
        photo_courier.read_list(wire.squeeze(raw), manifest, "f")

    demand_named(read, [wire.encode(listed)], CourierForged)
    demand_named(photographed.read, [photographed.whole()], CourierForged)
