"""The journey shows each command that it runs, and ends with the first that fails."""

from __future__ import annotations

from tests.helpers.commands import Shell


def test_a_journey_ends_where_it_fails(tmp_path):
    said = Shell(tmp_path / "unused").run(
        "journey", "--folder", tmp_path / "j", "--list", tmp_path / "no.csv"
    )
    assert said.code == 2
    assert "FileUnreadable" in said.err
    assert (tmp_path / "j" / "home").is_dir()
    assert not (tmp_path / "j" / "labels.pdf").exists()
