from __future__ import annotations

import pytest

from stockpile.domain.facts import BlockGranted, Draft
from stockpile.domain.schemes import draws_number
from stockpile.domain.seed_schemes import SEED_SCHEMES
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.intake import checked
from tests.helpers.sites import Site

SCHEME = next(id_ for id_, body in SEED_SCHEMES if draws_number(body))


@pytest.fixture(scope="module")
def site(registry):
    made = Site()
    code = Enrolment(registry.books).make_code("Kampala", "KLA")
    Enrolment(registry.books).enrol(made.keys.request(code))
    made.found_with_officers()
    for id_, body in SEED_SCHEMES:
        made.write(Draft(id_, body))
    registry.books.take(made.node, tuple(checked(made.entries, made.node, made.keys.public_key)))
    return made


def test_numbers_are_granted_and_signed_for(open_page, registry, amina, site):
    open_page.open("/numbers")
    page = open_page.submit(
        "/numbers", node=site.node, scheme=SCHEME, count="500", until="2027-06-30"
    )
    assert page.status_code == 200
    assert "2027-06-30" in page.text
    facts = [
        one for entry in registry.books.entries(registry.books.key.node, 0, 1000)
        for one in entry.facts if b"block.granted" in one
    ]  # fmt: skip
    assert amina.officer.encode() in facts[0]
    assert BlockGranted.__name__


def test_what_cannot_be_granted_says_why(open_page, site):
    told = {"node": site.node, "scheme": SCHEME, "count": "5", "until": ""}
    for changed in (
        {"count": "0"}, {"count": "-1"}, {"count": "9" * 30}, {"count": "x"}, {"count": "１２"},
        {"until": "tomorrow"}, {"until": "9999-12-31"}, {"node": "nobody"}, {"scheme": "none"},
        {"scheme": "\0"}, {"node": "' OR 1=1"},
    ):  # fmt: skip
        open_page.open("/numbers")
        answer = open_page.submit("/numbers", **{**told, **changed})
        assert (answer.status_code, 'role="alert"' in answer.text) in ((400, True), (404, True)), (
            changed
        )


def test_blocks_of_one_node(open_page, site):
    assert site.node in open_page.open(f"/numbers?node={site.node}").text
    assert open_page.open("/numbers?node=' OR 1=1").status_code == 200
