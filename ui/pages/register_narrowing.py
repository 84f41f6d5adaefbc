"""How the register is narrowed: the panel, the chips, and the filters kept under a name."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from stockpile.language import _, isolated
from stockpile.services.ports import RegisterFilter
from ui.pages.register_dialogs import NameDialog
from ui.pages.register_filter import FilterChips, FilterDialog
from ui.session import Session
from ui.theme import Ink
from ui.view_models.narrowing import Saved, built_in, read, said, written
from ui.view_models.register import RegisterModel
from ui.widgets.button import Button, Kind


class Narrowing(QObject):
    """The filter's two buttons and its chips; what they decide goes to the model."""

    def __init__(self, model: RegisterModel, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._model, self._session, self._page = model, session, page
        self.dialog: FilterDialog | None = None
        self.button = Button(_("Filter"), Kind.GHOST, "list-filter", hint="Ctrl+Shift+F")
        self.saved_button = Button(_("Saved filters"), Kind.GHOST, "flag")
        self.chips = FilterChips()
        self.button.clicked.connect(self.open_panel)
        self.saved_button.clicked.connect(self._open_menu)
        self.chips.narrowed.connect(self.take)
        self.chips.save_wanted.connect(self.ask_name)
        model.named.connect(self.show)
        model.offered.connect(self._offer)

    @property
    def is_narrowed(self) -> bool:
        """Return whether anything is filtered."""
        return self._model.among != RegisterFilter()

    def take(self, among: RegisterFilter) -> None:
        """Show the list that a filter leaves."""
        self._model.narrow(among)
        self.show()

    def show(self) -> None:
        """Show what the list is narrowed to."""
        among = self._model.among
        names = [one.among for one in self._all_saved()]
        self.chips.show_filter(said(among, self._model.names), saved=among in names)
        self.button.show_icon("list-filter", Ink.ACCENT if self.is_narrowed else None)

    # --- the panel --------------------------------------------------------------------------

    def open_panel(self) -> None:
        """Open the panel with every choice."""
        dialog = FilterDialog(self._model.among, self._page)
        dialog.narrowed.connect(self._model.offer)
        dialog.decided.connect(self.take)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        self._model.offer(self._model.among)
        dialog.open()

    def _offer(self, options: object) -> None:
        if self.dialog is not None:
            self.dialog.show_options(options)  # type: ignore[arg-type]  # as the signal says

    def _forget(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    # --- saved ------------------------------------------------------------------------------

    def saved_menu(self) -> QMenu:
        """Return the filters that everybody has and those kept here, and how to let one go."""
        menu = QMenu(self._page)
        for one in built_in(self._model.now()):
            self._add(menu, one)
        mine = read(self._session.settings.filters)
        if mine:
            menu.addSeparator()
        for one in mine:
            self._add(menu, one)
        if self.is_narrowed or mine:
            menu.addSeparator()
        if self.is_narrowed:
            menu.addAction(_("Save filter")).triggered.connect(self.ask_name)
        if mine:
            forget = QMenu(_("Forget a filter"), menu)
            menu.addMenu(forget)
            for one in mine:
                forget.addAction(isolated(one.name)).triggered.connect(
                    partial(self._let_go, one.name)
                )
        return menu

    def ask_name(self) -> None:
        """Ask under which name the filter is to be kept."""
        words = ", ".join(one.words for one in said(self._model.among, self._model.names))
        taken = [one.name for one in self._all_saved()]
        dialog = NameDialog(words, taken, self._page)
        dialog.decided.connect(self._save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, name: str) -> None:
        mine = (*read(self._session.settings.filters), Saved(name, self._model.among))
        self._session.remember(filters=written(mine))
        self.show()

    def _let_go(self, name: str) -> None:
        mine = [one for one in read(self._session.settings.filters) if one.name != name]
        self._session.remember(filters=written(mine))
        self.show()

    def _add(self, menu: QMenu, saved: Saved) -> None:
        action = QAction(isolated(saved.name), menu)
        action.setCheckable(True)
        action.setChecked(saved.among == self._model.among)
        action.triggered.connect(lambda: self.take(saved.among))
        menu.addAction(action)

    def _open_menu(self) -> None:
        menu = self.saved_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.saved_button.mapToGlobal(self.saved_button.rect().bottomLeft()))

    def _all_saved(self) -> tuple[Saved, ...]:
        return (*built_in(self._model.now()), *read(self._session.settings.filters))
