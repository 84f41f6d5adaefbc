"""What is looked after day by day, plugged in: checks, backups, closed days."""

from __future__ import annotations

from functools import partial

from stockpile.adapters.backups.memory import BackupMemoryFile
from stockpile.adapters.backups.photos import held_beside
from stockpile.app.backup_room import backup_folder, proof_room
from stockpile.app.plugging.ground import Ground
from stockpile.services.backups import Backups
from stockpile.services.checking import Checking
from stockpile.services.days import Days
from stockpile.services.proposals import Proposals
from stockpile.services.restoring import Restoring
from stockpile.services.stockpile import (
    CountingRoom,
    Keepers,
    MarkingBench,
    Upkeep,
    WeaponBook,
)


def upkeep_of(
    ground: Ground,
    keepers: Keepers,
    weapons: WeaponBook,
    bench: MarkingBench,
    counts: CountingRoom,
) -> Upkeep:
    """Return the services of what is looked after."""
    home, books, keys = ground.home, ground.books, ground.keys
    backups = Backups(
        home,
        backup_folder(home, keys),
        keepers.people,
        keepers.places,
        keys,
        ground.clock,
        BackupMemoryFile(home),
    )
    outdated = (keepers.custodians.is_outdated, keepers.offices.is_outdated)
    return Upkeep(
        checking=Checking(books, proof_room(home, keys), ground.photos.check),
        backups=backups,
        restoring=Restoring(home, books, keepers.people, keys, partial(held_beside, home)),
        days=_days(ground, keepers, weapons, counts, backups),
        proposals=Proposals(books, keepers.people, bench.marking.told, outdated),
    )


def _days(
    ground: Ground, keepers: Keepers, weapons: WeaponBook, counts: CountingRoom, backups: Backups
) -> Days:
    return Days(
        ground.books,
        ground.register,
        keepers.people,
        keepers.places,
        backups,
        ground.keys,
        ground.clock,
        ground.press,
        ground.names,
        counts.count_rules.due,
        weapons.maintenance.remarked,
        keepers.retention.erase_by_rule,
    )
