# ruff: noqa: N802 — Qt names what is overridden
"""Transfers: sent in one act, received in another, and visible while they are on the road."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from stockpile.domain import photo_courier
from stockpile.domain.courier import EXTENSION
from stockpile.domain.transfers import Caution, Waybill
from stockpile.language import _, isolated, ngettext
from stockpile.services.courier_meetings import Found, Met
from stockpile.services.courier_previews import Node
from stockpile.services.couriers import Opened, Taken
from stockpile.services.photo_errands import PhotosSeen
from stockpile.services.photo_packing import PhotoLoad
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.courier_bar import CourierBar
from ui.pages.courier_photos import PackDialog, PhotosBar, PhotosTick
from ui.pages.gate_dialogs import GatePassAsking
from ui.pages.meeting_dialogs import BY_STICK, MeetingDialog
from ui.pages.pins import PinsDialog, Wanted
from ui.pages.scan_page import ScanPage, takes_back
from ui.pages.transfer_board import TransferBoard
from ui.pages.transfer_dialogs import IntroduceDialog, PreviewDialog, WordsDialog
from ui.pages.transfer_news import TransferNews
from ui.pages.transfer_receiving import TransferReceiving
from ui.pages.transfer_sending import TransferSending
from ui.pages.transfer_words import caution_sentences
from ui.session import Session
from ui.theme import Space, Tone
from ui.view_models.courier_photos import CourierPhotosModel
from ui.view_models.meetings import MeetingsModel
from ui.view_models.transfer_receiving import Arrived, Lorry, ReceivingModel
from ui.view_models.transfer_sending import SendingModel, Sent
from ui.view_models.transfers import Board, BoardLine, TransfersModel
from ui.widgets.arrange import Share, column
from ui.widgets.button import Button, Kind
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field

BOARD, SENDING, RECEIVING = range(3)


class TransfersPage(ScanPage):
    """The board, a shipment being made ready, and a lorry being checked."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self.model = TransfersModel(desk, session, notices)
        self.meetings = MeetingsModel(desk, session, self.model.work)
        self.photos = CourierPhotosModel(desk, session)
        self.sending = SendingModel(desk, session, self.model)
        self.receiving = ReceivingModel(desk, session)
        self.board = TransferBoard()
        self.send_face = TransferSending(self.sending)
        self.receive_face = TransferReceiving(self.receiving)
        self.gate = GatePassAsking(desk, session, notices, self)
        self.dialog: ConfirmDialog | None = None
        self.pins: PinsDialog | None = None
        self._new = Button(_("New transfer"), Kind.PRIMARY, "truck", hint="F4")
        self._load = Button(_("Load courier file"), icon="usb", hint="Ctrl+O")
        self._meet = Button(_("Exchange through a folder"), icon="arrow-left-right", hint="F8")
        self._met_in = Path()
        self._back = Button(_("Board"), icon="list", hint="Esc")
        self.news = TransferNews()
        self._record_bar = CourierBar(self.model.work)
        self._bar = PhotosBar(self.photos)
        self._faces = QStackedWidget()
        self._lay_out()
        self._connect()
        self._add_keys()
        self.model.start()
        self.sending.start()

    def entered(self, argument: str) -> None:
        """Show the board, one transfer, what was left half done; or ask for the stick's folder."""
        self.model.start()
        self.sending.start()
        if argument and argument != BY_STICK:
            self.model.look_up(argument)
        self._focus()
        if argument == BY_STICK:
            self._choose_folder()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In an empty scan field, undo takes the last scan back."""
        if takes_back(event, self.scan_field()):
            self._undo()
            return True
        return super().eventFilter(watched, event)

    def scan_field(self) -> Field:
        """Return the field of the face that is shown."""
        if self._faces.currentIndex() == SENDING:
            return self.send_face.scan
        return self.receive_face.scan if self._at_receiving() else self.board.code

    # --- how it stands ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        sentence = _("On the road until somebody has checked every weapon.")
        head = self.head(_("Transfers"), sentence, self._back, self._meet, self._load, self._new)
        self._empty = EmptyState(
            "truck",
            _("Nothing was sent or announced yet"),
            _("Send weapons with a new transfer (F4), or load the courier file that came with a"
              " shipment (Ctrl+O)."),
        )  # fmt: skip
        first = QStackedWidget()
        first.addWidget(self.board)
        first.addWidget(self._empty)
        self._first = first
        for face in (first, self.send_face, self.receive_face):
            self._faces.addWidget(face)
        self.setLayout(
            column(head, self.news, self._record_bar, self._bar, Share(self._faces), gap=Space.M)
        )
        self._show_face(BOARD)

    def _connect(self) -> None:
        model = self.model
        model.stands.connect(self._show_board)
        model.found.connect(self._found)
        model.previewed.connect(self._preview)
        model.words_wanted.connect(lambda file: self._ask_words(file, model.load))
        model.stranger.connect(self._ask_stranger)
        model.left_out.connect(self._ask_left_out)
        model.taken.connect(self._taken)
        model.photos_offered.connect(self._offer_photos)
        model.packed.connect(self.news.packed)
        model.shipped.connect(lambda packed, of: self.photos.pack(packed, of.opened.weapons))
        model.work.began.connect(lambda *_begun: self._offer_files(offered=False))
        model.work.ended.connect(lambda: self._offer_files(offered=True))
        model.work.stopped.connect(self.news.stopped)
        self._bar.told.connect(self.news.carried)
        self.photos.words_wanted.connect(lambda file: self._ask_words(file, self.photos.take))
        model.drawn.connect(self.news.drawn)
        model.turned.connect(self.news.turned)
        model.failed.connect(self.news.failed)
        self.news.answer_wanted.connect(model.answer)
        self.meetings.looked.connect(self._preview_meeting)
        self.meetings.met.connect(self._met)
        self.meetings.failed.connect(self.news.failed)
        self._meet.clicked.connect(self._choose_folder)
        board = self.board
        board.code_given.connect(self._look_up)
        board.receive_wanted.connect(lambda line: self._receive(line.waybill))
        board.print_wanted.connect(lambda line: model.print(line.waybill))
        board.pack_wanted.connect(lambda line: model.prepare(line.waybill))
        board.reverse_wanted.connect(self._ask_reverse)
        board.gate_wanted.connect(lambda line: self.gate.for_waybill(line.waybill.opened.number))
        self.sending.checked.connect(self._sign_sending)
        self.sending.refused.connect(self.send_face.refuse)
        self.sending.left.connect(self._left)
        self.sending.postponed.connect(self._waits)
        self.send_face.sign_wanted.connect(self.sending.check)
        self.receiving.opened.connect(self._show_lorry)
        self.receiving.refused.connect(self.receive_face.refuse)
        self.receiving.arrived.connect(self._arrived)
        self.receive_face.sign_wanted.connect(self._sign_receiving)
        self.receive_face.closed.connect(lambda: self._show_face(BOARD))
        self._new.clicked.connect(self._begin)
        self._load.clicked.connect(self._choose_file)
        self._back.clicked.connect(self._escape)

    def _add_keys(self) -> None:
        keys = (
            ("F4", self._begin), ("F5", self._finish), ("F2", self._second), ("Esc", self._escape),
            ("F6", self.send_face.ask_apart), ("Ctrl+O", self._choose_file),
            ("F8", self._choose_folder), ("F7", self.news.give_answer),
        )  # fmt: skip
        for key, does in keys:
            QShortcut(QKeySequence(key), self).activated.connect(does)
        for field in (self.send_face.scan, self.receive_face.scan):
            field.edit.installEventFilter(self)

    def _at_receiving(self) -> bool:
        return self._faces.currentIndex() == RECEIVING

    def _show_face(self, face: int) -> None:
        self._faces.setCurrentIndex(face)
        on_board = face == BOARD
        self._back.setVisible(not on_board)
        self._load.setVisible(on_board)
        self._meet.setVisible(on_board and self.model.may("sync"))
        self._new.setVisible(on_board and self.model.may("dispatch"))
        if not on_board:
            self.news.hide()
        self._focus()

    def _focus(self) -> None:
        if not self.isVisible():
            return
        face = self._faces.currentIndex()
        if face == SENDING:
            self.send_face.begin()
        elif face == RECEIVING:
            self.receive_face.begin()
        else:
            self.board.code.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- keys -------------------------------------------------------------------------------

    def _begin(self) -> None:
        if self.model.may("dispatch") and self._faces.currentIndex() == BOARD:
            self._show_face(SENDING)

    def _finish(self) -> None:
        if self._faces.currentIndex() == SENDING and self.send_face.is_scanning:
            self.sending.check()
        elif self._at_receiving():
            self.receive_face.go_on_or_sign()

    def _second(self) -> None:
        if self._faces.currentIndex() == SENDING:
            self.send_face.show_paper()
        elif self._at_receiving():
            self.receive_face.ask_differs()

    def _undo(self) -> None:
        if self._faces.currentIndex() == SENDING:
            self.sending.undo()
        elif self._at_receiving():
            self.receiving.undo()

    def _escape(self) -> None:
        if self._at_receiving():
            self.receive_face.go_back()
        else:
            self._show_face(BOARD)

    # --- what is done -----------------------------------------------------------------------

    def _look_up(self, text: str) -> None:
        self.board.code.set_text("")
        if text.strip():
            self.model.look_up(text)

    def _found(self, waybill: Waybill, is_incoming: bool) -> None:
        if is_incoming and waybill.is_under_way and self.model.may("receive"):
            self._receive(waybill)
        else:
            self.model.print(waybill)

    def _receive(self, waybill: Waybill) -> None:
        self.receiving.open(waybill.id)

    def _show_lorry(self, lorry: Lorry) -> None:
        del lorry
        self._show_face(RECEIVING)

    def _offer_files(self, *, offered: bool) -> None:
        """Offer no other courier file while one is under way."""
        self._load.setEnabled(offered)
        self._meet.setEnabled(offered)

    def _choose_file(self) -> None:
        if self._faces.currentIndex() != BOARD or self.model.work.is_busy:
            return
        patterns = f"*{EXTENSION} *{EXTENSION}{photo_courier.EXTENSION}"
        name = _("Courier files ({pattern})").format(pattern=patterns)
        dialog = QFileDialog(self, _("Load courier file"), str(self.model.folder), name)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: self.load(Path(file)))
        dialog.open()

    def load(self, file: Path) -> None:
        """Look what is in a courier file; photos that are chosen alone come alone."""
        if file.suffix == photo_courier.EXTENSION:
            self.photos.take(file)
        else:
            self.model.load(file)

    def _choose_folder(self) -> None:
        if self._faces.currentIndex() != BOARD or not self.model.may("sync"):
            return
        if self.model.work.is_busy:
            return
        dialog = QFileDialog(self, _("Folder between the two computers"), str(self.model.folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda folder: self.meet(Path(folder)))
        dialog.open()

    def meet(self, folder: Path) -> None:
        """Look what lies in a folder between two computers, and ask whether to exchange."""
        self.model.remember_folder(folder)
        self.meetings.look(folder)

    def _preview_meeting(self, found: Found, seen: PhotosSeen, load: PhotoLoad) -> None:
        tick = PhotosTick(load, self.photos, _("Write our photos too")) if load.photos else None

        def exchange() -> None:
            if tick is not None:
                tick.remember()
            self._met_in = found.folder
            self.meetings.exchange(found)

        self._ask(MeetingDialog(found, self, seen, tick), exchange)

    def _met(self, met: Met) -> None:
        self.news.met(met)
        self.photos.meet(self._met_in, met)

    def _preview(self, opened: Opened, seen: PhotosSeen) -> None:
        self._ask(PreviewDialog(opened, self, seen), lambda: self._take(opened, seen))

    def _take(self, opened: Opened, seen: PhotosSeen) -> None:
        if not opened.preview.is_known:
            self.model.take(opened)
        elif seen.fresh:
            self.photos.take(*self.model.loaded)

    def _offer_photos(self, waybill: Waybill, load: PhotoLoad) -> None:
        dialog = PackDialog(waybill.opened.number, load, self.photos, self)
        self._ask(dialog, lambda: self.model.pack(waybill))

    def _ask_words(self, file: Path, then: Callable[[Path, str], None]) -> None:
        dialog = WordsDialog(file, self)
        self._ask(dialog, lambda: then(file, dialog.words.text()))

    def _ask_stranger(self, file: Path, node: Node) -> None:
        if not self.model.may("enrol"):
            self.news.say("shield-alert", _("Nobody vouches for the sender"),
                      _("Ask an officer who may introduce other depots."), Tone.WARN)  # fmt: skip
            return
        self._ask(IntroduceDialog(file, node, self), lambda: self.model.introduce(node, file))

    def _ask_left_out(self, file: Path, node: Node) -> None:
        dialog = IntroduceDialog(file, node, self, is_sender=False)
        self._ask(dialog, lambda: self.model.introduce(node, file))

    def _ask(self, dialog: ConfirmDialog, then: Callable[[], None]) -> None:
        self.dialog = dialog
        dialog.accepted.connect(then)
        dialog.open()

    def _ask_reverse(self, line: BoardLine) -> None:
        dialog = ConfirmDialog(
            _("The shipment came back"),
            _("Every weapon of {number} is put back where it came from. Two officers sign.").format(
                number=isolated(line.waybill.opened.number)
            ),
            _("Go on"),
            reason=_("Why did it come back?"),
            parent=self,
        )
        self._ask(dialog, lambda: self._sign_reverse(line.waybill, dialog.reason()))

    def _sign_reverse(self, waybill: Waybill, reason: str) -> None:
        dialog = self._two(_("Sign that it came back"), "")
        dialog.signed.connect(partial(self.model.reverse, waybill, reason))
        dialog.later.connect(partial(self.model.reverse_later, waybill, reason))

    def _sign_sending(self, cautions: tuple[Caution, ...]) -> None:
        count = len(self.sending.lines)
        words = ngettext("{count} weapon leaves.", "{count} weapons leave.", count)
        said = [words.format(count=isolated(str(count)))]
        said += caution_sentences(cautions)
        dialog = self._two(_("Sign and send"), " ".join(said))
        dialog.signed.connect(self.sending.dispatch)
        dialog.later.connect(self.sending.dispatch_later)

    def _two(self, title: str, sentence: str) -> PinsDialog:
        wanted = (
            Wanted(_("Dispatched by"), own=True),
            Wanted(_("Second officer")),
        )
        return self._pins(wanted, title, sentence, later=True)

    def _pins(
        self, wanted: tuple[Wanted, ...], title: str, sentence: str, *, later: bool = False
    ) -> PinsDialog:
        self.pins = PinsDialog(
            self._desk, self._session, wanted, self, title=title, sentence=sentence, later=later
        )
        self.pins.open()
        return self.pins

    def _sign_receiving(self) -> None:
        face = self.receive_face
        finding, place = face.finding(), face.where()
        wanted = (Wanted(_("Received by"), own=True),)
        dialog = self._pins(wanted, _("Sign for what came"), finding.declaration)
        dialog.signed.connect(partial(self.receiving.receive, finding, place))

    # --- what is shown ----------------------------------------------------------------------

    def _show_board(self, board: Board) -> None:
        may_receive, may_send = self.model.may("receive"), self.model.may("dispatch")
        self.board.show_board(board, may_receive=may_receive, may_send=may_send)
        self._first.setCurrentIndex(1 if board.is_empty else 0)
        waits = len(board.incoming)
        self.counted.emit(str(waits) if waits else "")
        self._show_face(self._faces.currentIndex())

    def _left(self, sent: Sent) -> None:
        self.send_face.clear()
        self._show_face(BOARD)
        self.news.left(sent)
        if sent.packed is not None:
            self.photos.pack(sent.packed, sent.waybill.opened.weapons)

    def _waits(self) -> None:
        """Go back to the board: it is signed by one, and nothing left."""
        self.send_face.clear()
        self._show_face(BOARD)

    def _arrived(self, arrived: Arrived) -> None:
        self._show_face(BOARD)
        self.news.arrived(arrived)

    def _taken(self, taken: Taken) -> None:
        self.news.taken(taken)
        self.photos.take(*self.model.loaded)
        self.model.start()
        self._focus()
