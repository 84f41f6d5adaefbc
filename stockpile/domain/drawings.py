"""What is cut into metal, in micrometres: dots of a pin, strokes of a scribe or a laser.

The origin is the lower left corner of the marking zone, x to the right and y up, as on a machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Point = tuple[int, int]
"""Right and up from the zone's lower left corner, in micrometres."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Every dot and every stroke of a mark, in the order in which they are cut.

    ``width_um`` is the diameter of a dot, or the width of a stroke.
    """

    dots: tuple[Point, ...] = ()
    strokes: tuple[tuple[Point, ...], ...] = ()
    width_um: int = 250

    @property
    def bounds(self) -> tuple[Point, Point]:
        """The lower left and upper right corner of the cut metal; zeros for an empty drawing."""
        points = list(self.points())
        if not points:
            return (0, 0), (0, 0)
        half = self.width_um // 2
        rights, ups = [x for x, _ in points], [y for _, y in points]
        return (min(rights) - half, min(ups) - half), (max(rights) + half, max(ups) + half)

    def points(self) -> Iterator[Point]:
        """Return every point, of dots and of strokes."""
        yield from self.dots
        for stroke in self.strokes:
            yield from stroke
