"""The screens' only reach into the core: ask, record, perform.

This file and ``ui.lanes``, which is its own, alone know that threads exist. Work runs on lanes of
one worker each: the books lane for everything that touches the database, a machine lane for each
cable, one network lane, one for photos, two for what travels by stick.
Answers come back on the GUI thread; an answer for a page that has gone is dropped, and no lane is
the last to let go of a page (see ``Errand``). Facts that were written are told to everyone through
``recorded``, the only change notice there is. An expected error goes to the caller's ``refused`` or
to the notices; a bug rises on the GUI thread into the crash hook.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, Signal

from stockpile.domain.errors import Cancelled, SecondOfficerMissing, StockpileError
from stockpile.language import _
from ui.lanes import Errand, OnLane, Refusal
from ui.notices import Notices

if TYPE_CHECKING:  # loaded after the first paint, see ui.later
    from stockpile.services.deeds import Deed
    from stockpile.services.ports import Recorded
    from stockpile.services.signing import Second

    AskSecond = Callable[
        [
            SecondOfficerMissing,
            Callable[[Second | None], tuple[Recorded, Any]],
            Callable[[Second], None],
            Callable[[], None],
        ],
        None,
    ]

T = TypeVar("T")
U = TypeVar("U")
I = TypeVar("I")  # noqa: E741 - the intent of a deed
O = TypeVar("O")  # noqa: E741 - the outcome of a deed

BOOKS, NETWORK, PHOTOS, ASIDE = "books", "network", "photos", "aside"
_STEP_SECONDS = 0.1
_TURN_SECONDS = 0.001
"""How long a lane waits for the one that computes, at each of its many returns from the disk: the
usual 5 ms add up to a slow start of a machine while the screen is drawn."""


class Work(QObject):
    """A long piece of work as the screen sees it: how far it is, and a way to stop it.

    ``step`` is handed to the core as its Progress; it may be called on any thread.
    """

    progressed = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()  # without a parent, which could take it away under a lane that tells
        self._cancelled = threading.Event()
        self._told = 0.0

    def step(self, done: int, total: int) -> None:
        """Tell how far the work is; raises Cancelled when the user stopped it."""
        if self._cancelled.is_set():
            raise Cancelled
        now = time.monotonic()
        if done >= total or now - self._told >= _STEP_SECONDS:
            self._told = now
            self.progressed.emit(done, total)

    def cancel(self) -> None:
        """Stop at the next step; what was written until then stays."""
        self._cancelled.set()


class Desk(QObject):
    """Ask, record, perform; ``recorded`` tells every screen the facts that were written.

    Signals:
        recorded: what was written, with at least one fact.
        closing: the program is about to end; work that can be stopped stops.
    """

    recorded = Signal(object)
    closing = Signal()
    _answered = Signal(object)

    def __init__(self, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self.ask_second: AskSecond | None = None
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        sys.setswitchinterval(_TURN_SECONDS)
        self._under_way, self._counting = 0, threading.Lock()
        self._aside = 0
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        owner: QObject,
        question: Callable[[], T],
        answer: Callable[[T], None],
        refused: Refusal | None = None,
        lane: str = BOOKS,
    ) -> None:
        """Read something on the books lane, or beside the books on another, and show it."""
        self._submit(owner, self._lane(lane), question, answer, refused)

    def ask_in_turn(
        self,
        owner: QObject,
        question: Callable[[], T],
        work: Callable[[T], U],
        answer: Callable[[U], None],
        refused: Refusal | None = None,
        lane: str = PHOTOS,
    ) -> None:
        """Ask on the books lane, then work with what was found on another, and show what came."""

        def go_on(found: T) -> None:
            self.ask(owner, partial(work, found), answer, refused, lane)

        self.ask(owner, question, go_on, refused)

    def ask_aside(
        self,
        owner: QObject,
        question: Callable[[], T],
        answer: Callable[[T], None],
        refused: Refusal | None = None,
    ) -> None:
        """Find something out that nobody waits for, on a lane of its own: no work of the desk."""

        def aside() -> T:
            try:
                return question()
            finally:
                with self._counting:
                    self._aside -= 1

        with self._counting:
            self._aside += 1
        self._submit(owner, self._lane(ASIDE), aside, answer, refused)

    def record(
        self,
        owner: QObject,
        act: Callable[[], tuple[Recorded, T]],
        done: Callable[[T], None],
        refused: Refusal | None = None,
    ) -> None:
        """Read, decide and write whole on the books lane, then tell every screen."""
        told = partial(self._told, owner, done)
        refuse = partial(self._refuse, owner, refused)
        self._submit(self, self._lane(BOOKS), act, told, refuse)

    def record_by_two(
        self,
        owner: QObject,
        act: Callable[[Second | None], tuple[Recorded, T]],
        done: Callable[[T], None],
        refused: Refusal | None = None,
        postponed: Callable[[], None] | None = None,
    ) -> None:
        """Record what may want a second officer: where it does, one is asked, and it is tried anew.

        ``act`` is given nobody first, then the second officer, or what stands for one who confirms
        later: that is said, and ``postponed`` called in the place of ``done``, for nothing of it
        has happened yet.
        """
        refuse = partial(self._refuse, owner, refused)

        def again(second: Second) -> None:
            if hasattr(second, "key"):
                self.record(owner, lambda: act(second), done, refused)
            else:
                self.record_for_later(owner, lambda: act(second), refused, postponed)

        def missing(error: StockpileError) -> None:
            if isinstance(error, SecondOfficerMissing) and self.ask_second is not None:
                self.ask_second(error, act, again, partial(refuse, error))
            else:
                refuse(error)

        self.record(owner, lambda: act(None), done, missing)

    def record_for_later(
        self,
        owner: QObject,
        act: Callable[[], tuple[Recorded, T]],
        refused: Refusal | None = None,
        postponed: Callable[[], None] | None = None,
    ) -> None:
        """Record what one officer signs and a second is to confirm, and say that it waits."""

        def waits(_nothing_yet: T) -> None:
            self._notices.good(_("Signed. It waits for a second officer to confirm it."))
            if postponed is not None:
                postponed()

        self.record(owner, act, waits, refused)

    def perform(
        self,
        owner: QObject,
        deed: Deed[I, O],
        lane: str,
        done: Callable[[O], None],
        refused: Refusal | None = None,
        begun: Callable[[I], None] | None = None,
    ) -> None:
        """Do what cannot be undone: intent on the books lane, the deed on its own, the outcome.

        The outcome is written even if the page that asked for it has gone.
        """
        refuse = partial(self._refuse, owner, refused)
        machine = self._lane(lane)

        # From lane to lane by itself: no screen that is being drawn may hold the machine up.
        def begin() -> tuple[Recorded, I]:
            recorded, intent = deed.begin()
            self._submit(self, machine, partial(act, intent), lambda _done: None, refuse)
            return recorded, intent

        def act(intent: I) -> None:
            outcome = deed.act(intent)
            written = partial(deed.finish, intent, outcome)
            self._submit(self, self._lane(BOOKS), written, partial(end, outcome), refuse)

        def say_begun(begin: tuple[Recorded, I]) -> None:
            recorded, intent = begin
            self._announce(recorded)
            if begun is not None and shiboken6.isValid(owner):
                begun(intent)

        def end(outcome: O, recorded: Recorded) -> None:
            self._announce(recorded)
            if shiboken6.isValid(owner):
                done(outcome)

        self._submit(self, self._lane(BOOKS), begin, say_begun, refuse)

    def on_books(self, target: T) -> T:
        """Return the target for use on another lane, each call made on the books lane."""
        return OnLane(target, self._lane(BOOKS))  # type: ignore[return-value]  # stands in for it

    @property
    def is_at_work(self) -> bool:
        """Say whether anything is under way that somebody may wait for."""
        return self._under_way > self._aside

    def wait(self) -> None:
        """Let the work in hand come to its end: a deed that has begun writes its outcome."""
        self.closing.emit()
        waiting = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        while self._under_way:
            QCoreApplication.processEvents(
                QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents | waiting
            )

    def close(self) -> None:
        """Wait for the work in hand and end every lane, the books lane last."""
        self.wait()
        for name in sorted(self._lanes, key=lambda one: one == BOOKS):
            self._lanes[name].shutdown(wait=True)
        self._lanes.clear()

    def _told(self, owner: QObject, done: Callable[[T], None], answer: tuple[Recorded, T]) -> None:
        recorded, rest = answer
        self._announce(recorded)
        if shiboken6.isValid(owner):
            done(rest)

    def _announce(self, recorded: Recorded) -> None:
        if recorded.facts:
            self.recorded.emit(recorded)

    def _lane(self, name: str) -> ThreadPoolExecutor:
        if name not in self._lanes:
            self._lanes[name] = ThreadPoolExecutor(1, thread_name_prefix=name)
        return self._lanes[name]

    def _submit(
        self,
        owner: QObject,
        lane: ThreadPoolExecutor,
        work: Callable[[], T],
        answer: Callable[[T], None],
        refused: Refusal | None,
    ) -> None:
        """Have work done on a lane; a deed asks for its next step from the lane it is on."""
        with self._counting:
            self._under_way += 1
        lane.submit(self._run, Errand(owner, work, answer, refused))

    def _run(self, errand: Errand[Any]) -> None:
        errand.run()
        self._answered.emit(errand)

    def _deliver(self, errand: Errand[Any]) -> None:
        try:
            self._answer(errand)
        finally:
            errand.forget()
            with self._counting:
                self._under_way -= 1

    def _answer(self, errand: Errand[Any]) -> None:
        assert errand.told is not None
        owner, answer, refused = errand.told
        if errand.error is None:
            if shiboken6.isValid(owner):
                answer(errand.result)
        elif isinstance(errand.error, StockpileError):
            self._refuse(owner, refused, errand.error)
        else:
            raise errand.error

    def _refuse(self, owner: QObject, refused: Refusal | None, error: StockpileError) -> None:
        if refused is not None and shiboken6.isValid(owner):
            refused(error)
        elif not isinstance(error, Cancelled):
            self._notices.trouble(error)
