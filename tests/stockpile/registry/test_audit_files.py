"""A file of the audit log: what it takes for one to be believed."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from stockpile.domain.errors import AuditExportWrong, DiskTrouble
from stockpile.registry import audit_files
from stockpile.registry.keys import RegistryKey

KEY, OTHER = RegistryKey(bytes(range(32))), RegistryKey(bytes(32))
ROWS = [[b"one\n", b"two\n"], [b"three\n"]]
FORMS = ("csv", "jsonl")


def begun(key=KEY, officer="o-1"):
    return audit_files.begun(key, 5, officer, "searched", (7, "ab" * 32))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "audit"


def written(file, form, key=KEY, **said):
    file.write_bytes(b"".join(audit_files.whole(form, [b"head\n"], ROWS, begun(key, **said), key)))
    return file


@pytest.mark.parametrize("form", FORMS)
def test_what_was_written_is_proved_by_its_last_line_and_by_sha256sum(form, tmp_path):
    file = written(tmp_path / form, form)
    end = audit_files.checked(file)
    assert (end.rows, end.registry, end.officer, end.act) == (3, KEY.node, "o-1", "searched")
    assert (end.number, end.hash, end.at) == (7, "ab" * 32, 5)
    assert end.sha256 == hashlib.sha256(b"head\none\ntwo\nthree\n").hexdigest()


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_was_cut_changed_or_added_to_is_none(form, tmp_path):
    file = written(tmp_path / form, form)
    good = file.read_bytes()
    *lines, last = good.splitlines(keepends=True)
    for wrong in (
        b"", good.replace(b"two", b"tvo"), b"".join(lines), good + b"more\n",
        b"".join([*lines[:2], last]), b"".join([lines[1], lines[0], *lines[2:], last]),
        last, good.replace(b"o-1", b"o-2"), good.replace(b"searched", b""), b"\xff\n" + last,
        good + last, b"{\n", b"end,rows\n", b"end\n", b'"end\n', b'{"end": {}}\n',
    ):  # fmt: skip
        file.write_bytes(wrong)
        with pytest.raises(AuditExportWrong):
            audit_files.checked(file)


def test_only_the_last_line_feed_may_be_missing(tmp_path):
    for form in FORMS:
        file = written(tmp_path / form, form)
        file.write_bytes(file.read_bytes()[:-1])
        assert audit_files.checked(file).rows == 3


@pytest.mark.parametrize("form", FORMS)
def test_another_key_signs_for_no_registry_but_its_own(form, tmp_path):
    file = written(tmp_path / form, form, key=OTHER)
    end = audit_files.checked(file)
    assert end.registry == OTHER.node
    forged = msgspec.structs.replace(end, registry=KEY.node, signature="")
    signed = msgspec.structs.replace(forged, signature=OTHER.sign(forged.message).hex())
    *lines, _last = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*lines, audit_files._LINES[form](signed)]))
    with pytest.raises(AuditExportWrong):
        audit_files.checked(file)


def test_a_line_that_never_ends_costs_no_memory_and_is_none(file):
    file.write_bytes(b"x" * (1 << 20))
    with pytest.raises(AuditExportWrong):
        audit_files.checked(file)
    with pytest.raises(DiskTrouble):
        audit_files.checked(file.with_name("none"))


def test_a_form_that_is_none_is_the_table():
    assert [audit_files.read_form(one) for one in ("jsonl", "csv", "", "xml")] == [
        "jsonl", "csv", "csv", "csv",
    ]  # fmt: skip
