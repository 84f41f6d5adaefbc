from __future__ import annotations

from stockpile.app import later_entries, open_home, restored_up_to
from tests.helpers.house import PASSPHRASE, copied_house


def test_a_home_says_what_it_has_after_a_backup(house, tmp_path):
    house.register()
    made = house.stockpile.backups.write(tmp_path / "stick", by=house.officer)
    house.register("LATER")
    assert later_entries(made, house.home) == 1
    assert later_entries(made, tmp_path / "nowhere") is None
    assert restored_up_to(house.home) == 0


def test_a_copy_of_a_proof_that_was_killed_is_gone_at_the_next_start(tmp_path):
    house = copied_house(tmp_path / "home")
    house.stockpile.close()
    for name in ("proof.part", "proof.part-wal"):
        (house.home / name).write_bytes(b"half a copy")
    with open_home(house.home, PASSPHRASE) as stockpile:
        assert list(house.home.glob("proof.part*")) == []
        assert stockpile.checking.prove_beside() == stockpile.checking.check(deep=True)
    assert list(house.home.glob("proof.part*")) == []
