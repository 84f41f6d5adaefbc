"""A shift at the marking benches as a process of its own, so that a test can kill it anywhere.

``python -m tests.helpers.shifts shift.json`` opens the home, settles what the last shift left by
looking at the metal, and marks what the order has waiting. It sees the metal by the simulators'
logs: what is written there was cut, whatever anybody claims.
"""

from __future__ import annotations

import json
import socket
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from stockpile.app import open_home
from stockpile.domain.errors import MarkingStillOpen
from stockpile.domain.marking import Verdict
from stockpile.domain.values import JobId, WeaponId
from stockpile.services.people import SignedIn
from stockpile.services.ports import Job
from stockpile.services.stockpile import Stockpile
from tests.helpers.house import PASSPHRASE, PIN, TOLD
from tests.helpers.shots import encoded

Seen = Literal["marked", "partial", "unmarked"]


@dataclass(frozen=True)
class Bench:
    """A machine: its name, its side door, and the log of its metal."""

    name: str
    control: int
    metal: Path


@dataclass(frozen=True)
class Plan:
    """What a shift is told: the order, its benches, and whether it settles its own doubts.

    What the last shift left in doubt it always settles; a doubt of its own stays an open question
    otherwise, and the work goes on at the next bench.
    """

    home: Path
    order: str
    benches: tuple[Bench, ...]
    settles: bool

    def written(self, file: Path) -> Path:
        """Write it down for the process."""
        file.write_text(json.dumps(asdict(self), default=str), "utf-8")
        return file


def read(file: Path) -> Plan:
    """Read what a shift was told."""
    said = json.loads(file.read_text("utf-8"))
    benches = tuple(
        Bench(one["name"], one["control"], Path(one["metal"])) for one in said["benches"]
    )
    return Plan(Path(said["home"]), said["order"], benches, said["settles"])


@dataclass
class Shift:
    """The officer at work."""

    plan: Plan
    stockpile: Stockpile
    officer: SignedIn

    def work(self) -> None:
        """Settle what was left, then mark until nothing waits."""
        orders = self.stockpile.marking_orders
        for job in self.stockpile.marking.jobs():
            self.look(job, settles=True)
        while (weapon := orders.next_weapon(self.plan.order)) is not None:
            self.mark(weapon)

    def mark(self, weapon: WeaponId) -> None:
        """Mark a weapon on the first bench that nothing is in doubt on, and look at it."""
        for bench in self.plan.benches:
            self.at_rest(bench)
            try:
                _, outcome = self.stockpile.marking.mark(
                    weapon, bench.name, by=self.officer, order=self.plan.order,
                    position=self.position(weapon),
                ).perform()  # fmt: skip
            except MarkingStillOpen:
                continue
            self.look(self.job(outcome.job), settles=self.plan.settles)
            return
        raise AssertionError("every bench has an open question")

    def position(self, weapon: WeaponId) -> str:
        """A spot that bears no spoiled mark yet."""
        spoiled = [
            one for one in self.stockpile.books.weapon(weapon).applied if one.state == "voided"
        ]
        return f"spot {len(spoiled) + 1}"

    def look(self, job: Job, *, settles: bool) -> None:
        """Read a mark back, or settle a doubt by what is on the metal."""
        if job.state == "done_reported":
            _, back = self.stockpile.marking.verify(
                job.job, self.scanned(job), "scan", by=self.officer
            )
            assert back.verdict is Verdict.EQUAL
        elif job.state == "unknown" and settles:
            self.settle(job)

    def settle(self, job: Job) -> None:
        """Say what the metal bears: a scan of a whole mark, else a photo."""
        seen, marking = self.seen(job), self.stockpile.marking
        if seen == "marked":
            read = self.scanned(job)
            marking.resolve(job.job, seen, "line lost", read, by=self.officer)
            return
        photo = self.stockpile.photographs.keep(encoded()).digest
        marking.resolve(job.job, seen, "line lost", photo=photo, by=self.officer)

    def scanned(self, job: Job) -> str:
        """The last whole mark that the bench cut: this weapon's, for it stands there still."""
        whole = [one["text"] for one in self.cut(job) if one["event"] == "done"]
        return str(whole[-1])

    def seen(self, job: Job) -> Seen:
        """What of this job is on the metal, once the machine is at rest."""
        self.at_rest(self.bench(job))
        events = {one["event"] for one in self.cut(job) if one["text"] == job.text}
        return "marked" if "done" in events else "partial" if "start" in events else "unmarked"

    def cut(self, job: Job) -> list[dict[str, object]]:
        """All that the bench of a job ever cut."""
        metal = self.bench(job).metal
        return [json.loads(line) for line in metal.read_text("utf-8").splitlines()]

    def at_rest(self, bench: Bench) -> None:
        """Wait until a machine stands still and its cable is in."""
        with (
            socket.create_connection(("127.0.0.1", bench.control)) as door,
            door.makefile() as said,
        ):
            while True:
                door.sendall(b'{"order": "status"}\n')
                status = json.loads(said.readline())
                if status["plugged"] and status["state"] in {"ready", "fault"}:
                    return
                time.sleep(0.02)

    def bench(self, job: Job) -> Bench:
        """The bench of a job."""
        return next(one for one in self.plan.benches if one.name == job.machine)

    def job(self, job: JobId) -> Job:
        """A job as the journal has it."""
        return next(one for one in self.stockpile.marking.jobs() if one.job == job)


def main() -> None:
    """Work one shift."""
    plan = read(Path(sys.argv[1]))
    stockpile = open_home(plan.home, PASSPHRASE)
    shift = Shift(plan, stockpile, stockpile.people.sign_in(TOLD.officer, PIN))
    shift.work()
    stockpile.close()


if __name__ == "__main__":
    main()
