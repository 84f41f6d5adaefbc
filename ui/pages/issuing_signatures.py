"""The signatures at the counter: which dialogs are asked, one after the other, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from stockpile.domain.receipts import Signature
from stockpile.language import _, isolated, ngettext
from stockpile.services.people import SignedIn
from stockpile.services.slips import Slip
from ui.desk import Desk
from ui.pages.figures import figure
from ui.pages.issuing_lines import person_name
from ui.pages.pins import PinsDialog, Wanted
from ui.pages.signing import SigningDialog
from ui.session import Session
from ui.view_models.issuing import IssuingModel

Keys = Sequence[tuple[str, Callable[[], object]]]


class IssuingSignatures(QObject):
    """Asks for the signatures of a hand-over or a return, in dialogs over the page.

    ``by_hand`` says how the receiver signs: ``drawn``, ``paper``, or by PIN where it is empty.

    Signals:
        closed: a dialog has gone.
    """

    closed = Signal()

    def __init__(
        self, desk: Desk, session: Session, model: IssuingModel, beside: Keys, page: QWidget
    ) -> None:
        super().__init__(page)
        self._desk, self._session, self._model = desk, session, model
        self._beside, self._page = beside, page
        self.by_hand = ""
        self.dialog: QDialog | None = None
        model.to_sign.connect(self._sign)
        model.to_confirm.connect(self._confirm)

    def open(self, dialog: QDialog) -> None:
        """Show a dialog; one at a time."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._gone)
        self.dialog = dialog
        dialog.open()

    def _gone(self) -> None:
        self.dialog = None
        self.closed.emit()

    def _sign(self, slips: tuple[Slip, ...]) -> None:
        """Ask for both signatures: by PIN where the receiver has one, else by hand."""
        signer = self._model.counter.signer
        if self.by_hand == "paper":
            self._choose_paper(slips)
        elif self.by_hand == "drawn" or signer is None or not signer.has_pin:
            self._ask_hand(slips)
        else:
            name, prove = person_name(signer), self._model.signing.by_pin
            wanted = [Wanted(_("Received by"), name, prove=partial(prove, one)) for one in slips]
            self._ask_pins(slips, {}, wanted)

    def _ask_pins(
        self, slips: tuple[Slip, ...], known: dict[str, Signature], receivers: Sequence[Wanted]
    ) -> None:
        count = len(self._model.counter.items)
        said = ngettext("{count} weapon goes out.", "{count} weapons go out.", count)
        dialog = PinsDialog(
            self._desk, self._session, [Wanted(_("Officer"), own=True), *receivers], self._page,
            title=_("Hand over"), sentence=said.format(count=figure(count)), action=_("Hand over"),
        )  # fmt: skip

        def signed(opened: tuple[object, ...]) -> None:
            by, *given = opened
            assert isinstance(by, SignedIn)
            proved = [one for one in given if isinstance(one, Signature)]
            by_slip = dict(zip((one.receipt for one in slips), proved, strict=False))
            self._model.signing.issue(self._model.counter, slips, known | by_slip, by)

        dialog.signed.connect(signed)
        self.open(dialog)

    def _ask_hand(self, slips: tuple[Slip, ...]) -> None:
        signer = self._model.counter.signer
        sentence = _("For {number}: {count} weapons.").format(
            number=isolated(slips[0].content.number), count=figure(len(self._model.counter.items))
        )
        dialog = SigningDialog(person_name(signer), sentence, self._page)
        dialog.drawn.connect(partial(self._keep, slips, "drawn"))
        dialog.paper_wanted.connect(partial(self._choose_paper, slips))
        dialog.unsigned.connect(
            lambda reason: self._ask_pins(
                slips, {one.receipt: Signature(reason=reason) for one in slips}, []
            )
        )
        self.open(dialog)

    def _choose_paper(self, slips: tuple[Slip, ...]) -> None:
        dialog = QFileDialog(self._page, _("Choose the photo of the signed paper"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Photos (*.jpg *.jpeg *.png *.tif *.tiff)"), _("All files (*)")])
        dialog.fileSelected.connect(lambda file: self._keep(slips, "paper", Path(file)))
        self.open(dialog)

    def _keep(self, slips: tuple[Slip, ...], how: str, picture: bytes | Path) -> None:
        def kept(signature: Signature) -> None:
            self._ask_pins(slips, {one.receipt: signature for one in slips}, [])

        self._model.signing.by_hand(slips[0], picture, how, kept)

    def _confirm(self) -> None:
        """Ask for the officer's PIN; what is wrong with the last weapon can still be said."""
        if self.dialog is not None:
            return
        count = len(self._model.counter.items)
        said = ngettext("{count} weapon is back.", "{count} weapons are back.", count)
        dialog = PinsDialog(
            self._desk, self._session, [Wanted(_("Officer"), own=True)], self._page,
            title=_("Sign the return"), sentence=said.format(count=figure(count)),
        )  # fmt: skip
        signing = self._model.signing
        dialog.signed.connect(lambda by: signing.take_back(self._model.counter, by[0]))
        for key, does in self._beside:
            QShortcut(QKeySequence(key), dialog).activated.connect(does)
        self.open(dialog)
