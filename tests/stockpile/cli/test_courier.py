"""courier pack, open, receivers and introduce: what refuses, and what words open."""

from __future__ import annotations

from tests.helpers.commands import INIT, Shell


def test_a_file_is_packed_and_refused_by_its_own_sender(tmp_path):
    shell, file = Shell(tmp_path / "home"), tmp_path / "a.courier"
    shell.ok(*INIT)
    assert shell.ok("courier", "receivers") == []
    unheard = shell.run("courier", "introduce", "--code", "abcd-efgh-2345-6723")
    assert unheard.error["error"] == "NodeUnknown"
    assert shell.run("courier", "pack", file, "--to", "Nowhere").error["error"] == "NodeUnknown"
    packed = shell.ok("courier", "pack", file)
    assert packed["size"] == file.stat().st_size
    assert len(packed["words"].split()) == 5
    looked = shell.ok("courier", "open", file, "--words", packed["words"], "--preview")
    assert (looked["acts"], looked["losses"]) == (0, [])
    file.write_bytes(file.read_bytes()[:-1])
    cut = shell.run("courier", "open", file, "--words", packed["words"])
    assert (cut.error["error"], cut.code) == ("CourierForged", 4)
    wrong = shell.run("courier", "introduce", file, "--code", "aaaa-bbbb")
    assert wrong.error["error"] == "CourierForged"  # the file is looked at before the code
