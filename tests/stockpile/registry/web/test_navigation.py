from __future__ import annotations

from stockpile.domain.people import Officer
from stockpile.registry.web.navigation import SECTIONS, Place, is_within

PLACES = {one.path: one for section in SECTIONS for one in section.places}


def test_who_may_not_use_a_page_is_not_led_there():
    inspector = Officer("o", "I", ("inspector",), b"")
    auditor = Officer("o", "A", ("auditor",), b"")
    registrar = Officer("o", "R", ("registrar",), b"")
    assert not PLACES["/codes"].is_for(auditor)
    assert PLACES["/codes"].is_for(registrar)
    assert PLACES["/audit"].is_for(auditor)
    assert not PLACES["/audit"].is_for(inspector)
    assert PLACES["/nodes"].is_for(inspector)


def test_a_page_below_a_place_belongs_to_it():
    nodes, first = Place("/nodes", "server", str), Place("/", "box", str)
    assert is_within("/nodes/x", nodes)
    assert not is_within("/nodes-of-others", nodes)
    assert is_within("/", first)
    assert not is_within("/nodes", first)
