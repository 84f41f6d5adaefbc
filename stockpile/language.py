"""Every word that a person reads, in that person's language.

One gettext catalogue serves screens, papers and the command line. The words are looked up
when they are needed, never when a module is read, so a change of language is seen at once.
"""

from __future__ import annotations

import gettext
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from stockpile.paths import resource

DOMAIN = "stockpile"
SOURCE = "en"
PSEUDO = "x_pseudo"

LANGUAGES: Mapping[str, str] = {
    "ar": "العربية",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "pt": "Português",
    "ru": "Русский",
    "zh": "中文",
}
"""The languages of the program, each by the name its own readers give it."""

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
_ISOLATE, _FROM_RIGHT, _FIGURE, _POP_ISOLATE = "\u2066", "\u2067", "\u2068", "\u2069"
_LETTERS = frozenset({"L", "R", "AL"})
_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
_PLACEHOLDER = re.compile(r"(\{[^{}]*\}|&|%[sd])")
_ACCENTS = str.maketrans("aeiouyncsAEIOUYNCS", "áéíóúýñçšÁÉÍÓÚÝÑÇŠ")


class PseudoCatalogue(gettext.NullTranslations):
    """English with accents and a third more letters: shows clipped and untranslated words."""

    def gettext(self, message: str) -> str:
        """Return the message disguised, its placeholders untouched."""
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form for `n` as English chooses it, disguised."""
        return pseudo(super().ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        """Return the message disguised; the context is not shown."""
        return pseudo(super().pgettext(context, message))


class _Choice:
    """The language in use: one for the process, because one person sits before it."""

    def __init__(self) -> None:
        self.code = SOURCE
        self.catalogue: gettext.NullTranslations = gettext.NullTranslations()


_choice = _Choice()
_apart: ContextVar[_Choice | None] = ContextVar("apart", default=None)


def _now() -> _Choice:
    return _apart.get() or _choice


def _(message: str) -> str:
    """Return the message in the language in use."""
    return _now().catalogue.gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """Return the form that `number` needs: Arabic has six, Russian three, Chinese one."""
    return _now().catalogue.ngettext(one, many, number)


def pgettext(context: str, message: str) -> str:
    """Return the message where English uses one word for two things, told apart by context."""
    return _now().catalogue.pgettext(context, message)


def deferred(message: str) -> str:
    """Mark a message in a constant for the catalogue; it is put through `_` when shown."""
    return message


def use_language(code: str) -> str:
    """Speak the language `code` (such as "fr", "pt_BR", "x_pseudo"); return the code in use.

    A language that the program does not speak becomes English.
    """
    chosen = _spoken(code)
    _choice.catalogue = _catalogue(chosen)
    _choice.code = chosen
    return chosen


@contextmanager
def speaking(code: str) -> Iterator[str]:
    """Speak another language within a block and on this thread only; the one in use for no code.

    A receipt is in the language of whoever takes it home, while the screen goes on in the
    officer's. Gives the code in use.
    """
    apart = _Choice()
    apart.code = _spoken(code) if code else _now().code
    apart.catalogue = _catalogue(apart.code) if code else _now().catalogue
    token = _apart.set(apart)
    try:
        yield apart.code
    finally:
        _apart.reset(token)


def current_language() -> str:
    """Return the code of the language in use."""
    return _now().code


def nearest_language(wanted: Iterable[str]) -> str:
    """Return the first of the wanted languages that the program speaks, else English."""
    bases = (re.split(r"[-_.@]", code, maxsplit=1)[0].lower() for code in wanted)
    return next((base for base in bases if base in LANGUAGES), SOURCE)


def environment_language() -> str:
    """Return the language that the environment asks for, by the order that gettext defines."""
    wanted = [os.environ.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")]
    return nearest_language(code for value in wanted for code in value.split(":"))


def is_right_to_left(code: str | None = None) -> bool:
    """Return whether the language (by default the one in use) is written from the right."""
    return re.split(r"[-_]", code or _now().code, maxsplit=1)[0].lower() in _RIGHT_TO_LEFT


def isolated(text: str) -> str:
    """Wrap an identifier, or a number with its unit, so that no neighbour can reorder it.

    Without it a calibre 7.62x39 is painted 39x7.62 among Arabic words (Unicode Standard
    Annex 9, isolates). Wrapping twice is the same as once. What begins with a letter that is
    written from the right, such as a remark in Arabic, runs from there, its full stop at its end.
    """
    bare = plain(text)
    if not bare:
        return ""
    return f"{_FROM_RIGHT if _begins_right(bare) else _ISOLATE}{bare}{_POP_ISOLATE}"


def _begins_right(text: str) -> bool:
    """Say whether the first letter is one that is written from the right (Annex 9, P2)."""
    if text.isascii():
        return False
    kinds = map(unicodedata.bidirectional, text)
    return next((kind != "L" for kind in kinds if kind in _LETTERS), False)


def listed(parts: Iterable[str]) -> str:
    """Return what is said of several things, one after the other; what is empty is left out."""
    return pgettext("between the things of a list", ", ").join(part for part in parts if part)


def figure(value: object) -> str:
    """Wrap a number that is read, such as a count: a paper may write it in other digits.

    Never for what is copied letter by letter: a serial, a tag, the number of a paper.
    """
    bare = plain(str(value))
    return f"{_FIGURE}{bare}{_POP_ISOLATE}" if bare else ""


def plain(text: str) -> str:
    """Return the text without isolates: for the clipboard, for files and for comparing."""
    return text.translate(_ISOLATES)


def pseudo(message: str) -> str:
    """Return the message with accents and about a third longer, placeholders untouched."""
    parts = _PLACEHOLDER.split(message)
    accented = "".join(
        part if _PLACEHOLDER.fullmatch(part) else part.translate(_ACCENTS) for part in parts
    )
    return f"{accented}{'~' * max(1, len(message) * 3 // 10)}" if message.strip() else message


def _spoken(code: str) -> str:
    return PSEUDO if code == PSEUDO else nearest_language([code])


def _catalogue(code: str) -> gettext.NullTranslations:
    if code == PSEUDO:
        return PseudoCatalogue()
    if code == SOURCE:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, resource("locale"), [code], fallback=True)
