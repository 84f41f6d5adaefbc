"""Settings: the look of this machine, the machines and officers of the depot, the proof, help."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from stockpile.language import _
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.page import Page
from ui.pages.settings_help import AboutSection, HelpSection, NoticesSection
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
from ui.view_models.code_cards import CardsModel
from ui.view_models.label_layouts import LabelLayoutsModel
from ui.view_models.label_printers import LabelPrintersModel
from ui.view_models.mark_layouts import LayoutsModel
from ui.view_models.schemes import SchemesModel
from ui.view_models.settings import SettingsModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, rule, scrolled
from ui.widgets.nav_row import NavRow

_LIST = 188
_WIDEST = 720
_SCROLL_BAR = 12  # what the bar beside a section takes, so that its head is as wide as it
_MOST = 100  # nearly all of the room, until the section is as wide as it may be


class SettingsPage(Page):
    """A list of sections at the side, and the one that is open."""

    def __init__(self, desk: Desk, session: Session, notices: Notices, theme: Theme) -> None:
        super().__init__()
        self.model = SettingsModel(desk, session, notices)
        self.layouts = LayoutsModel(desk, session, notices)
        self.label_layouts = LabelLayoutsModel(desk, session, notices)
        self.printers = LabelPrintersModel(desk, session, notices)
        self.schemes = SchemesModel(desk, session, notices)
        self._rows: dict[str, NavRow] = {}
        self._sections: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self._list = column(gap=2)
        self._add("look", "sun-moon", _("Appearance"), LookSection(self.model, theme))
        self._add("machines", "stamp", _("Machines"), MachinesSection(self.model))
        layouts = LayoutsSection(self.layouts)
        self._add("layouts", "ruler", _("Marking layouts"), layouts, head=layouts.board)
        schemes = SchemesSection(self.schemes)
        self._add("schemes", "tag", _("Marking schemes"), schemes, head=schemes.board)
        labels = LabelLayoutsSection(self.label_layouts)
        self._add("label_layouts", "tags", _("Label layouts"), labels, head=labels.board)
        self._add("printers", "printer", _("Label printers"), PrintersSection(self.printers))
        scanner = ScannerSection(self.model, CardsModel(desk, session, notices))
        self._add("scanner", "scan-barcode", _("Scanner"), scanner)
        self._add("officers", "users", _("Officers"), OfficersSection(self.model))
        self._add("proof", "shield-check", _("Proof"), ProofSection(self.model))
        self._add("notices", "bell", _("Notices"), NoticesSection(self.model))
        self._add("help", "keyboard", _("Help: keys"), HelpSection())
        self._add("about", "info", _("About"), AboutSection(self.model))
        self._list.addStretch(1)
        side = boxed(self._list, width=_LIST)
        body = row(side, rule(upright=True), Share(self._stack), gap=Space.L)
        self.setLayout(column(self.head(_("Settings")), Share(body), gap=Space.L))
        self.show_section("look")
        self.model.start()
        self.layouts.start()
        self.label_layouts.start()
        self.printers.start()
        self.schemes.start()

    @property
    def section(self) -> str:
        """Return which section is open."""
        return next(key for key, one in self._rows.items() if one.isChecked())

    def entered(self, argument: str) -> None:
        """Open a section, or the one that was open last."""
        self.model.start()
        self.layouts.start()
        self.label_layouts.start()
        self.printers.start()
        self.schemes.start()
        self.show_section(argument if argument in self._sections else self.section)
        self._rows[self.section].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_section(self, key: str) -> None:
        """Open a section."""
        for name, line in self._rows.items():
            line.setChecked(name == key)
        self._stack.setCurrentIndex(list(self._sections).index(key))

    def _add(
        self, key: str, icon: str, title: str, section: QWidget, *, head: QWidget | None = None
    ) -> None:
        """Offer a section; its head, where it has one, does not scroll away."""
        line = NavRow(icon, title)
        line.clicked.connect(partial(self.show_section, key))
        self._rows[key], self._sections[key] = line, section
        self._list.addWidget(line)
        body = scrolled(boxed(_not_too_wide(section)))
        if head is None:
            self._stack.addWidget(body)
        else:
            above = _not_too_wide(head, _SCROLL_BAR)
            self._stack.addWidget(boxed(column(above, Share(body), gap=Space.M)))


def _not_too_wide(part: QWidget, beside: int = 0) -> QHBoxLayout:
    part.setMaximumWidth(_WIDEST)
    return row(Share(part, _MOST), STRETCH, margins=(0, 0, Space.M + beside, 0))
