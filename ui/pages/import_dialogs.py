"""Two questions about a list: why it is taken back, and under which name its layout is kept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.layouts import profile_name
from stockpile.language import _, isolated
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.naming import NamingDialog


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


class LayoutNameDialog(NamingDialog):
    """Under which name it is kept how the columns of a list are read."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            _("Remember the columns"),
            _("The next list with the same headings is read as this one was."),
            _("Remember"),
            is_name=_is_name,
            parent=parent,
        )


def _is_name(text: str) -> bool:
    try:
        return bool(profile_name(text))
    except FieldUnreadable:
        return False
