# ruff: noqa: N802 — Qt names what is overridden
"""Fast entry: one weapon after the other, several at once, or a second reading."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from stockpile.domain.errors import FieldMissing
from stockpile.domain.ranges import SerialRange
from stockpile.domain.values import WeaponId
from stockpile.language import _, isolated, ngettext
from stockpile.services.judging import Judged
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.entry_aside import EntryAside
from ui.pages.entry_extras import EntryExtras
from ui.pages.entry_one import OnePane
from ui.pages.entry_read_back import ReadBackPane
from ui.pages.entry_several import SeveralPane
from ui.pages.page import Page
from ui.pages.printing import PrintingActs
from ui.pages.work_bar import WorkBar
from ui.session import Session
from ui.theme import Space, Tone
from ui.view_models.entry import EntryModel, Line
from ui.view_models.entry_patterns import Offered
from ui.view_models.entry_photos import EntryPhotos
from ui.view_models.entry_several import SeveralModel, described, pasted
from ui.view_models.offers import OffersModel
from ui.view_models.photos import Photos
from ui.view_models.read_back import ReadBackModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.aside import NARROW
from ui.widgets.button import Button
from ui.widgets.card import Banner
from ui.widgets.chip import Chip
from ui.widgets.hotkeys import on_key
from ui.widgets.segments import Segment, Segments
from ui.widgets.text import page_title

_ASIDE, _NARROW_ASIDE = 300, 236
_AROUND = Space.XXL + Space.XS + 12  # the gap to the list, the margin, the scroll bar
_WAYS = ("one", "several", "read_back")


class EntryPage(Page):
    """The ways to enter weapons, what is said of all of them, and what came of each Enter."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._model = EntryModel(desk, session, notices)
        self._only = ""
        self._listed: tuple[int, tuple[Judged, ...]] | None = None
        self._saved = Chip("", Tone.INFO, dot=False)
        self._printing = PrintingActs.of(desk, session, notices, self)
        self._labels = Button(_("Labels"), icon="printer", hint="Ctrl+P")
        self._printed = WorkBar()
        self._ways = Segments(
            [
                Segment("one", _("One by one")),
                Segment("several", _("Several at once"), "F7"),
                Segment("read_back", _("Read back"), "F9"),
            ]
        )
        self._not_mine = Banner(
            "lock",
            _("Your role does not include entering weapons"),
            _("You can look at everything. Ask an officer whose role includes it to sign in."),
            Tone.WARN,
        )
        pictures = Photos(desk, session, self)
        extras = EntryExtras(EntryPhotos(desk, session, pictures), pictures)
        self._one = OnePane(self._model, extras, copied)
        self._one.photos.wanted.connect(pictures.want_thumbnail)
        pictures.thumbnail.connect(self._one.photos.show_picture)
        pictures.missing.connect(self._one.photos.show_missing)
        self._offers = OffersModel(desk, session, notices)
        self._one.fields.offer_terms(self._offers)
        self._several = SeveralPane(SeveralModel(desk, session, notices))
        self._reading = ReadBackModel(desk, session, notices)
        self._read_back = ReadBackPane(self._reading)
        self._aside = EntryAside(self._model)
        self._stack = QStackedWidget()
        self.setLayout(row(Share(self._work()), self._aside, gap=Space.XXL))
        self._connect()
        self._take_keys()
        self._seated()

    def entered(self, argument: str) -> None:
        """Put the cursor into the serial; what is half typed is still there.

        The argument is a way of entering, or ``read_back:`` with the one weapon to be read, to
        whose page the end of the reading goes back.
        """
        way, _colon, weapon = argument.partition(":")
        if way in _WAYS:
            self._choose(way, weapon)
        else:
            self._focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the running list less room in a narrow window."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self._aside.setFixedWidth(_NARROW_ASIDE if narrow else _ASIDE)
        room = self.width() - self._aside.width() - _AROUND
        self._one.fields.fit(room)
        self._one.extras.fit(room)
        self._several.fit(room)

    # --- how it stands ----------------------------------------------------------------------

    def _work(self) -> QWidget:
        head = row(page_title(_("Enter weapons")), STRETCH, self._saved, self._labels, gap=Space.M)
        for pane in (self._one, self._several, self._read_back):
            self._stack.addWidget(pane)
        ways = row(self._ways, STRETCH)
        under = Share(self._stack)
        return boxed(column(head, ways, self._not_mine, under, self._printed, gap=Space.M))

    def _connect(self) -> None:
        self._model.saved.connect(self._saved_one)
        self._model.refused.connect(self._refused_one)
        self._model.withdrawn.connect(self._withdrawn_one)
        self._model.offered.connect(self._offer)
        self._one.open_wanted.connect(self._open)
        self._one.run_typed.connect(self._begin_run)
        self._one.list_pasted.connect(self._paste)
        self._one.undo_wanted.connect(self._undo)
        self._aside.list.open_wanted.connect(self._open)
        self._aside.list.back_wanted.connect(self._put_back)
        self._aside.undo_wanted.connect(self._undo)
        self._ways.chosen.connect(self._choose)
        self._several.save_wanted.connect(self._save_several)
        self._several.paste_wanted.connect(self._paste)
        self._several.fields_wanted.connect(self._change_fields)
        self._several.finished.connect(partial(self._choose, "one"))
        self._read_back.finished.connect(self._end_reading)
        self._session.changed.connect(self._seated)
        self._session.switched.connect(self._show_rights)
        self._labels.clicked.connect(partial(self._print_labels, ask=False))
        self._printing.toast.connect(self.toast)
        printing = self._printing.model
        printing.begun.connect(lambda work: self._printed.follow(work, _("Drawing labels…")))
        ended = (printing.printed, printing.found, printing.bears, printing.runs, printing.refused)
        for over in ended:
            over.connect(lambda _what: self._printed.end())

    def _take_keys(self) -> None:
        on_key(self, "Esc", self._escape)
        on_key(self, "Ctrl+P", self._print_labels)
        on_key(self, "Alt+P", partial(self._print_labels, ask=True))
        on_key(self, "F4", self._one.extras.show_marks)
        on_key(self, "F5", self._toggle_more)
        on_key(self, "F6", self._one.extras.add_photo)
        on_key(self, "F7", partial(self._choose, "several"))
        on_key(self, "F8", self._paste)
        on_key(self, "F9", partial(self._choose, "read_back"))

    def _show_rights(self) -> None:
        may = self._model.may_register
        self._not_mine.setVisible(self._session.is_open and not may)
        self._one.setEnabled(may)
        self._several.setEnabled(may)

    def _seated(self) -> None:
        self._show_rights()
        self._reading.stand_up()
        self._offers.start()
        self._model.start()
        self._show_figures()

    def _offer(self, offered: Offered) -> None:
        self._one.fields.offer(offered)
        self._one.fields.begin_with(self._model.headers)

    # --- which way --------------------------------------------------------------------------

    def _choose(self, way: str, weapon: str = "") -> None:
        self._only = weapon
        self._ways.choose(way)
        self._stack.setCurrentIndex(_WAYS.index(way))
        self._aside.setHidden(way == "read_back")  # who reads must not see what was entered
        if way == "several":
            self._several.begin(None, self._one.fields.summary())
        elif way == "read_back":
            self._begin_reading()
        self._focus()

    def _begin_reading(self) -> None:
        """Put up what was entered here; where nothing was, what lies in the place chosen.

        Where somebody came for one weapon, that one alone.
        """
        standing = (line for line in self._model.lines if line.state == "saved")
        entered = [weapon for line in standing for weapon in line.weapons]
        wanted = [WeaponId(self._only)] if self._only else entered
        self._reading.begin(wanted, self._one.fields.chosen_place())
        self._read_back.name_back(_("Back to the weapon") if self._only else "")
        people, mine = self._session.stockpile.people, self._session.officer.officer.name

        def readers() -> list[str]:
            names = [one.name for one in people.officers() if one.may("read_back")]
            return sorted(names, key=lambda name: name == mine)

        self._desk.ask(self, readers, self._read_back.begin)

    def _end_reading(self) -> None:
        """Go back to where the reading was asked for."""
        weapon = self._only
        self._choose("one")
        if weapon:
            self.go.emit("weapon", weapon)

    def _escape(self) -> None:
        if self._only:
            self._end_reading()
            return
        if self._ways.current != "one":
            self._choose("one")
        self._focus()

    def _change_fields(self) -> None:
        self._choose("one")
        self._one.fields.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_more(self) -> None:
        if self._ways.current != "one":
            self._choose("one")
        self._one.fields.show_more(more=self._one.fields.more.isHidden())

    def _focus(self) -> None:
        """Put the cursor where the next key belongs; a second reading puts it there itself."""
        if self._ways.current != "read_back":
            self._stack.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    # --- several at once --------------------------------------------------------------------

    def _begin_run(self, run: SerialRange) -> None:
        self._choose("several")
        self._several.begin(run, self._one.fields.summary())

    def _paste(self) -> None:
        self._choose("several")
        lines = copied()
        if lines:
            self._several.take(lines, self._one.fields.summary())

    def _save_several(self, lines: tuple[Judged, ...]) -> None:
        fields = self._one.fields
        place = fields.chosen_place()
        if not fields.judge() or place is None:
            self._several.show_error(FieldMissing("place"))
        elif self._one.stopped:
            self._choose("one")
        else:
            said = described(lines, fields.description(""))
            warned = sum(bool(line.hits) for line in lines)
            self._listed = (self._model.submit_several(said, place, warned).number, lines)
            self._one.remember()

    # --- what came of it --------------------------------------------------------------------

    def _saved_one(self, line: Line) -> None:
        if self._listed is not None and line.number == self._listed[0]:
            self._several.show_saved(self._listed[1])
            self._one.fields.clear_free()
        self._show_figures()
        if not self._model.waiting:
            self.toast.emit(_on_record(line), _("Undo"), self._undo)

    def _refused_one(self, line: Line) -> None:
        if line.error and self._listed is not None and line.number == self._listed[0]:
            self._several.show_error(line.error)

    def _undo(self) -> None:
        if self._model.undo() is None:
            self.toast.emit(_("There is nothing to take back."), "", None)

    def _withdrawn_one(self, line: Line) -> None:
        self._show_figures()
        said = _("{serial} is withdrawn. The record stays to be read.")
        self.toast.emit(said.format(serial=_named(line)), _("Undo another"), self._undo)

    def _put_back(self, line: Line) -> None:
        self._choose("one")
        self._one.put_back(line)

    def _print_labels(self, *, ask: bool = False) -> None:
        """Print the labels of what was entered in this window and bears none yet."""
        lines = [line for line in self._model.lines if line.state == "saved"]
        entered = tuple(weapon for line in lines for weapon in line.weapons)
        if not entered:
            self.toast.emit(_("Nothing entered yet in this window."), "", None)
            return
        papers = self._session.stockpile.papers
        self._printing.print_found(lambda _work: papers.unlabelled(entered) or entered, ask=ask)

    def _open(self, weapon: str) -> None:
        self.go.emit("register", weapon)

    def _show_figures(self) -> None:
        count = self._model.saved_count
        number = QLocale().toString(count)
        self._labels.setEnabled(count > 0 and self._session.may("label"))
        self._saved.show_status(
            ngettext("{count} saved", "{count} saved", count).format(count=number), Tone.INFO
        )
        self._aside.show_figures()


def copied() -> tuple[str, ...]:
    """Return the serials that lie on the clipboard, one a line."""
    return pasted(QGuiApplication.clipboard().text())


def _named(line: Line) -> str:
    if not line.last:
        return isolated(line.said.serial)
    return _("{first} to {last}").format(first=isolated(line.said.serial), last=isolated(line.last))


def _on_record(line: Line) -> str:
    words = ngettext("{serial} is on record", "{serial} are on record", line.count)
    return words.format(serial=_named(line))
