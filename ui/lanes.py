"""What goes to a lane and comes back: an errand, and an object that is used from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject

from stockpile.domain.errors import StockpileError

T = TypeVar("T")

Refusal = Callable[[StockpileError], None]


class OnLane(Generic[T]):
    """An object of the books lane, for use on another lane: each call goes there and back."""

    def __init__(self, target: T, lane: ThreadPoolExecutor) -> None:
        self._target = target
        self._lane = lane

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the target has
        method = getattr(self._target, name)

        def call(*args: object, **kwargs: object) -> object:
            return self._lane.submit(method, *args, **kwargs).result()

        return call


class Errand(Generic[T]):
    """A piece of work on its way to a lane and back.

    What it names may belong to a page that was closed meanwhile. A widget or timer that a lane
    lets go of last is torn down on that lane, under the feet of the screen, and takes the program
    with it. So the lane keeps nothing but this shell, which is emptied on the GUI thread.
    """

    def __init__(
        self,
        owner: QObject,
        work: Callable[[], T],
        answer: Callable[[T], None],
        refused: Refusal | None,
    ) -> None:
        self.told: tuple[QObject, Callable[[T], None], Refusal | None] | None
        self.told = owner, answer, refused
        self.work: Callable[[], T] | None = work
        self.result: T | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        """Do the work; what came of it stays here until the screen takes it."""
        assert self.work is not None
        try:
            self.result = self.work()
        except BaseException as error:  # noqa: BLE001 - told on the GUI thread, every one
            self.error = error

    def forget(self) -> None:
        """Let go of everything; on the GUI thread only."""
        self.told = self.work = self.result = self.error = None
