"""registry evidence: what is kept beside the chains, listed and taken out for a court."""

from __future__ import annotations

import pytest

from stockpile.cli.commands import main
from tests.helpers.clones import cloned
from tests.helpers.commands import Shell
from tests.helpers.exports import alone
from tests.helpers.registries import open_registry


@pytest.fixture
def shell(tmp_path):
    return Shell(tmp_path / "home")


@pytest.fixture
def database(tmp_path):
    return tmp_path / "registry.db"


@pytest.fixture
def forks(database):
    opened = open_registry(str(database))
    made = cloned(opened), cloned(opened, "Lira", "Lira")
    opened.database.close()
    return made


def test_what_is_kept_is_listed_of_all_or_of_one(shell, database, forks):
    fork, other = forks
    listed = shell.ok("registry", "evidence", "--database", database)
    assert {one["node"] for one in listed} == {fork.node, other.node}
    own = shell.ok("registry", "evidence", "--database", database, "--node", fork.node)
    assert [(one["number"], one["hash"], one["stands"]) for one in own] == [
        (number, fork.kept_hash(number), fork.good_until(number).hash) for number in (3, 4)
    ]


def test_it_is_taken_out_as_a_file_that_proves_itself(shell, database, forks, tmp_path):
    fork, _other = forks
    file = tmp_path / "court.chains.gz"
    words = ("registry", "evidence", "--database", database, "--out", file)
    said = shell.ok(*words, "--node", fork.node)
    assert said == {"node": fork.node, "file": str(file), "kept": 2}
    proved = alone(file)
    assert "IT HOLDS." in proved.stdout
    assert "which count for nothing: 2." in proved.stdout
    assert [one.name for one in tmp_path.glob("*court*")] == [file.name]


def test_of_which_node_has_to_be_said_and_it_has_to_be_one(shell, database, forks, tmp_path):
    file = tmp_path / "court.chains.gz"
    words = ("registry", "evidence", "--database", database, "--out", file)
    assert shell.run(*words).error["error"] == "FieldMissing"
    assert shell.run(*words, "--node", "nobody").error["error"] == "NodeUnknown"
    nowhere = (*words[:-1], tmp_path / "no" / "folder.gz", "--node", forks[0].node)
    assert shell.run(*nowhere).error["error"] == "DiskTrouble"
    assert not file.exists()


def test_to_a_person_it_says_why_in_words(database, forks, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["registry", "evidence", "--database", str(database)])
    assert ended.value.code in (0, None)
    assert "Another entry stands under this number" in capsys.readouterr().out
