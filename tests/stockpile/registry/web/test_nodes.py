from __future__ import annotations

import html
import re

import pytest

from stockpile.domain import ledger
from stockpile.domain.authority_files import statement_bytes
from stockpile.domain.errors import ChainForked
from stockpile.domain.facts import ClockObserved, Draft, NodeRevoked
from stockpile.language import plain
from stockpile.registry import second_histories
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.intake import checked
from stockpile.registry.statements import Statements
from stockpile.registry.web import nodes
from tests.helpers.officials import officials, roots_of, signed
from tests.helpers.sites import Site, a_weapon
from tests.helpers.visitors import Browser

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def site(registry):
    made = Site()
    code = Enrolment(registry.books).make_code(HOSTILE, "<b>KLA</b>")
    Enrolment(registry.books).enrol(made.keys.request(code))
    made.found_with_officers()
    batch = tuple(checked(made.entries, made.node, made.keys.public_key))
    registry.books.take(made.node, batch)
    return made


def test_a_hostile_name_is_only_text(open_page, site):
    for path in ("/", "/nodes", f"/nodes/{site.node}", "/codes", "/numbers"):
        page = open_page.open(path).text
        assert "<script" not in page, path
        assert "<img" not in page
        assert "<b>KLA" not in page
    assert "&lt;script&gt;" in open_page.open("/nodes").text


def test_a_node_tells_its_last_word(open_page, site):
    page = open_page.open(f"/nodes/{site.node}").text
    assert site.tip.hash in page
    assert "Trusted" in page
    assert "Revoke this node" in page


@pytest.mark.parametrize(
    ("offset", "words"),
    [
        (None, "No difference reported"),
        (-7, "Agrees with the registry's"),
        (999, "Agrees with the registry's"),
        (-1_000, "1 second ahead of the registry's"),
        (240_000, "4 minutes behind the registry's"),
        (-90 * 86_400_000, "90 d 0 h ahead of the registry's"),
        (2**53 - 1, "104249991 d 8 h behind the registry's"),
    ],
)
def test_how_a_clock_stands_is_said_as_people_say_it(offset, words):
    assert plain(nodes.clock_words(offset)) == words


def test_a_node_s_page_says_how_its_clock_is_compared(open_page, registry, site):
    page = html.unescape(open_page.open(f"/nodes/{site.node}").text)
    assert "No difference reported" in page
    assert "compared at each exchange" in page
    site.write(Draft(site.node, ClockObserved(-7, "registry")))
    batch = tuple(checked(site.entries, site.node, site.keys.public_key))
    registry.books.take(site.node, batch)
    page = html.unescape(open_page.open(f"/nodes/{site.node}").text)
    assert "Agrees with the registry's" in page


def test_nodes_are_found_by_name_and_state(open_page, site):
    assert site.node in open_page.open("/nodes?text=kla").text
    assert site.node not in open_page.open("/nodes?text=zzz").text
    assert site.node not in open_page.open("/nodes?show=untrusted").text


def test_many_nodes_are_read_page_by_page(open_page, registry, site, monkeypatch):
    monkeypatch.setattr(nodes, "_SIZE", 1)
    seen, path = [], "/nodes"
    while path:
        page = open_page.open(path).text
        seen += re.findall(r'<th scope="row"><a href="/nodes/([a-z0-9]+)"', page)
        further = re.search(r'href="([^"]*)" rel="next"', page)
        path = further and html.unescape(further[1])
    others = {one.node for one in registry.books.nodes()} - {registry.books.key.node}
    assert len(seen) == len(others)
    assert set(seen) == others


def test_a_node_is_revoked_with_a_reason_and_signed_for(open_page, registry, amina, site):
    path = f"/nodes/{site.node}"
    open_page.open(path)
    assert open_page.submit(f"{path}/revoke", reason=" ").status_code == 400
    open_page.open(path)
    page = open_page.submit(f"{path}/revoke", reason="stolen on the road").text
    assert "Revoked" in page
    (fact,) = [
        one
        for one in registry.books.history(site.node)
        if one.body.__class__.__name__ == "NodeRevoked"
    ]
    assert (fact.by, fact.body.reason) == (amina.officer, "stolen on the road")
    assert "Trust this node again" in page
    assert "Trusted" in open_page.submit(f"{path}/readmit", reason="found").text


def test_what_a_node_is_told_of_is_chosen_and_signed_for(open_page, registry, amina, site):
    other = Site()
    code = Enrolment(registry.books).make_code("Gulu", "GUL")
    Enrolment(registry.books).enrol(other.keys.request(code))
    path = f"/nodes/{site.node}"
    page = open_page.open(path).text
    assert 'value="GUL">' in page
    assert re.search(r'value="[^"]*KLA[^"]*" checked', page)
    assert open_page.submit(f"{path}/scope").status_code == 400
    open_page.open(path)
    page = open_page.submit(f"{path}/scope", scope=["GUL", "<b>KLA</b>"]).text
    assert registry.books.node(site.node).scope == ("<b>KLA</b>", "GUL")
    assert 'value="GUL" checked' in page
    assert "<b>KLA</b>" not in page
    fact = registry.books.history(site.node)[-1]
    assert (fact.by, fact.body.scope) == (amina.officer, ("<b>KLA</b>", "GUL"))
    open_page.submit(f"{path}/scope", scope="*")
    assert registry.books.node(site.node).scope == ()


def test_the_registry_itself_is_not_revoked_nor_a_node_that_there_is_not(open_page, registry):
    own = registry.books.key.node
    open_page.open("/nodes")
    assert open_page.submit(f"/nodes/{own}/revoke", reason="x").status_code in (400, 404)
    assert open_page.open("/nodes/x'%20OR%201=1").status_code == 404
    assert open_page.open("/nodes/%00").status_code == 400


def test_who_only_reads_revokes_nothing(url, house, amina, site):
    reader = house.add("eve", "auditor", amina)
    with Browser(url) as visitor:
        visitor.sign_in(reader)
        page = visitor.open(f"/nodes/{site.node}").text
        assert "Revoke this node" not in page
        answer = visitor.submit(f"/nodes/{site.node}/revoke", reason="x")
        assert answer.status_code == 403
    assert house.registry.books.node(site.node).status == "enrolled"


@pytest.fixture
def cloned(registry):
    """A computer of which a clone wrote on: set apart, both histories are kept."""
    made = Site()
    code = Enrolment(registry.books).make_code("Gulu depot", "Gulu")
    Enrolment(registry.books).enrol(made.keys.request(code))
    made.found_with_officers()
    clone = made.copy()
    made.write(a_weapon("of the computer"))
    clone.write(a_weapon("of the clone", model="Type 56"))
    keys = made.keys
    registry.books.take(made.node, tuple(checked(made.entries, made.node, keys.public_key)))
    with pytest.raises(ChainForked):
        registry.books.take(made.node, tuple(checked(clone.entries, made.node, keys.public_key)))
    return made


def test_both_histories_of_a_cloned_computer_are_shown_and_one_form_decides(
    open_page, registry, cloned
):
    path = f"/nodes/{cloned.node}"
    room = open_page.open("/conflicts").text
    card = re.search(r'href="(/conflicts/[^"?]+)', room)[1]
    assert f'href="{path}#histories"' in open_page.open(card).text
    page = open_page.open(path).text
    assert "In its chain, from entry" in page
    assert "Kept beside it, from entry" in page
    assert "two officials revoke this computer after that entry" in page
    assert ledger.entry_hash(cloned.entries[0].header) in page
    assert page.index("Sof the computer") < page.index("Sof the clone")  # by what is stamped on it
    assert open_page.submit(f"{path}/readmit", reason="the clone was wiped").status_code == 200
    assert registry.books.node(cloned.node).status == "enrolled"
    assert card not in open_page.open("/conflicts").text


def test_where_they_part_is_no_choice_as_long_as_the_entry_before_is_not_held(open_page, registry):
    ahead = Site()
    code = Enrolment(registry.books).make_code("Lira depot", "Lira")
    Enrolment(registry.books).enrol(ahead.keys.request(code))
    ahead.found_with_officers()
    clone = ahead.copy()
    ahead.fill(2)
    clone.fill(2, weapons=2)
    second_histories.take(registry.books, [*ahead.entries[1:], *clone.entries[1:]])
    page = open_page.open(f"/nodes/{ahead.node}").text
    assert page.count("Kept beside it, from entry") == 2
    assert "Cut it off where they part" not in page
    assert "Cut it off at its end" in page


def test_more_than_is_told_is_named(open_page, cloned, monkeypatch):
    assert "More is kept beside" not in open_page.open(f"/nodes/{cloned.node}").text
    monkeypatch.setattr(nodes, "MOST", 0)
    assert "More is kept beside" in open_page.open(f"/nodes/{cloned.node}").text


def test_a_cloned_computer_may_be_kept_closed(open_page, registry, cloned):
    path = f"/nodes/{cloned.node}"
    page = open_page.open(path).text
    assert f'formaction="{path}/revoke"' in page
    assert open_page.submit(f"{path}/revoke", reason="both may be used").status_code == 200
    assert registry.books.node(cloned.node).status == "revoked"
    assert "Kept beside it, from entry" in open_page.open(path).text


@pytest.fixture
def roots(registry):
    """Three officials whose offline keys are set from now on."""
    keepers = officials()
    Statements(registry.books).publish(signed(roots_of(keepers), *keepers))
    return keepers


def test_where_officials_keys_are_set_two_of_them_revoke(open_page, registry, site, roots):
    path = f"/nodes/{site.node}"
    open_page.open(path)
    alone = open_page.submit(f"{path}/revoke", reason="stolen")
    assert (alone.status_code, 'role="alert"' in alone.text) == (400, True)
    assert registry.books.node(site.node).status == "enrolled"
    said = NodeRevoked(site.node, site.tip.number, site.tip.hash, "stolen")
    for statement, status in (
        (b"not a statement", 400),
        (statement_bytes(signed(said, roots[0])), 400),
        (statement_bytes(signed(said, *roots[:2])), 200),
    ):
        word = {"csrf": open_page.token()}
        files = {"statement": ("revoked.json", statement)}
        answer = open_page.post("/statements", data=word, files=files)
        assert answer.status_code == status, statement
        open_page.open("/nodes")
    assert registry.books.node(site.node).status == "revoked"
