"""What the elements of a label's layout say of a weapon or a place, each in its language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Final

from stockpile import wording
from stockpile.domain.facts import LabelElement, LabelLayoutSet
from stockpile.domain.label_layouts import WORDS, Problem, element_key, in_mm, own_names
from stockpile.domain.numbers import registry_number
from stockpile.domain.places import Place
from stockpile.domain.serials import without_notes
from stockpile.domain.tags import grouped
from stockpile.domain.weapons import Weapon
from stockpile.language import _, current_language, isolated, speaking
from stockpile.services.ports import Label, LabelKind, StockFace

Said = tuple[tuple[str, str], ...]
"""For each element of words its key, as `element_key` names it, and its words."""

LONGEST_HEADLINE: Final = 24
"""A name with more characters than these stands under the registry number, not in its place."""
_KEPT: Final = 1_000
_SAMPLE_TAG: Final = "K8Z1PN3K1VKND"
_SAMPLE_MAC: Final = "0123456789"[:8]
_SAMPLE_TYPE: Final = "ASR"
_BY_ITSELF: Final = frozenset({"text", "tag"})
"""Words that a label knows without being told."""


def said_of(weapon: Weapon, layout: LabelLayoutSet, *, place: str = "", site: str = "") -> Said:
    """Return what a layout's elements say of a weapon; ``place`` and ``site`` are names.

    A type is said in the element's own language: by the site's own names, else in one of the
    program's languages, else in the one in use.
    """
    serial = without_notes(weapon.serial.text)
    mark = next((one.text for one in reversed(weapon.standing_marks)), "")
    number = registry_number(weapon.id)
    words = {
        "headline": headline(serial or mark, number),
        "serial": serial,
        "mark": mark,
        "number": number,
        "model": " ".join(part for part in (weapon.make, weapon.model) if part),
        "calibre": weapon.calibre,
        "place": place,
        "site": site,
    }
    return _said(layout, words, partial(_type_said, weapon.type))


def said_of_place(place: Place, layout: LabelLayoutSet, *, site: str = "") -> Said:
    """Return what a layout's elements say of a rack, crate or other place, within ``site``."""
    short = [one for one in (place.name, place.code) if 0 < len(one) <= LONGEST_HEADLINE]
    words = {
        "headline": short[0] if short else grouped(place.tag),
        "place": place.name,
        "number": place.code,
        "site": site,
    }
    return _said(layout, words, lambda _element: "")


def headline(name: str, number: str) -> str:
    """Return what a label says largest and never cuts: the name, where it is that short."""
    return name if 0 < len(name) <= LONGEST_HEADLINE else number


def type_words(code: str, language: str = "") -> str:
    """Return a type's name in a language of the program, in the one in use for no or another."""
    return _type_words(code, language or current_language())


def sample(layout: LabelLayoutSet) -> Label:
    """Return a label of a weapon or place that does not exist, to see a layout by."""
    words = {
        "headline": "KB-4567",
        "serial": "KB-4567",
        "mark": "UG 26 000123",
        "number": "7F3K-9Q2M",
        "model": "Zastava M70 AB2",
        "calibre": "7.62x39 mm",
        "place": _("Rack 12"),
        "site": _("Central depot"),
    }
    if layout.kind in ("rack", "crate", "location"):
        words |= {"headline": "A-12", "number": "A-12"}
    said = _said(layout, words, partial(_type_said, _SAMPLE_TYPE))
    return Label(_SAMPLE_TAG, _SAMPLE_MAC, (words["headline"],), layout.kind, said)


def problem_words(problem: Problem) -> str:
    """Return what cannot be printed, as a sentence: the element, why, and by how much."""
    element = wording.label_element(problem.what)
    if problem.other_what:
        other = wording.label_element(problem.other_what)
        element = _("{element}, {other}").format(element=element, other=other)
    why = wording.misfit(problem.kind)
    if not problem.over:
        return _("{element}: {why}.").format(element=element, why=why)
    by = isolated(in_mm(problem.over))
    return _("{element}: {why} ({by}).").format(element=element, why=why, by=by)


def kind_words(kind: LabelKind) -> str:
    """Return what a label of a kind is called."""
    return _KINDS[kind]()


def stock_words(face: StockFace) -> str:
    """Return what people call a stock: paper or roll, how many labels, and how large they are."""
    width, height = (in_mm(one).removesuffix(" mm") for one in (face.width, face.height))
    size = isolated(f"{width} x {height} mm")
    if face.paper == "roll":
        dots = isolated(f"{face.dots_per_inch} dpi")
        said = _("Roll, {size}, {dots}").format(size=size, dots=dots)
    else:
        grid = isolated(f"{face.columns} x {face.rows}")
        said = f"{isolated(face.paper)}, {grid}, {size}"
    return said if face.kind == "weapon" else f"{kind_words(face.kind)}: {said}"


_KINDS: Final[Mapping[LabelKind, Callable[[], str]]] = MappingProxyType(
    {
        "weapon": lambda: _("Weapon label"),
        "rack": lambda: _("Rack card"),
        "crate": lambda: _("Crate card"),
        "location": lambda: _("Location card"),
        "tie_on": lambda: _("Tie-on tag"),
        "trigger_guard": lambda: _("Trigger-guard tag"),
    }
)


def _said(
    layout: LabelLayoutSet, words: Mapping[str, str], type_of: Callable[[LabelElement], str]
) -> Said:
    wanted: Iterable[LabelElement] = (
        one for one in layout.elements if one.what in WORDS and one.what not in _BY_ITSELF
    )
    said = {
        element_key(one): type_of(one) if one.what == "type" else words.get(one.what, "")
        for one in wanted
    }
    return tuple(said.items())


def _type_said(code: str, element: LabelElement) -> str:
    return own_names(element.text).get(code) or type_words(code, element.language)


@lru_cache(_KEPT)
def _type_words(code: str, language: str) -> str:
    with speaking(language):
        return wording.weapon_type(code)
