"""find and show."""

from __future__ import annotations

import json

import pytest

from tests.helpers.commands import INIT, Shell


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    shell = Shell(tmp_path_factory.mktemp("cli") / "home")
    shell.ok(*INIT)
    for serial, model in (("KB 4471902", "AKM"), ("KB 4471903", "AKM"), ("77-Q", "M70")):
        shell.ok("register", "--type", "ASR", "--model", model, "--serial", serial)
    return shell


def test_the_best_comes_first_with_its_reason(shell):
    hits = shell.ok("find", "KB4471902")
    assert (hits[0]["serial"], hits[0]["why"]) == ("KB 4471902", "serial")
    assert {"id", "number", "score", "why"} <= hits[0].keys()
    assert [one["serial"] for one in shell.ok("find", "M70")] == ["77-Q"]
    assert shell.ok("find", "KB", "--limit", "1") != []


def test_a_batch_answers_a_line_for_each_query_in_order(shell, tmp_path):
    queries = tmp_path / "queries.txt"
    queries.write_text("77Q\nnothing at all\nKB4471903\n", "utf-8")
    said = shell.run("find", "--batch", queries)
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert [one["query"] for one in lines] == ["77Q", "nothing at all", "KB4471903"]
    assert [len(one["hits"]) > 0 for one in lines] == [True, False, True]
    assert all(one["ms"] >= 0 for one in lines)


def test_a_missing_query_file_is_unreadable_input(shell, tmp_path):
    said = shell.run("find", "--batch", tmp_path / "no.txt")
    assert (said.code, said.error["error"]) == (2, "FileUnreadable")


def test_without_json_a_person_reads_a_table(shell):
    done = shell.aside("find", "77-Q")
    head, line = done.stdout.splitlines()
    assert head.split()[:2] == ["Number", "Serial"]
    assert "77-Q" in line
