"""What came of the last act on the transfers page, with the paper that it made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.transfers import Waybill
from stockpile.language import _, isolated, ngettext
from stockpile.services.courier_meetings import Met
from stockpile.services.couriers import Packed, Taken
from ui.pages.courier_bar import stopped_news
from ui.pages.meeting_dialogs import met_sentence
from ui.pages.transfer_words import packed_sentence, sent_sentence
from ui.sounds import Sound, play
from ui.theme import Space, Tone
from ui.view_models.transfer_receiving import Arrived
from ui.view_models.transfer_sending import Sent
from ui.widgets.arrange import STRETCH, column, row
from ui.widgets.button import Button
from ui.widgets.card import Banner


class TransferNews(QWidget):
    """One banner, put away until there is something to say.

    Signals:
        answer_wanted: write the receipt for what was taken in: what it brought.
    """

    answer_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._file: Path | None = None
        self._taken: Taken | None = None
        self.banner = Banner("circle-check", "", "", Tone.OK)
        self.paper = Button(_("Open the paper"), icon="printer")
        self.paper.clicked.connect(self._open)
        self.photos = Banner("image", "", "", Tone.OK)
        self.photos.hide()
        self.answer = Button(_("Write the receipt"), icon="usb", hint="F7")
        self.answer.clicked.connect(self.give_answer)
        buttons = row(self.paper, self.answer, STRETCH)
        self.setLayout(column(self.banner, self.photos, buttons, gap=Space.S))
        self.hide()

    @property
    def said(self) -> str:
        """Return what is said, as it is read aloud."""
        return self.banner.accessibleName()

    def left(self, sent: Sent) -> None:
        """Say that a shipment is on its way, and where its papers are."""
        play(Sound.GOOD)
        title = _("{number} is on its way").format(number=isolated(sent.waybill.opened.number))
        tone = Tone.OK if sent.packed is not None else Tone.WARN
        self.say("truck", title, sent_sentence(sent), tone, sent.paper.file)

    def arrived(self, arrived: Arrived) -> None:
        """Say that a shipment was signed for."""
        play(Sound.GOOD)
        title = _("{number}: {state}").format(
            number=isolated(arrived.waybill.opened.number),
            state=wording.waybill_state(arrived.waybill.state),
        )
        said = _("The receipt note is drawn. Give a courier file back, so that the sender knows.")
        self.say("package-check", title, said, Tone.OK, arrived.note.file)

    def taken(self, taken: Taken) -> None:
        """Say what a courier file brought."""
        words = ngettext("{count} fact taken in.", "{count} facts taken in.", taken.facts)
        title = _("Courier file of {name}").format(name=isolated(taken.preview.sender.name))
        said = words.format(count=isolated(str(taken.facts)))
        if taken.alarm is None:
            self.say("circle-check", title, said, Tone.OK)
        else:
            play(Sound.REFUSED)
            alarm = wording.error_sentence(taken.alarm)
            self.say("triangle-alert", title, f"{alarm} {said}", Tone.BAD)
        self._taken = taken
        self.answer.show()

    def met(self, met: Met) -> None:
        """Say what came of an exchange through a folder."""
        play(Sound.REFUSED if met.refused else Sound.GOOD)
        tone = Tone.WARN if met.refused or not met.packed else Tone.OK
        if met.alarms:
            tone = Tone.BAD
        self.say("arrow-left-right", _("Exchange through a folder"), met_sentence(met), tone)

    def carried(self, news: tuple[str, str, str, Tone] | None) -> None:
        """Say what came of the photos, beneath what was said of the record."""
        self.photos.setVisible(news is not None)
        if news is not None:
            self.photos.say(*news)
            self.banner.setVisible(bool(self.said))
            self.show()

    def give_answer(self) -> None:
        """Have the receipt written, where a file was just taken in."""
        if self._taken is not None and self.answer.isVisible():
            self.answer_wanted.emit(self._taken)

    def packed(self, packed: Packed) -> None:
        """Say where a courier file is."""
        self.say("usb", _("The courier file is written"), packed_sentence(packed), Tone.OK)

    def stopped(self, what: str, facts: int) -> None:
        """Say what stays of courier files that were stopped."""
        self.say(*stopped_news(what, facts))

    def drawn(self, file: Path) -> None:
        """Say where a paper is."""
        self.say("printer", _("The paper is drawn"), isolated(str(file)), Tone.OK, file)

    def turned(self, waybill: Waybill) -> None:
        """Say that a shipment came back."""
        title = _("{number} came back").format(number=isolated(waybill.opened.number))
        self.say("undo-2", title, _("Every weapon of it is in store again."), Tone.OK)

    def failed(self, error: StockpileError) -> None:
        """Say why something was not done."""
        play(Sound.REFUSED)
        self.say("circle-x", _("Not done"), wording.error_sentence(error), Tone.BAD)

    def say(
        self, icon: str, title: str, sentence: str, tone: Tone, file: Path | None = None
    ) -> None:
        """Say something, with the paper to open where there is one."""
        self._file, self._taken = file, None
        self.answer.hide()
        self.photos.hide()
        self.banner.show()
        self.banner.say(icon, title, sentence, tone)
        self.paper.setVisible(file is not None)
        self.show()

    def _open(self) -> None:
        if self._file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file)))
