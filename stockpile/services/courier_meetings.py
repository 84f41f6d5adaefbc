"""Two computers side by side: a folder that both can reach, and courier files in it for each other.

The folder is a stick, or a share over a cable or a closed network. Each side first looks what lies
there for it, then takes that in and writes its own file beside it; in whatever order and however
often they do so, both end with what concerns them. Files with reports of losses come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stockpile.domain import courier, people
from stockpile.domain.courier import Manifest
from stockpile.domain.errors import Cancelled, CourierIncomplete, StockpileError
from stockpile.domain.values import NodeId, WeaponId
from stockpile.services.couriers import Alarm, Couriers, Opened, Packed, Taken
from stockpile.services.people import SignedIn
from stockpile.services.ports import Progress, Recorded, silent

MOST_FILES: Final = 100
"""Courier files in a folder that are looked at; more of them are somebody else's store room."""
MOST_RECEIVERS: Final = 5
"""Where nobody's file lies in the folder yet, so many known depots are written for at most."""
_STEPS: Final = 1_000
_NO_NAME: Final = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class Refused:
    """A file in the folder that is not taken in, and why."""

    file: Path
    error: StockpileError


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in a folder for this node: files that were opened and proved, and refused ones."""

    folder: Path
    opened: tuple[tuple[Path, Opened], ...]
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """What came of a meeting: what was taken in, what was written, what was refused."""

    taken: tuple[Taken, ...]
    packed: tuple[Packed, ...]
    refused: tuple[Refused, ...]

    @property
    def facts(self) -> int:
        """How many facts were taken in."""
        return sum(one.facts for one in self.taken)

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """The alarms: somebody wrote, or was shown, another history than is held here."""
        return tuple(one.alarm for one in self.taken if one.alarm is not None)


@dataclass(frozen=True, slots=True)
class CourierMeetings:
    """The exchange through a folder. It runs where its ``couriers`` do."""

    couriers: Couriers

    def look(self, folder: Path, progress: Progress = silent) -> Found:
        """Open and prove what lies in a folder for this node; nothing is taken in.

        ``progress`` counts facts and may stop it. Raises Cancelled, and FileUnreadable where the
        folder cannot be read.
        """
        opened: list[tuple[Manifest, Path, Opened]] = []
        refused: list[Refused] = []
        waiting = list(self._waiting(folder, refused))
        for (file, manifest), step in zip(waiting, _in_turn(progress, waiting), strict=True):
            try:
                opened.append((manifest, file, self.couriers.open(file, progress=step)))
            except Cancelled:
                raise
            except CourierIncomplete:
                continue  # what is missing may be in another file here: it is looked at again
            except StockpileError as error:
                refused.append(Refused(file, error))
        opened.sort(key=lambda one: (not one[0].urgent, one[0].created))
        return Found(folder, tuple((file, one) for _manifest, file, one in opened), tuple(refused))

    def receivers(self, found: Found) -> list[NodeId]:
        """Return for whom files would be written after this look."""
        return self._receivers(None, {one.preview.sender.id for _file, one in found.opened})

    def exchange(
        self,
        folder: Path,
        progress: Progress = silent,
        writing: Progress = silent,
        *,
        by: SignedIn,
        to: NodeId | None = None,
        about: Sequence[WeaponId] = (),
    ) -> tuple[Recorded, Met]:
        """Take in what lies in a folder for this node, and write what the others are to have.

        ``progress`` counts the facts that are taken in, ``writing`` what is written after that;
        either may stop it. Raises OfficerNotAuthorised, NodeUnknown, Cancelled, FileUnreadable,
        DiskFull, DiskTrouble; what was taken in stays, and done again it goes on there.
        """
        people.authorise(by.officer, "sync")
        refused: list[Refused] = []
        taken: list[Taken] = []
        recorded = Recorded((), ())
        waiting = sorted(
            self._waiting(folder, refused), key=lambda one: (not one[1].urgent, one[1].created)
        )
        for (file, manifest), step in zip(waiting, _in_turn(progress, waiting), strict=True):
            try:
                opened = self.couriers.open(file, progress=_begun(step, manifest.facts))
                came, one = self.couriers.take(opened, step, by=by)
            except Cancelled:
                raise
            except StockpileError as error:
                refused.append(Refused(file, error))
                continue
            taken.append(one)
            recorded = Recorded((*recorded.entries, *came.entries), (*recorded.facts, *came.facts))
        senders = {manifest.sender for _file, manifest in waiting}
        receivers = self._receivers(to, senders)
        packed = [
            self.couriers.pack(
                folder / self._name(node), node, one_of(writing, at, len(receivers)), by=by,
                about=about,
            )
            for at, node in enumerate(receivers)
        ]  # fmt: skip
        return recorded, Met(tuple(taken), tuple(packed), tuple(refused))

    def _waiting(self, folder: Path, refused: list[Refused]) -> Iterator[tuple[Path, Manifest]]:
        """Give the files in a folder that others locked for this node, by name."""
        own = self.couriers.keys.node
        for file in self.couriers.files.listed(folder)[:MOST_FILES]:
            try:
                manifest, _locked = courier.unsealed(self.couriers.files.read(file), str(file))
            except StockpileError as error:
                refused.append(Refused(file, error))
                continue
            if own in manifest.to and manifest.sender != own:
                yield file, manifest

    def _receivers(self, to: NodeId | None, senders: set[NodeId]) -> list[NodeId]:
        """Return for whom a file is written: who is named, who left one here, or who is known.

        A registry that no line reaches is always one of them: the stick may be on its way there.
        """
        registries = self.couriers.registries
        known = [one.id for one in self.couriers.receivers() if not registries.is_one(one.id)]
        if to is not None:
            return [to]
        here = [one for one in known if one in senders]
        if not here and not any(map(registries.is_one, senders)):
            here = known[:MOST_RECEIVERS]
        return [*here, *registries.without_a_line()]

    def _name(self, receiver: NodeId) -> str:
        """Return what our file for a node is called: both names, so that people know it too."""
        names = (self.couriers.name(one) for one in (self.couriers.keys.node, receiver))
        said = " - ".join(_NO_NAME.sub(" ", one).strip() for one in names)
        return f"{said} {self.couriers.keys.node[:4]}{receiver[:4]}{courier.EXTENSION}"


def _in_turn(progress: Progress, files: Sequence[tuple[Path, Manifest]]) -> Iterator[Progress]:
    """Give the progress of each file among several, all of them counted in facts."""
    before, after = 0, sum(manifest.facts for _file, manifest in files)
    for _file, manifest in files:
        after -= manifest.facts
        yield _between(progress, before, after)
        before += manifest.facts


def _between(progress: Progress, before: int, after: int) -> Progress:
    return lambda done, total: progress(before + done, before + total + after)


def _begun(progress: Progress, facts: int) -> Progress:
    """Return a progress of which nothing is done yet, which can be stopped all the same."""
    return lambda _done, _total: progress(0, facts)


def one_of(progress: Progress, at: int, files: int) -> Progress:
    """Return the progress of one piece of work among several that may be of any length."""

    def step(done: int, total: int) -> None:
        progress(at * _STEPS + done * _STEPS // max(total, 1), files * _STEPS)

    return step
