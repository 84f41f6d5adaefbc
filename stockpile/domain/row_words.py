"""What a row's words for event, quantity and kind come to."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from stockpile.domain.facts import AcquisitionMode
from stockpile.domain.type_words import Kind, kind_said, plain

_WHOLE: Final = re.compile(r"\d+(?:[.,]0{1,2})?")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:[., ]\d{3})+")
_EVENTS: Final[tuple[tuple[str, AcquisitionMode | Literal["gone"]], ...]] = (
    ("furto", "gone"), ("roubo", "gone"), ("extravio", "gone"), ("perda", "gone"),
    ("robo", "gone"), ("hurto", "gone"), ("perdida", "gone"), ("vol", "gone"), ("perte", "gone"),
    ("theft", "gone"), ("stolen", "gone"), ("lost", "gone"), ("loss", "gone"),
    ("destroyed", "gone"), ("кража", "gone"), ("утрата", "gone"), ("похищено", "gone"),
    ("apreensao", "seized"), ("seized", "seized"), ("seizure", "seized"), ("incautacion", "seized"),
    ("saisie", "seized"), ("изъятие", "seized"), ("arrecadacao", "found"), ("found", "found"),
    ("encontrada", "found"), ("campanha do desarmamento", "surrendered"),
    ("surrendered", "surrendered"), ("entrega voluntaria", "surrendered"),
    ("remise volontaire", "surrendered"), ("ddr", "ddr"), ("transfer", "transferred"),
    ("purchase", "state_purchase"), ("compra", "state_purchase"), ("achat", "state_purchase"),
)  # fmt: skip
_AMMUNITION_GROUPS: Final = frozenset({"1305", "1310", "1315", "1320", "1325", "1330"})
"""Federal Supply Classes of cartridges, shells, rockets and grenades."""
_WEAPON_GROUP: Final = "10"
_STOCK_NUMBER: Final = re.compile(r"(\d{4})(?:-.+|\d{9})")


@lru_cache(maxsize=1_024)
def mode_said(event: str) -> AcquisitionMode | Literal["gone", ""]:
    """Return how a weapon came by the event that a row tells; "gone" where it is not here."""
    words = f" {plain(event)} "
    return next((mode for phrase, mode in _EVENTS if f" {phrase} " in words), "")


@lru_cache(maxsize=1_024)
def count_said(text: str) -> int | None:
    """Return a quantity; None where nothing is said, -1 where it cannot be read."""
    if not text:
        return None
    if _WHOLE.fullmatch(text):
        return int(re.split("[.,]", text)[0])
    if _THOUSANDS.fullmatch(text):
        return int(re.sub("[., ]", "", text))
    return -1


@lru_cache(maxsize=4_096)
def row_kind(class_text: str, type_text: str, stock_number: str) -> Kind:
    """Return what the row is about; a NATO stock number outside weapons and ammunition decides."""
    match = _STOCK_NUMBER.fullmatch(stock_number)
    kind = kind_said(class_text, type_text)
    if match is None:
        return kind
    if match[1] in _AMMUNITION_GROUPS:
        return "ammunition"
    if not match[1].startswith(_WEAPON_GROUP):
        return "other"
    return kind if kind == "weapon" else "part"
