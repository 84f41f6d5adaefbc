"""A disk dies: the last backup, another computer's place in the chain, and the registry's memory.

What was sent comes back as the old node's own, what was never sent is known to be missing, and no
number of any chain stands for two entries.
"""

from __future__ import annotations

import shutil

import pytest

from stockpile.app import open_home, preview_backup, restore_backup
from stockpile.domain.errors import NodeQuarantined, StockpileError
from stockpile.services.ports import RegisterFilter
from stockpile.services.restoring import Approval
from tests.helpers.house import PASSPHRASE, PIN, SECOND, TOLD
from tests.helpers.joined import sync

BOTH = Approval(PASSPHRASE, (TOLD.officer, PIN), (SECOND, PIN))


def enrol(house, registry, url):
    code = registry.enrolment.make_code("Kampala")
    house.stockpile.exchange.enrol(url, code, "Kampala", by=house.officer)


def test_the_disk_dies_and_the_depot_goes_on(house, registry, line, tmp_path):
    house.register("KB1")
    assert house.second
    enrol(house, registry, line)
    sync(house)
    made = house.stockpile.backups.write(tmp_path / "stick", by=house.officer)
    house.register("SENT2")
    sync(house)
    house.register("NEVER3")
    found = house.stockpile.restoring.compare(made)
    assert (found.entries.later, found.entries.comes_back, found.entries.lost) == (2, 1, 1)
    house.stockpile.close()
    shutil.copytree(house.home, tmp_path / "old")  # somebody kept the old computer
    database = house.home / "stockpile.db"
    database.write_bytes(bytes(database.stat().st_size))
    with pytest.raises(StockpileError):
        open_home(house.home, PASSPHRASE)

    # Preview, restore, go on at once: the new chain needs no registry to be written.
    assert preview_backup(made.file, house.home).entries.later == 2
    done = restore_backup(made.file, house.home, BOTH, in_place=True)
    assert (done.salvaged, done.aside is not None) == (0, True)
    house.stockpile = stockpile = open_home(house.home, PASSPHRASE)
    house.officer = stockpile.people.sign_in(TOLD.officer, PIN)
    house.register("AFTER4")
    assert stockpile.register.count(RegisterFilter()) == 2

    # Enrolled by a new code, it gets back what the old node had sent.
    enrol(house, registry, line)
    synced = stockpile.exchange.sync(by=house.officer)
    assert (synced.conflicts, synced.rolled_back) == (0, None)
    assert synced.receipt.node == done.node != made.node
    serials = {row.serial for row in stockpile.register.page("serial", 0, 9, RegisterFilter())}
    assert serials == {"KB1", "SENT2", "AFTER4"}
    assert dict(stockpile.books.tips())[made.node].number == made.tip.number + 1
    assert stockpile.checking.check(deep=True).conflicts == 0
    again = stockpile.exchange.sync(by=house.officer)
    assert (again.sent, again.taken) == (0, 0)
    held = {one.node: one.tip.number for one in registry.books.nodes()}
    assert held[made.node] == made.tip.number + 1
    assert held[done.node] == stockpile.books.tip().number
    status = {one.node: one.status for one in registry.books.nodes()}
    assert (status[done.node], status[made.node]) == ("enrolled", "succeeded")

    # The old computer turns up and sends what it has: it is heard no more.
    with open_home(tmp_path / "old", PASSPHRASE) as old:
        by = old.people.sign_in(TOLD.officer, PIN)
        with pytest.raises(NodeQuarantined):
            old.exchange.sync(by=by)
    assert {one.node: one.tip.number for one in registry.books.nodes()} == held
