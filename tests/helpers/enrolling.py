"""Enrolment by stick: a registry, its officials, and the files that go between."""

from __future__ import annotations

from stockpile.app.authority_room import locked_for
from stockpile.domain import authority_files
from stockpile.registry.statements import Statements
from stockpile.services.ports import AuthorityKey
from tests.helpers.officials import enrolment_key, officials, roots_of, signed

ONE, TWO, THREE = KEEPERS = officials()
(CLERK,) = officials("Ssebo")
CLERKS_KEY = AuthorityKey(CLERK.name, CLERK.public_key, CLERK.sign)


def with_authority(registry) -> Statements:
    """Set three officials' keys and name one that enrols."""
    desk = Statements(registry.books)
    desk.publish(signed(roots_of(KEEPERS), ONE, TWO))
    desk.publish(signed(enrolment_key(CLERK), TWO, THREE))
    return desk


def certified_by(registry, request_file, file, *, url="", **said):
    """Let the registry's machine certify a request, as its command does."""
    request = authority_files.read_request(request_file.read_bytes(), str(request_file))
    made = registry.enrolment.certify(request, **said)
    brought = registry.enrolment.brought(made, url)
    locked = locked_for(authority_files.certificate_inside(brought), request.public_key)
    file.write_bytes(authority_files.certificate_bytes(request.node, locked))
    return made


def enrolled_by_file(house, registry, folder, *, url=""):
    """Enrol a house with a registry by stick."""
    desk = house.stockpile.enrolling
    desk.request(folder / "asks.request", "Kampala", "KLA", by=house.officer)
    certified_by(registry, folder / "asks.request", folder / "in.certificate", url=url)
    offer = desk.open(folder / "in.certificate")
    return desk.take(offer, offer.words, by=house.officer)
