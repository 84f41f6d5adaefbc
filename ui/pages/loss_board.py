"""The board of losses: open reports, what came back, and the list that every depot carries."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.values import Instant
from stockpile.language import _, isolated, ngettext
from stockpile.services.hot_list import HeldList
from stockpile.services.losses import OpenReport
from stockpile.services.ports import RegisterRow
from stockpile.terms import term
from ui.pages.figures import figure
from ui.pages.listed_card import ListedCard
from ui.pages.standing import joined
from ui.theme import Ink, Space
from ui.view_models.losses import Board
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.aside import WithAside
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.field import Field
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.text import card_title, secondary

_ASIDE = 330
_STALE = timedelta(days=7)


class LossBoard(QWidget):
    """The lists, and the report under the cursor beside them.

    Signals:
        scanned: a weapon was scanned or typed.
        print_wanted: draw a report's paper anew: the report.
        amend_wanted: say a report anew: the report.
        recover_wanted: every weapon of a report is back: the report.
        weapon_wanted: open a weapon that came back: its id.
    """

    scanned = Signal(str)
    print_wanted = Signal(object)
    amend_wanted = Signal(object)
    recover_wanted = Signal(object)
    weapon_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.scan = Field(_("Scan or type a weapon"), identifier=True)
        self.reports = LineList(_("Lost and stolen"))
        self.recovered = LineList(_("Came back"))
        self.print = Button(_("Print"), icon="printer")
        self.amend = Button(_("Amend"), icon="pencil", hint="F3")
        self.recover = Button(_("It is back…"), icon="undo-2", hint="F9")
        self._lost = ListedCard(self.reports, _("Nothing is reported lost or stolen."))
        self._came_back = ListedCard(self.recovered, _("Nothing has come back yet."))
        self._reports: dict[str, OpenReport] = {}
        self._shown: OpenReport | None = None
        self._detail, self._title = DetailList(), card_title("")
        self._list, self._list_said = DetailList(), secondary("", wrap=True)
        self._lay_out()
        self._connect()

    def show_board(self, board: Board, *, may_report: bool, may_recover: bool) -> None:
        """Show what is lost now."""
        seen = board.overview
        self._reports = {one.number: one for one in seen.reports}
        self._lost.show_lines([_report_line(one, board.now) for one in seen.reports])
        self._came_back.show_lines([_recovered_line(one) for one in seen.recovered])
        self.amend.setVisible(may_report)
        self.recover.setVisible(may_recover)
        self._show_lists(seen.lists, seen.finds, board.now)
        shown = self._shown.number if self._shown else ""
        first = next(iter(self._reports.values()), None)
        self._show(self._reports.get(shown) or first)

    @property
    def shown(self) -> OpenReport | None:
        """Return the report under the cursor."""
        return self._shown

    # --- inside -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._acts = boxed(row(self.print, self.amend, self.recover, STRETCH))
        cards = column(Share(self._lost, 2), Share(self._came_back), gap=Space.M)
        keys = row(
            Shortcut("F4", _("report a loss")), Shortcut("Enter", _("print the report")),
            STRETCH, gap=Space.L,
        )  # fmt: skip
        parts = (self.scan, self._acts, Share(boxed(cards)), boxed(keys))
        hot = Card(
            column(
                card_title(_("List of all that is lost")), self._list_said, self._list, gap=Space.M
            )
        )
        self._report_card = Card(column(self._title, self._detail, gap=Space.M))
        aside = boxed(column(self._report_card, hot, STRETCH, gap=Space.M))
        both = WithAside(boxed(column(*parts, gap=Space.M)), aside, width=_ASIDE, gap=Space.M)
        self.setLayout(column(Share(both), gap=0))

    def _connect(self) -> None:
        self.scan.submitted.connect(self._submit)
        self.reports.selectionModel().currentChanged.connect(
            lambda now, _before: self._point(now.row())
        )
        self.reports.opened.connect(lambda key: self.print_wanted.emit(self._reports[key]))
        self.recovered.opened.connect(self.weapon_wanted)
        for button, wish in (
            (self.print, self.print_wanted), (self.amend, self.amend_wanted),
            (self.recover, self.recover_wanted),
        ):  # fmt: skip
            button.clicked.connect(lambda _on=False, to=wish: self._shown and to.emit(self._shown))

    def _submit(self) -> None:
        text = self.scan.text().strip()
        self.scan.set_text("")
        if text:
            self.scanned.emit(text)

    def _point(self, at: int) -> None:
        if 0 <= at < len(self.reports.lines):
            self._show(self._reports.get(self.reports.lines[at].key))

    def _show(self, report: OpenReport | None) -> None:
        self._shown = report
        self._acts.setVisible(report is not None)
        self._report_card.setVisible(report is not None)
        if report is not None:
            self._title.setText(isolated(report.number))
            self._detail.show_details(_details(report))

    def _show_lists(self, lists: tuple[HeldList, ...], finds: int, now: Instant) -> None:
        self._list.setVisible(bool(lists))
        if not lists:
            self._list_said.setText(
                _("None is held yet. Synchronise with the registry: it comes first.")
            )
            return
        newest = lists[0]
        old = now - newest.made > _STALE.total_seconds() * 1000
        self._list_said.setText(
            _("More than a week old: synchronise to be warned of what was lost since.")
            if old
            else _("Every scan is held against it, without a line.")
        )
        asked = _("the record comes with the next exchange: {count}").format(count=figure(finds))
        self._list.show_details(
            (
                Detail(_("Weapons"), figure(newest.weapons)),
                Detail(_("Made"), isolated(wording.instant(newest.made)), identifier=True),
                Detail(_("Size"), _size(newest.size)),
                *((Detail(_("Read here"), asked),) if finds else ()),
            )
        )


def _report_line(report: OpenReport, now: Instant) -> LiveLine:
    count = ngettext("{count} weapon", "{count} weapons", len(report.weapons))
    serials = ", ".join(isolated(row.serial or row.number) for row in report.weapons[:2])
    beneath = joined(
        term("loss", report.body.how), count.format(count=figure(len(report.weapons))),
        serials,
    )  # fmt: skip
    days = max(0, (now - report.at) // 86_400_000)
    age = ngettext("{days} day open", "{days} days open", days).format(days=figure(days))
    at_end = age if report.is_sent else _("not sent yet")
    return LiveLine(report.number, report.number, beneath, at_end, "shield-alert", Ink.BAD)


def _recovered_line(line: RegisterRow) -> LiveLine:
    beneath = joined(isolated(line.model or line.make), isolated(line.place))
    return LiveLine(line.id, line.serial or line.number, beneath, "", "circle-check", Ink.OK)


def _details(report: OpenReport) -> tuple[Detail, ...]:
    body = report.body
    return (
        Detail(_("Lost or stolen"), term("loss", body.how)),
        Detail(_("Discovered on"), isolated(body.discovered), identifier=True),
        Detail(_("Discovered by"), isolated(body.discoverer)),
        Detail(_("Last seen"), isolated(body.verified), identifier=True),
        Detail(_("What happened"), isolated(body.circumstances)),
        Detail(_("Who was told"), isolated(body.authorities)),
        Detail(_("Case number"), isolated(body.incident), identifier=True),
        Detail(_("Registry knows"), _("yes") if report.is_sent else _("not yet")),
    )


def _size(size: int) -> str:
    return _("{kilobytes} kB").format(kilobytes=figure(max(1, size // 1000)))
