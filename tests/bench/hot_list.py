"""The hot list with a million keys: its size, its look-ups and its false alarms, beside two peers.

    python tests/bench/hot_list.py [KEYS] [SCANS]

The peers hold the same keys in the same run: a plain Python set, and a SQLite table on the disk.
The keys are digests as the registry makes them, but stretched once, for a million stretched in full
take a quarter of an hour: the full stretch is measured by itself, and is what each scan pays.
The salt is drawn anew for each run, as a registry draws its own. Look-ups are of keys that are on
the list and of foreign ones in turn. False alarms are counted over so many scans of serials that
are on no list.
"""

from __future__ import annotations

import hashlib
import random
import secrets
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlcipher3.dbapi2 as sqlcipher3
from nacl.signing import SigningKey

from stockpile.domain import hot_list
from stockpile.domain.hot_list import KEY_BYTES, HotListHead
from stockpile.domain.ledger import node_id

SALT = secrets.token_bytes(hot_list.SALT_LENGTH)
LOOKS = 20_000
STRETCHED = 300
MICRO = 1e6


def quick_key(text: str) -> int:
    digest = hashlib.pbkdf2_hmac("sha256", text.encode(), SALT, 1, KEY_BYTES)
    return int.from_bytes(digest, "big")


def percentiles(times: Sequence[float]) -> str:
    ranked = sorted(times)
    at = (ranked[len(ranked) // 2], ranked[len(ranked) * 99 // 100])
    return " / ".join(f"{one * MICRO:8.2f}" for one in at)


def timed(ask: Callable[[int], object], keys: Sequence[int]) -> list[float]:
    times = []
    for key in keys:
        start = time.perf_counter()
        ask(key)
        times.append(time.perf_counter() - start)
    return times


def clocked(work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def table_of(file: Path, keys: Sequence[int]) -> sqlcipher3.Connection:
    connection = sqlcipher3.connect(file)
    connection.execute("CREATE TABLE hot (key INTEGER PRIMARY KEY) WITHOUT ROWID")
    connection.executemany("INSERT OR IGNORE INTO hot VALUES (?)", ((one,) for one in keys))
    connection.commit()
    return connection


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    scans = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    signer = SigningKey.generate()
    public = bytes(signer.verify_key)
    keys = [quick_key(f"s:KB{number:08}") for number in range(count)]
    head = HotListHead(1, node_id(public), 1, 1, SALT, hot_list.ROUNDS, count, 0, b"")

    def sign(text: bytes) -> bytes:
        return signer.sign(text).signature

    built, raw = clocked(lambda: hot_list.made(head, keys, sign))
    assert isinstance(raw, bytes)
    loaded, held = clocked(lambda: hot_list.opened(raw, public))
    assert isinstance(held, hot_list.HotList)
    set_built, plain = clocked(lambda: set(keys))
    assert isinstance(plain, set)
    chance = random.Random(1)
    foreign = [quick_key(f"s:XX{number:08}") for number in range(LOOKS)]
    asked = [key for pair in zip(chance.sample(keys, min(LOOKS, count)), foreign, strict=False)
             for key in pair]  # fmt: skip

    with TemporaryDirectory() as folder:
        file = Path(folder) / "hot.db"
        table_built, table = clocked(lambda: table_of(file, keys))
        assert isinstance(table, sqlcipher3.Connection)
        find = "SELECT 1 FROM hot WHERE key = ?"
        in_table = timed(lambda key: table.execute(find, (key,)).fetchone(), asked)
        table_size = file.stat().st_size
        table.close()
    texts = [f"s:ZZ{number:08}" for number in range(STRETCHED)]
    stretched = []
    for text in texts:
        took, _ = clocked(lambda text=text: held.names(text))
        stretched.append(took)
    alarms = sum(held.holds(quick_key(f"s:FF{number:08}")) for number in range(scans))

    set_size = sys.getsizeof(plain) + sum(map(sys.getsizeof, plain))
    print(
        f"{count:,} keys                      disk bytes  memory bytes   build s   "
        "look-up us p50 / p99"
    )
    print(
        f"hot list                     {len(raw):12,}  {held.memory:12,}  {built:8.2f}   "
        f"{percentiles(timed(held.holds, asked))}"
    )
    print(
        f"plain Python set             {'-':>12}  {set_size:12,}  {set_built:8.2f}   "
        f"{percentiles(timed(plain.__contains__, asked))}"
    )
    print(
        f"SQLite table                 {table_size:12,}  {'-':>12}  {table_built:8.2f}   "
        f"{percentiles(in_table)}"
    )
    print(f"opened and proved in {loaded * 1000:.0f} ms; {len(raw) * 8 / count:.1f} bits a key")
    print(
        f"a scanned text, stretched {hot_list.ROUNDS:,} times and looked up: "
        f"{percentiles(stretched)} us"
    )
    expected = hot_list.expected_false_alarms(count, scans)
    print(f"false alarms in {scans:,} scans: {alarms} measured, {expected:.4f} expected")


if __name__ == "__main__":
    main()
