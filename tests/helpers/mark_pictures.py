"""Pictures of marks as a camera might see them: dots apart, askew, noisy, with some missing."""

from __future__ import annotations

import random
from collections.abc import Sequence

from PIL import Image, ImageDraw

_FINE = 4


def drawn(
    modules: Sequence[str],
    *,
    share: float = 0.7,
    pitch: int = 10,
    quiet: int = 3,
    dark: int = 40,
    light: int = 220,
    astray: float = 0.0,
    noise: float = 0.0,
    missing: float = 0.0,
    turned: float = 0.0,
    seed: int = 1,
) -> Image.Image:
    """Return a symbol of round dots; ``share`` is their diameter over the pitch in pixels.

    ``astray`` is the greatest error of a dot's place as a share of the pitch.
    """
    chance = random.Random(seed)
    size = [(len(side) + 2 * quiet) * pitch * _FINE for side in (modules[0], modules)]
    image = Image.new("L", (size[0], size[1]), light)
    pen = ImageDraw.Draw(image)
    half = share * pitch * _FINE / 2
    for y, row in enumerate(modules):
        for x, module in enumerate(row):
            if module == "#" and chance.random() >= missing:
                right, down = (
                    (at + quiet + 0.5 + chance.uniform(-astray, astray)) * pitch * _FINE
                    for at in (x, y)
                )
                pen.ellipse((right - half, down - half, right + half, down + half), fill=dark)
    image = image.resize((size[0] // _FINE, size[1] // _FINE), Image.Resampling.LANCZOS)
    if turned:
        image = image.rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=light)
    if noise:
        grainy = (min(255, max(0, round(one + chance.gauss(0, noise)))) for one in image.tobytes())
        image = Image.frombytes("L", image.size, bytes(grainy))
    return image
