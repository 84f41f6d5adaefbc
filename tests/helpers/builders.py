"""Weapons, officers and facts for tests, by what matters to the test."""

from __future__ import annotations

import time

from stockpile.domain import codec, weapons
from stockpile.domain.facts import Draft, Mark, WeaponRegistered
from stockpile.domain.people import Officer
from stockpile.domain.values import NodeId, OfficerId, PlaceId, WeaponId

NODE = NodeId("a" * 16)
WEAPON = WeaponId("0190a000-0000-7000-8000-000000000001")
STORE = PlaceId("0190a000-0000-7000-8000-0000000000f1")
RACK = PlaceId("0190a000-0000-7000-8000-0000000000f2")
YEAR = time.strftime("%y", time.gmtime())
AT = 1_790_000_000_000


def an_officer(*roles, name="A. Mbuyi"):
    return Officer(OfficerId(f"officer-{name}"), name, roles or ("commander",), b"k" * 32)


def recorded(*drafts, node=NODE):
    """Return the drafts as facts of one node, each after the other."""
    stamps = (codec.Stamp(node, n, n, AT + n, 0, None) for n in range(1, len(drafts) + 1))
    salt = b"s" * codec.SALT_LENGTH
    return [codec.encode(one, by, salt).fact for one, by in zip(drafts, stamps, strict=True)]


def a_registration(serial="KB4471902", place=STORE, weapon=WEAPON, **said):
    marks = (Mark("serial", serial, is_identity=True),) if serial else ()
    return Draft(weapon, WeaponRegistered(marks=marks, place=place, **said))


def a_weapon(*then, **said):
    """Return a registered weapon after what each rule in ``then`` decided about it, in turn."""
    drafts = [a_registration(**said)]
    weapon = weapons.folded(WEAPON, recorded(*drafts))
    for rule in then:
        drafts.append(rule(weapon))
        weapon = weapons.folded(WEAPON, recorded(*drafts))
    return weapon


def mark_text(number):
    """Return the text of a mark that is made today in Uganda."""
    return f"UG {YEAR} {number:06d}"
