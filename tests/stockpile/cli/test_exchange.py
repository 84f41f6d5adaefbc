from __future__ import annotations

import json

import pytest

from stockpile.cli import commands
from stockpile.language import plain
from tests.helpers.house import PASSPHRASE, PIN, build_house
from tests.helpers.registries import answering, open_registry


@pytest.fixture
def house(tmp_path, monkeypatch):
    monkeypatch.setenv("STOCKPILE_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("STOCKPILE_PIN", PIN)
    return build_house(tmp_path / "home")


def sync(house, capsys, *words):
    with pytest.raises(SystemExit) as ended:
        commands.main(["--home", str(house.home), "sync", *words])
    said = capsys.readouterr()
    return ended.value.code, said.out, said.err


def test_sync_says_what_was_sent_and_shows_the_receipt(house, capsys, tmp_path):
    registry = open_registry(str(tmp_path / "registry.db"))
    house.register()
    node = house.stockpile.keys.node
    with answering(registry.books) as url:
        code_word = registry.enrolment.make_code("Kampala")
        house.stockpile.exchange.enrol(url, code_word, "Kampala", by=house.officer)
        house.stockpile.close()
        code, out, _ = sync(house, capsys, "--json")
        told, tip = json.loads(out), registry.books.tip(node)
        assert (code, told["sent"], told["conflicts"]) == (0, tip.seq, 0)
        assert told["receipt"]["hash"] == tip.hash
        code, out, _ = sync(house, capsys, "--registry", url)
    registry.database.close()
    assert code == 0
    assert "0" in out


def status(house, capsys, *words):
    with pytest.raises(SystemExit) as ended:
        commands.main(["--home", str(house.home), "status", *words])
    assert ended.value.code == 0
    return plain(capsys.readouterr().out)


def test_status_says_the_sentence_of_the_windows_foot(house, capsys, tmp_path):
    registry = open_registry(str(tmp_path / "registry.db"))
    house.stockpile.close()
    assert "Everything is on this computer only." in status(house, capsys)
    with answering(registry.books) as url:
        code_word = registry.enrolment.make_code("Kampala")
        enrolling = ["registry", "enrol", "--registry", url, "--code", code_word]
        with pytest.raises(SystemExit) as ended:
            commands.main(["--home", str(house.home), *enrolling])
        assert ended.value.code == 0
        capsys.readouterr()
        told = json.loads(status(house, capsys, "--json"))
        assert (told["enrolled"], told["heard_to"], told["alarm"]) == (True, 0, "")
        assert told["acts"] > 0
        sync(house, capsys, "--no-photos")
    said = status(house, capsys)
    registry.database.close()
    assert "The centre has heard up to no." in said
    assert "Waiting" not in said


def test_without_enrolment_sync_says_what_to_do(house, capsys):
    house.stockpile.close()
    code, _, err = sync(house, capsys)
    assert code == 1
    assert "stockpile registry enrol" in err
