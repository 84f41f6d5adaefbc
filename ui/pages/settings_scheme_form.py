"""The fields of one scheme: each change is shown as a mark at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from stockpile import wording
from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    SchemePatternWrong,
    StockpileError,
)
from stockpile.domain.facts import Glyph
from stockpile.domain.schemes import CHECK_SYSTEMS, PRIMARY, SIGNS
from stockpile.domain.seed_schemes import PRESSURE_PARTS
from stockpile.domain.values import SchemeId
from stockpile.language import _, isolated
from stockpile.terms import term
from ui.pages.settings_scheme_words import WordsEditor
from ui.theme import Ink, Space, Text, style_font
from ui.view_models.schemes import (
    PATTERN_PARTS,
    POLYMERS,
    REASONS,
    SchemesModel,
    Shown,
    Told,
)
from ui.widgets.arrange import Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice, ChoiceField, Field, NoteField, State
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text import Label, secondary
from ui.widgets.ticks_field import TicksField

_TOP = Qt.AlignmentFlag.AlignTop
_EDGES: Final = 44
"""What the card takes of the width: fields have the rest."""


class SchemeForm(Card):
    """What a mark says, where it goes and why, and what is done with it at the end."""

    def __init__(self, model: SchemesModel) -> None:
        self._model = model
        self._before: Told | None = None
        self._right = secondary(
            _("Your role does not include setting marking schemes. A commander or registrar does."),
            wrap=True,
        )
        self.id = Field(
            _("Short name"), hint=_("as in UG_STATE: it never changes"), identifier=True
        )
        self.name = Field(_("Name"), hint=_("as people call it"))
        self.country = Field(_("Country"), hint=_("two letters, or none"), identifier=True)
        self.pattern = Field(_("Pattern"), identifier=True)
        self.pattern.edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.part = ChoiceField(
            _("Add a part to the pattern"),
            [
                Choice(one, f"{wording.scheme_part(one)} {isolated(f'{{{one}}}')}")
                for one in PATTERN_PARTS
            ],
        )
        self.digits = Field(_("Digits of the number"), identifier=True)
        self.check = ChoiceField(_("Check character (ISO 7064)"), _check_choices())
        self.words = WordsEditor()
        self.signs = {name: _sign_field(name) for name in SIGNS}
        self.component = ChoiceField(
            _("Part that bears the mark"),
            [Choice(one, term("component", one)) for one in _COMPONENTS],
        )
        self.also = TicksField(
            _("Parts that should bear it too"),
            [Choice(one, term("component", one)) for one in PRESSURE_PARTS],
        )
        self.reasons = TicksField(
            _("Reasons for marking; none ticked: any"),
            [Choice(one, wording.marking_reason(one)) for one in REASONS],
        )
        self.positions = Field(_("Spots where it may stand"), hint=_("one; another; none: any"))
        self.polymer = ChoiceField(_("Plastic frame"), _polymer_choices())
        self.least_height = Field(_("Least height, in mm"), identifier=True)
        self.least_depth = Field(_("Least depth, in mm"), identifier=True)
        self.limits_source = NoteField(_("Where these limits come from"))
        self.source = NoteField(_("Law or paper that the scheme comes from"))
        self._said = Label("", Text.SECONDARY, Ink.SECONDARY, wrap=True)
        self.retire = Button(_("Retire…"), icon="archive")
        self.keep = Button(_("Save"), Kind.PRIMARY, "save")
        self._grids: list[FieldGrid] = []
        super().__init__(self._whole())
        self.setFocusProxy(self.name)
        self._listen()
        self.show_right()

    @property
    def is_filled(self) -> bool:
        """Say whether a scheme stands in the form."""
        return self._before is not None

    @property
    def is_changed(self) -> bool:
        """Say whether anything of the scheme differs from what was shown."""
        return self._before is not None and self.told() != self._before

    @property
    def said(self) -> str:
        """Return what is said beside the buttons."""
        return self._said.text()

    def show_scheme(self, told: Told, *, is_new: bool, is_retired: bool = False) -> None:
        """Put a scheme into the fields."""
        self._base = told
        self.id.setVisible(is_new)
        texts = {
            self.id: told.id, self.name: told.name, self.country: told.country,
            self.pattern: told.pattern, self.digits: told.digits, self.positions: told.positions,
            self.least_height: told.height, self.least_depth: told.depth,
        }  # fmt: skip
        for field, text in texts.items():
            field.set_text(text)
        self.check.set_value(told.check_system)
        self.words.show_words(told.words)
        drawn = {one.name: "\n".join(one.rows) for one in told.glyphs}
        for name, note in self.signs.items():
            note.set_text(drawn.get(name, ""))
        self.component.set_value(told.component)
        self.also.set_value(",".join(told.also))
        self.reasons.set_value(",".join(told.reasons))
        self.polymer.set_value(told.polymer)
        self.source.set_text(told.source)
        self.limits_source.set_text(told.limits_source)
        self.retire.setVisible(not is_new and not is_retired)
        self._said.setText("")
        self._before = self.told()
        self._draw()

    def told(self) -> Told:
        """Return the scheme as it stands in the fields."""
        glyphs = tuple(
            Glyph(name, tuple(one.strip() for one in note.text().split("\n") if one.strip()))
            for name, note in self.signs.items()
            if note.text().strip() and f"{{{name}}}" in self.pattern.text()
        )
        return replace(
            self._base,
            id=self.id.text().strip().upper(),
            name=self.name.text(),
            country=self.country.text(),
            pattern=self.pattern.text(),
            digits=self.digits.text(),
            check_system=self.check.value(),
            words=self.words.words(),
            component=self.component.value(),
            also=_ticked(self.also),
            positions=self.positions.text(),
            reasons=_ticked(self.reasons),
            polymer=self.polymer.value(),
            height=self.least_height.text(),
            depth=self.least_depth.text(),
            source=self.source.text(),
            limits_source=self.limits_source.text(),
            glyphs=glyphs,
        )

    def say(self, sentence: str) -> None:
        """Say something beside the buttons."""
        self._said.setText(sentence)

    def show_right(self) -> None:
        """Say who may save, where this officer may not."""
        may = self._model.may_keep
        self._right.setVisible(not may)
        self.keep.setEnabled(may)
        self.retire.setEnabled(may)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Stand the fields in as many columns as there is room for."""
        super().resizeEvent(event)
        for grid in self._grids:
            grid.fit(self.width() - _EDGES)

    # --- how it is put together -------------------------------------------------------------

    def _whole(self) -> QVBoxLayout:
        self._base = Told()
        self._grids = [
            FieldGrid([self.digits, self.check]),
            FieldGrid([self.least_height, self.least_depth]),
            FieldGrid([self.also, self.reasons]),
        ]
        numbers, limits, ticks = self._grids
        named = row(Share(self.name, 3, _TOP), Share(self.country, 2, _TOP), gap=Space.M)
        pattern = row(Share(self.pattern, 3, _TOP), Share(self.part, 2, _TOP), gap=Space.M)
        borne = row(Share(self.component, 1, _TOP), Share(self.positions, 1, _TOP), gap=Space.M)
        return column(
            self._right, self.id, boxed(named),
            _section(_("What the mark says")), boxed(pattern), numbers, *self.signs.values(),
            _section(_("Words and codes")), self.words,
            _section(_("Where and why")), boxed(borne), ticks, self.polymer,
            secondary(_polymer_source(), wrap=True),
            _section(_("Limits")), limits, self.limits_source, self.source,
            row(Share(self._said), self.retire, self.keep),
            gap=Space.M,
        )  # fmt: skip

    def _listen(self) -> None:
        fields = (
            self.id, self.name, self.country, self.pattern, self.digits, self.positions,
            self.least_height, self.least_depth,
        )  # fmt: skip
        for field in fields:
            field.edited.connect(lambda _text: self._draw())
        for chosen in (self.check, self.component, self.polymer, self.also, self.reasons):
            chosen.chosen.connect(lambda _value: self._draw())
        for note in (*self.signs.values(), self.source, self.limits_source):
            note.edited.connect(self._draw)
        self.words.edited.connect(self._draw)
        self.part.chosen.connect(self._add_part)
        self.keep.clicked.connect(self._keep)
        self.retire.clicked.connect(self._retire)
        model = self._model
        model.shown.connect(self._show)
        model.unread.connect(self._show_unread)
        model.kept.connect(self._kept)
        model.refused.connect(self._refused)

    # --- what is done -----------------------------------------------------------------------

    def _draw(self) -> None:
        if self._before is not None:
            for name, note in self.signs.items():
                note.setVisible(f"{{{name}}}" in self.pattern.text())
            self._said.setText("")
            self._model.draw(self.told())

    def _add_part(self, part: str) -> None:
        """Put a part where the cursor stands, apart from what is before it."""
        if not part:
            return
        self.part.set_value("")
        line = self.pattern.edit
        before = line.text()[: line.cursorPosition()]
        line.insert(
            f"{' ' if before and not before.endswith((' ', '-', '/', '.')) else ''}{{{part}}}"
        )
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._draw()

    def _keep(self) -> None:
        self.keep.set_busy(busy=True)
        self._model.keep(self.told())

    def _retire(self) -> None:
        ask = ConfirmDialog(
            _("Retire this scheme?"),
            _("Nothing is marked by it any more. Marks that were made by it stand."),
            _("Retire it"),
            parent=self.window(),
        )
        if ask.exec():
            self._model.retire(self._id())

    def _id(self) -> SchemeId:
        return SchemeId(self._base.id)

    def _kept(self, _id: str) -> None:
        self.keep.set_busy(busy=False)
        self.show_right()
        self._said.setText(_("Saved."))

    def _refused(self, error: StockpileError) -> None:
        self.keep.set_busy(busy=False)
        self.show_right()
        if not self._at_field(error):
            self._said.setText(wording.error_sentence(error))

    # --- what came --------------------------------------------------------------------------

    def _show(self, _shown: Shown) -> None:
        self._clear_states()

    def _show_unread(self, error: StockpileError) -> None:
        self._clear_states()
        self._at_field(error)

    def _at_field(self, error: StockpileError) -> bool:
        """Say at its field what is wrong; false where it belongs to none."""
        said = wording.error_sentence(error)
        if isinstance(error, SchemePatternWrong):
            if error.flaw == "word":
                self.words.show_wrong(said)
                return True
            fields = {"check": self.check, "digits": self.digits, "limits": self.least_height}
            field = fields.get(error.flaw, self.pattern)
        elif isinstance(error, FieldMissing | FieldUnreadable):
            named = {
                "name": self.name, "country": self.country, "pattern": self.pattern,
                "digits": self.digits, "height": self.least_height, "depth": self.least_depth,
                "scheme": self.id, "check": self.check, "polymer": self.polymer,
            }  # fmt: skip
            found = named.get(error.field, self.pattern)
            field = found
        else:
            return False
        field.show_state(State.BAD, said)
        return True

    def _clear_states(self) -> None:
        self.words.show_wrong("")
        for field in (
            self.id, self.name, self.country, self.pattern, self.digits, self.check,
            self.least_height, self.least_depth, self.polymer,
        ):  # fmt: skip
            field.show_state(State.PLAIN)


_COMPONENTS: Final = ("receiver", *sorted(PRIMARY - {"receiver"}), *PRESSURE_PARTS)


def _check_choices() -> list[Choice]:
    said = {
        "mod_11_10": _("MOD 11,10: digits, one check digit"),
        "mod_37_36": _("MOD 37,36: letters and digits, one check character"),
        "mod_97_10": _("MOD 97-10: digits, two check digits"),
        "mod_1271_36": _("MOD 1271-36: letters and digits, two check characters"),
    }
    return [Choice("", _("None")), *(Choice(one, said[one]) for one in CHECK_SYSTEMS)]


def _polymer_choices() -> list[Choice]:
    said = {
        "plate": _("On a metal plate in the frame only"),
        "plate_or_two": _("On a plate, else on the plastic and a second, metal part"),
        "refuse": _("Not marked at all"),
    }
    return [Choice(one, said[one]) for one in POLYMERS]


def _polymer_source() -> str:
    return _(
        "MOSAIC 05.30: on a frame that is no metal, a metal plate embedded for good bears the"
        " mark; an import mark without room there stands on the plastic where it wears little, and"
        " again on a second, metal part."
    )


def _sign_field(name: str) -> NoteField:
    said = _("{sign} as rows of dots: # a dot, . none").format(sign=wording.scheme_part(name))
    note = NoteField(said)
    note.edit.setFont(style_font(Text.IDENTIFIER))
    note.edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return note


def _ticked(field: TicksField) -> tuple[str, ...]:
    return tuple(one for one in field.value().split(",") if one)


def _section(title: str) -> Label:
    return Label(title, Text.HEADING)
