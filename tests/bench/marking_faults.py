"""What marking claims against what the metal bears: drivers x faults x hosts that die. By hand:

    python -m tests.bench.marking_faults [--trials N] [--seed S] [--workers W]

Each trial is one weapon on a simulated machine of one family, with a fault or none, marked by a
real process on a real encrypted home that is killed (SIGKILL) at a point or not at all, and is then
started again. The truth is the simulator's log, synchronised to the disk event by event. Beside it
a naive host marks on the same faults, with no kills: it sends again on silence, and ready is done.
A machine that a person sets by hand has no wire that could fail, and is not among the families.

1. two marks, wrong texts, "done" without one whole mark, "not started" with a mark begun, and a
   journal that says another thing than the ledger: must all be none;
2. with no fault and no kill: done, or seen by the scan where the machine tells no end (aim 100 %);
3. with the end's report lost and no kill: still done where the machine can witness it (aim 95 %).
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory

from stockpile.adapters.marking.markers import PROMISES
from tests.bench.marking_hosts import host_context
from tests.bench.marking_trials import (
    FAMILIES,
    Bench,
    Trial,
    Verdict,
    bound_machines,
    drawn,
    template,
)

TRIALS, SEED, WORKERS = 5_000, 11, 12
WITNESSED = 3
"""The level of evidence from which a machine shows after a run that it was ours."""
DONE = {"marked", "verified"}
UNTRUE = (
    "double mark", "wrong text", "done without one whole mark", "not started with a mark begun",
    "journal and ledger disagree",
)  # fmt: skip


def run(trials: Sequence[Trial], workers: int, folder: Path) -> list[Verdict]:
    """Run the trials, so many at a time, and return their verdicts."""
    left: SimpleQueue[Trial] = SimpleQueue()
    for trial in trials:
        left.put(trial)
    home, weapons = template(folder)
    bound, context = bound_machines(folder), host_context()

    def work(number: int) -> list[Verdict]:
        place = folder / str(number)
        place.mkdir()
        bench = Bench(place, home, weapons, context, bound)
        verdicts: list[Verdict] = []
        while True:
            try:
                trial = left.get_nowait()
            except Empty:
                bench.close()
                return verdicts
            found = bench.run(trial)
            verdicts += found
            for one in found:
                if one.violations:
                    print(f"{one.trial}: {one.state} {one.violations}", file=sys.stderr)

    with ThreadPoolExecutor(workers) as pool:
        return [verdict for some in pool.map(work, range(workers)) for verdict in some]


def share(verdicts: Sequence[Verdict]) -> str:
    done = sum(one.state in DONE for one in verdicts)
    return f"{done} of {len(verdicts)}" + (
        f" ({100 * done / len(verdicts):.1f} %)" if verdicts else ""
    )


def plain(verdicts: Sequence[Verdict], fault: str) -> list[Verdict]:
    return [one for one in verdicts if one.trial.fault == fault and not one.trial.dies_at]


def witnessed(verdicts: Sequence[Verdict]) -> list[Verdict]:
    lost = plain(verdicts, "lose-end")
    return [one for one in lost if PROMISES[one.trial.driver].evidence >= WITNESSED]


def report(verdicts: Sequence[Verdict]) -> None:
    """Print what came of it, family by family."""
    print(f"{'family':15}{'trials':>7}{'killed':>7}{'done':>6}{'seen':>6}{'not st.':>8}"
          f"{'unknown':>8}{'open':>6}  untrue")  # fmt: skip
    for family in (*FAMILIES, "all"):
        some = [one for one in verdicts if family in {one.trial.driver, "all"}]
        states = Counter(one.state for one in some)
        killed = sum(bool(one.trial.dies_at) for one in some)
        untrue = sum(bool(one.violations) for one in some)
        print(f"{family:15}{len(some):7}{killed:7}{states['marked']:6}{states['verified']:6}"
              f"{states['not_started']:8}{states['unknown']:8}{states['started']:6}"
              f"{untrue:8}")  # fmt: skip
    counts = Counter(name for one in verdicts for name in one.violations)
    naive = [one for one in verdicts if one.naive]
    theirs = Counter(name for one in naive for name in one.naive_violations)
    print(f"\n{'':32}{'this driver':>12}{'naive':>8}")
    print(f"{'trials':32}{len(verdicts):12}{len(naive):8}")
    for name in UNTRUE:
        beside = "-" if name == UNTRUE[-1] else theirs[name]
        print(f"{name:32}{counts[name]:12}{beside:>8}")
    found = sum(one.wrong_found for one in verdicts)
    print(f"wrong texts cut by machines that cannot be read back, found by the scan: {found}")
    print(f"no fault, no kill: {share(plain(verdicts, ''))} done or seen by the scan")
    print(f"end report lost, no kill: {share(witnessed(verdicts))} done where the machine can "
          f"witness it")  # fmt: skip


def main(trials: int, seed: int, workers: int) -> int:
    """Run and print; returns 1 if anything was untrue."""
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        verdicts = run([drawn(seed, number) for number in range(trials)], workers, Path(folder))
    print(f"{trials} trials, seed {seed}, {workers} at a time, {os.cpu_count()} cores, "
          f"{time.monotonic() - began:.0f} s\n")  # fmt: skip
    report(verdicts)
    missed = [one for one in plain(verdicts, "") if one.state not in DONE]
    for one in missed:
        print(f"not done without a fault: {one.trial}: {one.state}")
    return int(bool(missed) or any(one.violations for one in verdicts))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--trials", type=int, default=TRIALS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--workers", type=int, default=WORKERS)
    given = parser.parse_args()
    sys.exit(main(given.trials, given.seed, given.workers))
