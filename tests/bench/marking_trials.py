"""One trial of the marking bench: a machine with a fault, a host that may die, and the truth.

The truth is the simulator's log, written to the disk before anything is said over the wire; what
the host claims is read from its books and its journal, after it was started again if it died.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing.context import BaseContext
from pathlib import Path
from random import Random
from typing import Final

from stockpile.adapters.marking.markers import DRIVERS, PROMISES
from stockpile.adapters.marking.simulators.faults import KINDS
from stockpile.adapters.marking.simulators.machines import FACES
from stockpile.adapters.marking.simulators.simulator import Simulator
from stockpile.adapters.serial.port import open_port
from stockpile.domain.errors import MachineRefused
from stockpile.domain.facts import MachineSet
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.values import JobId, WeaponId
from stockpile.services.marking import Outcome
from tests.bench import marking_naive
from tests.bench.marking_hosts import POINTS, TIMES, Host, Point, Stands, State, Wanted
from tests.helpers.benches import LAYOUTS
from tests.helpers.house import build_house

FAMILIES: Final = tuple(sorted(set(DRIVERS) & set(FACES)))
FAULTS: Final = tuple(
    f"{kind}:{option}" if option else kind
    for kind in KINDS
    for option in ("", *sorted(KINDS[kind]))
)
PAIRS: Final = ("lose-answer,lose-end", "lose-answer,estop-mid", "late-answer,restart-mid",
                "lose-end,restart-mid:keep", "split,lose-end", "garbage,pull-mid")  # fmt: skip
ONE_AFTER_ANOTHER: Final = ("keyence", "panasonic", "telesis", "tl07")
"""Families of which every text on the metal can be told apart."""
SPEEDS: Final = (8.0, 20.0, 60.0)
WEAPONS: Final = 40
"""Weapons in a home, each for one trial; then a new home is taken."""
WATCH_SECONDS: Final = 2.0
LATE_SECONDS: Final = 7.0
"""For ends that come late, and for a machine that is told its mark dot by dot."""
_SETTLE_SECONDS: Final = 0.06
"""Longer than a simulator takes to hear what still lies in its wire."""
_RUN_SECONDS: Final = 8.0


@dataclass(frozen=True, slots=True)
class Trial:
    """What one trial is: everything about it follows from the seed and its number."""

    number: int
    driver: str
    fault: str
    dies_at: Point
    dies_after: float
    speed: float
    naive: bool
    follows: bool
    """Whether another weapon is marked at once on the same machine, with no fault of its own."""

    @property
    def spec(self) -> str:
        """The fault as the simulator is told it."""
        parts = [part for part in self.fault.split(",") if part]
        return ",".join(f"{part}@1" for part in parts) if self.follows else self.fault

    @property
    def seconds(self) -> float:
        """How long its run is watched."""
        is_slow = "end-late" in self.fault or PROMISES[self.driver].draws
        return LATE_SECONDS if is_slow else WATCH_SECONDS


@dataclass(slots=True)
class Verdict:
    """What came of a trial, and what of it was untrue."""

    trial: Trial
    state: State
    violations: tuple[str, ...] = ()
    wrong_found: bool = False
    """A wrong text on the metal of a machine that cannot be read back, found by the scan."""
    naive: str = ""
    naive_violations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Truth:
    """What happened to the metal."""

    starts: int
    whole: int
    heard_again: int
    texts: frozenset[str]

    @property
    def text(self) -> str:
        """The text of the one whole mark; nothing where there is none."""
        return next(iter(self.texts), "") if (self.starts, self.whole) == (1, 1) else ""


def drawn(seed: int, number: int) -> Trial:
    """Return the trial of this number."""
    chance = Random(f"{seed}:{number}")
    fault = chance.choice(("", "", "lose-end", *(chance.choice(FAULTS) for _ in range(6)),
                           chance.choice(PAIRS)))  # fmt: skip
    dies_at: Point = chance.choice(POINTS) if chance.random() < 0.4 else ""
    driver = FAMILIES[number % len(FAMILIES)]
    naive = not dies_at and driver != "grbl" and chance.random() < 0.35
    follows = not dies_at and driver in ONE_AFTER_ANOTHER and chance.random() < 0.3
    dies_after, speed = chance.uniform(0.05, 1.5), chance.choice(SPEEDS)
    return Trial(number, driver, fault, dies_at, dies_after, speed, naive, follows)


def truth_of(log: Path, but: str = "") -> Truth:
    """Return what the log on the disk says, leaving out what bears another job's text."""
    lines = log.read_text("utf-8").splitlines() if log.exists() else []
    rows = [row for line in lines if (row := json.loads(line))["text"] != but or not but]
    count = [row["event"] for row in rows].count
    # A machine that is told every dot knows its text when it is whole.
    texts = frozenset(row["text"] for row in rows if row["text"])
    return Truth(count("start"), count("done"), count("again"), texts)


def untruths(state: str, text: str, truth: Truth, *, can_read_back: bool) -> tuple[str, ...]:
    """Return what is wrong with a claim about one weapon, by what the metal bears."""
    wrong = truth.texts - {text}
    found = {
        "double mark": truth.starts > 1 or truth.heard_again > 0,
        "wrong text": bool(wrong) and (can_read_back or state in {"marked", "verified", "done"}),
        "done without one whole mark": state in {"marked", "verified", "done"}
        and (truth.starts, truth.whole) != (1, 1),
        "not started with a mark begun": state in {"not_started", "not marked"}
        and truth.starts > 0,
    }
    return tuple(name for name, untrue in found.items() if untrue)


# --- homes ----------------------------------------------------------------------------------------


def template(folder: Path, weapons: int = WEAPONS) -> tuple[Path, tuple[WeaponId, ...]]:
    """Build the home that all hosts get a copy of, and return its weapons.

    Its scheme is the usual one with no spaces in it: that is a text for every family.
    """
    house = build_house(folder / "template")
    schemes, by = house.stockpile.schemes, house.officer
    usual = schemes.scheme(MOSAIC_IMPORT)
    schemes.set(MOSAIC_IMPORT, replace(usual, pattern="{iso2}-{yy}-{seq}"), by=by)
    ids = tuple(house.register(f"KB{number:06}") for number in range(weapons))
    house.stockpile.close()
    return house.home, ids


@dataclass(slots=True)
class Bench:
    """A place for trials, one after another: a home, its host, and a number for each machine."""

    folder: Path
    home_template: Path
    weapons: Sequence[WeaponId]
    context: BaseContext
    bound: dict[str, tuple[str, str]]
    _fresh: list[WeaponId] = field(default_factory=list)
    _homes: int = 0
    _host: Host | None = None

    def run(self, trial: Trial) -> tuple[Verdict, ...]:
        """Run a trial to its verdict; a weapon that follows has one of its own."""
        with self._machine(trial, "") as (machine, log):
            claims = [self._marked(trial, machine, self._weapon())]
            if trial.follows and self._fresh and claims[0].state in {"marked", "not_started"}:
                claims.append(self._marked(trial, machine, self._weapon()))
            _rest(log)
            texts = [claim.text for claim in claims]
            verdicts = [
                self._judged(trial, claim, truth_of(log, but="".join(set(texts) - {claim.text})))
                for claim in claims
            ]
        for later in verdicts[1:]:
            later.trial = replace(trial, fault=f"{trial.fault}, then the next".lstrip(", "))
        if trial.naive:
            self._naive(trial, verdicts[0])
        return tuple(verdicts)

    def close(self) -> None:
        """Let the host go, and its home."""
        if self._host is not None:
            self._host.stop()
            self._host = None
        shutil.rmtree(self._home, ignore_errors=True)

    # --- the run --------------------------------------------------------------------------------

    def _marked(self, trial: Trial, machine: MachineSet, weapon: WeaponId) -> Stands:
        wanted = Wanted(weapon, machine, trial.dies_at, trial.seconds, self.folder)
        host = self._living()
        host.begin("mark", wanted)
        if trial.dies_at == "any time" and not host.answered_within(trial.dies_after):
            host.kill()
        try:
            outcome: Outcome = host.answer()
        except (EOFError, OSError):
            host.kill()
            self._host = None
            stands: Stands = self._living().ask("stands", weapon)
            return stands
        stands = host.ask("stands", weapon)
        return replace(stands, agree=stands.agree and stands.state == outcome.state)

    def _judged(self, trial: Trial, claim: Stands, truth: Truth) -> Verdict:
        state, found = claim.state, False
        if state == "started":
            equal = self._living().ask("read", (JobId(claim.job), truth.text))
            found = bool(truth.text) and not equal
            state = "verified" if equal else "unknown" if found else "started"
        can_read_back = PROMISES[trial.driver].can_read_back
        untrue = untruths(state, claim.text, truth, can_read_back=can_read_back)
        if not claim.agree:
            untrue += ("journal and ledger disagree",)
        return Verdict(trial, state, untrue, found)

    def _naive(self, trial: Trial, verdict: Verdict) -> None:
        text = "UGA-26-00042"
        with self._machine(trial, "n") as (machine, log):
            verdict.naive = marking_naive.mark(machine, text, self.folder)
            _rest(log)
            verdict.naive_violations = untruths(
                verdict.naive, text, truth_of(log), can_read_back=True
            )

    # --- what it runs on ------------------------------------------------------------------------

    @property
    def _home(self) -> Path:
        return self.folder / f"home{self._homes}"

    def _weapon(self) -> WeaponId:
        if not self._fresh:
            self.close()
            self._homes += 1
            shutil.copytree(self.home_template, self._home)
            self._fresh = list(self.weapons)
        return self._fresh.pop()

    def _living(self) -> Host:
        if self._host is None:
            self._host = Host(self.context, self._home)
        return self._host

    @contextmanager
    def _machine(self, trial: Trial, kind: str) -> Iterator[tuple[MachineSet, Path]]:
        name = f"m{trial.number}{kind}"
        log = self.folder / f"{name}.jsonl"
        sim = Simulator(
            trial.driver,
            pty_link=self.folder / name,
            fault=trial.spec,
            speed=trial.speed,
            log=log,
        )
        with sim:
            identity, fingerprint = self.bound[trial.driver]
            layout = LAYOUTS.get(trial.driver, "UGA.tml")
            machine = MachineSet(
                name, trial.driver, sim.url, layout, identity, fingerprint=fingerprint
            )
            yield machine, log
        log.unlink(missing_ok=True)


def bound_machines(folder: Path) -> dict[str, tuple[str, str]]:
    """Return who each family's simulated machine is, and its layout's digest, as it binds them."""
    found = {}
    for driver in FAMILIES:
        with Simulator(driver, pty_link=folder / f"bind-{driver}", speed=40.0) as sim:
            layout = LAYOUTS.get(driver, "UGA.tml")
            machine = MachineSet("bind", driver, sim.url, layout)
            marker = DRIVERS[driver](machine, lambda url: open_port(url, locks=folder), TIMES)
            try:
                found[driver] = (_told(marker.identity), _told(marker.fingerprint))
            finally:
                marker.close()
    return found


def _told(ask: object) -> str:
    try:
        return str(ask())  # type: ignore[operator]
    except MachineRefused:
        return ""


def _rest(log: Path) -> None:
    """Wait until the machine has heard all, and has come to the end of what it does."""
    time.sleep(_SETTLE_SECONDS)
    deadline = time.monotonic() + _RUN_SECONDS
    while time.monotonic() < deadline:
        truth = truth_of(log)
        if truth.starts <= truth.whole + _broken(log):
            return
        time.sleep(0.02)


def _broken(log: Path) -> int:
    return log.read_text("utf-8").count('"event": "partial"') if log.exists() else 0
