"""What is asked and said of the photos beside courier files."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import Cancelled, StockpileError
from stockpile.language import _, isolated, ngettext
from stockpile.services.courier_words import (
    carried_sentences,
    data_size,
    left_sentence,
    photos_and_size,
    stayed_sentence,
)
from stockpile.services.photo_errands import Carried, PhotosSeen
from stockpile.services.photo_packing import MEGABYTE, PhotoLoad
from ui.pages.work_bar import WorkBar
from ui.theme import Space, Tone
from ui.view_models.courier_photos import CHOICES, CourierPhotosModel
from ui.widgets.arrange import column
from ui.widgets.detail_list import Detail
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice, ChoiceField
from ui.widgets.text import secondary
from ui.widgets.tick import Tick

News = tuple[str, str, str, Tone]
"""Icon, title, sentence and tone of a banner."""


class PhotosTick(QWidget):
    """Whether photos go along, with how many and how large; how large at most where it matters."""

    def __init__(self, load: PhotoLoad, model: CourierPhotosModel, words: str = "") -> None:
        super().__init__()
        self._load, self._model = load, model
        self.tick = Tick(words or _("Take photos along"))
        self.tick.setChecked(model.along)
        self.most = ChoiceField(
            _("Photos at most"), [Choice(str(one), data_size(one * MEGABYTE)) for one in CHOICES]
        )
        self.most.set_value(str(model.megabytes))
        self.most.setVisible(load.size > CHOICES[0] * MEGABYTE)
        self._said = secondary("", wrap=True)
        self.tick.toggled.connect(lambda _on: self._show())
        self.most.chosen.connect(lambda _value: self._show())
        self.setLayout(column(self.tick, self._said, self.most, gap=Space.S))
        self._show()

    def remember(self) -> None:
        """Keep what was chosen, for this file and the next ones."""
        self._model.remember(along=self.tick.isChecked(), megabytes=self._megabytes)

    @property
    def _megabytes(self) -> int:
        """Return how many megabytes at most; half a word that is typed chooses nothing."""
        return int(self.most.value() or self._model.megabytes)

    @property
    def said(self) -> str:
        """Return what is said beneath the tick."""
        return self._said.text()

    def _show(self) -> None:
        along = self.tick.isChecked()
        self.most.setEnabled(along)
        count, size = self._load.fitting(self._megabytes * MEGABYTE) if along else (0, 0)
        left = len(self._load.photos) - count
        said = []
        if count:
            words = _("{photos} in a file beside it. Carry both.")
            said.append(words.format(photos=photos_and_size(count, size)))
        if left:
            said.append(left_sentence(left))
        self._said.setText(" ".join(said))


class PackDialog(ConfirmDialog):
    """What goes along of photos, before a courier file is written; Enter writes it."""

    def __init__(
        self, number: str, load: PhotoLoad, model: CourierPhotosModel, parent: QWidget
    ) -> None:
        self.photos = PhotosTick(load, model)
        super().__init__(
            _("Courier file of {number}").format(number=isolated(number)),
            _("All of the record goes along that the other side is not known to hold."),
            _("Write"),
            danger=False,
            extra=self.photos,
            parent=parent,
        )
        self.accepted.connect(self.photos.remember)
        self.confirm.setDefault(True)
        self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)


class PhotosBar(WorkBar):
    """Photos on their way, and a button that stops them; nothing while there are none.

    Signals:
        told: what came of them: icon, title, sentence and tone; None where there were none.
    """

    told = Signal(object)

    def __init__(self, model: CourierPhotosModel) -> None:
        super().__init__()
        self._model = model
        model.began.connect(
            lambda work: self.follow(work, _("Photos are carried. Leave the stick in."))
        )
        model.carried.connect(lambda carried: self._tell(carried_news(carried)))
        model.failed.connect(lambda error: self._tell(failed_news(error)))

    def _tell(self, news: News | None) -> None:
        if not self._model.is_busy:
            self.end()
        self.told.emit(news)


def photo_details(seen: PhotosSeen) -> list[Detail]:
    """Return what files of photos would bring, as a line among what the record brings."""
    if not seen.fresh and not seen.stayed:
        return []
    note = stayed_sentence(seen.stayed) if seen.stayed else ""
    return [Detail(_("Photos, after that"), photos_and_size(seen.fresh, seen.size), note=note)]


def photo_warnings(seen: PhotosSeen) -> list[QWidget]:
    """Return why photos are not taken."""
    return [secondary(wording.error_sentence(one.error), wrap=True) for one in seen.refused]


def carried_news(carried: Carried) -> News | None:
    """Return icon, title, sentence and tone of what came of photos; None where there were none."""
    said = carried_sentences(carried)
    if not said:
        return None
    if carried.refused:
        return "image", _("Not all photos were carried"), " ".join(said), Tone.WARN
    if carried.left or carried.unshown:
        return "image", _("Some photos wait"), " ".join(said), Tone.GREY
    return "image", _("Photos are done"), " ".join(said), Tone.OK


def failed_news(error: StockpileError) -> News:
    """Return icon, title, sentence and tone of photos that were stopped or could not begin."""
    if isinstance(error, Cancelled):
        said = _("The record is safe. Photos that came stay; do the same again for the rest.")
        return "pause", _("Photos were stopped"), said, Tone.GREY
    return "image", _("Photos were not carried"), wording.error_sentence(error), Tone.WARN


def photos_sentence(count: int) -> str:
    """Return how many photos would come, on a button that takes them in alone."""
    words = ngettext("Take in {count} photo", "Take in {count} photos", count)
    return words.format(count=isolated(str(count)))
