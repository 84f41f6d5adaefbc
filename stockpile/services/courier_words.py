"""What is said of the photos of courier files: before they come or go, and afterwards."""

from __future__ import annotations

from typing import Final

from stockpile.language import _, isolated, ngettext
from stockpile.services.photo_errands import Carried, PhotosSeen
from stockpile.services.photo_packing import PhotoLoad
from stockpile.wording import error_sentence

_KILO: Final = 1_000


def data_size(size: int) -> str:
    """Return a number of bytes as it is read: in kB until a megabyte, in MB then."""
    if size < _KILO * _KILO:
        return _("{number} kB").format(number=isolated(str(-(-size // _KILO))))
    megabytes = size / _KILO / _KILO
    digits = f"{megabytes:.1f}" if megabytes < 10 else f"{megabytes:.0f}"  # noqa: PLR2004 - digits
    return _("{number} MB").format(number=isolated(digits))


def photos_and_size(count: int, size: int) -> str:
    """Return how many photos, and how large they are together."""
    words = ngettext("{count} photo, {size}", "{count} photos, {size}", count)
    return words.format(count=isolated(str(count)), size=data_size(size))


def load_sentence(load: PhotoLoad, most: int) -> str:
    """Return what would go along of photos, and what would stay behind for the next file."""
    count, size = load.fitting(most)
    left = len(load.photos) - count
    said = photos_and_size(count, size)
    return f"{said}. {left_sentence(left)}" if left else said


def left_sentence(left: int) -> str:
    """Return that photos stay behind; they are not lost."""
    words = ngettext(
        "{count} photo stays for the next file.", "{count} photos stay for the next file.", left
    )
    return words.format(count=isolated(str(left)))


def seen_sentences(seen: PhotosSeen) -> list[str]:
    """Return what files of photos would bring, and why one is not taken."""
    said = []
    if seen.fresh:
        words = _("Photos, after the record: {photos}.")
        said.append(words.format(photos=photos_and_size(seen.fresh, seen.size)))
    elif seen.found:
        said.append(_("All photos in it are here already."))
    if seen.stayed:
        said.append(stayed_sentence(seen.stayed))
    return said + [error_sentence(one.error) for one in seen.refused]


def stayed_sentence(stayed: int) -> str:
    """Return that the sender has more photos for us than it sent."""
    words = ngettext(
        "{count} photo stayed behind there, for want of room.",
        "{count} photos stayed behind there, for want of room.",
        stayed,
    )
    return words.format(count=isolated(str(stayed)))


def carried_sentences(carried: Carried) -> list[str]:
    """Return what came of the photos of an exchange."""
    said = []
    if carried.kept:
        words = ngettext("{count} photo came.", "{count} photos came.", carried.kept)
        said.append(words.format(count=isolated(str(carried.kept))))
    if carried.unshown:
        words = ngettext(
            "{count} photo was left in the file: no record here shows it. Load the courier file"
            " first.",
            "{count} photos were left in the file: no record here shows them. Load the courier"
            " file first.",
            carried.unshown,
        )
        said.append(words.format(count=isolated(str(carried.unshown))))
    if carried.written:
        words = _("Photos beside it: {photos}.")
        said.append(words.format(photos=photos_and_size(carried.written, carried.size)))
    if carried.left:
        said.append(left_sentence(carried.left))
    return said + [error_sentence(one.error) for one in carried.refused]
