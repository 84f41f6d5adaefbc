"""What is done to places: the questions asked first, and what is said when it is done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.errors import StockpileError
from stockpile.domain.places import Place, PlaceKind
from stockpile.domain.values import PlaceId
from stockpile.language import _, isolated, ngettext
from ui.notices import Notices
from ui.pages.place_dialogs import PlaceDialog
from ui.pages.printing import PrintingActs
from ui.view_models.places import PlacesModel, walked
from ui.widgets.dialogs import ConfirmDialog


class PlaceActs(QObject):
    """Adding, changing and closing places, and printing their cards.

    Signals:
        toast: what has happened, the word of the way on, and the way on.
    """

    toast = Signal(str, str, object)

    def __init__(
        self, model: PlacesModel, printing: PrintingActs, notices: Notices, page: QWidget
    ) -> None:
        super().__init__(page)
        self._model, self._printing = model, printing
        self._notices, self._page = notices, page
        self.dialog: PlaceDialog | ConfirmDialog | None = None
        model.added.connect(self._say_added)
        model.changed.connect(self._end_dialog)
        model.closed.connect(self._say_closed)
        printing.toast.connect(self.toast)
        model.refused.connect(self._refuse)

    def ask_new(self, kind: PlaceKind) -> None:
        """Ask for a new place, or a row of them, in the room that is shown."""
        room = self._model.now.room
        if room is None:
            return
        within = room.place.id
        dialog = PlaceDialog(self._all(), within, None, self._page)
        dialog.kind.set_value(kind)
        dialog.decided.connect(lambda said: self._model.add(said.pop("within", within), said))
        self._ask(dialog)

    def ask_change(self, place: Place | None) -> None:
        """Ask what is said of a place from now on."""
        if place is None or not self._model.may("open_place"):
            return
        dialog = PlaceDialog(self._all(), None, place, self._page)
        dialog.decided.connect(partial(self._model.change, place.id))
        self._ask(dialog)

    def ask_close(self, place: Place | None) -> None:
        """Ask why a place is closed."""
        if place is None:
            return
        dialog = ConfirmDialog(
            _("Close {place}").format(place=isolated(place.name)),
            _("Nothing can be put there any more. Its history stays, and its card is void."),
            _("Close place"),
            reason=_("Reason"),
            parent=self._page,
        )
        dialog.accepted.connect(lambda: self._model.close(place, dialog.reason()))
        self._ask(dialog)

    def print_cards(self, wanted: list[PlaceId], *, ask: bool = False) -> None:
        """Print the cards of places, as last time, or asking how."""
        self._printing.print_cards(wanted, ask=ask)

    def _all(self) -> list[Place]:
        return [one.place for one in walked(self._model.now.tree)]

    def _ask(self, dialog: PlaceDialog | ConfirmDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _end_dialog(self) -> None:
        if isinstance(self.dialog, PlaceDialog):
            self.dialog.end()

    def _refuse(self, error: StockpileError) -> None:
        """Say a refusal in the form that is open, else as a notice."""
        if isinstance(self.dialog, PlaceDialog):
            self.dialog.show_error(error)
        else:
            self._notices.trouble(error)

    def _say_added(self, added: tuple[Place, ...]) -> None:
        self._end_dialog()
        words = ngettext("{count} place added", "{count} places added", len(added))
        self.toast.emit(words.format(count=QLocale().toString(len(added))), "", None)

    def _say_closed(self, place: Place) -> None:
        said = _("{place} is closed").format(place=isolated(place.name))
        self.toast.emit(said, "", None)
