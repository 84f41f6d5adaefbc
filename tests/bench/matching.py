"""How well badly read serials are found in a register of a million. Run by hand:

    python -m tests.bench.matching [--weapons N] [--queries N] [--keep FOLDER] [--seed N] [--ours]

The register has real serials and as many more of their shapes (tests.helpers.shapes), with makes
and calibres as people write them, where real lists are at hand; errors of ``tests.helpers.noise``.
A find counts where the line found says all that the true one says. Shown: recall at 1 and at 5,
false candidates a query, milliseconds; ours with the serial alone, and with make and calibre in
other writings; exact keys; rapidfuzz's ratio cut at 75, twenty at most; and what ``find --batch``
answers to the same lines. Kept homes are used again.

Hold-out: an even seed draws weapons at even places and was used for tuning; an odd seed draws the
others, with other errors, and is for reporting. The noise was brought to where rapidfuzz and exact
keys stand on real lists, never to where ours stands.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from stockpile import app
from stockpile.domain.values import search_key
from stockpile.services.stockpile import Stockpile
from tests.helpers.crowds import Line, examples, is_settled, settle
from tests.helpers.noise import misread
from tests.helpers.shapes import register

LIMIT = 20
SEED_OF_CROWD = 1
_MAKES = {
    "TAURUS": ("forjas taurus s/a", "Taurus Armas", "taurus"), "S&W": ("smith & wesson", "S & W"),
    "FN": ("fn herstal", "F.N."), "CBC": ("companhia brasileira de cartuchos",),
    "HK": ("heckler & koch", "H&K"), "CZ": ("ceska zbrojovka",),
}  # fmt: skip
_CALIBRES = (
    (".38", ".38 SPL", ".38 SPECIAL (9 X 29,5 MM)", "38 SPL", "38", ".38 Special"),
    ("9 MM", "9 MM LUGER (9X19MM)", "9 MM PARABELLUM (9X19MM)", "9x19", "9mm", "9 mm para"),
    (".40", ".40 S&W (10 X 22)", "40", ".40 s&w", "P.40"),
    ("7.62", ".308 WINCHESTER (7,62X51 MM)", "7,62 MM NATO", "7.62x51", "762 NATO"),
    (".380", ".380 ACP (9X17 MM)", ".380 AUTO (9X17 MM)", "380", "380 acp"),
    ("5,56 MM", ".223 REMINGTON (5,56X45 MM)", "5,56 NATO (5.56 X 45 MM)", "5.56x45", "223"),
    (".32", ".32 S&W LONG", ".32 LONG", "32 s&w long"),
)


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, and the line that is meant."""

    text: str
    meant: Line


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a query, best first, and the milliseconds."""

    found: tuple[tuple[str, str, str, str], ...]
    ms: float


def key_of(line: Line) -> tuple[str, str, str, str]:
    """What tells one line from another."""
    return (line.serial, line.make, line.model, line.calibre)


def queries(
    lines: Sequence[Line], count: int, errors: int, seed: int, *, words: bool
) -> list[Query]:
    """Draw weapons, misread their serials and, if asked, say make and calibre in other words."""
    chance = random.Random(f"{seed} {errors}")
    asked = []
    for line in chance.sample(lines[seed % 2 :: 2], count):
        text = misread(chance, search_key(line.serial), errors)
        asked.append(Query(beside(chance, text, line) if words else text, line))
    return asked


def beside(chance: random.Random, text: str, line: Line) -> str:
    """The serial with make and calibre as another clerk writes them."""
    make = chance.choice((*_MAKES.get(line.make, ()), line.make, line.make.lower()))
    alike = next((one for one in _CALIBRES if line.calibre in one), (line.calibre,))
    parts = [text, make, chance.choice(alike)]
    way = chance.randrange(4)
    if way == 0:
        said = dict(zip(("serial", "make", "calibre"), parts, strict=True))
        return json.dumps(said, ensure_ascii=False)
    if way == 1:
        chance.shuffle(parts)
    return (" ", "; ", ", ", " ")[way].join(parts)


def told(name: str, asked: Sequence[Query], answers: Sequence[Answer]) -> None:
    """Print one line of the table."""
    pairs = [(key_of(one.meant), answer) for one, answer in zip(asked, answers, strict=True)]
    first = statistics.mean(key in answer.found[:1] for key, answer in pairs)
    five = statistics.mean(key in answer.found[:5] for key, answer in pairs)
    false = statistics.mean(sum(one != key for one in answer.found) for key, answer in pairs)
    times = sorted(answer.ms for answer in answers)
    middle, last = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"{name:44}{first:8.3f}{five:8.3f}{false:8.2f}{middle:9.1f}{last:9.1f}", flush=True)


def ours(stockpile: Stockpile) -> Callable[[str], list[tuple[str, str, str, str]]]:
    """Find as the trace desk does."""

    def find(text: str) -> list[tuple[str, str, str, str]]:
        rows = [hit.row for hit in stockpile.tracing.find(text, LIMIT)]
        return [(row.serial, row.make, row.model, row.calibre) for row in rows]

    return find


def exactly(lines: Sequence[Line]) -> Callable[[str], list[tuple[str, str, str, str]]]:
    """Find by the exact key."""
    held: dict[str, list[Line]] = {}
    for line in lines:
        held.setdefault(search_key(line.serial), []).append(line)
    return lambda text: [key_of(one) for one in held.get(search_key(text), ())][:LIMIT]


def by_ratio(lines: Sequence[Line]) -> Callable[[str], list[tuple[str, str, str, str]]]:
    """Find by rapidfuzz's ratio over all keys."""
    keys = [search_key(line.serial) for line in lines]

    def find(text: str) -> list[tuple[str, str, str, str]]:
        found = process.extract(
            search_key(text), keys, scorer=fuzz.ratio, score_cutoff=75, limit=LIMIT
        )
        return [key_of(lines[at]) for _, _, at in found]

    return find


def timed(
    find: Callable[[str], list[tuple[str, str, str, str]]], asked: Sequence[Query]
) -> list[Answer]:
    """Ask one after the other."""
    answers = []
    for one in asked:
        started = time.perf_counter()
        found = tuple(find(one.text))
        answers.append(Answer(found, (time.perf_counter() - started) * 1000))
    return answers


def in_batch(home: Path, asked: Sequence[Query]) -> list[Answer]:
    """Ask all through the command line."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "queries.txt"
        file.write_text("\n".join(one.text for one in asked), "utf-8")
        command = [sys.executable, "-m", "stockpile.cli", "--home", str(home), "--json", "find",
                   "--batch", str(file), "--limit", str(LIMIT), "--fuzzy"]  # fmt: skip
        environment = {**os.environ, "STOCKPILE_PASSPHRASE": app.PRACTICE_PASSPHRASE}
        done = subprocess.run(command, env=environment, capture_output=True, check=True)
    values = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return [
        Answer(
            tuple((hit["serial"], hit["make"], hit["model"], hit["calibre"])
                  for hit in value["hits"]),
            value["ms"],
        )
        for value in values
    ]  # fmt: skip


def filled(home: Path, lines: Sequence[Line]) -> None:
    """Fill a home, unless it was filled before."""
    if is_settled(home, len(lines)):
        return
    home.mkdir(parents=True, exist_ok=True)
    with app.found_practice(home) as stockpile:
        settle(stockpile, iter(lines))
    (home / "crowd").write_text(str(len(lines)), "utf-8")


def compare(home: Path, lines: Sequence[Line], count: int, seed: int, *, others: bool) -> None:
    """Print the table."""
    print(f"{len(lines):,} weapons, {count} queries a line, seed {seed}")
    print(f"{'':44}{'at 1':>8}{'at 5':>8}{'false':>8}{'ms p50':>9}{'ms p99':>9}")
    alone = {n: queries(lines, count, n, seed, words=False) for n in (1, 2)}
    beside_words = {n: queries(lines, count, n, seed, words=True) for n in (1, 2)}
    with app.open_home(home, app.PRACTICE_PASSPHRASE) as stockpile:
        started = time.perf_counter()
        stockpile.tracing.prepare()
        print(f"index ready in {time.perf_counter() - started:.1f} s")
        for n in (1, 2):
            told(f"ours, serial alone, {n} error(s)", alone[n], timed(ours(stockpile), alone[n]))
        for n in (1, 2):
            asked = beside_words[n]
            told(f"ours, make and calibre, {n} error(s)", asked, timed(ours(stockpile), asked))
    if others:
        for name, find in (("exact", exactly(lines)), ("rapidfuzz", by_ratio(lines))):
            for n in (1, 2):
                told(f"{name}, serial alone, {n} error(s)", alone[n], timed(find, alone[n]))
    for n in (1, 2):
        answers = in_batch(home, [*alone[n], *beside_words[n]])
        told(f"find --batch, serial alone, {n} error(s)", alone[n], answers[:count])
        told(f"find --batch, make and calibre, {n} error(s)", beside_words[n], answers[count:])


def main() -> None:
    """Fill or open the home, and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--weapons", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, default=None)
    parser.add_argument("--ours", action="store_true", help="leave rapidfuzz and exact out")
    told_to = parser.parse_args()
    lines = register(examples(), SEED_OF_CROWD, told_to.weapons)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        home = told_to.keep or Path(folder) / "home"
        filled(home, lines)
        compare(home, lines, told_to.queries, told_to.seed, others=not told_to.ours)


if __name__ == "__main__":
    main()
