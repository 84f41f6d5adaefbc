"""A weapon with a full file: corrected, moved, refitted, photographed, joined with its double."""

from __future__ import annotations

import io

from PIL import Image

from stockpile.domain.facts import Component, Mark, SafeCheck
from stockpile.domain.values import WeaponId
from tests.helpers.house import House

SERIAL = "KB 4471902"
BOLT = Mark("assembly", "77", component="bolt")
MARKS = (
    Mark("serial", SERIAL, is_identity=True, component="receiver", position="left"),
    Mark("symbol", "10", symbol="arrow_in_triangle", component="receiver"),
    Mark("proof", "Ижмаш 1974", component="barrel", legibility="partial"),
)


def a_full_file(house: House) -> tuple[WeaponId, WeaponId]:
    """Return the weapon, and the record that was joined to it."""
    stockpile, by = house.stockpile, house.officer
    weapon = house.register(
        SERIAL, marks=MARKS, components=(Component("bolt", (BOLT,)),), action="selective_fire",
        origin="industrial", mode="seized", where="Goma", grounds=("embargo", "unmarked"),
        safe=SafeCheck(chamber_clear=True, cleared_by="Sgt Obi"), remarks="مخزن تالف 🔫 中文",
    )  # fmt: skip
    stockpile.receiving.correct(weapon, {"model": "AK-74"}, "misread in bad light", by=by)
    _recorded, rack = stockpile.places.open("Rack 4", "rack", None, by=by)
    stockpile.receiving.move((weapon,), rack.id, "cleaning", by=by)
    stockpile.correcting.remove(weapon, "bolt", "", "cracked", by=by)
    stockpile.photographs.add(weapon, a_picture(), "left", "with scale", by=by)
    twin = house.register(SERIAL)
    stockpile.correcting.merge(weapon, twin, "one photo, two lists", by=by)
    return weapon, twin


def a_picture(width: int = 320, height: int = 180, mode: str = "RGB") -> bytes:
    """Return a JPEG of one colour."""
    file = io.BytesIO()
    Image.new(
        mode, (width, height), {"L": 120, "CMYK": (9, 9, 9, 9)}.get(mode, (90, 120, 140))
    ).save(file, "JPEG")
    return file.getvalue()
