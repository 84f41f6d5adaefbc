"""A node is cut off after one of its entries, on the page: looked at first, then signed."""

from __future__ import annotations

import pytest

from stockpile.domain.authority_files import read_statement, statement_bytes
from stockpile.domain.errors import WeaponUnknown
from stockpile.registry.sessions import STEPPED_FOR
from stockpile.registry.statements import Statements
from tests.helpers.clones import cloned, send
from tests.helpers.officials import officials, roots_of, signed
from tests.helpers.sites import a_weapon
from tests.helpers.visitors import Browser

ISOLATES = {0x2066: None, 0x2067: None, 0x2068: None, 0x2069: None}


@pytest.fixture
def fork(registry):
    return cloned(registry)


def text(answer):
    return answer.text.translate(ISOLATES)


def is_known(registry, fork, weapon):
    try:
        return bool(registry.books.weapon(fork.weapon(weapon)))
    except WeaponUnknown:
        return False


def test_from_the_two_histories_one_is_led_to_what_a_cut_means(open_page, registry, fork):
    page = text(open_page.open(f"/nodes/{fork.node}"))
    assert f'href="/nodes/{fork.node}/cut?after=2"' in page
    assert f'href="/nodes/{fork.node}/cut?after=4"' in page
    assert "3 to 4 (3 facts)" in page
    assert "3 to 4 (2 facts)" in page
    said = text(open_page.open(f"/nodes/{fork.node}/cut?after=2"))
    assert "Cut off after entry 2" in said
    assert "What stands after it (2 entries, 3 facts) counts no more" in said
    assert "2 entries are kept beside the chain" in said
    assert "no entry after the cut is accepted" in said
    assert fork.good_until(2).hash in said
    leaves = said[said.index("What would count no more") :]
    assert all(f"S{fork.weapon(f'heard-{one}')}" in leaves for one in (1, 2, 3))
    assert f"S{fork.weapon('shared')}" not in leaves
    assert registry.books.node(fork.node).status == "quarantined"  # nothing was signed


def test_what_was_looked_at_is_signed_and_leaves_the_register(open_page, registry, amina, fork):
    path = f"/nodes/{fork.node}/cut"
    open_page.open(f"{path}?after=2")
    good = fork.good_until(2).hash
    for after, digest, reason, status in (
        ("2", good, " ", 400),
        ("2", fork.good_until(3).hash, "cloned", 400),
        ("2", fork.kept_hash(3), "cloned", 400),
        ("2", "", "cloned", 400),
        ("9", good, "cloned", 400),
        ("x", good, "cloned", 400),
    ):
        answer = open_page.submit(path, after=after, digest=digest, reason=reason)
        assert answer.status_code == status, (after, digest, reason)
        open_page.open(f"{path}?after=2")
    assert registry.books.node(fork.node).status == "quarantined"
    assert is_known(registry, fork, "heard-1")
    page = text(open_page.submit(path, after="2", digest=good, reason="the disk was cloned"))
    assert registry.books.node(fork.node).status == "revoked"
    assert "after entry 2" in page
    assert not any(is_known(registry, fork, f"heard-{one}") for one in (1, 2, 3))
    assert is_known(registry, fork, "shared")
    said = registry.books.history(fork.node)[-1]
    assert (said.by, said.body.number, said.body.digest, said.body.reason) == (
        amina.officer, 2, good, "the disk was cloned",
    )  # fmt: skip
    assert "Revoked a node" in open_page.open("/audit").text
    assert "cut off just there already" in open_page.open(f"{path}?after=2").text
    moved = text(open_page.open(f"{path}?after=3"))
    assert "It is cut off after entry 2 at present." in moved
    assert "1 of them, which stands after the cut of today, counts again." in moved
    open_page.submit(path, after="3", digest=fork.good_until(3).hash, reason="that was theirs")
    assert is_known(registry, fork, "heard-1")
    assert not is_known(registry, fork, "heard-2")


def test_it_is_of_use_where_there_is_one_history_too_and_before_the_first_entry(
    open_page, registry, fork
):
    registry.enrolment.readmit(fork.node, "the clone was wiped")
    assert 'action="/nodes/' in open_page.open(f"/nodes/{fork.node}").text
    path = f"/nodes/{fork.node}/cut"
    page = text(open_page.open(f"{path}?after=0"))
    assert "Cut off before the first entry" in page
    open_page.submit(path, after="0", digest="0" * 64, reason="never ours")
    assert "before its first entry" in text(open_page.open(f"/nodes/{fork.node}"))
    assert not is_known(registry, fork, "shared")


def test_an_entry_that_is_none_is_said_in_a_sentence(open_page, registry, fork):
    for after in ("", "x", "-1", "5", "9" * 30, "%00"):
        answer = open_page.open(f"/nodes/{fork.node}/cut?after={after}")
        assert answer.status_code == 400, after
    for node in (registry.books.key.node, "nobody"):
        assert open_page.open(f"/nodes/{node}/cut?after=0").status_code == 404


def test_who_does_not_decide_looks_and_signs_nothing(url, house, registry, amina, fork):
    reader = house.add(f"reader{fork.node[:6]}", "auditor", amina)
    with Browser(url) as visitor:
        visitor.sign_in(reader)
        page = visitor.open(f"/nodes/{fork.node}/cut?after=2").text
        assert "Your roles do not include this." in page
        said = {"after": "2", "digest": fork.good_until(2).hash, "reason": "x"}
        assert visitor.submit(f"/nodes/{fork.node}/cut", **said).status_code == 403
        assert visitor.submit(f"/nodes/{fork.node}/statement", **said).status_code == 403
    assert registry.books.node(fork.node).status == "quarantined"


def test_what_comes_after_the_cut_is_refused_and_kept(open_page, registry, fork):
    path, good = f"/nodes/{fork.node}/cut", fork.good_until(2).hash
    open_page.open(f"{path}?after=2")
    open_page.submit(path, after="2", digest=good, reason="cloned")
    fork.heard.write(a_weapon("late"))
    send(registry, fork.heard, 4)
    page = text(open_page.open(f"/nodes/{fork.node}/evidence"))
    assert "Sent after it was revoked" in page


def test_it_wants_the_second_factor_and_the_page_s_own_form(url, amina, registry, fork):
    said = {"after": "2", "digest": fork.good_until(2).hash, "reason": "x"}
    path = f"/nodes/{fork.node}/cut"
    with Browser(url) as visitor:
        assert visitor.get(f"{path}?after=2").url.path == "/sign-in"
        visitor.sign_in(amina)
        assert visitor.post(path, data={"csrf": "0" * 64, **said}).status_code == 403
        registry.clock.at += STEPPED_FOR  # the digits were typed long ago
        visitor.open(f"{path}?after=2")
        answer = visitor.submit(path, **said)
        assert answer.status_code == 403
        assert registry.books.node(fork.node).status == "quarantined"
        visitor.open(f"{path}?after=2")
        assert visitor.submit(path, digits=amina.digits(), **said).status_code == 200
    assert registry.books.node(fork.node).status == "revoked"


def test_where_officials_keys_are_set_the_page_gives_their_statement(
    open_page, registry, amina, fork
):
    keepers = officials()
    Statements(registry.books).publish(signed(roots_of(keepers), *keepers))
    path, good = f"/nodes/{fork.node}/cut", fork.good_until(2).hash
    page = text(open_page.open(f"{path}?after=2"))
    assert "Two officials sign it" in page
    assert "Cut it off here" not in page
    digits = amina.digits()
    alone = open_page.submit(path, after="2", digest=good, reason="cloned", digits=digits)
    assert alone.status_code == 400
    assert "signatures of 2 keys" in text(alone)
    assert registry.books.node(fork.node).status == "quarantined"
    where = f"/nodes/{fork.node}/statement"
    open_page.open(f"{path}?after=2")
    assert open_page.submit(where, after="2", digest=good, reason="").status_code == 400
    open_page.open(f"{path}?after=2")
    answer = open_page.submit(where, after="2", digest=good, reason="cloned")
    assert 'filename="revoke-2.statement"' in answer.headers["Content-Disposition"]
    said = signed(read_statement(answer.content, "x"), *keepers[:2])
    open_page.open("/nodes")
    files = {"statement": ("signed", statement_bytes(said))}
    open_page.post("/statements", data={"csrf": open_page.token()}, files=files)
    assert registry.books.node(fork.node).status == "revoked"
    assert not is_known(registry, fork, "heard-1")
