"""Investigations: what does not agree, how old it is, and the evidence that closes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.language import _, isolated, ngettext
from stockpile.terms import term
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.counting_words import day, figure
from ui.pages.investigation_detail import InvestigationDetail
from ui.pages.list_and_detail import ListAndDetail
from ui.pages.page import Page
from ui.pages.standing import joined
from ui.session import Session
from ui.sounds import Sound, play
from ui.theme import Ink, Space
from ui.view_models.investigations import Attached, Case, InvestigationsModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.hotkeys import on_key
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList, LiveLine


class InvestigationsPage(Page):
    """The open list, overdue first; F5 closes the one in hand where evidence stands ready."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self.model = InvestigationsModel(desk, session, notices)
        self._cases: tuple[Case, ...] = ()
        self._wanted = ""
        self._back = Button(_("Stocktake"), icon="clipboard-check", hint="Esc")
        self.list = LineList(_("Investigations"))
        self.detail = InvestigationDetail()
        self._faces = QStackedLayout(self)
        self._faces.addWidget(self._nothing())
        self._faces.addWidget(self._open_face())
        self._listen()

    def entered(self, argument: str) -> None:
        """Show the open list; one investigation, or those of a weapon, first."""
        self._wanted = argument
        self.model.watch(watched=True)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """Be put away: what is recorded is not followed any more."""
        self.model.watch(watched=False)

    # --- how it is laid out -------------------------------------------------------------------

    def _open_face(self) -> QWidget:
        head = self.head(
            _("Investigations"), _("Only evidence closes them; nobody's word does."), self._back
        )
        both = ListAndDetail(self.list, self.detail)
        hints = boxed(
            row(
                Shortcut("F5", _("close on the evidence")), Shortcut("F4", _("add a paper")),
                Shortcut("F6", _("open the weapon")), STRETCH, gap=Space.L,
            )
        )  # fmt: skip
        self._both = both
        return boxed(column(head, Share(both), hints, gap=Space.M))

    def _nothing(self) -> QWidget:
        count = Button(_("To the stocktake"), icon="clipboard-check")
        count.clicked.connect(self._go_back)
        face = EmptyState(
            "circle-check",
            _("Nothing is under investigation"),
            _("What a count, a transfer or a return leaves unexplained is kept here until it is."),
            count,
        )
        return boxed(column(self.head(_("Investigations")), Share(face)))

    def _listen(self) -> None:
        model, detail = self.model, self.detail
        model.came.connect(self._show)
        model.closed.connect(self._say_closed)
        model.attached.connect(self._take_paper)
        model.refused.connect(self._say_refused)
        self.list.selectionModel().currentChanged.connect(lambda *_at: self._show_case())
        self.list.opened.connect(lambda _key: self._turn_to_detail())
        self._back.clicked.connect(self._go_back)
        detail.close_wanted.connect(self._close)
        detail.paper_wanted.connect(self._pick)
        detail.weapon_wanted.connect(lambda weapon: self.go.emit("weapon", weapon))
        keys: Sequence[tuple[str, Callable[[], object]]] = (
            ("F5", detail.closing.click), ("F4", detail.add.click), ("F6", detail.weapon.click),
            ("Esc", self._leave),
        )  # fmt: skip
        for key, does in keys:
            on_key(self, key, does)

    # --- what the person does ---------------------------------------------------------------

    def _close(self) -> None:
        case = self._case
        if case is not None:
            self.model.close(case, *self.detail.answer())

    def _pick(self) -> None:
        dialog = QFileDialog(self, _("A photo, or the photo of a paper"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilter(_("Photos") + " (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp)")
        dialog.fileSelected.connect(lambda file: self.model.attach(Path(file)))
        dialog.open()

    def _turn_to_detail(self) -> None:
        self._both.show_detail(shown=True)
        self.detail.focus()

    def _leave(self) -> None:
        """Go back to the list where only the detail is in sight, else to the stocktake."""
        if self._both.is_narrow and self._both.shows_detail:
            self._both.show_detail(shown=False)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._go_back()

    def _go_back(self) -> None:
        self.go.emit("counting", "")

    # --- what is shown ----------------------------------------------------------------------

    @property
    def _case(self) -> Case | None:
        key = self.list.current_key()
        return next((one for one in self._cases if one.id == key), None)

    def _show(self, cases: tuple[Case, ...]) -> None:
        self._cases = cases
        self._faces.setCurrentIndex(1 if cases else 0)
        self.list.show_lines([_line(one) for one in cases])
        at = next((n for n, one in enumerate(cases) if self._wanted in _names(one)), -1)
        if self._wanted and at >= 0:
            self.list.setCurrentIndex(self.list.rows.index(at))
        elif cases and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.rows.index(0))
        self._wanted = ""
        self._both.offer_detail(offered=bool(cases))
        self._show_case()
        if self.isVisible() and not self.detail.has_focus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_case(self) -> None:
        if self._case is not None:
            self.detail.show_case(self._case, may=self.model.may_close)

    def _take_paper(self, attached: Attached) -> None:
        self.detail.attach(attached)

    def _say_closed(self, case: Case) -> None:
        play(Sound.GOOD)
        said = _("{name} is closed: the evidence is part of the record.")
        self.toast.emit(said.format(name=isolated(case.named)), "", None)

    def _say_refused(self, error: StockpileError) -> None:
        play(Sound.REFUSED)
        self.toast.emit(wording.error_sentence(error), "", None)


def _names(case: Case) -> tuple[str, str]:
    return case.id, case.weapon


def _line(case: Case) -> LiveLine:
    when, ink = age(case)
    ready = _("evidence is there") if case.proofs else ""
    said = joined(term("discrepancy", case.kind), isolated(case.place), ready)
    icon = "circle-check" if case.proofs else "triangle-alert"
    return LiveLine(case.id, case.named, said, when, icon, Ink.OK if case.proofs else ink)


def age(case: Case) -> tuple[str, Ink]:
    """Return how old an investigation is, and by when it is to be answered."""
    if case.is_overdue:
        return _("overdue since {day}").format(day=isolated(case.due)), Ink.BAD
    words = ngettext("{count} day old", "{count} days old", case.days)
    old = words.format(count=isolated(figure(case.days))) if case.days else day(case.at)
    due = _("answer by {day}").format(day=isolated(case.due)) if case.due else ""
    return joined(old, due), Ink.WARN
