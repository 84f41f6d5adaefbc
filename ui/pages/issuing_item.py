"""The weapon or lot that was touched last: its kit part by part, and what can be done about it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from stockpile.language import _
from ui.pages.figures import figure
from ui.pages.issuing_lines import condition_words, kit_part, model_of, objection_words, serial_of
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text
from ui.view_models.counter import Ammunition, Counter, Item
from ui.view_models.photos import Photos
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button
from ui.widgets.card import Card, Ground
from ui.widgets.field import Field, State
from ui.widgets.flow import FlowLayout
from ui.widgets.text import Identifier, ShortLabel, secondary

_LOWER = 32
_NAMED = 140
_PICTURE = 48


class ItemCard(Card):
    """What was touched last.

    Signals:
        less: one less of a part of the kit is there: which part.
        override_wanted: a reason is to be given.
        off_wanted: it is to be taken off the counter.
        counted: how many rounds go out, or come back, were fired and are missing.
    """

    less = Signal(int)
    override_wanted = Signal()
    off_wanted = Signal()
    counted = Signal(int, int, int)

    def __init__(self, photos: Photos) -> None:
        self._photos, self._digest = photos, ""
        self._picture = QLabel()
        self._picture.setFixedSize(_PICTURE, _PICTURE)
        self._picture.hide()
        self._name = Identifier("", Text.IDENTIFIER)
        self._what = ShortLabel("", Text.SECONDARY, Ink.SECONDARY)
        self._kit = FlowLayout(Space.S)
        self._override = Button(_("Give a reason"), icon="pencil", hint="F8", height=_LOWER)
        self._off = Button(_("Take it off"), icon="undo-2", hint="F4", height=_LOWER)
        self.quantity = Field(_("Rounds"))
        self.expended = Field(_("Fired"))
        self.short = Field(_("Missing"))
        for field in (self.quantity, self.expended, self.short):
            field.setMaximumWidth(110)
            field.submitted.connect(self._count)
        self._weapon = boxed(self._kit)
        self._rounds = boxed(row(self.quantity, self.expended, self.short, STRETCH, gap=Space.M))
        top = Qt.AlignmentFlag.AlignTop
        named = boxed(column(self._name, self._what, gap=0), width=_NAMED)
        middle = column(self._weapon, self._rounds, gap=0)
        does = boxed(FlowLayout.of(self._override, self._off, at_end=True))
        whole = row(
            Share(self._picture, 0, top), Share(named, 0, top), Share(middle),
            Share(does, 0, top), gap=Space.M,
        )  # fmt: skip
        super().__init__(
            whole, Ground.INSET,
            margins=(Space.L, Space.S, Space.L, Space.S),
        )  # fmt: skip
        self._rounds.hide()
        self._override.hide()
        self._override.clicked.connect(self.override_wanted)
        self._off.clicked.connect(self.off_wanted)
        photos.thumbnail.connect(self._show_picture)
        self._shown: object = None

    def show_counter(self, counter: Counter) -> None:
        """Show what was touched last; nothing where nothing lies there."""
        item, rounds = counter.item, counter.ammunition
        self.setVisible(item is not None or rounds is not None)
        if (item, rounds, counter.mode) == self._shown:
            return
        self._shown = (item, rounds, counter.mode)
        if item is not None:
            self._show_item(item)
        elif rounds is not None:
            self._show_rounds(rounds, counter)

    def _show_item(self, item: Item) -> None:
        self._rounds.hide()
        self._weapon.show()
        self._name.show_text(serial_of(item))
        self._want_picture(item)
        against = joined(*(objection_words(one) for one in item.against))
        self._what.setText(joined(model_of(item), condition_words(item) or against))
        self._override.setVisible(bool(item.against) and not item.is_barred)
        self._kit.clear()
        for at, (part, count) in enumerate(zip(item.kit, item.counts, strict=True)):
            self._kit.addWidget(self._part(kit_part(part, count), at, whole=count == part.count))
        if not item.kit:
            self._kit.addWidget(secondary(_("No kit is set for this weapon.")))

    def _want_picture(self, item: Item) -> None:
        """Show the weapon's first photo as soon as it has come; without one there is no gap."""
        self._digest = item.weapon.photos[0].digest if item.weapon.photos else ""
        self._picture.hide()
        if self._digest:
            self._photos.want_thumbnail(self._digest, _PICTURE * 2)

    def _show_picture(self, digest: str, content: bytes) -> None:
        picture = QPixmap.fromImage(QImage.fromData(content))
        if digest == self._digest and not picture.isNull():
            edges = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            self._picture.setPixmap(picture.scaled(self._picture.size(), edges, smooth))
            self._picture.show()

    def _part(self, words: str, at: int, *, whole: bool) -> QWidget:
        part = Button(words, icon="square-check" if whole else "triangle-alert", height=_LOWER)
        part.setToolTip(_("One less; below none it is whole again"))
        part.clicked.connect(partial(self.less.emit, at))
        return part

    def _show_rounds(self, rounds: Ammunition, counter: Counter) -> None:
        self._weapon.hide()
        self._rounds.show()
        is_back = counter.mode == "return"
        self._digest = ""
        self._picture.hide()
        self._name.show_text(rounds.lot.number or rounds.lot.nature)
        left = rounds.lot.quantity
        known = _("{count} left").format(count=figure(left)) if left is not None else ""
        had = _("{count} went out").format(count=figure(rounds.held)) if is_back else known
        self._what.setText(joined(rounds.lot.nature, had))
        self._override.hide()
        self.quantity.name(_("Came back") if is_back else _("Rounds"))
        self.quantity.set_text(str(rounds.quantity) if rounds.quantity else "")
        self.expended.set_text(str(rounds.expended) if rounds.expended else "")
        self.short.set_text(str(rounds.short) if rounds.short else "")
        self.expended.setVisible(is_back)
        self.short.setVisible(is_back)

    def ask_rounds(self) -> None:
        """Put the cursor where it is said how many were fired."""
        self.expended.setFocus()
        self.expended.edit.selectAll()

    def _count(self) -> None:
        numbers = []
        for field in (self.quantity, self.expended, self.short):
            text = field.text().strip() or "0"
            if not text.isdecimal():
                field.show_state(State.BAD, _("A whole number."))
                return
            field.show_state(State.PLAIN)
            numbers.append(int(text))
        self.counted.emit(*numbers)
