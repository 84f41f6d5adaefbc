"""What lies in a folder between two computers, said in plain words before anything is taken in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.language import _, isolated, ngettext
from stockpile.services.courier_meetings import Found, Met
from stockpile.services.photo_errands import PhotosSeen
from ui.pages.courier_photos import PhotosTick, photo_details, photo_warnings
from ui.pages.transfer_dialogs import preview_details, preview_warnings
from ui.theme import Space
from ui.widgets.arrange import boxed, column
from ui.widgets.detail_list import DetailList
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.text import secondary

_NO_PHOTOS = PhotosSeen()
BY_STICK = "stick"
"""What the page of transfers is opened with, to choose the folder at once."""
SHOWN = 3
"""So many files are shown line by line; of more, how many there are."""


class MeetingDialog(ConfirmDialog):
    """What each file in the folder would bring; Enter takes it in and writes ours beside it."""

    def __init__(
        self,
        found: Found,
        parent: QWidget,
        seen: PhotosSeen = _NO_PHOTOS,
        photos: PhotosTick | None = None,
    ) -> None:
        self.found, self.photos = found, photos
        extra = [*_shown(found, seen), *photo_warnings(seen), *([photos] if photos else [])]
        super().__init__(
            _("Exchange through a folder"),
            found_sentence(found),
            _("Exchange"),
            danger=any(opened.preview.losses for _file, opened in found.opened),
            extra=boxed(column(*extra, gap=Space.M)),
            parent=parent,
        )
        self.confirm.setDefault(True)
        self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)


def found_sentence(found: Found) -> str:
    """Return how many files lie in a folder for us, and what happens on Enter."""
    if not found.opened:
        return _(
            "Nothing lies there for this depot yet. Our file is written now; then the other one"
            " does the same, and this computer once more."
        )
    words = ngettext(
        "{count} file lies there for this depot. Nothing was taken in yet. It is taken in, and ours"
        " is written beside it.",
        "{count} files lie there for this depot. Nothing was taken in yet. They are taken in, and"
        " ours are written beside them.",
        len(found.opened),
    )
    return words.format(count=isolated(str(len(found.opened))))


def met_sentence(met: Met) -> str:
    """Return what came of an exchange through a folder."""
    taken = ngettext("{count} fact taken in.", "{count} facts taken in.", met.facts)
    said = [wording.error_sentence(one) for one in met.alarms]
    said.append(taken.format(count=isolated(str(met.facts))))
    said += [
        _("Written for {name}: {file}").format(
            name=isolated(one.to.name if one.to else ""), file=isolated(one.file.name)
        )
        for one in met.packed
    ]
    if not met.packed:
        said.append(_("No other depot is known here yet: load its first courier file (Ctrl+O)."))
    said += [wording.error_sentence(one.error) for one in met.refused]
    return " ".join(said)


def _shown(found: Found, seen: PhotosSeen) -> list[QWidget]:
    shown: list[QWidget] = []
    for _file, opened in found.opened[:SHOWN]:
        shown.append(DetailList(preview_details(opened.preview)))
        shown += preview_warnings(opened.preview)
    more = len(found.opened) - SHOWN
    if more > 0:
        words = ngettext("and {count} more file", "and {count} more files", more)
        shown.append(secondary(words.format(count=isolated(str(more)))))
    if details := photo_details(seen):
        shown.append(DetailList(details))
    shown += [secondary(wording.error_sentence(one.error), wrap=True) for one in found.refused]
    return shown
