"""Whoever recovers a home whose keys were about to change gets in under both keys."""

from __future__ import annotations

import pytest

from stockpile.adapters.keys.recovering import recover_by_authority, recover_by_sheet
from stockpile.adapters.keys.ring import open_keys
from stockpile.domain.errors import RecoveryKeyStrange, SheetVoid
from tests.helpers.books import PASSPHRASE
from tests.stockpile.adapters.keys.test_ring import FIRST_FORMAT

NEW = "five words that belong apart"


def test_recovered_in_the_middle_of_a_change_of_keys_the_change_goes_on(home, keys, clock, chance):
    keys.add_sheet("K7ZQ", b"s" * 32)
    fresh = keys.begin_renewal(PASSPHRASE)
    recover_by_sheet(home, "K7ZQ", b"s" * 32, NEW, clock=clock, chance=chance)
    opened = open_keys(home, NEW, clock=clock, chance=chance)
    assert opened.coming_key == fresh
    opened.finish_renewal()
    assert open_keys(home, NEW, clock=clock, chance=chance).database_key == fresh


def test_a_file_of_the_first_format_has_no_way_back(tmp_path, clock, chance):
    (tmp_path / "keys.json").write_text(FIRST_FORMAT)
    with pytest.raises(SheetVoid):
        recover_by_sheet(tmp_path, "K7ZQ", b"s" * 32, NEW, clock=clock, chance=chance)
    with pytest.raises(RecoveryKeyStrange):
        recover_by_authority(tmp_path, "", NEW, clock=clock, chance=chance)
