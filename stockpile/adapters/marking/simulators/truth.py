"""What the metal bears, written down as it happens: the truth that tests compare claims with."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

What = Literal["start", "dot", "done", "partial", "again"]


@dataclass(frozen=True, slots=True)
class Happening:
    """One physical event: at which job, with which text, the how manieth letter, and when.

    ``seconds`` counts from the start of the simulator.
    """

    event: What
    job: int
    text: str
    n: int
    seconds: float


class Truth:
    """The physical log: kept in memory, and in a file that survives a power cut."""

    def __init__(self, file: Path | None, tell: Callable[[Mapping[str, object]], None]) -> None:
        self._file = file
        self._tell = tell
        self._happenings: list[Happening] = []
        self._news = threading.Condition()

    def add(self, happening: Happening) -> None:
        """Write down what happened, durably before returning; raises OSError."""
        row = asdict(happening)
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as log:
                log.write(json.dumps(row, ensure_ascii=False) + "\n")
                log.flush()
                os.fsync(log.fileno())
        with self._news:
            self._happenings.append(happening)
            self._news.notify_all()
        self._tell(row)

    def all(self) -> tuple[Happening, ...]:
        """Return everything that happened until now."""
        with self._news:
            return tuple(self._happenings)

    def count(self, event: What) -> int:
        """Return how often this happened."""
        return sum(happening.event == event for happening in self.all())

    def wait_for(self, event: What, times: int = 1, *, limit: float = 20.0) -> bool:
        """Wait until this has happened so often; return whether it has."""
        with self._news:
            return self._news.wait_for(
                lambda: sum(h.event == event for h in self._happenings) >= times, limit
            )
