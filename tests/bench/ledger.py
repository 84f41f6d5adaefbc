"""What the ledger costs: ratios against the bare work, side by side in one run. Run by hand:

    python -m tests.bench.ledger [registrations, by 40] [weapons in bulk, by 1,000]

1. one durable registration through the whole service (the intake desk, the books, the anchor),
   against the bare driver (aim 0.5);
2. acts of 1,000 registrations, against the same (aim 0.4; imports: ``tests.bench.importing``);
3. proof of the chains, entries of ten, against reading every fact and hashing it (aim 1/5).

"Bare" is given twice, as ``tests.bench.bare`` defines it: ``least`` after the first prototype's raw
driver (the log's rows and one table), ``same`` for every row that the books write. Both encode,
hash, build the Merkle root and sign; neither encrypts. Ratios are medians of rounds in which all
take their turn; for the proof also by processor time, which other work on the machine spoils less.
"""

from __future__ import annotations

import hashlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.adapters.keys.ring import create_keys
from stockpile.adapters.keys.strength import LIGHT
from stockpile.adapters.sqlite.opening import OpenBooks, open_books
from stockpile.domain.facts import Acquisition, Draft, Mark, Source, WeaponRegistered
from stockpile.domain.ledger import Sign
from stockpile.domain.people import Officer
from stockpile.domain.receiving import Description
from stockpile.domain.values import Digest, OfficerId, PlaceId, WeaponId, new_id
from stockpile.services.people import SignedIn
from stockpile.services.ports import OfficerKey, silent
from stockpile.services.receiving import Receiving
from tests.bench.bare import Least, Same, events, timed, written

ROUNDS = 7
CLOCK, CHANCE = SystemClock(), SystemChance()
PLACE = PlaceId(new_id(CLOCK.now(), CHANCE.bytes(10)))
Ratios = tuple[float, float, float, float, float]


def draft(number: int) -> Draft:
    """A registration as an import makes it: two marks, a source, a handful of words."""
    weapon = WeaponId(new_id(CLOCK.now(), CHANCE.bytes(10)))
    serial = f"{chr(65 + number % 26)}{CHANCE.bytes(3).hex().upper()}-{number % 97:02}"
    body = WeaponRegistered(
        type="PISTOLA", make="TAURUS", model=f"PT{number % 30}", calibre="9x19",
        marks=(Mark("serial", serial, is_identity=True), Mark("maker", f"TAURUS {number % 7}")),
        place=PLACE, acquired=Acquisition("seized", "2021-03-04", "DP 021", ("unmarked",)),
        source=Source(
            Digest("ab" * 32), number, Digest(hashlib.sha256(serial.encode()).hexdigest())
        ),
    )  # fmt: skip
    return Draft(weapon, body)


def description(number: int) -> Description:
    """A weapon as a clerk types it."""
    serial = f"{chr(65 + number % 26)}{CHANCE.bytes(3).hex().upper()}"
    return Description(
        "RIF", "Izhmash", f"AKM {number % 9}", "7.62x39", serial, "RUS", "1974", "serviceable"
    )


def new_books(folder: Path) -> tuple[OpenBooks, Sign]:
    """Open new books in an empty folder."""
    keys = create_keys(folder, "bench", clock=CLOCK, chance=CHANCE, strength=LIGHT)
    opened = open_books(
        folder, keys.database_key, keys=keys, clock=CLOCK, chance=CHANCE, anchor=AnchorFile(folder)
    )
    return opened, keys.sign


def an_officer(sign: Sign) -> SignedIn:
    """An officer who may do everything."""
    who = OfficerId(new_id(CLOCK.now(), CHANCE.bytes(10)))
    return SignedIn(Officer(who, "Bench", ("commander",), bytes(32)), OfficerKey(who, sign))


def one_by_one(opened: OpenBooks, sign: Sign) -> Callable[[int], float]:
    """Return what registers so many weapons through the service and tells the seconds."""
    desk, officer = Receiving(opened.books, opened.register, CLOCK, CHANCE), an_officer(sign)

    def work(count: int) -> float:
        said = [description(number) for number in range(count)]
        return timed(lambda: [desk.register(one, PLACE, by=officer) for one in said])

    return work


def in_one_act(opened: OpenBooks, _: Sign) -> Callable[[int], float]:
    """Return what records so many weapons in one act and tells the seconds."""

    def work(count: int) -> float:
        drafts = [draft(number) for number in range(count)]
        return timed(lambda: opened.books.record(drafts, by=None))

    return work


def writing(
    way: Callable[[OpenBooks, Sign], Callable[[int], float]], count: int, rounds: int
) -> list[Ratios]:
    """Return, round by round, our seconds against theirs for the same weapons, and all three."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        opened, sign = new_books(Path(name) / "home")
        others = others_in(Path(name), sign)
        work = way(opened, sign)
        found = [compared(opened, others, work, count) for _ in range(rounds)]
        for one in (*others, opened):
            one.close()
    return found


def others_in(folder: Path, sign: Sign) -> tuple[Least, Same]:
    """Open the two bare drivers."""
    return Least(folder / "least.db", sign), Same(folder / "same.db", sign)


def compared(
    opened: OpenBooks, others: tuple[Least, Same], work: Callable[[int], float], count: int
) -> Ratios:
    """Let each write the same weapons in its turn; return two ratios and weapons a second."""
    ((node, tip),) = opened.books.tips()
    ours = work(count)
    acts = events(opened.books.entries(node, tip.number, count))
    rows = list(written(opened.store.connection, tip.number))
    least, same = others
    bottom = timed(lambda: least.write_all(acts))
    level = timed(lambda: same.write_all(acts, rows))
    return bottom / ours, level / ours, count / ours, count / bottom, count / level


def told(title: str, found: Sequence[Ratios]) -> None:
    """Print the medians, and between which quarters the ratios lie."""
    columns = list(zip(*found, strict=True))
    least, same, ours, bottom, level = map(statistics.median, columns)
    quarters = [statistics.quantiles(column) for column in columns[:2]]
    print(f"{title}: {ours:,.0f}/s, bare least {bottom:,.0f}/s, bare same {level:,.0f}/s; "
          f"ratio to least {least:.2f} ({quarters[0][0]:.2f} to {quarters[0][2]:.2f}), "
          f"to same {same:.2f} ({quarters[1][0]:.2f} to {quarters[1][2]:.2f})")  # fmt: skip


def proving(count: int) -> None:
    """Print facts a second: proved, proved deep, and only read and hashed."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        opened, _ = new_books(Path(name) / "home")
        for start in range(0, count, 10):
            opened.books.record([draft(number) for number in range(start, start + 10)], by=None)
        opened.store.checkpoint()
        connection = opened.store.connection

        def read_and_hash() -> None:
            for (raw,) in connection.execute("SELECT payload FROM ev ORDER BY node, seq"):
                hashlib.sha256(raw).digest()

        read_and_hash()
        rounds = []
        for _ in range(ROUNDS):
            bottom = timed(read_and_hash)
            before = time.process_time()
            plain = timed(lambda: opened.books.check(deep=False, progress=silent))
            rounds.append((bottom, plain, time.process_time() - before))
        deep = timed(lambda: opened.books.check(deep=True, progress=silent))
        opened.close()
    bottom, plain, used = map(statistics.median, zip(*rounds, strict=True))
    walls = sorted(one[1] / one[0] for one in rounds)
    print(f"proof: {count / plain:,.0f} facts/s, read+SHA-256 {count / bottom:,.0f}/s; ratio "
          f"1/{statistics.median(walls):.1f} (1/{walls[0]:.1f} to 1/{walls[-1]:.1f}), by processor "
          f"time 1/{used / bottom:.1f}; deep {count / deep:,.0f} facts/s")  # fmt: skip


def main() -> None:
    """Print everything."""
    singles, bulk = (int(one) for one in (*sys.argv[1:], "1200", "20000")[:2])
    told("one by one through the service", writing(one_by_one, 40, singles // 40))
    told("by 1,000", writing(in_one_act, 1000, bulk // 1000))
    proving(bulk)


if __name__ == "__main__":
    main()
