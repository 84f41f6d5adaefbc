"""courier pack, open, answer, meet, receivers and introduce: what refuses, what words open."""

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


THERE = (
    "init", "--country", "UG", "--site", "GUL", "--name", "Gulu Depot", "--officer", "B. Okello",
)  # fmt: skip


def test_two_computers_meet_in_a_folder_and_receipts_go_back(tmp_path):
    here, there = Shell(tmp_path / "here"), Shell(tmp_path / "there")
    here.ok(*INIT)
    there.ok(*THERE)
    folder = tmp_path / "share"
    folder.mkdir()
    hello = folder / "hello.courier"
    for one, other in ((here, there), (there, here)):
        packed = one.ok("courier", "pack", hello)
        unknown = other.run("courier", "open", hello, "--words", packed["words"])
        other.ok("courier", "introduce", hello, "--code", unknown.error["details"]["node"])
    hello.unlink()
    here.ok("register", "--type", "ASR", "--serial", "KB 1")
    assert here.ok("courier", "meet", folder)["taken"] == 0
    (waiting,) = there.ok("courier", "meet", folder, "--preview")["files"]
    assert (waiting["acts"] > 0, waiting["aside"]) == (True, [])
    met = there.ok("courier", "meet", folder, "--to", "kampala central")
    assert met["taken"] > 0
    assert met["refused"] == []
    assert here.ok("courier", "meet", folder)["taken"] > 0
    there.ok("courier", "meet", folder)
    (known,) = here.ok("courier", "receivers")
    assert known["name"] == "Gulu Depot"
    assert known["holds"] > 0
    back = tmp_path / "receipt.courier"
    answer = here.ok("courier", "answer", back, "--to", "gulu depot")
    assert answer["size"] == back.stat().st_size
    assert there.ok("courier", "open", back)["confirmed"] > 0
    here.ok("courier", "pack", back, "--to", "gulu depot")
    opened = there.ok("courier", "open", back, "--answer", tmp_path / "answer.courier")
    assert here.ok("courier", "open", opened["answer"])["acts"] == 0
