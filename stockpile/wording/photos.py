"""In words: what can be wrong with a photo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.PhotoUnreadable: lambda: _(
            "{path} is no photo that can be read ({why}). Nothing was kept. Take a JPEG or PNG file."
        ),
        errors.PhotoMissing: lambda: _(
            "The photo {digest} is on record but not on this computer yet. It comes with the exchange."
        ),
        errors.PhotoRefused: lambda: _(
            "What came is not the photo {digest} ({why}). Nothing of it was kept; the record stands"
            " without it, and it is asked for again."
        ),
        errors.PhotoUnknown: lambda: _(
            "No record shows the photo {digest} to this stockpile. Nothing was kept or given."
        ),
        errors.PhotosNowhere: lambda: _(
            "This registry keeps no photos: nobody named a folder for them. Nothing was taken in. Who"
            " keeps the registry names one: --photos FOLDER."
        ),
        errors.PhotosFull: lambda: _(
            "There is no room for more photos ({why}). The record itself is complete; make room and"
            " the photos follow."
        ),
        errors.PhotoDamaged: lambda: _(
            "The photo {digest} is not what it was when it was taken in. Keep the file as evidence and"
            " restore it from a backup."
        ),
    }
)
PHOTO_WHYS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "no_file": lambda: _("there is no such file"),
        "no_picture": lambda: _("it is no JPEG, PNG, WebP, BMP or TIFF"),
        "heic": lambda: _("HEIC cannot be read here: let the telephone save photos as JPEG"),
        "broken": lambda: _("it is damaged or cut off"),
        "too_large": lambda: _("the file is too large"),
        "too_many_pixels": lambda: _("it has more than 40 million pixels"),
        "no_jpeg": lambda: _("it is no JPEG"),
        "not_plain": lambda: _("it holds something beside its pixels"),
        "other_size": lambda: _("its size is not what the record says, or none that is kept"),
        "other_digest": lambda: _("its content is not what the record says"),
        "disk": lambda: _("the disk is full"),
        "quota": lambda: _("one stockpile may bring no more"),
    }
)
