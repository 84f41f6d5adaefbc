"""Symbols as a bad day shows them: blurred, askew, shaded, scratched, peened; the same by a seed.

Each picture has one main trouble, of a strength drawn from the whole of its range, and slight other
ones; "mixed" has three. Drawings, not photographs: an upper bound of what a camera gives.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, cast

import numpy as np
import numpy.typing as npt
import zxingcpp
from PIL import Image, ImageFilter

Symbol = Literal["matrix", "dots", "rectangle", "bars", "qr"]
Pixels = npt.NDArray[np.float64]
Modules = npt.NDArray[np.bool_]

_TAG: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS: Final = "ABCDEFGHKLMNPRSTUVWZ"
_DIGITS: Final = "0123456789"
_FINE: Final = 10
"""Pixels of a module in the first drawing, before it is laid down."""
_MARGIN: Final = 4
"""Modules around a symbol, that something may be seen there."""
_BAR_MARGIN: Final = 12


@dataclass(frozen=True, slots=True)
class Degraded:
    """A picture of a symbol, what the symbol says, and what ails the picture."""

    symbol: Symbol
    kind: str
    severity: str
    payload: bytes
    picture: Image.Image

    def png(self) -> bytes:
        """Return the picture as a file."""
        content = io.BytesIO()
        self.picture.save(content, "PNG", compress_level=1)
        return content.getvalue()


@dataclass(frozen=True, slots=True)
class _Ails:
    """What is done to one symbol; the defaults do nothing."""

    pixels: float = 6.0
    turned: float = 0.0
    aslant: float = 0.0
    dot: float = 0.0
    astray: float = 0.0
    missing: float = 0.0
    false: float = 0.0
    light_on_dark: bool = False
    quiet: float = 0.0
    afar: int = 0
    scratches: int = 0
    blur: float = 0.0
    motion: float = 0.0
    metal: float = 0.0
    shade: float = 0.0
    contrast: float = 200.0
    noise: float = 0.0
    jpeg: int = 0
    said: dict[str, float] = field(default_factory=dict)


_Chance = np.random.Generator


def degraded(count: int, seed: int) -> Iterator[Degraded]:
    """Give pictures of every kind in turn."""
    for number in range(count):
        yield degraded_case(seed, number)


def degraded_case(seed: int, number: int) -> Degraded:
    """Return one picture of the set; the same for the same seed and number, alone or in its row."""
    chance = np.random.default_rng([seed, number])
    symbol, kind = _TURNS[number % len(_TURNS)]
    ails = _slight(symbol, chance)
    mixed = kind == "mixed"
    for one in chance.choice(_MILD, 3, replace=False) if mixed else (kind,):
        ails = _made_worse(str(one), ails, chance, 0.5 if mixed else 1.0)
    payload, modules = _coded(symbol, chance)
    said = " ".join(f"{name} {value:.2f}" for name, value in ails.said.items())
    picture = _picture(modules, ails, chance, linear=symbol == "bars")
    return Degraded(symbol, kind, said, payload, picture)


# --- what is said ---------------------------------------------------------------------------------


def _payload(chance: _Chance) -> str:
    def drawn(letters: str, length: int) -> str:
        return "".join(chance.choice(list(letters), length))

    tag = "K" + drawn(_TAG, 12)
    match chance.integers(5):
        case 0:
            return tag
        case 1:
            return tag + drawn(_TAG, 8)
        case 2:
            return f"{drawn(_LETTERS, 2)} {chance.integers(10, 40)} {drawn(_DIGITS, 6)}"
        case 3:
            return f"{drawn(_LETTERS, 2)}-{drawn('ABCDE', 1)}{drawn(_DIGITS, 5)}"
        case _:
            serial = drawn(_DIGITS, int(chance.integers(5, 9)))
            return f"[)>\x1e06\x1dD{drawn(_DIGITS, 4)}A\x1dS{serial}\x1e\x04"


def _coded(symbol: Symbol, chance: _Chance) -> tuple[bytes, Modules]:
    text = _payload(chance)
    kinds = zxingcpp.BarcodeFormat
    if symbol == "bars":
        text = text if text.isprintable() else "K" + "".join(chance.choice(list(_TAG), 12))
        row = _drawn(text, kinds.Code128)[0]
        height = round(len(row) * chance.uniform(0.12, 0.35))
        return text.encode(), np.repeat(row[np.newaxis], height, axis=0)
    if symbol == "qr":
        level = str(chance.choice(["L", "M", "Q"]))
        return text.encode(), _drawn(text, kinds.QRCode, ecLevel=level)
    if symbol == "rectangle":
        text = text if len(text) < 20 else text[:13]
        for version in (26, 27, 28):
            try:
                return text.encode(), _drawn(text, kinds.DataMatrix, version=version)
            except ValueError:
                continue
    return text.encode(), _drawn(text, kinds.DataMatrix, forceSquare=True)


def _drawn(text: str, kind: zxingcpp.BarcodeFormat, **said: object) -> Modules:
    image = zxingcpp.create_barcode(text, kind, **said).to_image(scale=1, add_quiet_zones=False)
    return np.asarray(cast("Any", image)) == 0


# --- what ails it ---------------------------------------------------------------------------------


def _slight(symbol: Symbol, chance: _Chance) -> _Ails:
    """Return what a good picture has of everything."""
    least = 2.5 if symbol == "bars" else 5.0
    return _Ails(
        pixels=chance.uniform(least, least * 2),
        turned=chance.choice([0, 90, 180, 270]) + chance.uniform(-4, 4),
        dot=chance.uniform(0.65, 0.9) if symbol == "dots" else 0.0,
        astray=chance.uniform(0, 0.04) if symbol == "dots" else 0.0,
        light_on_dark=symbol == "dots" and chance.random() < 0.5,
        blur=chance.uniform(0, 0.25),
        shade=chance.uniform(0, 0.2),
        contrast=chance.uniform(130, 220),
        noise=chance.uniform(0, 5),
    )


def _made_worse(name: str, ails: _Ails, chance: _Chance, much: float) -> _Ails:
    """Add one trouble; ``much`` is the share of its worst that may be reached."""
    uniform = chance.uniform
    worse: dict[str, Callable[[], dict[str, float]]] = {
        "plain": dict,
        "blur": lambda: {"blur": uniform(0.2, 1.0) * much},
        "motion": lambda: {"motion": uniform(0.4, 1.6) * much},
        "turned": lambda: {"turned": uniform(0, 360)},
        "askew": lambda: {
            "turned": chance.integers(4) * 90 + chance.choice([-1, 1]) * uniform(12, 44)
        },
        "perspective": lambda: {"aslant": uniform(0.05, 0.22) * much},
        "shade": lambda: {"shade": uniform(0.4, 0.85) * much},
        "contrast": lambda: {"contrast": uniform(18, 60) / much, "noise": uniform(0, 3)},
        "noise": lambda: {"noise": uniform(10, 45) * much},
        "jpeg": lambda: {"jpeg": int(chance.integers(8, 40) / much)},
        "scratches": lambda: {"scratches": int(chance.integers(1, 1 + int(5 * much)))},
        "quiet": lambda: {"quiet": uniform(2.5, 4.0)},
        "small": lambda: {"pixels": uniform(2.0, 3.5), "blur": uniform(0, 0.2)},
        "afar": lambda: {"afar": int(chance.integers(10, 50)), "pixels": uniform(4, 8)},
        "large": lambda: {"pixels": uniform(9, 12)},
        "metal": lambda: {"metal": uniform(8, 30) * much},
        "small dots": lambda: {"dot": uniform(0.5, 0.65)},
        "astray": lambda: {"astray": uniform(0.04, 0.1)},
        "missing": lambda: {"missing": uniform(0, 0.1), "false": uniform(0, 0.02)},
    }
    said = worse[name]()
    return replace(ails, **cast("Any", said), said={**ails.said, **said})


_MILD: Final = ["blur", "turned", "perspective", "shade", "contrast", "noise", "jpeg", "metal"]
_ALL: Final = (
    "plain", "blur", "motion", "turned", "perspective", "shade", "contrast", "noise", "jpeg",
    "scratches", "quiet", "small", "metal", "mixed",
)  # fmt: skip
_DOTS: Final = (*_ALL, "small dots", "astray", "missing", "missing", "large")
_TURNS: Final[tuple[tuple[Symbol, str], ...]] = (
    *(("matrix", kind) for kind in _ALL),
    *(("dots", kind) for kind in _DOTS),
    *(("bars", kind) for kind in (*_ALL, "askew")),
    *(("rectangle", kind) for kind in ("plain", "blur", "turned", "noise", "small", "mixed")),
    *(("qr", kind) for kind in ("plain", "blur", "turned", "shade", "noise", "small", "mixed")),
    ("matrix", "afar"),
    ("dots", "afar"),
    ("bars", "afar"),
)


# --- the picture ----------------------------------------------------------------------------------


def _picture(modules: Modules, ails: _Ails, chance: _Chance, *, linear: bool) -> Image.Image:
    across = _BAR_MARGIN if linear else _MARGIN
    ink = _dotted(modules, ails, chance) if ails.dot else _solid(modules)
    ink = np.pad(ink, ((_MARGIN * _FINE,) * 2, (across * _FINE,) * 2))
    _crowd(ink, ails, across)
    _scratch(ink, ails, chance)
    if ails.afar:
        ink = np.pad(ink, tuple(tuple(chance.integers(0, ails.afar, 2) * _FINE) for _ in "xy"))
    laid = _laid(ink, ails, chance)
    soft = _smeared(laid.filter(ImageFilter.GaussianBlur(ails.blur * ails.pixels)), ails, chance)
    grey = _lit(np.asarray(soft, dtype=np.float64) / 255, ails, chance)
    grey += chance.normal(0, max(ails.noise, 1e-9), grey.shape)
    image = Image.fromarray(np.clip(np.rint(grey), 0, 255).astype(np.uint8))
    if ails.jpeg:
        content = io.BytesIO()
        image.save(content, "JPEG", quality=ails.jpeg)
        image = Image.open(content).convert("L")
    return image


def _solid(modules: Modules) -> Pixels:
    return np.kron(modules, np.ones((_FINE, _FINE)))


def _dotted(modules: Modules, ails: _Ails, chance: _Chance) -> Pixels:
    """Peen the modules: round dots, some astray, some missing, some where none should be."""
    chances = chance.random(modules.shape)
    struck = np.where(modules, chances >= ails.missing, chances < ails.false)
    ink = np.zeros((modules.shape[0] * _FINE, modules.shape[1] * _FINE))
    down, right = np.mgrid[: ink.shape[0], : ink.shape[1]] + 0.5
    for row, column in np.argwhere(struck):
        y, x = (np.array([row, column]) + 0.5 + chance.uniform(-1, 1, 2) * ails.astray) * _FINE
        around = (
            slice(max(0, int(y) - _FINE), int(y) + _FINE),
            slice(max(0, int(x) - _FINE), int(x) + _FINE),
        )
        away = np.hypot(down[around] - y, right[around] - x)
        ink[around] = np.maximum(ink[around], np.clip(ails.dot * _FINE / 2 - away + 0.5, 0, 1))
    return ink


def _crowd(ink: Pixels, ails: _Ails, across: int) -> None:
    """Let something dark stand too near on one side."""
    near = round((across - (_MARGIN - ails.quiet)) * _FINE)
    if ails.quiet:
        ink[:, :near] = 0.9


def _scratch(ink: Pixels, ails: _Ails, chance: _Chance) -> None:
    height, width = ink.shape
    down, right = np.mgrid[:height, :width]
    for _ in range(ails.scratches):
        angle = chance.uniform(0, math.pi)
        x, y = chance.uniform(0.2, 0.8) * width, chance.uniform(0.2, 0.8) * height
        away = np.abs((right - x) * math.sin(angle) - (down - y) * math.cos(angle))
        ink[away < chance.uniform(0.1, 0.4) * _FINE] = chance.integers(2)


def _laid(ink: Pixels, ails: _Ails, chance: _Chance) -> Image.Image:
    """Lay the drawing down turned and aslant, in pixels of the camera."""
    height, width = ink.shape
    share = ails.pixels / _FINE
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    centred = (corners - corners.mean(axis=0)) * share
    turn = math.radians(ails.turned)
    centred @= np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    centred *= 1 - ails.aslant * chance.random((4, 2))
    low, high = centred.min(axis=0) - 2, centred.max(axis=0) + 2
    size = np.maximum(1, np.ceil(high - low)).astype(int)
    finer = max(1, min(4, math.ceil(_FINE / ails.pixels)))
    into = _homography((centred - low) * finer, corners)
    image = Image.fromarray((ink * 255).astype(np.uint8))
    shown = (int(size[0]) * finer, int(size[1]) * finer)
    laid = image.transform(
        shown, Image.Transform.PERSPECTIVE, into, Image.Resampling.BILINEAR, fillcolor=0
    )
    return laid.reduce(finer)


def _homography(source: Pixels, target: Pixels) -> list[float]:
    rows, sides = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        sides += [u, v]
    return [float(one) for one in np.linalg.solve(np.array(rows), np.array(sides))]


def _smeared(image: Image.Image, ails: _Ails, chance: _Chance) -> Image.Image:
    """Move the camera along a line while it looks."""
    if not ails.motion:
        return image
    angle, far = chance.uniform(0, math.pi), ails.motion * ails.pixels
    steps = np.linspace(-far / 2, far / 2, max(3, math.ceil(far * 2)))
    shifted = [
        np.asarray(
            image.transform(
                image.size,
                Image.Transform.AFFINE,
                (1, 0, step * math.cos(angle), 0, 1, step * math.sin(angle)),
                Image.Resampling.BILINEAR,
            ),
            dtype=np.float64,
        )
        for step in steps
    ]
    return Image.fromarray(np.rint(np.mean(shifted, axis=0)).astype(np.uint8))


def _lit(ink: Pixels, ails: _Ails, chance: _Chance) -> Pixels:
    """Return grey from ink: the ground, its brushing, and light that falls off to one side."""
    height, width = ink.shape
    ground = chance.uniform(ails.contrast, 245) if ails.contrast < 245 else 245.0
    grey = np.clip(ground - ails.contrast * ink, 0, 255)
    if ails.light_on_dark:
        grey = ground - grey + 20
    if ails.metal:
        grey += _brushed(height, width, chance) * ails.metal
    angle = chance.uniform(0, 2 * math.pi)
    down, right = np.mgrid[:height, :width]
    along = (right / width - 0.5) * math.cos(angle) + (down / height - 0.5) * math.sin(angle)
    along = (along - along.min()) / max(1e-9, float(np.ptp(along)))
    return cast("Pixels", grey * (1 - ails.shade * along))


def _brushed(height: int, width: int, chance: _Chance) -> Pixels:
    """Return streaks of deviation one, as long as forty pixels, at an angle."""
    side = int(math.hypot(height, width)) + 44
    grain = chance.normal(0, 1, (side, side))
    sums = np.cumsum(grain, axis=1)
    streaks = (sums[:, 40:] - sums[:, :-40]) / math.sqrt(40)
    scaled = Image.fromarray(np.clip(streaks * 40 + 128, 0, 255).astype(np.uint8))
    turned = scaled.rotate(chance.uniform(0, 180), Image.Resampling.BILINEAR)
    left, top = (turned.width - width) // 2, (turned.height - height) // 2
    cut = turned.crop((left, top, left + width, top + height))
    return (np.asarray(cut, dtype=np.float64) - 128) / 40
