# ruff: noqa: N802 — Qt names what is overridden
"""Fast entry: scan or type a serial, Enter, the next one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLayout, QWidget

from stockpile.language import _, isolated, ngettext
from stockpile.services.ports import Hit
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.entry_fields import EntryFields, refusal_words
from ui.pages.look_alikes import LookAlikes
from ui.pages.page import Page
from ui.pages.running_list import RunningList
from ui.session import Session
from ui.theme import Height, Ink, Space, Text, Tone
from ui.view_models.entry import EntryModel, Line
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, rule, scrolled
from ui.widgets.aside import NARROW
from ui.widgets.button import Button, IconButton, Kind
from ui.widgets.card import Banner, Card, Ground
from ui.widgets.charts import Spark
from ui.widgets.chip import Chip
from ui.widgets.field import ScanField, State
from ui.widgets.keycap import Shortcut
from ui.widgets.picture import Picture
from ui.widgets.text import Label, card_title, page_title, secondary

_ASIDE, _NARROW_ASIDE = 300, 236
_LABEL = 28  # a label and its gap: the buttons stand level with the field
_EXACT_BELOW = 10
_AROUND = Space.XXL + Space.XS + 12  # the gap to the list, the margin, the scroll bar
_LEAST = 120  # pixels: a long word is cut sooner than the panel is pushed out of sight


class EntryPage(Page):
    """The serial, what is said of every weapon of the batch, and what came of each Enter."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._session = session
        self._model = EntryModel(desk, session, notices)
        self._pending: int | None = None
        self._serial = ScanField(
            _("Serial number"),
            placeholder=_("Scan or type, then Enter"),
        )
        self._fields = EntryFields()
        self._alike = LookAlikes()
        self._list = RunningList()
        self._saved = Chip("", Tone.INFO, dot=False)
        self._not_mine = Banner(
            "lock",
            _("Your role does not include entering weapons"),
            _("You can look at everything. Ask an officer whose role includes it to sign in."),
            Tone.WARN,
        )
        self._figure = Label("", Text.FIGURE)
        self._spark = Spark((), Ink.CHART2, name=_("Seconds per weapon, the last ones"))
        self._pace = boxed(self._pace_parts())
        self._save = Button(_("Save and next"), Kind.PRIMARY, "check", height=Height.SCAN)
        self._discard = IconButton("x", _("Discard what is in the field"), size=Height.SCAN)
        self._aside = Card(self._aside_parts())
        self.setLayout(row(Share(self._work()), self._aside, gap=Space.XXL))
        self._connect()
        self._seated()

    def entered(self, argument: str) -> None:
        """Put the cursor into the serial; what is half typed is still there."""
        del argument
        self._focus_serial()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the running list less room in a narrow window."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self._aside.setFixedWidth(_NARROW_ASIDE if narrow else _ASIDE)
        self._fields.fit(self.width() - self._aside.width() - _AROUND)

    # --- how it stands ----------------------------------------------------------------------

    def _work(self) -> QWidget:
        head = row(page_title(_("Enter weapons")), STRETCH, self._saved)
        said = secondary(
            _("Scan or type the serial as stamped. Locked fields repeat on the next weapon."),
            wrap=True,
        )
        buttons = row(self._save, self._discard, gap=Space.XS, margins=(0, _LABEL, 0, 0))
        first = row(Share(self._serial), column(buttons, STRETCH), gap=14)
        upper = column(
            self._not_mine, first, self._fields, self._alike, STRETCH,
            gap=Space.M, margins=(0, 0, Space.XS, 0),
        )  # fmt: skip
        keys = row(
            Shortcut("Enter", _("save")), Shortcut("Ctrl+L", _("lock field")),
            Shortcut("Esc", _("back to the serial")), STRETCH, gap=Space.L,
        )  # fmt: skip
        scroll = scrolled(boxed(upper))
        return boxed(column(column(head, said, gap=2), Share(scroll), keys, gap=Space.M))

    def _aside_parts(self) -> QLayout:
        words = _("Nothing is lost if power fails: each weapon is on disk before the field clears.")
        said = Label(words, Text.SECONDARY, Ink.SECONDARY, wrap=True)
        said.setMinimumWidth(_LEAST)
        safe = Card(
            row(Picture("info", Ink.ACCENT, 16), Share(said), gap=10),
            Ground.INSET,
            margins=(12, 10, 12, 10),
        )
        safe.setProperty("tone", Tone.INFO.value)
        return column(
            card_title(_("Just entered")), Share(self._list), self._pace, safe, gap=Space.M
        )

    def _pace_parts(self) -> QLayout:
        figure = column(self._figure, secondary(_("per weapon, last 10"), wrap=True), gap=0)
        return column(
            rule(), Label(_("Pace"), Text.HEADING), row(figure, Share(self._spark)), gap=6
        )

    def _connect(self) -> None:
        model = self._model
        model.line_changed.connect(self._list.show_line)
        model.cleared.connect(self._list.clear)
        model.saved.connect(self._saved_one)
        model.refused.connect(self._refused_one)
        model.alike.connect(self._show_alike)
        model.offered.connect(self._fields.offer)
        self._serial.edited.connect(self._typed)
        self._serial.submitted.connect(self._submit)
        self._fields.done.connect(self._focus_serial)
        self._save.clicked.connect(self._submit)
        self._discard.clicked.connect(self._empty)
        self._alike.wanted.connect(self._open)
        self._list.open_wanted.connect(self._open)
        self._list.back_wanted.connect(self._put_back)
        self._session.changed.connect(self._seated)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self._submit)
        back = QShortcut(QKeySequence("Esc"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self._focus_serial)

    def _seated(self) -> None:
        may = self._model.may_register
        self._not_mine.setVisible(self._session.is_open and not may)
        for part in (self._serial, self._fields, self._save, self._discard):
            part.setEnabled(may)
        self._model.start()
        self._show_figures()

    # --- one weapon -------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        self._pending = None
        self._serial.show_state(State.PLAIN)
        self._model.look(text)

    def _submit(self) -> None:
        """Save the weapon; pressed again before the text changes, save it no second time."""
        if self._pending is not None or not self._model.may_register:
            return
        self._serial.show_state(State.PLAIN)
        if not self._fields.judge():
            return
        text = self._serial.text()
        if not text.strip():
            self._serial.show_state(
                State.BAD, _("Type the serial. For a weapon without one type: none")
            )
            return
        # The text stays until it is on disk; selected, the next scan writes over it.
        self._serial.edit.selectAll()
        self._pending = self._model.submit(
            self._fields.description(text), self._fields.chosen_place()
        ).number

    def _saved_one(self, line: Line) -> None:
        if line.number == self._pending:
            self._serial.set_text("")
            self._pending = None
            self._alike.show_hits("", ())
            self._fields.clear_free()
        self._show_figures()
        if not self._model.waiting:
            said = _("{serial} is on record").format(serial=isolated(line.said.serial))
            self.toast.emit(said, _("Correct…"), partial(self._open, str(line.weapon)))

    def _refused_one(self, line: Line) -> None:
        if line.error is None or line.number != self._pending:
            return
        self._pending = None
        if not self._fields.show_error(line.error):
            self._serial.show_state(State.BAD, refusal_words(line.error))

    def _show_alike(self, text: str, hits: tuple[Hit, ...]) -> None:
        if self._pending is None and text == self._serial.text():
            self._alike.show_hits(text, hits)
            state = State.WARN if hits else State.PLAIN
            self._serial.show_state(state)

    def _put_back(self, line: Line) -> None:
        if self._serial.text().strip() and self._pending is None:
            self._serial.show_state(State.WARN, _("Save or discard this serial first."))
        else:
            self._serial.set_text(line.said.serial)
            self._typed(line.said.serial)
        self._focus_serial()

    def _empty(self) -> None:
        self._serial.set_text("")
        self._typed("")
        self._fields.clear_errors()
        self._focus_serial()

    # --- around it --------------------------------------------------------------------------

    def _open(self, weapon: str) -> None:
        self.go.emit("register", weapon)

    def _focus_serial(self) -> None:
        self._serial.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_figures(self) -> None:
        count = self._model.saved_count
        number = QLocale().toString(count)
        self._saved.show_status(
            ngettext("{count} saved", "{count} saved", count).format(count=number), Tone.INFO
        )
        pace = self._model.pace
        self._pace.setVisible(pace is not None)
        if pace is not None:
            digits = 1 if pace < _EXACT_BELOW else 0
            seconds = QLocale().toString(pace, ord("f"), digits)
            self._figure.setText(_("{seconds} s").format(seconds=isolated(seconds)))
            self._spark.show_values(self._model.gaps)
