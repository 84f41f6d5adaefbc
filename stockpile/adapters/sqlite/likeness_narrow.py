"""Marks of the weapons that the words name: few enough to be looked through for worse readings.

A reading may have lost the letters at a mark's head, or got some put before it, and be wrong
besides. Among the weapons of one make and calibre the ends of the marks are compared, whatever
stands before them.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from stockpile.adapters.sqlite.likeness import Candidates, Likeness, Places
from stockpile.adapters.sqlite.likeness_codes import (
    CLASS_OF,
    WIDTH,
    Bags,
    bags,
    encoded,
    matrix,
)
from stockpile.adapters.sqlite.likeness_scoring import distances
from stockpile.adapters.sqlite.likeness_words import Advantages
from stockpile.domain.matching.asking import Question, Said

_EDITS: Final = 3
_LEAST: Final = 5
"""So many symbols of a reading are compared, if it has them."""
_ZEROS: Final = 2
_APART: Final = 7
"""What is missing counts twice: an error or two, and some symbols before what was read."""
_MANY: Final = 12_000
_WEIGHED: Final = 1500
_KINDS: Final[tuple[Said, ...]] = ("make", "calibre")


def among_named(
    likeness: Likeness, advantages: Advantages, question: Question, read: str
) -> Candidates | None:
    """Return the marks most like a reading among those of the make and calibre that were said."""
    named = _named(likeness, advantages, question)
    if named is None or not len(named):
        return None
    places = _near(likeness, named, _core(read))
    costs = distances(read[: 2 * WIDTH], likeness.columns.codes[places])
    return Candidates(places, likeness.columns.weapons[places], costs)


def _named(likeness: Likeness, advantages: Advantages, question: Question) -> Places | None:
    """Return the marks of weapons whose make and calibre may be those that were said."""
    columns, fits = likeness.columns, None
    writings = {
        "make": (likeness.makes, columns.makes), "calibre": (likeness.calibres, columns.calibres),
    }  # fmt: skip
    for kind in _KINDS:
        said = question.said(kind)
        texts, ids = writings[kind]
        agrees = [bool(said) and advantages.worth(kind, said, text) < 0 for text in texts.texts]
        if any(agrees):
            these = np.take(np.array(agrees), ids[: likeness.count])
            fits = these if fits is None else fits & these
    return None if fits is None else np.flatnonzero(fits)


def _core(read: str) -> str:
    """Return what may be left of a reading without what was put before it: its end."""
    bare = read[min(len(read) - len(read.lstrip("0")), _ZEROS) :]
    digits = bare.lstrip("".join(filter(str.isalpha, bare)))
    return bare[-max(len(digits), _LEAST) :][:WIDTH]


def _near(likeness: Likeness, named: Places, core: str) -> Places:
    """Return the marks that end like the core of the reading, at most three edits apart."""
    places = named[_fewest_apart(bags(matrix([core]))[0], likeness.columns.bags[named])]
    edits = _edits_at_end(core, CLASS_OF[likeness.columns.codes[places]])
    places, edits = places[edits <= _EDITS], edits[edits <= _EDITS]
    if len(places) > _WEIGHED:
        places = places[np.argpartition(edits, _WEIGHED)[:_WEIGHED]]
    return places


def _fewest_apart(wanted: np.uint64, held: Bags) -> Places:
    """Return the rows that lack the fewest symbols and have the fewest others; so many at most."""
    apart = np.bitwise_count(held & ~wanted)
    apart += 2 * np.bitwise_count(wanted & ~held)
    reached = np.cumsum(np.bincount(apart, minlength=_APART + 1)[: _APART + 1])
    return np.flatnonzero(apart <= np.flatnonzero(reached <= max(_MANY, reached[0]))[-1])


def _edits_at_end(core: str, rows: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return the edits between a core and as many symbols of each row's end, and one more."""
    if not len(rows):
        return np.zeros(0, np.uint8)
    width = min(WIDTH, len(core) + 1)
    starts = np.maximum((rows != 0).sum(axis=1) - width, 0)
    ends = np.take_along_axis(rows, starts[:, None] + np.arange(width), axis=1)
    texts = np.ascontiguousarray(ends).view(f"S{width}").ravel().tolist()
    read = encoded(core).translate(CLASS_OF.tobytes())
    found = process.cdist(
        [read], texts, scorer=OSA.distance, score_cutoff=_EDITS, dtype=np.uint8, workers=1
    )
    return np.asarray(found[0], np.uint8)
