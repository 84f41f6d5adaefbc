"""Settings: the look of this machine, the machines and officers of the depot, the proof, help."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stockpile.language import _
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.guard_rules import GuardRulesSection
from ui.pages.page import Page
from ui.pages.settings_backups import BackupsSection
from ui.pages.settings_help import AboutSection, HelpSection, NoticesSection
from ui.pages.settings_inspection import InspectionSection
from ui.pages.settings_keys import KeysSection
from ui.pages.settings_label_layouts import LabelLayoutsSection
from ui.pages.settings_layouts import LayoutsSection
from ui.pages.settings_look import LookSection
from ui.pages.settings_machines import MachinesSection
from ui.pages.settings_officers import OfficersSection
from ui.pages.settings_printers import PrintersSection
from ui.pages.settings_proof import ProofSection
from ui.pages.settings_scanner import ScannerSection
from ui.pages.settings_schemes import SchemesSection
from ui.session import Session
from ui.theme import Space, Theme
from ui.view_models.backups import BackupsModel
from ui.view_models.code_cards import CardsModel
from ui.view_models.guard_rules import GuardRulesModel
from ui.view_models.inspections import InspectionsModel
from ui.view_models.keys import KeysModel
from ui.view_models.label_layouts import LabelLayoutsModel
from ui.view_models.label_printers import LabelPrintersModel
from ui.view_models.mark_layouts import LayoutsModel
from ui.view_models.schemes import SchemesModel
from ui.view_models.settings import SettingsModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, rule, scrolled
from ui.widgets.nav_row import NavRow
from ui.widgets.page_stack import PageStack

_LIST, _LIST_WIDEST = 188, 220  # it grows for a language of long words
_WIDEST = 720
_SCROLL_BAR = 12  # what the bar beside a section takes, so that its head is as wide as it
_MOST = 100  # nearly all of the room, until the section is as wide as it may be


@dataclass(frozen=True, slots=True)
class _Section:
    """A section: what stays above while it scrolls, and what brings it up to date."""

    widget: QWidget
    head: QWidget | None = None
    start: Callable[[], None] | None = None


class SettingsPage(Page):
    """A list of sections at the side, and the one that is open."""

    def __init__(self, desk: Desk, session: Session, notices: Notices, theme: Theme) -> None:
        super().__init__()
        self.model = model = SettingsModel(desk, session, notices)
        self._seat = (desk, session, notices)
        self._rows: dict[str, NavRow] = {}
        self._makers: dict[str, Callable[[], _Section]] = {}
        self._parts: dict[str, QWidget] = {}
        self._bodies: dict[str, QWidget] = {}
        self._starts: dict[str, Callable[[], None]] = {}
        self._stack = PageStack()
        self._list = column(gap=2)
        self._add("look", "sun-moon", _("Appearance"), lambda: _Section(LookSection(model, theme)))
        self._add("machines", "stamp", _("Machines"), lambda: _Section(MachinesSection(model)))
        self._add("layouts", "ruler", _("Marking layouts"), self._layouts)
        self._add("schemes", "tag", _("Marking schemes"), self._schemes)
        self._add("label_layouts", "tags", _("Label layouts"), self._label_layouts)
        self._add("printers", "printer", _("Label printers"), self._printers)
        self._add("scanner", "scan-barcode", _("Scanner"), self._scanner)
        self._add("officers", "users", _("Officers"), self._officers)
        self._add("keys", "key-round", _("Keys"), self._keys)
        self._add("guard", "shield", _("Rules of the guard"), self._guard)
        self._add("backups", "save", _("Backups"), self._backups)
        self._add("proof", "shield-check", _("Proof"), lambda: _Section(ProofSection(model)))
        self._add("inspection", "file-check", _("Inspection"), self._inspection)
        self._add("notices", "bell", _("Notices"), lambda: _Section(NoticesSection(model)))
        self._add("help", "keyboard", _("Help: keys"), lambda: _Section(HelpSection()))
        self._add("about", "info", _("About"), lambda: _Section(AboutSection(model)))
        self._list.addStretch(1)
        widest = max(line.sizeHint().width() for line in self._rows.values())
        side = boxed(self._list, width=min(max(_LIST, widest), _LIST_WIDEST))
        body = row(side, rule(upright=True), Share(self._stack), gap=Space.L)
        self.setLayout(column(self.head(_("Settings")), Share(body), gap=Space.L))
        self.show_section("look")
        model.start()

    @property
    def section(self) -> str:
        """Return which section is open."""
        return next(key for key, one in self._rows.items() if one.isChecked())

    def part(self, key: str) -> QWidget:
        """Return a section, made when it is first asked for: a dozen forms take a second."""
        if key not in self._parts:
            self._make(key)
        return self._parts[key]

    def entered(self, argument: str) -> None:
        """Open a section, or the one that was open last."""
        self.model.start()
        for start in self._starts.values():
            start()
        self.show_section(argument if argument in self._rows else self.section)
        self._rows[self.section].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_section(self, key: str) -> None:
        """Open a section."""
        for name, line in self._rows.items():
            line.setChecked(name == key)
        self.part(key)
        self._stack.setCurrentWidget(self._bodies[key])

    def _officers(self) -> _Section:
        section = OfficersSection(self.model)
        section.page_wanted.connect(partial(self.go.emit, "officers", ""))
        return _Section(section)

    def _backups(self) -> _Section:
        model = BackupsModel(*self._seat[:2])
        return _Section(BackupsSection(model), start=model.start)

    def _keys(self) -> _Section:
        model = KeysModel(*self._seat)
        return _Section(KeysSection(model), start=model.start)

    def _layouts(self) -> _Section:
        model = LayoutsModel(*self._seat)
        section = LayoutsSection(model)
        return _Section(section, section.board, model.start)

    def _schemes(self) -> _Section:
        model = SchemesModel(*self._seat)
        section = SchemesSection(model)
        return _Section(section, section.board, model.start)

    def _label_layouts(self) -> _Section:
        model = LabelLayoutsModel(*self._seat)
        section = LabelLayoutsSection(model)
        return _Section(section, section.board, model.start)

    def _printers(self) -> _Section:
        model = LabelPrintersModel(*self._seat)
        return _Section(PrintersSection(model), start=model.start)

    def _guard(self) -> _Section:
        model = GuardRulesModel(*self._seat)
        section = GuardRulesSection(model)
        model.start()
        return _Section(section, start=model.start)

    def _inspection(self) -> _Section:
        section = InspectionSection(InspectionsModel(*self._seat))
        return _Section(section, start=section.start)

    def _scanner(self) -> _Section:
        return _Section(ScannerSection(self.model, CardsModel(*self._seat)))

    def _add(self, key: str, icon: str, title: str, make: Callable[[], _Section]) -> None:
        """Offer a section."""
        line = NavRow(icon, title)
        line.clicked.connect(partial(self.show_section, key))
        self._rows[key], self._makers[key] = line, make
        self._list.addWidget(line)

    def _make(self, key: str) -> None:
        """Make a section; its head, where it has one, does not scroll away."""
        made = self._makers[key]()
        body: QWidget = scrolled(boxed(_not_too_wide(made.widget)))
        if made.head is not None:
            above = _not_too_wide(made.head, _SCROLL_BAR)
            body = boxed(column(above, Share(body), gap=Space.M))
        self._parts[key], self._bodies[key] = made.widget, body
        self._stack.addWidget(body)
        if made.start is not None:
            self._starts[key] = made.start
            made.start()


def _not_too_wide(part: QWidget, beside: int = 0) -> QHBoxLayout:
    part.setMaximumWidth(_WIDEST)
    return row(Share(part, _MOST), STRETCH, margins=(0, 0, Space.M + beside, 0))
