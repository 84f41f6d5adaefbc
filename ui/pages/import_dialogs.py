"""Two questions about a list: why it is taken back, and under which name its layout is kept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.layouts import profile_name
from stockpile.language import _, isolated
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Field


class TakeBackDialog(ConfirmDialog):
    """Why a list is taken back.

    Signals:
        decided: the reason.
    """

    decided = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(
            _("Take the list back"),
            _(
                "The records from {name} are withdrawn, but for those that have moved on since."
                " They stay to be read."
            ).format(name=isolated(name)),
            _("Take back"),
            reason=_("Reason"),
            parent=parent,
        )

    def accept(self) -> None:
        """Tell the reason, once there is one."""
        if self.confirm.isEnabled():
            self.decided.emit(self.reason())
            super().accept()


class LayoutNameDialog(ConfirmDialog):
    """Under which name it is kept how the columns of a list are read.

    Signals:
        decided: the name.
    """

    decided = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        self.name = Field(_("Name"))
        super().__init__(
            _("Remember the columns"),
            _("The next list with the same headings is read as this one was."),
            _("Remember"),
            danger=False,
            extra=self.name,
            parent=parent,
        )
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
        self.confirm.setEnabled(_is_name(self.name.text()))


def _is_name(text: str) -> bool:
    try:
        return bool(profile_name(text))
    except FieldUnreadable:
        return False
