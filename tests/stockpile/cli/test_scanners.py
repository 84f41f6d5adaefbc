"""scanner: its cards are drawn into files."""

from __future__ import annotations

from tests.helpers.commands import INIT, Shell


def test_the_cards_are_drawn(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    for name in ("card", "sheet"):
        file = tmp_path / f"{name}.pdf"
        assert shell.ok("scanner", name, "--out", file) == {"file": str(file)}
        assert file.read_bytes().startswith(b"%PDF")
