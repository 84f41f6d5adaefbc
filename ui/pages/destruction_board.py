"""The board of destruction: the orders under way, what is done, and the one under the cursor."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.facts import Attendant
from stockpile.language import _, isolated, ngettext
from stockpile.services.destruction_papers import method_words
from stockpile.services.destructions import Listed
from stockpile.terms import term
from ui.pages.figures import figure
from ui.pages.listed_card import ListedCard
from ui.pages.standing import joined
from ui.theme import Ink, Space
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.aside import WithAside
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.field import Field
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.text import card_title, secondary

_ASIDE = 340
_INKS = {"open": ("flame", Ink.WARN), "certified": ("file-check", Ink.OK),
         "withdrawn": ("undo-2", Ink.MUTED)}  # fmt: skip


class DestructionBoard(QWidget):
    """The lists, and the order under the cursor beside them.

    Signals:
        scanned: an order's paper or a weapon was scanned or typed.
        site_wanted: go on at the site of an order: its id.
        list_wanted: draw the list of an order: its id.
        certificate_wanted: draw the certificate of an order: its id.
        withdraw_wanted: take an order back: it, as listed.
    """

    scanned = Signal(str)
    site_wanted = Signal(str)
    list_wanted = Signal(str)
    certificate_wanted = Signal(str)
    withdraw_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.scan = Field(_("Scan or type an order, or a weapon for a new one"), identifier=True)
        self.open_ones = LineList(_("Under way"))
        self.ended = LineList(_("Done and withdrawn"))
        self.site = Button(_("Go on at the site"), icon="scan-barcode")
        self.print_list = Button(_("Print the list"), icon="printer")
        self.certificate = Button(_("Print the certificate"), icon="file-check")
        self.withdraw = Button(_("Withdraw…"), icon="undo-2")
        self._under_way = ListedCard(self.open_ones, _("Nothing is to be destroyed now."))
        self._done = ListedCard(self.ended, _("Nothing was destroyed or withdrawn yet."))
        self._listed: dict[str, Listed] = {}
        self._shown: Listed | None = None
        self._detail, self._title = DetailList(), card_title("")
        self._present = secondary("", wrap=True)
        self._may = {"order_destruction": True, "destroy": True}
        self._lay_out()
        self._connect()

    @property
    def shown(self) -> Listed | None:
        """Return the order under the cursor."""
        return self._shown

    def show_listed(
        self, listed: tuple[Listed, ...], *, may_order: bool, may_destroy: bool
    ) -> None:
        """Show the orders as they stand."""
        self._listed = {one.stands.id: one for one in listed}
        self._may = {"order_destruction": may_order, "destroy": may_destroy}
        self._under_way.show_lines([_line(one) for one in listed if one.stands.state == "open"])
        self._done.show_lines([_line(one) for one in listed if one.stands.state != "open"])
        kept = self._listed.get(self._shown.stands.id) if self._shown else None
        self._show(kept or next(iter(listed), None))

    def show_drawing(self, busy: bool) -> None:
        """Show that a paper is being drawn: one of thousands of weapons takes a while."""
        for button in (self.print_list, self.certificate):
            button.set_busy(busy)

    # --- inside ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._acts = boxed(
            row(self.site, self.print_list, self.certificate, self.withdraw, STRETCH)
        )
        cards = column(Share(self._under_way, 3), Share(self._done, 2), gap=Space.M)
        keys = row(
            Shortcut("F4", _("new order")), Shortcut("Enter", _("go on at the site")),
            STRETCH, gap=Space.L,
        )  # fmt: skip
        parts = (self.scan, self._acts, Share(boxed(cards)), boxed(keys))
        inner = boxed(column(self._title, self._detail, self._present, STRETCH, gap=Space.M))
        aside = Card(column(Share(scrolled(inner)), gap=0))
        self._both = WithAside(boxed(column(*parts, gap=Space.M)), aside, width=_ASIDE, gap=Space.M)
        self.setLayout(column(Share(self._both), gap=0))

    def _connect(self) -> None:
        self.scan.submitted.connect(self._submit)
        for each in (self.open_ones, self.ended):
            each.selectionModel().currentChanged.connect(
                lambda now, _before, of=each: self._point(of, now.row())
            )
        self.open_ones.opened.connect(self.site_wanted)
        self.ended.opened.connect(self._open_ended)
        for button, wish in (
            (self.site, self.site_wanted), (self.print_list, self.list_wanted),
            (self.certificate, self.certificate_wanted),
        ):  # fmt: skip
            button.clicked.connect(
                lambda _on=False, to=wish: self._shown and to.emit(self._shown.stands.id)
            )
        self.withdraw.clicked.connect(self._withdraw)

    def _withdraw(self) -> None:
        if self._shown is not None:
            self.withdraw_wanted.emit(self._shown)

    def _open_ended(self, key: str) -> None:
        listed = self._listed[key]
        wish = self.certificate_wanted if listed.stands.certified else self.list_wanted
        wish.emit(key)

    def _submit(self) -> None:
        text = self.scan.text().strip()
        self.scan.set_text("")
        if text:
            self.scanned.emit(text)
        elif self._shown is not None and self._shown.stands.state == "open":
            self.site_wanted.emit(self._shown.stands.id)

    def _point(self, each: LineList, at: int) -> None:
        if 0 <= at < len(each.lines):
            self._show(self._listed.get(each.lines[at].key))

    def _show(self, listed: Listed | None) -> None:
        self._shown = listed
        self._acts.setVisible(listed is not None)
        self._both.show_aside(shown=listed is not None)
        if listed is None:
            return
        state = listed.stands.state
        self.site.setVisible(state == "open" and self._may["destroy"])
        self.withdraw.setVisible(state == "open" and self._may["order_destruction"])
        self.certificate.setVisible(state == "certified")
        self._title.setText(isolated(listed.stands.ordered.number))
        self._detail.show_details(_details(listed))
        people = listed.stands.certified or listed.stands.ordered
        self._present.setText("\n".join(map(_person, people.committee)))


def _person(one: Attendant) -> str:
    return joined(isolated(one.name), term("attendant", one.role), isolated(one.organisation))


def _line(listed: Listed) -> LiveLine:
    said, state = listed.stands.ordered, listed.stands.state
    count = ngettext("{count} weapon", "{count} weapons", listed.count)
    icon, ink = _INKS[state]
    beneath = joined(
        count.format(count=figure(listed.count)), isolated(said.where), isolated(said.planned)
    )
    at_end = _progress(listed) if state == "open" else term("destruction", state)
    return LiveLine(listed.stands.id, said.number, beneath, at_end, icon, ink)


def _progress(listed: Listed) -> str:
    said = _("{count} of {all} read")
    return said.format(count=figure(listed.verified), all=figure(listed.count))


def _details(listed: Listed) -> tuple[Detail, ...]:
    stands = listed.stands
    said, done, gone = stands.ordered, stands.certified, stands.withdrawn
    details = [
        Detail(_("Status"), term("destruction", stands.state)),
        Detail(_("Authority"), isolated(said.authority)),
        Detail(_("Where"), isolated(done.where if done else said.where)),
        Detail(_("Done on") if done else _("Planned"), isolated(done.on if done else said.planned)),
        Detail(_("Methods"), method_words(done.methods if done else said.methods)),
        Detail(_("Destroyed") if done else _("Read at the site"), figure(listed.verified)),
        Detail(_("Kept"), figure(listed.kept)),
    ]
    if stands.state == "open":
        details.insert(6, Detail(_("Still to read"), figure(listed.missing)))
    if done is not None:
        details.append(Detail(_("Certificate"), isolated(done.number), identifier=True))
        details.append(Detail(_("Scrap in kilograms"), isolated(done.scrap_kilograms)))
    if gone is not None:
        details.append(Detail(_("Withdrawn because"), isolated(gone.reason)))
    if said.reason:
        details.append(Detail(_("Reason"), isolated(said.reason)))
    return tuple(details)
