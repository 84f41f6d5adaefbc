"""Ammunition by calibre and count; and the decision with all that the receipt says beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.collecting import MODES, SITES, HandIn
from stockpile.domain.errors import FieldMissing, FieldUnreadable, ReasonMissing, StockpileError
from stockpile.domain.values import PlaceId
from stockpile.language import LANGUAGES, _
from ui.pages.collecting_person import choices
from ui.theme import Space
from ui.view_models.collecting import CollectingModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.field import Choice, ChoiceField, Field, ScanField, State
from ui.widgets.field_grid import FieldGrid
from ui.widgets.segments import Segment, Segments
from ui.widgets.text import secondary
from ui.widgets.tick import Tick


class RoundsPane(QWidget):
    """One field: the calibre, then how many; Enter puts it there.

    Signals:
        done: Enter in the empty field: on to the decision.
    """

    done = Signal()

    def __init__(self, model: CollectingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.rounds = ScanField(
            _("Calibre and how many"), placeholder=_("7.62x39 mm 60, then Enter")
        )
        self.bad = Tick(_("Unserviceable"))
        hint = secondary(
            _("Loose rounds are counted by calibre. Ammunition never travels with the weapons."),
            wrap=True,
        )
        inner = column(self.rounds, row(self.bad, STRETCH), hint, STRETCH, gap=Space.M)
        self.setLayout(inner)
        self.rounds.submitted.connect(self._submit)
        self.rounds.edited.connect(lambda _text: self.rounds.show_state(State.PLAIN))
        self.setFocusProxy(self.rounds)

    def clear(self) -> None:
        """Make room for the next calibre."""
        self.rounds.set_text("")
        self.bad.setChecked(False)

    def refuse(self, error: StockpileError) -> None:
        """Say at the field why it is no ammunition."""
        said = _("Type the calibre, then how many: 7.62x39 mm 60")
        is_field = isinstance(error, FieldUnreadable)
        self.rounds.show_state(State.BAD, said if is_field else wording.error_sentence(error))

    def _submit(self) -> None:
        text = self.rounds.text().strip()
        if text:
            self._model.count(text, serviceable=not self.bad.isChecked())
        else:
            self.done.emit()


class DecisionPane(QWidget):
    """Eligible or not and why; where, how and when it came; the language of the receipt.

    Signals:
        done: Enter: on to the signature.
    """

    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.decision = Segments(
            [
                Segment("eligible", _("Eligible"), "F6"),
                Segment("ineligible", _("Not eligible"), "F6"),
            ]
        )
        self.reason = Field(_("Why not eligible"))
        self.appeal = Field(
            _("Reference for an appeal"), placeholder=_("Else the number of the receipt")
        )
        self.where = ChoiceField(_("Kind of site"), choices("hand_in", SITES))
        self.mode = ChoiceField(_("How it came"), choices("mode", MODES))
        self.on = Field(_("Date"), placeholder=_("today"))
        self.language = ChoiceField(
            _("Language of the receipt"),
            [Choice(code, name) for code, name in LANGUAGES.items()],
        )
        self.remarks = Field(_("Remarks"))
        self.temporary = Tick(_("Dual-key custody: may be returned"))
        self.mode.set_value("ddr")
        self._why = boxed(row(Share(self.reason, 3), Share(self.appeal, 2), gap=14))
        self._grid = FieldGrid([self.where, self.mode, self.on, self.language, self.remarks])
        self._lay_out()
        self.decision.chosen.connect(lambda _key: self._show())
        for field in (self.reason, self.appeal, self.on, self.remarks):
            field.submitted.connect(self.done)
            field.edited.connect(lambda _text: self._plain())
        self._show()
        self.setFocusProxy(self.remarks)

    def said(
        self, place: PlaceId, *, under_18: bool, child_protection: str, category: str
    ) -> HandIn:
        """Return all that is said of the hand-in; rounds are added by the page."""
        eligible = self.is_eligible
        return HandIn(
            place,
            self.on.text().strip(),
            category,
            eligible=eligible,
            reason="" if eligible else self.reason.text(),
            appeal="" if eligible else self.appeal.text(),
            under_18=under_18,
            child_protection=child_protection,
            remarks=self.remarks.text(),
            where=self.where.value(),  # type: ignore[arg-type]  # one of the choices
            mode=self.mode.value() or "ddr",  # type: ignore[arg-type]  # one of the choices
            temporary=self.temporary.isChecked(),
        )

    @property
    def is_eligible(self) -> bool:
        """Whether the person is eligible, as it stands."""
        return self.decision.current == "eligible"

    def turn(self) -> None:
        """Say the other of the two."""
        self.decision.choose("ineligible" if self.is_eligible else "eligible")
        self._show()
        if not self.is_eligible:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def empty(self) -> None:
        """Make room for the next person; site, mode and custody stay."""
        self.decision.choose("eligible")
        for field in (self.reason, self.appeal, self.on, self.remarks):
            field.set_text("")
        self.language.set_value("")
        self._plain()
        self._show()

    def fit(self, width: int) -> None:
        """Stand in as many columns as there is room for."""
        self._grid.fit(width)

    def refuse(self, error: StockpileError) -> bool:
        """Say a refusal at the field that it is about; return whether it is one of these."""
        field = self.reason if isinstance(error, ReasonMissing) else None
        if isinstance(error, FieldMissing | FieldUnreadable):
            field = {"on": self.on}.get(error.field)
        if field is None:
            return False
        field.show_state(State.BAD, wording.error_sentence(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _lay_out(self) -> None:
        inner = column(
            row(self.decision, STRETCH, self.temporary), self._why, self._grid, STRETCH,
            gap=Space.M, margins=(0, 0, Space.XS, 0),
        )  # fmt: skip
        self.setLayout(column(Share(scrolled(boxed(inner)))))

    def _plain(self) -> None:
        for field in (self.reason, self.on):
            field.show_state(State.PLAIN)

    def _show(self) -> None:
        self._why.setVisible(not self.is_eligible)
