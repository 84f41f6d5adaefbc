from __future__ import annotations

from stockpile.app import later_entries, restored_up_to


def test_a_home_says_what_it_has_after_a_backup(house, tmp_path):
    house.register()
    made = house.stockpile.backups.write(tmp_path / "stick", by=house.officer)
    house.register("LATER")
    assert later_entries(made, house.home) == 1
    assert later_entries(made, tmp_path / "nowhere") is None
    assert restored_up_to(house.home) == 0
