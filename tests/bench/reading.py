"""Bad pictures of symbols read by zxing-cpp as it is and by the program; prints a table by kind.

    python tests/bench/reading.py [COUNT] [SEED] [SYMBOL]

Times are those of the processor. Ends with 1 where the program reads less than 90 of 100, or
anything wrong.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

import zxingcpp

from stockpile.adapters.reading.pictures import ZxingPictures
from tests.helpers.degraded import Degraded, degraded

AIM = 0.9
_FORMATS = zxingcpp.barcode_formats_from_str("DataMatrix,QRCode,Code128")


@dataclass
class Row:
    """What was read of one kind of picture."""

    pictures: int = 0
    plain: int = 0
    plain_wrong: int = 0
    read: int = 0
    wrong: int = 0
    seconds: float = 0.0
    longest: float = 0.0

    def add(self, case: Degraded) -> None:
        plain = {bytes(one.bytes) for one in zxingcpp.read_barcodes(case.picture, _FORMATS)}
        picture = case.png()
        start = time.process_time()
        ours = {one.raw for one in ZxingPictures().read(picture)}
        took = time.process_time() - start
        self.pictures += 1
        self.plain += plain == {case.payload}
        self.plain_wrong += bool(plain - {case.payload})
        self.read += ours == {case.payload}
        self.wrong += bool(ours - {case.payload})
        self.seconds += took
        self.longest = max(self.longest, took)
        if ours != {case.payload}:
            told = "WRONG" if ours else "not read"
            print(f"  {told}: {case.symbol}, {case.kind}, {case.severity}", file=sys.stderr)

    def told(self, name: str) -> str:
        return (
            f"{name:24} {self.pictures:6} {self.plain:6} {self.plain_wrong:4} {self.read:6} "
            f"{self.wrong:4} {100 * self.read / self.pictures:6.1f} "
            f"{1000 * self.seconds / self.pictures:7.0f} {1000 * self.longest:7.0f}"
        )


def main(count: int = 610, seed: int = 1, symbol: str = "") -> int:
    rows: dict[str, Row] = {}
    for number, case in enumerate(degraded(count, seed)):
        if number % 200 == 0 and rows:
            print(f"  {number}: {rows['all'].told('')}", file=sys.stderr, flush=True)
        if symbol in ("", case.symbol):
            for name in (f"{case.symbol}, {case.kind}", f"all {case.symbol}", "all"):
                rows.setdefault(name, Row())
            before = rows[f"{case.symbol}, {case.kind}"]
            one = Row()
            one.add(case)
            for row in (before, rows[f"all {case.symbol}"], rows["all"]):
                _join(row, one)
    print(f"{'':24} number  plain bad   read bad      %      ms   most")
    for name in sorted(rows, key=lambda name: (name.startswith("all"), name)):
        print(rows[name].told(name))
    whole = rows["all"]
    return 0 if whole.read >= AIM * whole.pictures and not whole.wrong else 1


def _join(row: Row, one: Row) -> None:
    for name in ("pictures", "plain", "plain_wrong", "read", "wrong", "seconds"):
        setattr(row, name, getattr(row, name) + getattr(one, name))
    row.longest = max(row.longest, one.longest)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3]), *sys.argv[3:4]))
