"""What is asked about courier files: what one brings, its words, and who signed it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.language import _, isolated, ngettext
from stockpile.services.courier_previews import Node, Preview
from stockpile.services.couriers import Opened
from stockpile.services.photo_errands import PhotosSeen
from stockpile.services.transfer_papers import grouped
from ui.pages.courier_photos import photo_details, photo_warnings, photos_sentence
from ui.theme import Ink, Space
from ui.widgets.arrange import boxed, column
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Field
from ui.widgets.text import Identifier, secondary

_NO_PHOTOS: Final = PhotosSeen()


class PreviewDialog(ConfirmDialog):
    """What a courier file would bring, before anything is taken in; Enter takes it in."""

    def __init__(self, opened: Opened, parent: QWidget, seen: PhotosSeen = _NO_PHOTOS) -> None:
        self.opened = opened
        preview = opened.preview
        known = preview.is_known
        details = DetailList(preview_details(preview) + photo_details(seen))
        warnings = (*preview_warnings(preview), *photo_warnings(seen))
        super().__init__(
            _("Courier file of {name}").format(name=isolated(preview.sender.name)),
            _("Everything in it is on record here already.")
            if known
            else _("Nothing was taken in yet. It is signed by its sender and was not changed."),
            _action(seen) if known else _("Take in"),
            danger=bool(preview.losses),
            extra=boxed(column(details, *warnings)),
            parent=parent,
        )
        self.cancel.setVisible(not known or bool(seen.fresh))
        self.confirm.setDefault(True)
        self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)


class WordsDialog(ConfirmDialog):
    """The words that open a courier file which was made for nobody by name."""

    def __init__(self, file: Path, parent: QWidget) -> None:
        self.file = file
        self.words = Field(_("Words"), identifier=True)
        super().__init__(
            _("This courier file opens with words"),
            _("They stand on the paper waybill, five of them. Spaces and capitals do not matter."),
            _("Open"),
            danger=False,
            extra=self.words,
            parent=parent,
        )
        self.words.submitted.connect(self.accept)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)


class IntroduceDialog(ConfirmDialog):
    """Whom nobody vouches for: who signed a file, or a third depot whose weapons it brings."""

    def __init__(self, file: Path, node: Node, parent: QWidget, *, is_sender: bool = True) -> None:
        self.file, self.node = file, node
        shown = boxed(
            column(
                Identifier(grouped(node.id)),
                secondary(
                    _("The paper waybill shows the code of its sender. Only if both are equal,"
                      " introduce it: you sign for that.")
                    if is_sender
                    else _("Some of these weapons came by that depot. Compare the code with it, by"
                           " voice or in person. Only if both are equal, introduce it: you sign"
                           " for that."),
                    wrap=True,
                ),
                gap=Space.S,
            )
        )  # fmt: skip
        super().__init__(
            _("Nobody vouches for {name} yet").format(name=isolated(node.name)),
            _("The file is signed with this code. Compare it with the paper, sign by sign.")
            if is_sender
            else _("The sender of the file vouches for it with this code; nobody here does."),
            _("It is equal: introduce"),
            danger=True,
            extra=shown,
            parent=parent,
        )


def _action(seen: PhotosSeen) -> str:
    """Return what Enter does where all of the record is here already."""
    return photos_sentence(seen.fresh) if seen.fresh else _("Close")


def preview_details(preview: Preview) -> list[Detail]:
    """Return what a courier file brings, in plain words."""
    acts = ngettext("{count} new act", "{count} new acts", preview.acts)
    details = [
        Detail(_("From"), isolated(preview.sender.name), note=isolated(grouped(preview.sender.id))),
        Detail(_("Made"), isolated(wording.instant(preview.created))),
        Detail(_("Brings"), acts.format(count=isolated(str(preview.acts)))),
    ]
    if preview.losses:
        words = ngettext("{count} weapon", "{count} weapons", len(preview.losses))
        said = words.format(count=isolated(str(len(preview.losses))))
        details.insert(0, Detail(_("Reported lost"), said, ink=Ink.BAD))
    for one in preview.shipments:
        words = ngettext("{count} weapon", "{count} weapons", one.weapons)
        said = words.format(count=isolated(str(one.weapons)))
        label = _("Comes to you") if one.is_ours else _("Goes elsewhere")
        details.append(Detail(label, said, note=isolated(one.number)))
    if preview.confirmed:
        heard = _("your entries up to no. {number}")
        said = heard.format(number=isolated(str(preview.confirmed)))
        details.append(Detail(_("They hold"), said))
    return details


def preview_warnings(preview: Preview) -> list[QWidget]:
    """Return what of a file does not count here: of whom nobody vouches for, and of the revoked."""
    aside = _("{name} was revoked: what it wrote after that is kept, and counts nowhere.")
    said = [aside.format(name=isolated(name)) for name in preview.aside]
    if preview.left_out:
        said.append(_left_out(preview))
    return [secondary(one, wrap=True) for one in said]


def _left_out(preview: Preview) -> str:
    words = ngettext(
        "What {count} other node wrote is left out: nobody vouches for it here.",
        "What {count} other nodes wrote is left out: nobody vouches for them here.",
        len(preview.left_out),
    )
    return words.format(count=isolated(str(len(preview.left_out))))
