"""Courier files on their way, and a button that stops them; nothing while it takes no time."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer

from stockpile.language import _, isolated, ngettext
from ui.desk import Work
from ui.pages.work_bar import WorkBar
from ui.theme import Tone
from ui.view_models.courier_work import CourierWork
from ui.widgets.progress import Progress

_PATIENCE: Final = 400
"""Milliseconds before the bar comes: most files are done by then, and a page that jumps is read
twice."""


class CourierBar(WorkBar):
    """What is done with courier files, how far it is, and Cancel."""

    def __init__(self, work: CourierWork) -> None:
        super().__init__()
        self._what = "look"
        self._progress: Progress | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self.show)
        work.began.connect(self._begin)
        work.turned.connect(self._turn)
        work.ended.connect(self._end)

    def _begin(self, what: str, work: Work) -> None:
        self._what = what
        self._progress = self.follow(work, work_sentence(what))
        self._progress.cancelled.connect(self._say_no_more)
        self.hide()
        self._patience.start()
        work.progressed.connect(self._step)

    def _turn(self, what: str) -> None:
        self._what = what

    def _step(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress.show_step(done, total, work_sentence(self._what, done, total))

    def _say_no_more(self) -> None:
        """Leave it at "Stopping"."""
        self._progress = None

    def _end(self) -> None:
        self._patience.stop()
        self._say_no_more()
        self.end()


def work_sentence(what: str, done: int = 0, total: int = 0) -> str:
    """Return what is done with courier files, and what Cancel would mean."""
    if what == "look":
        return _("The courier file is read. Nothing of it is taken in yet.")
    if what == "write":
        return _("The courier file is written. Leave the stick in.")
    if not total:
        return _("The courier file is taken in. Nothing is lost if you stop.")
    words = ngettext(
        "{done} of {count} fact. Nothing is lost if you stop.",
        "{done} of {count} facts. Nothing is lost if you stop.",
        total,
    )
    return words.format(done=isolated(f"{done:,}"), count=isolated(f"{total:,}"))


def stopped_news(what: str, facts: int) -> tuple[str, str, str, Tone]:
    """Return icon, title, sentence and tone of courier files that were stopped."""
    title = _("The courier file was stopped")
    words = ngettext("{count} fact came and stays.", "{count} facts came and stay.", facts)
    came = words.format(count=isolated(f"{facts:,}"))
    if what == "take":
        said = came + " " + _("Do the same again for the rest; nothing comes twice.")
    elif what == "write":
        said = _("No courier file was written. One that was there before is as it was.")
        said = f"{came} {said}" if facts else said
    else:
        said = _("Nothing was taken in.")
    return "pause", title, said, Tone.GREY
