"""What asks in front of a page: one dialog at a time, gone once it is answered."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialog


class AsksInFront:
    """A page, or what acts for one, that asks by dialogs.

    One dialog may lead to the next: only the last one that is answered brings the cursor back.
    """

    dialog: QDialog | None = None

    def ask_in_front(self, dialog: QDialog) -> None:
        """Ask, and let go of the dialog when it is answered."""
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(partial(self._answered, dialog))
        dialog.open()

    def come_back(self) -> None:
        """Bring the cursor back to where work goes on."""

    def _answered(self, dialog: QDialog, _result: int) -> None:
        if self.dialog is dialog:
            self.dialog = None
            self.come_back()
