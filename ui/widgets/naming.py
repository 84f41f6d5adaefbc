"""The question under which name something is kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile.language import _
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Field


class NamingDialog(ConfirmDialog):
    """Asks for a name until it is one.

    Signals:
        decided: the name.
    """

    decided = Signal(str)

    def __init__(
        self,
        title: str,
        sentence: str,
        action: str,
        *,
        is_name: Callable[[str], bool],
        parent: QWidget,
    ) -> None:
        self.name = Field(_("Name"))
        self._is_name = is_name
        super().__init__(title, sentence, action, danger=False, extra=self.name, parent=parent)
        self.confirm.setDefault(True)
        self.name.edited.connect(self._judge_name)
        self.name.setFocus()
        self._judge_name()

    def accept(self) -> None:
        """Tell the name, once it is one."""
        if self.confirm.isEnabled():
            self.decided.emit(self.name.text().strip())
            super().accept()

    def _judge_name(self) -> None:
        self.confirm.setEnabled(self._is_name(self.name.text().strip()))
