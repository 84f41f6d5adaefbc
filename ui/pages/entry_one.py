# ruff: noqa: N802 — Qt names what is overridden
"""One weapon after the other: the serial, what it looks like, and what is said of the batch."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import RangeTooLong
from stockpile.domain.places import Place
from stockpile.domain.ranges import parse_range
from stockpile.domain.receiving import Description
from stockpile.language import _, isolated
from stockpile.services.ports import Hit
from ui.pages.entry_extras import EntryExtras
from ui.pages.entry_fields import EntryFields, refusal_words
from ui.pages.look_alikes import LookAlikes
from ui.pages.standing import joined, model_or_type
from ui.theme import Height, Space, Tone
from ui.view_models.entry import EntryModel, Line
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button, IconButton, Kind
from ui.widgets.card import Banner
from ui.widgets.field import ScanField, State
from ui.widgets.hotkeys import on_key
from ui.widgets.keycap import Shortcut
from ui.widgets.photo_strip import PhotoStrip, Shot

_LABEL = 28  # a label and its gap: the buttons stand level with the field


class OnePane(QWidget):
    """A serial and Enter is a weapon on record; the cursor never leaves the serial.

    Signals:
        open_wanted: look at a weapon on record: its id.
        run_typed: the text is a run of numbers: the run.
        list_pasted: a column was pasted where one serial belongs.
        undo_wanted: Ctrl+Z in the empty serial.
    """

    open_wanted = Signal(str)
    run_typed = Signal(object)
    list_pasted = Signal()
    undo_wanted = Signal()

    def __init__(
        self,
        model: EntryModel,
        extras: EntryExtras,
        copied: Callable[[], tuple[str, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.extras, self._wanted = extras, False
        self._model, self._copied = model, copied
        self._pending: int | None = None
        self._lost = ""
        self._remembered: tuple[Place, Description] | None = None
        self.serial = ScanField(_("Serial number"), placeholder=_("Scan or type, then Enter"))
        self.fields = EntryFields()
        self.alike = LookAlikes()
        self.photos = PhotoStrip(editable=False)
        self._save = Button(_("Save and next"), Kind.PRIMARY, "check", height=Height.SCAN)
        self._discard = IconButton("x", _("Discard what is in the field"), size=Height.SCAN)
        self._open_lost = Button(_("Open record"))
        self._alarm = Banner("shield-alert", "", "", Tone.BAD, middle=_beneath(self._open_lost))
        self._called = Button(_("EOD is called: record it"))
        self._remnant = remnant_banner(self._called)
        self.setLayout(self._lay_out())
        self._alarm.hide()
        self._remnant.hide()
        self.photos.hide()
        self._connect()
        self.setFocusProxy(self.serial)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the serial, paste of a column makes a list; undo in the empty field the last act."""
        if watched is self.serial.edit and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.matches(QKeySequence.StandardKey.Undo) and not self.serial.text():
                self.undo_wanted.emit()
                return True
            if event.matches(QKeySequence.StandardKey.Paste) and len(self._copied()) > 1:
                self.list_pasted.emit()
                return True
        return super().eventFilter(watched, event)

    def empty(self) -> None:
        """Discard what is in the field."""
        self.serial.set_text("")
        self._typed("")
        self.fields.clear_errors()
        self.serial.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_back(self, line: Line) -> None:
        """Put the text of a refused line back into the field, unless another one is half typed."""
        if self.serial.text().strip() and self._pending is None:
            self.serial.show_state(State.WARN, _("Save or discard this serial first."))
        else:
            self.serial.set_text(line.said.serial)
            self._typed(line.said.serial)
        self.serial.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def stopped(self) -> bool:
        """Whether an explosive remnant was seen, and EOD is not called yet."""
        return not self._remnant.isHidden() and self._called.isEnabled()

    # --- how it stands ----------------------------------------------------------------------

    def _lay_out(self) -> QLayout:
        buttons = row(self._save, self._discard, gap=Space.XS, margins=(0, _LABEL, 0, 0))
        first = row(Share(self.serial), column(buttons, STRETCH), gap=14)
        upper = column(
            first, self._alarm, self._remnant, self.alike, self.photos, self.fields,
            self.extras, STRETCH,
            gap=Space.M, margins=(0, 0, Space.XS, 0),
        )  # fmt: skip
        keys = row(
            Shortcut("Enter", _("save")), Shortcut("Ctrl+Z", _("undo")),
            Shortcut("Ctrl+D", _("lock field")), STRETCH, gap=Space.L,
        )  # fmt: skip
        return column(Share(scrolled(boxed(upper))), keys, gap=Space.M)

    def _connect(self) -> None:
        self._model.saved.connect(self._saved_one)
        self._model.refused.connect(self._refused_one)
        self._model.alike.connect(self._show_alike)
        self._model.pictured.connect(self._show_photos)
        self.serial.edited.connect(self._typed)
        self.serial.submitted.connect(self._submit)
        self.serial.edit.installEventFilter(self)
        self.fields.done.connect(partial(self.serial.setFocus, Qt.FocusReason.OtherFocusReason))
        self.fields.more.remnant_seen.connect(self._remnant_seen)
        self.extras.done.connect(partial(self.serial.setFocus, Qt.FocusReason.OtherFocusReason))
        self.extras.settled.connect(self._photos_settled)
        self._save.clicked.connect(self._submit)
        self._discard.clicked.connect(self.empty)
        self._called.clicked.connect(self._eod_called)
        self._open_lost.clicked.connect(lambda: self.open_wanted.emit(self._lost))
        self.alike.wanted.connect(self.open_wanted)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            on_key(self, key, self._submit)

    # --- one weapon -------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        self._pending, self._wanted = None, False
        self.serial.show_state(State.PLAIN)
        self._model.look(text)

    def _submit(self) -> None:
        """Save the weapon; pressed again before the text changes, save it no second time."""
        if self._pending is not None or not self._model.may_register:
            return
        self.serial.show_state(State.PLAIN)
        text = self.serial.text()
        if self._is_run(text) or not self.fields.judge():
            return
        if not text.strip():
            words = _("Type the serial. For a weapon without one type: none")
            self.serial.show_state(State.BAD, words)
        elif self.stopped:
            self._called.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.extras.is_busy:
            self._wanted = True
        else:
            self._send(text)

    def _photos_settled(self) -> None:
        """Save the weapon whose Enter came before its photo was kept."""
        wanted, self._wanted = self._wanted, False
        if wanted:
            self._submit()

    def _send(self, text: str) -> None:
        # The text stays until it is on disk; selected, the next scan writes over it.
        self.serial.edit.selectAll()
        said = self.extras.described(self.fields.description(text))
        place = self.fields.chosen_place()
        self._pending = self._model.submit(said, place).number
        self.remember()

    def remember(self) -> None:
        """Keep what is said of every weapon of this place for the next start."""
        place, header = self.fields.chosen_place(), self.fields.header()
        if place is not None and self._remembered != (place, header):
            self._remembered = (place, header)
            self._model.remember(place, header)
            self.fields.know(self._model.headers)

    def _is_run(self, text: str) -> bool:
        """Take a run of numbers to where its lines are judged; say so where it is too long."""
        try:
            run = parse_range(text)
        except RangeTooLong as error:
            self.serial.show_state(State.BAD, wording.error_sentence(error))
            return True
        if run is not None:
            self.empty()
            self.run_typed.emit(run)
        return run is not None

    def _saved_one(self, line: Line) -> None:
        if line.number == self._pending:
            self._pending = None
            self.serial.set_text("")
            self._show_alike("", ())
            self.fields.clear_free()
            self.extras.clear()

    def _refused_one(self, line: Line) -> None:
        if line.error is None or line.number != self._pending:
            return
        self._pending = None
        if not self.fields.show_error(line.error):
            self.serial.show_state(State.BAD, refusal_words(line.error))

    # --- what it looks like -----------------------------------------------------------------

    def _show_alike(self, text: str, hits: tuple[Hit, ...]) -> None:
        if self._pending is not None or text != self.serial.text():
            return
        self.alike.show_hits(text, hits)
        self._model.look_at(hits)
        lost = [hit for hit in hits if hit.is_lost]
        self._alarm.setVisible(bool(lost))
        if lost:
            self._sound_alarm(lost[0])
        else:
            self.serial.show_state(State.WARN if hits else State.PLAIN)

    def _show_photos(self, pictured: tuple[tuple[str, str], ...]) -> None:
        """Show the weapons that look alike, where somebody has a photo of them."""
        self.photos.show_shots([Shot(digest, isolated(serial)) for serial, digest in pictured])
        self.photos.setVisible(bool(pictured))

    def _sound_alarm(self, hit: Hit) -> None:
        """Say that this may be a weapon that is looked for: it warns, it never blocks."""
        self._lost = hit.row.id
        known = (model_or_type(hit.row), hit.row.calibre, hit.row.place)
        named = joined(isolated(hit.row.serial), *(isolated(one) for one in known if one))
        title = _("Reported lost or stolen")
        if hit.why != "serial":
            title = _("Looks like one reported lost or stolen")
        self._alarm.say("shield-alert", title, named, Tone.BAD)
        self.serial.show_state(State.BAD)

    # --- an explosive remnant stops the work ------------------------------------------------

    def _remnant_seen(self, seen: bool) -> None:
        self._remnant.setVisible(seen)
        self._called.setEnabled(seen)

    def _eod_called(self) -> None:
        self._called.setEnabled(False)
        self.serial.setFocus(Qt.FocusReason.OtherFocusReason)


def remnant_banner(called: Button) -> Banner:
    """Return what stops all work until EOD is called, with the button that says so."""
    return Banner(
        "triangle-alert",
        _("Stop. Do not touch the weapon."),
        _(
            "An explosive remnant is on it. Clear the area and call explosive ordnance"
            " disposal. Nothing is saved before they are called."
        ),
        Tone.BAD,
        middle=_beneath(called),
    )


def _beneath(button: Button) -> QWidget:
    """Return a button for the middle of a banner: beside its words it has no room everywhere."""
    return boxed(row(button, STRETCH, margins=(0, Space.XS, 0, Space.XS)))
