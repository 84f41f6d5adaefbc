"""The row that narrows the contradictions: class, site, weapon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.conflicts import ConflictClass
from stockpile.language import _
from ui.theme import Space
from ui.view_models.conflicts_among import Among
from ui.widgets.arrange import Share, row
from ui.widgets.button import Button
from ui.widgets.field import Choice, ChoiceField, Field, State


class AmongRow(QWidget):
    """The three fields; what is chosen narrows the list at once, a weapon with Enter.

    Signals:
        narrowed: show these: Among.
    """

    narrowed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = ChoiceField(_("Sort of contradiction"), _kinds(), hint="Ctrl+Shift+F")
        self.site = ChoiceField(_("Site with a part in it"))
        self.weapon = Field(_("Weapon: number or serial"), identifier=True)
        self.all = Button(_("Show all"), icon="list-filter")
        self.setLayout(
            row(
                Share(self.kind, 3), Share(self.site, 3), Share(self.weapon, 3),
                Share(self.all, 0, Qt.AlignmentFlag.AlignBottom), gap=Space.M,
            )
        )  # fmt: skip
        self.site.hide()
        for one in (self.kind, self.site):
            line = one.box.lineEdit()
            assert line is not None  # the box is made to be typed into
            line.setPlaceholderText(_("All"))
        self._among, self._sites = Among(), tuple[tuple[str, str], ...]()
        self.kind.chosen.connect(lambda _value: self._tell())
        self.site.chosen.connect(lambda _value: self._tell())
        self.weapon.submitted.connect(self._tell)
        self.all.clicked.connect(self.clear)

    def show_among(self, among: Among) -> None:
        """Show what the list is narrowed to; nothing is told."""
        self._among = among
        blocked = [QSignalBlocker(one) for one in (self.kind, self.site, self.weapon)]
        self.kind.set_value(among.kind)
        self.site.set_value(among.site)
        self.weapon.set_text(among.weapon)
        del blocked
        self.all.setEnabled(not among.is_all)

    def show_sites(self, sites: Sequence[tuple[str, str]]) -> None:
        """Offer the sites, each its id and name; with one alone there is nothing to choose."""
        if tuple(sites) == self._sites:
            return
        self._sites = tuple(sites)
        with QSignalBlocker(self.site):
            self.site.set_choices([Choice(one, name) for one, name in sites])
            self.site.set_value(self._among.site)
        self.site.setVisible(len(sites) > 1)

    def show_unknown(self, said: str) -> None:
        """Say under the field that no weapon is known by what was typed; "" takes it back."""
        self.weapon.show_state(State.BAD if said else State.PLAIN, said)

    def clear(self) -> None:
        """Show everything again."""
        self.show_among(Among())
        self.narrowed.emit(Among())

    def _tell(self) -> None:
        site = self.site.value() if self._sites else self._among.site
        self._among = Among(self.kind.value(), site, self.weapon.text().strip())
        self.all.setEnabled(not self._among.is_all)
        self.narrowed.emit(self._among)


def _kinds() -> list[Choice]:
    return [Choice(kind, wording.conflict_kind(kind)) for kind in get_args(ConflictClass)]
