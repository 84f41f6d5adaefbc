"""A stick at the registry by commands alone: looked into, taken in, answered, loaded again."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from tests.helpers.house import PASSPHRASE, PIN
from tests.helpers.neighbours import two_depots
from tests.helpers.registries import open_registry
from tests.helpers.registry_commands import at_the_depot, courier_commands
from tests.helpers.sticks import enrolled, standing


@pytest.fixture
def depot(tmp_path):
    """A depot that was enrolled by file, and its stick with three weapons on it."""
    registry = open_registry(str(tmp_path / "registry.db"))
    one, other = two_depots(tmp_path)
    other.stockpile.close()
    enrolled(one, registry, tmp_path)
    one.stock(3)
    one.pack(tmp_path / "stick.courier", registry.books.key.node)
    registry.database.close()
    with ExitStack() as open_home:
        open_home.callback(one.stockpile.close)
        one.closing = open_home
        yield one


@pytest.fixture
def run(tmp_path, capsys):
    return courier_commands(tmp_path / "registry.db", capsys)


def test_a_stick_is_looked_into_taken_in_and_answered(run, depot, tmp_path):
    file, back = tmp_path / "stick.courier", tmp_path / "back.courier"
    code, seen, _ = run("preview", file)
    assert (code, seen["from"], seen["name"], seen["trouble"]) == (0, depot.node, "Kampala", None)
    (chain,) = seen["chains"]
    assert (chain["first"], chain["last"], chain["new"], chain["stands"]) == (1, 3, 3, "new")
    code, taken, _ = run("take", file, "--answer", str(back))
    assert (code, taken["taken"], taken["number"]) == (0, seen["facts"], 3)
    depot.load(back)
    assert "The centre has heard up to no. \u20663\u2069" in standing(depot)
    code, again, _ = run("take", file)
    assert (again["taken"], again["number"]) == (0, 3)
    code, made, _ = run("answer", tmp_path / "more.courier", "--to", "kampala")
    assert (code, made["node"], made["number"], made["left"]) == (0, depot.node, 3, 0)
    depot.load(tmp_path / "more.courier")


def test_it_says_so_in_words_too(run, depot, tmp_path):
    file = tmp_path / "stick.courier"
    assert "Entries 1 to 3 of Kampala: 3 are new." in run("preview", file, plain=True)
    told = run("take", file, "--answer", str(tmp_path / "b.courier"), plain=True)
    assert "taken in; the record is held up to entry 3." in told
    assert "It says that entry 3 came." in told
    assert "on record here already" in run("preview", file, plain=True)


def test_what_is_wrong_with_a_file_ends_the_command(run, depot, tmp_path):
    whole = (tmp_path / "stick.courier").read_bytes()
    (tmp_path / "cut.courier").write_bytes(whole[:-9])
    for name, words, error in (
        ("cut.courier", (), "CourierForged"),
        ("none.courier", (), "FileUnreadable"),
    ):
        code, _, said = run("take", tmp_path / name, *words)
        assert (code != 0, said["error"]) == (True, error)
    code, _, said = run("answer", tmp_path / "x.courier", "--to", "nobody")
    assert said["error"] == "NodeUnknown"


def test_both_ends_by_commands_alone(run, depot, tmp_path, capsys, monkeypatch):
    """What stands in the manual: packed for the registry by name, taken, answered, opened."""
    home = depot.stockpile.home
    depot.closing.close()
    monkeypatch.setenv("STOCKPILE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("STOCKPILE_PIN", PIN)

    stick, back = tmp_path / "packed.courier", tmp_path / "back.courier"
    packed = at_the_depot(home, capsys, "courier", "pack", str(stick), "--to", "registry")
    assert (packed["acts"], packed["words"]) == (3, None)
    code, taken, _ = run("take", stick, "--answer", str(back))
    assert (code, taken["number"]) == (0, 3)
    opened = at_the_depot(home, capsys, "courier", "open", str(back))
    assert opened["confirmed"] == 3
    (receipt,) = at_the_depot(home, capsys, "registry", "receipts")
    assert receipt["number"] == 3
    assert (
        at_the_depot(home, capsys, "courier", "pack", str(stick), "--to", "National registry")[
            "acts"
        ]
        == 0
    )
