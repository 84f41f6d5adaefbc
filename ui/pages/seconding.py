"""A second officer for an act that wants two here: now, by PIN, or later from the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from stockpile import wording
from stockpile.domain.errors import SecondOfficerMissing, StockpileError
from stockpile.language import _
from stockpile.plan_words import PlanLine, planned, what_words
from stockpile.services.people import SignedIn
from stockpile.services.plan_lines import plan_lines
from stockpile.services.signing import PROPOSABLE, Later, Rehearsal, Rehearsed
from ui.desk import Desk
from ui.pages.pins import PinsDialog, Wanted
from ui.session import Session

if TYPE_CHECKING:
    from stockpile.services.ports import Books, Recorded
    from stockpile.services.signing import Second


class SecondOfficer(QObject):
    """Asks for both PINs over whatever is open, when the books want a second signature.

    What is signed stands above the PINs, every value before and after: the act is rehearsed, and
    ends before anything is written.
    """

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk)
        self._desk, self._session = desk, session
        self.dialog: PinsDialog | None = None

    def ask(
        self,
        error: SecondOfficerMissing,
        act: Callable[[Second | None], tuple[Recorded, Any]],
        again: Callable[[Second], None],
        given_up: Callable[[], None],
    ) -> None:
        """Ask; call ``again`` with who confirms, or ``given_up`` where nobody does."""
        rehearse = partial(_rehearsed, self._session.stockpile.books, act)
        self._desk.ask(self, rehearse, partial(self._open, error.act, again, given_up))

    def _open(
        self,
        act: str,
        again: Callable[[Second], None],
        given_up: Callable[[], None],
        lines: tuple[PlanLine, ...],
    ) -> None:
        dialog = PinsDialog(
            self._desk, self._session,
            [Wanted(_("Officer"), own=True), Wanted(_("Second officer"))],
            QApplication.activeModalWidget() or QApplication.activeWindow(),
            title=_("Two officers sign this"),
            sentence=_("At this site two officers have to {act}.").format(act=wording.act(act)),
            what=what_words(act, lines) if lines else "", later=act in PROPOSABLE,
        )  # fmt: skip

        def signed(opened: tuple[object, ...]) -> None:
            second = opened[1]
            assert isinstance(second, SignedIn)
            again(second)

        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.signed.connect(signed)
        dialog.later.connect(lambda reason: again(Later(reason)))
        dialog.rejected.connect(given_up)
        dialog.finished.connect(self._gone)
        self.dialog = dialog
        dialog.open()

    def _gone(self) -> None:
        self.dialog = None


def _rehearsed(
    books: Books, act: Callable[[Second | None], tuple[Recorded, Any]]
) -> tuple[PlanLine, ...]:
    """Return what an act would write; nothing where it does not say so before it is signed."""
    try:
        act(Rehearsal())
    except Rehearsed as told:
        return plan_lines(books, planned(told.drafts, None, 0))
    except StockpileError:
        return ()
    return ()
