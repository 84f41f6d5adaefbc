"""How a receiver signs who does not sign by PIN: by hand, on paper, or not at all and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from stockpile.language import _, isolated
from ui.theme import Ink, Space, Text, Tone
from ui.widgets.arrange import Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.dialogs import SHORTEST_REASON
from ui.widgets.field import Field, State
from ui.widgets.flow import FlowLayout
from ui.widgets.growing import fix_width
from ui.widgets.picture import Tile
from ui.widgets.signature_pad import SignaturePad
from ui.widgets.text import Label

_WIDTH = 560


class SigningDialog(QDialog):
    """A pad to sign on; beside it, a photo of the signed paper, or the reason why nobody signs.

    Signals:
        drawn: signed by hand: the picture as JPEG.
        paper_wanted: the photo of a signed paper is to be chosen.
        thumbprint_wanted: the photo of a thumbprint is to be chosen.
        unsigned: nobody signs: why.
    """

    drawn = Signal(bytes)
    paper_wanted = Signal()
    thumbprint_wanted = Signal()
    unsigned = Signal(str)

    def __init__(
        self, name: str, sentence: str, parent: QWidget | None = None, *, thumbprint: bool = False
    ) -> None:
        super().__init__(parent)
        title = _("{name} signs").format(name=isolated(name))
        self.setWindowTitle(title)
        self.setModal(True)
        fix_width(self, _WIDTH)
        self.pad = SignaturePad(title, _("Sign here with a pen, a finger or the mouse"))
        self.reason = Field(_("Or why it is not signed"), hint=_("shown in red on the receipt"))
        self.confirm = Button(_("Sign now"), Kind.PRIMARY, "signature")
        self._wipe = Button(_("Wipe"), Kind.GHOST, "undo-2")
        self._paper = Button(_("Signed paper"), Kind.SECONDARY, "paperclip", hint="F3")
        cancel = Button(_("Cancel"), hint="Esc")
        head = row(
            Share(Tile("signature", Tone.INFO, 40, 20), 0, Qt.AlignmentFlag.AlignTop),
            Share(
                column(
                    Label(title, Text.CARD_TITLE, wrap=True),
                    Label(sentence, Text.BODY, Ink.SECONDARY, wrap=True),
                    gap=Space.XS,
                )
            ),
            gap=Space.L,
        )
        self._thumb = Button(_("Thumbprint"), Kind.SECONDARY, "fingerprint", hint="F4")
        self._thumb.setVisible(thumbprint)
        others = FlowLayout.of(self._paper, self._thumb, self._wipe)
        answers = boxed(row(cancel, self.confirm))
        foot = row(Share(boxed(others)), Share(answers, 0, Qt.AlignmentFlag.AlignBottom))
        edges = (Space.XXL, Space.XXL, Space.XXL, Space.XL)
        self.setLayout(column(head, self.pad, self.reason, foot, gap=Space.L, margins=edges))
        self._wipe.clicked.connect(self.pad.clear)
        self._paper.clicked.connect(self._want_paper)
        self._thumb.clicked.connect(self._want_thumbprint)
        cancel.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._sign)
        self.reason.submitted.connect(self._sign)
        self.pad.changed.connect(self._judge)
        self.reason.edited.connect(self._judge)
        self.reason.setFocus()
        self._judge()

    def _judge(self) -> None:
        """Let it be signed as soon as there is a signature, or a reason for none."""
        self.reason.show_state(State.PLAIN)
        self._wipe.setEnabled(self.pad.is_signed)
        self.confirm.setEnabled(self.pad.is_signed or self._has_reason())
        self.confirm.setText(
            _("Go on unsigned") if self._has_reason() and not self.pad.is_signed else _("Sign now")
        )

    def _has_reason(self) -> bool:
        return len(self.reason.text().strip()) >= SHORTEST_REASON

    def _want_paper(self) -> None:
        self.accept()
        self.paper_wanted.emit()

    def _want_thumbprint(self) -> None:
        self.accept()
        self.thumbprint_wanted.emit()

    def _sign(self) -> None:
        if self.pad.is_signed:
            picture = self.pad.jpeg()
            self.accept()
            self.drawn.emit(picture)
        elif self._has_reason():
            self.accept()
            self.unsigned.emit(self.reason.text().strip())
        else:
            self.reason.show_state(State.BAD, _("Sign above, or say why nobody does."))
