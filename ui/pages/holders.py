"""The people who hold weapons: found while typing, put on record, changed, erased."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import Photo
from stockpile.domain.holders import Holder
from stockpile.language import _, isolated, ngettext
from stockpile.services.holder_lists import ListReport
from stockpile.services.persons_held import Disclosed
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.disclosing import DisclosingDialog
from ui.pages.figures import figure
from ui.pages.holder_dialogs import HolderDialog, PinDialog
from ui.pages.holder_side import HolderSide
from ui.pages.issuing_lines import person_name
from ui.pages.list_and_detail import ListAndDetail
from ui.pages.page import Page
from ui.pages.standing import joined
from ui.session import Session
from ui.theme import Space, Text, Tone
from ui.view_models.holders import HolderLine, HoldersModel, Shown
from ui.view_models.persons_held import PersonsHeldModel
from ui.view_models.photos import Photos
from ui.widgets.arrange import Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner
from ui.widgets.columns import Column
from ui.widgets.columns import Kind as Cell
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import SearchField
from ui.widgets.paged_model import ListPages
from ui.widgets.paged_table import PagedTable
from ui.widgets.text import Label, secondary

_NAMED: Final = 12


class HoldersPage(Page):
    """A search, the people that answer to it, and one of them beside."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self.model = HoldersModel(desk, session)
        self.held = PersonsHeldModel(desk, session)
        self._notices = notices
        self.photos = Photos(desk, session, self)
        self.dialog: HolderDialog | PinDialog | DisclosingDialog | None = None
        self._shown: Shown | None = None
        self._due: tuple[str, ...] = ()
        self._sent_to = ""
        self.search = SearchField(_("Name, number, rank, unit or card"))
        self.count = secondary("")
        self.table = PagedTable(_("Holders"), _columns())
        self.side = HolderSide(self.model, self.photos)
        self.add = Button(_("Add a person"), Kind.PRIMARY, "user-plus", hint="Ins")
        self.bring_in = Button(_("Bring in a list"), Kind.SECONDARY, "file-spreadsheet")
        self.erase_due = Button(_("Erase their details now"), Kind.SECONDARY, "trash-2")
        self.due = Banner("clock", "", "", Tone.WARN, self.erase_due)
        self.due.hide()
        self.empty = self._make_empty()
        self.empty.hide()
        self.both = ListAndDetail(self._list(), self.side)
        head = self.head(
            _("Holders"), _("Who weapons are handed to, and for what they are cleared."),
            self.bring_in, self.add,
        )  # fmt: skip
        self.setLayout(column(head, self.due, Share(self.both), Share(self.empty), gap=Space.L))
        self._connect()
        self.both.show_detail(shown=False)

    def entered(self, argument: str) -> None:
        """List everybody, or show one person."""
        self.model.look_up(self.search.text())
        self.held.look()
        self._sent_to = argument
        if argument:
            self.model.choose(argument)
        may = self.model.may("hold")
        for button in (self.add, self.bring_in, self._first, self._first_list):
            button.setEnabled(may)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- how it stands ----------------------------------------------------------------------

    def _list(self) -> QWidget:
        line = row(Share(self.search), self.count, gap=Space.L)
        return boxed(column(line, Share(self.table), gap=Space.M))

    def _make_empty(self) -> EmptyState:
        self._first = Button(_("Add a person"), Kind.PRIMARY, "user-plus")
        self._first_list = Button(_("Bring in a list"), Kind.SECONDARY, "file-spreadsheet")
        self._first.clicked.connect(self._ask_new)
        self._first_list.clicked.connect(self._choose_list)
        return EmptyState(
            "users",
            _("Nobody is on record yet"),
            _(
                "A weapon is handed to a person. Add the first one, or bring in the personnel"
                " office's list: a table with a column headed Name."
            ),
            self._first,
            self._first_list,
        )

    def _connect(self) -> None:
        model, side = self.model, self.side
        self.search.textEdited.connect(model.look_up)
        self.search.returnPressed.connect(self._into_list)
        self.table.current_changed.connect(self._choose)
        self.table.opened.connect(lambda _number: self._turn_to_side())
        self.add.clicked.connect(self._ask_new)
        self.bring_in.clicked.connect(self._choose_list)
        side.change_wanted.connect(self._ask_change)
        side.pin_wanted.connect(self._ask_pin)
        side.erase_wanted.connect(self._ask_erase)
        side.disclosure_wanted.connect(self._ask_disclosure)
        side.back_wanted.connect(lambda: self.both.show_detail(shown=False))
        side.opened.connect(partial(self.go.emit, "weapon"))
        self.both.narrowed.connect(lambda narrow: side.offer_back(offered=narrow))
        model.listed.connect(self._show_lines)
        model.shown.connect(self._show_person)
        model.saved.connect(self._say_saved)
        model.erased.connect(self._say_erased)
        model.imported.connect(self._say_imported)
        model.kept.connect(self._take_photo)
        model.refused.connect(self._refuse)
        self.held.due.connect(self._show_due)
        self.held.erased.connect(self._say_erased_by_rule)
        self.held.disclosed.connect(self._say_disclosed)
        self.held.refused.connect(self._refuse_held)
        self.erase_due.clicked.connect(self._ask_erase_due)
        for key, does in (
            ("Ins", self._ask_new), ("F2", self._ask_change), ("F3", self._ask_pin),
        ):  # fmt: skip
            QShortcut(QKeySequence(key), self).activated.connect(does)

    def _show_lines(self, lines: Sequence[HolderLine]) -> None:
        nobody = not lines and not self.search.text().strip()
        self.empty.setVisible(nobody)
        self.both.setVisible(not nobody)
        self.add.setVisible(not nobody)  # the empty page has the one that counts in its middle
        self.bring_in.setVisible(not nobody)
        with QSignalBlocker(self.table):  # another list under the cursor is nobody's choice
            self.table.use(ListPages(tuple(lines)))
            self._follow(lines)
        people = ngettext("{count} person", "{count} people", len(lines))
        self.count.setText(people.format(count=figure(len(lines))))
        if self.search.text().strip() and not lines:
            self.count.setText(_("Nobody answers to this."))

    def _follow(self, lines: Sequence[HolderLine]) -> None:
        """Keep the cursor on whom the side shows, wherever they stand in the list, if they do."""
        ids = [line.holder.id for line in lines]
        if self.model.chosen in ids:
            self.table.go_to(ids.index(self.model.chosen))

    def _choose(self, number: int) -> None:
        line = self.table.current_row()
        if number >= 0 and line is not None and line.holder.id != self.model.chosen:
            self.model.choose(line.holder.id)

    def _into_list(self) -> None:
        """Go from the search into the list: to the first that answers."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.go_to(0)
        self._choose(0)

    def _turn_to_side(self) -> None:
        self.both.show_detail(shown=True)
        self.side.change.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_person(self, shown: Shown | None) -> None:
        self._shown = shown
        if shown is None:
            self.both.show_detail(shown=False)
            return
        self.side.show_person(shown)
        sent = self._sent_to == shown.account.holder.id
        if sent or not self.both.is_narrow:
            self.both.show_detail(shown=True)
        self._sent_to = ""

    # --- what is done -----------------------------------------------------------------------

    def _ask_new(self) -> None:
        self._open_holder(None)

    def _ask_change(self) -> None:
        if self._shown is not None and self._shown.account.holder.is_known:
            self._open_holder(self._shown.account.holder)

    def _open_holder(self, holder: Holder | None) -> None:
        if self.dialog is not None or not self.model.may("hold"):
            return
        dialog = HolderDialog(holder, self.photos, self)
        dialog.decided.connect(partial(self.model.record, holder.id if holder else ""))
        dialog.photo_wanted.connect(self.model.keep_photo)
        self._open(dialog)

    def _ask_pin(self) -> None:
        if self._shown is None or self.dialog is not None or not self.side.pin.isEnabled():
            return
        holder = self._shown.account.holder
        dialog = PinDialog(holder, self)
        dialog.decided.connect(partial(self.model.set_pin, holder.id))
        self._open(dialog)

    def _open(self, dialog: HolderDialog | PinDialog | DisclosingDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _ask_erase(self) -> None:
        if self._shown is None:
            return
        holder = self._shown.account.holder
        dialog = ConfirmDialog(
            _("Erase {name}?").format(name=isolated(holder.name)),
            _(
                "Name, number, card, photo and PIN are erased here and on every computer that"
                " hears of it. What they held and signed stays, without the name. This cannot be"
                " undone; backups made before still hold it."
            ),
            _("Erase for good"),
            reason=_("Reason"),
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.model.erase(holder, dialog.reason()))
        dialog.open()

    def _ask_disclosure(self) -> None:
        if self._shown is None or self.dialog is not None:
            return
        holder = self._shown.account.holder
        self._open(DisclosingDialog(self._desk, self._session, self.held, holder, self))

    def _ask_erase_due(self) -> None:
        dialog = ConfirmDialog(
            _("Erase the details of all who are due?"),
            _(
                "Their names, numbers, cards, photos and PINs are erased here and on every computer"
                " that hears of it. What they held and signed stays, without the names. This cannot"
                " be undone; backups made before still hold them."
            ),
            _("Erase for good"),
            extra=Label(_names(self._due), Text.STRONG, wrap=True),
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self.held.erase_due)
        dialog.open()

    def _choose_list(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(
            self, _("List of people"), "", _("Tables") + " (*.csv *.xlsx *.txt)"
        )
        if file:
            self.model.bring_in(Path(file))

    def _take_photo(self, photo: Photo) -> None:
        if isinstance(self.dialog, HolderDialog):
            self.dialog.show_photo(photo.digest)
            self.photos.want_thumbnail(photo.digest, self.dialog.portrait.width() * 2)

    # --- what came of it --------------------------------------------------------------------

    def _say_saved(self, holder: Holder) -> None:
        if self.dialog is not None:
            QDialog.accept(self.dialog)
        said = _("{name} is on record").format(name=person_name(holder))
        self.toast.emit(said, "", None)

    def _say_erased(self, name: str) -> None:
        said = _("What was recorded of {name} is erased").format(name=isolated(name))
        self.toast.emit(said, "", None)

    def _show_due(self, names: tuple[str, ...], months: int) -> None:
        self._due, count = names, len(names)
        title = ngettext(
            "{count} person has had nothing in hand for longer than details are kept",
            "{count} people have had nothing in hand for longer than details are kept",
            count,
        )
        said = ngettext(
            "The rule here keeps details {count} month after the last act. They are erased at the"
            " next close of a day.",
            "The rule here keeps details {count} months after the last act. They are erased at the"
            " next close of a day.",
            months,
        )
        shown = title.format(count=figure(count)), said.format(count=figure(months))
        self.due.say("clock", *shown, Tone.WARN)
        self.due.setVisible(count > 0)
        self.erase_due.setEnabled(self.held.may("erase_person"))

    def _say_erased_by_rule(self, count: int) -> None:
        said = ngettext(
            "The details of {count} person are erased",
            "The details of {count} people are erased",
            count,
        )
        self.toast.emit(said.format(count=figure(count)), "", None)

    def _say_disclosed(self, made: Disclosed) -> None:
        url = QUrl.fromLocalFile(str(made.paper))
        said = _("Handed out under {code}").format(code=isolated(made.code))
        self.toast.emit(said, _("Open"), partial(QDesktopServices.openUrl, url))

    def _refuse_held(self, error: StockpileError) -> None:
        if not isinstance(self.dialog, DisclosingDialog):  # it says so at its own fields
            self._notices.trouble(error)

    def _say_imported(self, report: ListReport) -> None:
        counts = (report.added, report.changed, report.same)
        words = (_("{count} added"), _("{count} changed"), _("{count} as before"))
        said = [
            one.format(count=figure(count))
            for one, count in zip(words, counts, strict=True)
            if count
        ]
        for one in report.refused[:1]:
            why = wording.error_sentence(one.error)
            more = len(report.refused) - 1
            row_said = _("row {row}: {why}").format(row=figure(one.row), why=why)
            said.append(row_said)
            if more:
                rest = ngettext("{count} row more", "{count} rows more", more)
                said.append(rest.format(count=figure(more)))
        self.toast.emit(joined(*said) or _("The list names nobody."), "", None)

    def _refuse(self, error: StockpileError) -> None:
        if isinstance(self.dialog, HolderDialog | PinDialog):
            self.dialog.show_error(error)
        else:
            self._notices.trouble(error)


def _names(due: tuple[str, ...]) -> str:
    """Return who is meant: the first of them by name."""
    told = ", ".join(isolated(one) for one in due[:_NAMED])
    more = len(due) - _NAMED
    if more <= 0:
        return told
    said = ngettext("{names} and {count} more", "{names} and {count} more", more)
    return said.format(names=told, count=figure(more))


def _columns() -> tuple[Column[HolderLine], ...]:
    return (
        Column(
            _("Name"), 230, lambda one: isolated(one.holder.name), Cell.TWO_LINE,
            lambda one: joined(isolated(one.holder.rank), isolated(one.holder.unit)),
        ),
        Column(_("Service number"), 140, lambda one: one.holder.reference, Cell.CODE),
        Column(_("Card"), 130, lambda one: one.holder.card, Cell.MONO, spare=True, quiet=True),
        Column(
            _("Signs by"), 90, lambda one: _("PIN") if one.holder.has_pin else _("hand"),
            spare=True, quiet=True,
        ),
        Column(_("Cleared"), 130, _standing, Cell.CHIP, tone=_tone),
    )  # fmt: skip


def _standing(one: HolderLine) -> str:
    words = {"cleared": _("Cleared"), "expired": _("Expired"), "none": _("For nothing")}
    return words[one.standing]


def _tone(one: HolderLine) -> Tone:
    return {"cleared": Tone.OK, "expired": Tone.BAD, "none": Tone.GREY}[one.standing]
