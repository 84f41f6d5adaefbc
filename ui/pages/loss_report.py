"""A report of a loss being made: the weapons with their last custody, and a few words."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import FieldMissing, FieldUnreadable, StockpileError
from stockpile.domain.losses import Loss, read_how
from stockpile.language import _, isolated, ngettext
from stockpile.services.losses import Lasting
from stockpile.terms import term
from ui.pages.figures import figure
from ui.pages.standing import joined
from ui.theme import Ink, Space
from ui.view_models.losses import LossesModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.field import Field, State
from ui.widgets.keycap import Keycap, Shortcut
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.scan_result import ScanResult
from ui.widgets.segments import Segment, Segments
from ui.widgets.text import card_title, secondary

_LINES = 96  # pixels: three weapons, and the list grows with the room


class LossReport(QWidget):
    """The form. Scan on: each weapon goes on the same report; Enter alone goes on to the words.

    Signals:
        sign_wanted: the report is told: the loss as said.
    """

    sign_wanted = Signal(object)

    def __init__(self, model: LossesModel) -> None:
        super().__init__()
        self._model = model
        self.scan = Field(_("Scan or type the weapon"), identifier=True)
        self.lines = LineList(_("Weapons of this report"))
        self.how = Segments(
            (
                Segment("lost", term("loss", "lost"), "F6"),
                Segment("stolen", term("loss", "stolen"), "F7"),
                Segment("unknown", _("Not known"), "F8"),
            )
        )
        self.circumstances = Field(_("What happened"))
        self.discovered = Field(_("Discovered on"), identifier=True)
        self.measures = Field(_("What was done at once"))
        self.authorities = Field(_("Who was told, and when"))
        self.incident = Field(_("Case number"), identifier=True)
        self.sign = Button(_("Sign and report"), Kind.PRIMARY, "shield-alert", hint="F5")
        self.result = ScanResult()
        self._title = card_title("")
        self._lay_out()
        self._connect()
        self.clear()

    def begin(self) -> None:
        """Put the cursor where the form goes on."""
        field = self.circumstances if self._model.amending else self.scan
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Empty the form."""
        for field in self._fields():
            field.set_text("")
            field.show_state(State.PLAIN)
        self.how.choose("unknown")
        self.result.hide()

    def fill(self) -> None:
        """Write the report that is said anew into the fields."""
        report = self._model.amending
        if report is None:
            return
        body = report.body
        self.how.choose(body.how)
        for name, field in self._named().items():
            field.set_text(getattr(body, name))

    def loss(self) -> Loss:
        """Return what the form says."""
        said = {name: field.text().strip() for name, field in self._named().items()}
        return Loss(read_how(self.how.current), **said)

    def check(self) -> None:
        """Ask for the signatures, or say what is missing."""
        if not self._model.lines:
            self.scan.show_state(State.BAD, _("Scan or type the weapon that is gone."))
            self.scan.setFocus()
        elif not self.circumstances.text().strip():
            self.circumstances.show_state(State.BAD, _("Say in a few words what happened."))
            self.circumstances.setFocus()
        else:
            self.sign_wanted.emit(self.loss())

    def refuse(self, error: StockpileError) -> None:
        """Say at the field why the report was not taken."""
        named = {**self._named(), "how": self.circumstances}
        known = isinstance(error, FieldMissing | FieldUnreadable) and error.field in named
        field = named[error.field] if known else self.circumstances  # type: ignore[attr-defined]
        field.show_state(State.BAD, wording.error_sentence(error))
        field.setFocus()

    def show_lines(self) -> None:
        """Show the weapons of the report, with where each was last."""
        lines = self._model.lines
        self.lines.show_lines([_live(one) for one in lines])
        count = ngettext("{count} weapon", "{count} weapons", len(lines))
        said = count.format(count=figure(len(lines)))
        report = self._model.amending
        self._title.setText(joined(isolated(report.number), said) if report else said)
        self.scan.setVisible(report is None)
        if lines:
            self.scan.show_state(State.PLAIN)

    # --- inside -----------------------------------------------------------------------------

    def _named(self) -> dict[str, Field]:
        return {
            "discovered": self.discovered, "circumstances": self.circumstances,
            "actions": self.measures, "authorities": self.authorities, "incident": self.incident,
        }  # fmt: skip

    def _fields(self) -> tuple[Field, ...]:
        return (self.scan, *self._named().values())

    def _lay_out(self) -> None:
        self.lines.setMinimumHeight(_LINES)
        last = secondary(_("Where each was last is filled in from the record."), wrap=True)
        weapons = Card(column(self._title, last, self.scan, Share(self.lines), gap=Space.S))
        optional = secondary(
            _("Not needed now: the report can be amended when the authorities answer."), wrap=True
        )
        self.discovered.edit.setPlaceholderText(_("today"))
        told = Card(
            column(
                card_title(_("What is known")),
                row(self.how, *map(Keycap, ("F6", "F7", "F8")), STRETCH),
                self.circumstances,
                row(Share(self.discovered), Share(self.incident), gap=Space.L),
                self.measures,
                self.authorities,
                optional,
                gap=Space.M,
            )
        )
        keys = row(
            Shortcut("Enter", _("go on to what happened")), Shortcut("Ctrl+Z", _("not this one")),
            STRETCH, self.sign, gap=Space.L,
        )  # fmt: skip
        both = row(Share(weapons), Share(boxed(column(told, STRETCH))), gap=Space.M)
        self.setLayout(column(self.result, Share(scrolled(boxed(both))), keys, gap=Space.M))

    def _connect(self) -> None:
        self._model.loaded.connect(self.show_lines)
        self.scan.submitted.connect(self._submit)
        self.how.chosen.connect(self.how.choose)
        self.sign.clicked.connect(self.check)
        order = (self.circumstances, self.measures, self.authorities, self.incident)
        for field, following in pairwise(order):
            field.submitted.connect(following.setFocus)
        for field in self._fields():
            field.edited.connect(lambda _text, of=field: of.show_state(State.PLAIN))

    def _submit(self) -> None:
        text = self.scan.text().strip()
        self.scan.set_text("")
        if text:
            self._model.scan(text)
        else:
            self.circumstances.setFocus(Qt.FocusReason.OtherFocusReason)


def _live(one: Lasting) -> LiveLine:
    held = _("with {holder}").format(holder=isolated(one.holder)) if one.holder else ""
    where = joined(isolated(one.place), held) if one.place else held
    seen = _("last seen {date}").format(date=isolated(one.seen)) if one.seen else ""
    name = one.weapon.serial.text or one.row.tag or one.row.number
    model = joined(isolated(one.row.model or one.row.make), where)
    return LiveLine(one.weapon.id, name, model, seen, "circle-alert", Ink.BAD)
