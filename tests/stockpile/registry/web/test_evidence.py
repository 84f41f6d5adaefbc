"""What is kept beside a chain, on the page: each entry in words, and all of it for a court."""

from __future__ import annotations

import re

import pytest

from stockpile.domain import ledger
from stockpile.registry import acts
from stockpile.registry.sessions import STEPPED_FOR
from stockpile.registry.web import evidence as pages
from tests.helpers.clones import cloned, send
from tests.helpers.exports import INSPECTOR, program
from tests.helpers.sites import a_weapon
from tests.helpers.visitors import VISIT, Browser

ISOLATES = {0x2066: None, 0x2067: None, 0x2068: None, 0x2069: None}
HOSTILE = "<script>document.title='taken'</script>"


@pytest.fixture
def fork(registry):
    return cloned(registry)


def text(answer):
    return answer.text.translate(ISOLATES)


def test_the_list_leads_to_each_entry_page_by_page(open_page, registry, fork, monkeypatch):
    assert f'href="/nodes/{fork.node}/evidence"' in open_page.open(f"/nodes/{fork.node}").text
    monkeypatch.setattr(pages, "_SIZE", 1)
    seen, path = [], f"/nodes/{fork.node}/evidence"
    while path:
        page = open_page.open(path).text
        seen += re.findall(rf'href="/nodes/{fork.node}/evidence/([0-9a-f]+)"', page)
        further = re.search(r'href="([^"]*)" rel="next"', page)
        path = further and further[1]
    assert seen == [fork.kept_hash(3), fork.kept_hash(4)]
    assert open_page.open(f"/nodes/{fork.node}/evidence?after=x'--").status_code == 200
    none = registry.listener()
    page = open_page.open(f"/nodes/{none}/evidence").text
    assert "Nothing is kept beside the chain of this node." in page
    assert "Take the file" not in page


def test_an_entry_is_told_in_words_with_who_signed_it_and_why_it_does_not_count(open_page, fork):
    page = text(open_page.open(f"/nodes/{fork.node}/evidence/{fork.kept_hash(3)}"))
    assert "Entry 3, kept as evidence" in page
    assert "Counts for nothing" in page
    assert "Another entry stands under this number" in page
    assert "Put on record" in page
    assert f"S{fork.weapon('beside-1')}" in page
    assert "Type 56" in page
    assert fork.good_until(3).hash in page  # what stands in its place
    assert fork.good_until(2).hash in page  # what it follows
    assert page.count("Its signature holds") == 2
    assert "It holds, and so does the seal over the facts" in page
    assert "It cannot be accepted by itself" in page
    later = text(open_page.open(f"/nodes/{fork.node}/evidence/{fork.kept_hash(4)}"))
    assert f'href="/nodes/{fork.node}/evidence/{fork.kept_hash(3)}"' in later
    assert "Reject this history" not in later
    assert "Nobody" in later
    row = text(open_page.open("/audit"))
    assert f"evidence {fork.kept_hash(3)}" in row


def test_of_a_long_entry_the_facts_come_page_by_page_and_nothing_hostile_runs(
    open_page, registry, fork, monkeypatch
):
    monkeypatch.setattr(pages, "_FACTS", 2)
    entry = fork.beside.write(*(a_weapon(f"{HOSTILE}{one}") for one in range(3)))
    send(registry, fork.beside, 4)
    path = f"/nodes/{fork.node}/evidence/{ledger.entry_hash(entry.header)}"
    first, second = text(open_page.open(path)), text(open_page.open(f"{path}?after=2"))
    assert "<script>document" not in first + second
    assert re.findall(r"<h3>(\d)\.", first) == ["1", "2"]
    assert re.findall(r"<h3>(\d)\.", second) == ["3"]
    for after in ("x", "99999", "9" * 40, "-1"):
        assert open_page.open(f"{path}?after={after}").status_code == 200
    for digest in ("00" * 32, "x'--", fork.good_until(3).hash, HOSTILE.replace("/", "")):
        answer = open_page.open(f"/nodes/{fork.node}/evidence/{digest}")
        assert answer.status_code == 404, digest
        assert "<script>document" not in answer.text


def test_the_file_for_a_court_is_taken_out_and_written_down(open_page, fork, tmp_path):
    open_page.open(f"/nodes/{fork.node}/evidence")
    answer = open_page.submit(f"/nodes/{fork.node}/evidence/export")
    assert f'filename="evidence-{fork.node}.chains.gz"' in answer.headers["Content-Disposition"]
    file = tmp_path / "evidence.chains.gz"
    file.write_bytes(answer.content)
    moves = program(INSPECTOR).Moves(file)
    moves.prove()
    assert (moves.result()["broken"], moves.result()["beside"]) == ([], 2)
    assert f"evidence {fork.node}" in text(open_page.open("/audit"))
    assert open_page.submit("/nodes/nobody/evidence/export").status_code == 404


def test_an_auditor_takes_it_out_and_decides_nothing_and_an_inspector_neither(
    url, house, registry, amina, fork
):
    first = f"/nodes/{fork.node}/evidence/{fork.kept_hash(3)}"
    for role, status, shown in (("auditor", 200, True), ("inspector", 403, False)):
        person = house.add(f"{role}{fork.node[:6]}", role, amina)
        with Browser(url) as visitor:
            visitor.sign_in(person)
            page = visitor.open(first).text
            assert ("Take the file" in page) is shown, role
            assert "Your roles do not include this." in page
            answer = visitor.submit(f"/nodes/{fork.node}/evidence/export")
            assert answer.status_code == status, role
            assert visitor.submit(f"{first}/reject", reason="x").status_code == 403
    with registry.books.reading() as connection:
        assert acts.waiting(connection, registry.books.key.node) == ()


def test_two_officers_reject_the_other_history(open_page, house, registry, amina, fork):
    path = f"/nodes/{fork.node}/evidence/{fork.kept_hash(3)}"
    open_page.open(path)
    assert open_page.submit(f"{path}/reject", reason=" ").status_code == 400
    second = f"/nodes/{fork.node}/evidence/{fork.kept_hash(4)}"
    open_page.open(second)
    assert open_page.submit(f"{second}/reject", reason="x").status_code == 400
    open_page.open(path)
    page = text(open_page.submit(f"{path}/reject", reason="a clone of the disk"))
    assert "This wants a second officer." in page
    assert "Rejected by two officers" not in text(open_page.open(path))
    assert "a clone of the disk" in text(open_page.open("/confirm"))
    bernard = house.add(f"b{fork.node[:6]}", "commander", amina)
    with registry.books.reading() as connection:
        (waits,) = acts.waiting(connection, registry.books.key.node)
    acts.confirm(registry.books, waits.id, by=bernard.signer(), address=VISIT.address)
    page = text(open_page.open(path))
    assert "Rejected by two officers" in page
    assert "Reject this history" not in page
    cut = text(open_page.open(f"/nodes/{fork.node}/cut?after=2"))
    assert "no entry after the cut is accepted" not in cut


def test_it_wants_the_second_factor_again_before_a_file_leaves(url, amina, registry, fork):
    path = f"/nodes/{fork.node}/evidence"
    with Browser(url) as visitor:
        assert visitor.get(path).url.path == "/sign-in"
        visitor.sign_in(amina)
        registry.clock.at += STEPPED_FOR
        visitor.open(path)
        assert visitor.submit(f"{path}/export").status_code == 403
        visitor.open(path)
        assert visitor.submit(f"{path}/export", digits=amina.digits()).status_code == 200


def test_what_joined_the_chain_is_told_so(open_page, registry, fork):
    registry.enrolment.readmit(fork.node, "the clone was wiped")
    registry.enrolment.revoke(fork.node, "stolen")
    entry = fork.heard.write(a_weapon("late"))
    send(registry, fork.heard, 4)
    path = f"/nodes/{fork.node}/evidence/{ledger.entry_hash(entry.header)}"
    assert "nothing: the chain ends before it" in text(open_page.open(path))
    registry.enrolment.readmit(fork.node, "found in the store room")
    page = text(open_page.open(path))
    assert "Stands in the chain" in page
    assert "It cannot be accepted by itself" not in page
