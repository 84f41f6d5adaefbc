"""The audit log taken out by a browser: as shown, whole, written down, and nothing runs in it."""

from __future__ import annotations

import csv
import io
import json

import pytest

from stockpile.domain import codec
from stockpile.registry import audit, audit_files
from stockpile.registry.web import audit_export
from tests.helpers.visitors import VISIT, Browser

FORMULA = '=HYPERLINK("x")'


@pytest.fixture(scope="module")
def rows(registry, amina):
    """More rows than one portion, some of which a spreadsheet would run."""
    with registry.database.writing() as connection:
        for number in range(audit_export.PORTION + 20):
            about = FORMULA if number % 2 else f'"quoted",\n{number}'
            audit.note(connection, 5, amina.officer, VISIT.address, "searched", about)


@pytest.fixture
def taken(open_page, amina, rows, tmp_path):
    def take(**fields):
        open_page.open("/audit")
        answer = open_page.submit("/audit/export", digits=amina.digits(), **fields)
        assert answer.status_code == 200, answer.text[-500:]
        file = tmp_path / "audit"
        file.write_bytes(answer.content)
        return answer, file

    return take


def lines(registry, **said):
    with registry.database.reading() as connection:
        return audit.lines(connection, limit=10_000, **said)[::-1]


def test_every_row_is_taken_out_as_json_and_its_own_hash_proves_it(taken, registry):
    answer, file = taken(form="jsonl")
    assert answer.headers["content-disposition"].endswith('"audit.jsonl"')
    *told, last = map(json.loads, file.read_text("utf-8").splitlines())
    end = audit_files.checked(file)
    assert last["end"]["sha256"] == end.sha256
    assert (end.rows, end.registry) == (len(told), registry.books.key.node)
    hashed = ""
    for row in told:
        names = ("row", "at", "officer", "address", "act", "about")
        hashed = codec.digest(codec.canonical([hashed, *(row[name] for name in names)]))
        assert row["hash"] == hashed
    assert (end.number, end.hash) == (told[-1]["row"], hashed)


def test_the_export_is_itself_a_row_and_the_last_one_of_the_file(taken, registry, amina):
    _answer, file = taken(form="jsonl", act="exported")
    *told, _last = map(json.loads, file.read_text("utf-8").splitlines())
    assert told[-1]["about"] == "audit jsonl act=exported"
    assert told[-1]["officer"] == amina.officer
    assert told[-1]["name"] == "Col. Amina Otieno"


def test_the_table_holds_what_the_page_shows_and_nothing_runs(taken, registry, amina):
    _answer, file = taken(act="searched", officer=amina.officer)
    end = audit_files.checked(file)
    assert (end.act, end.officer) == ("searched", amina.officer)
    heads, *told, last = csv.reader(io.StringIO(file.read_text("utf-8-sig")))
    assert heads[:3] == ["Row", "When", "Who"]
    shown = lines(registry, act="searched", officer=amina.officer)
    assert [row[0] for row in told] == [str(one.number) for one in shown]
    assert len(told) == end.rows > audit_export.PORTION
    assert {row[5] for row in told} >= {f"'{FORMULA}", '"quoted",\n0'}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in [*told, last] for cell in row)


def test_the_second_factor_is_asked_for_and_nothing_leaves_without_it(url, amina, rows, registry):
    with Browser(url) as visitor:
        visitor.sign_in(amina)
        registry.clock.at += 6 * 60_000
        before = len(lines(registry, act="exported"))
        visitor.open("/audit")
        assert visitor.submit("/audit/export").status_code == 403
        visitor.open("/audit")
        refused = visitor.submit("/audit/export", digits="000000")
        assert refused.status_code == 403
        assert "attachment" not in refused.headers.get("content-disposition", "")
        assert len(lines(registry, act="exported")) == before


def test_who_may_not_read_it_takes_nothing_out(url, house, amina, rows):
    inspector = house.add("ivan", "inspector", amina)
    with Browser(url) as visitor:
        visitor.sign_in(inspector)
        visitor.open("/weapons")
        assert visitor.submit("/audit/export", digits=inspector.digits()).status_code == 403


def test_words_that_are_none(open_page, amina, rows, taken):
    _answer, file = taken(act="' OR '1'='1", form="exe", officer="nobody")
    assert (audit_files.checked(file).rows, audit_files.checked(file).act) == (0, "")
    for officer in ("a\nend", "x" * 65, "\u2066a"):
        open_page.open("/audit")
        wrong = open_page.submit("/audit/export", digits=amina.digits(), officer=officer)
        assert wrong.status_code == 400, officer
