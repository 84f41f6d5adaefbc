"""How a serial number is read: what was seen, and the keys by which it is found again.

The visual skeleton follows the confusable sets that programmes meet (O/0, I/1, Z/2, S/5, G/6, T/7,
B/8, Cyrillic and Greek twins of Latin letters). A fold is for finding, never for deciding: two
weapons with one fold are look-alikes until a person says otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from stockpile.domain.values import REMEMBERED, search_key, tidied

SerialStatus = Literal["read", "partial", "none", "removed", "illegible"]

_TWINS = str.maketrans(
    "АВЕЁКМНОРСТУХІЅЈЗЧБΑΒΕΖΗΙΚΜΝΟΡΤΥΧØ",
    "ABEEKMHOPCTYXISJ346ABEZHIKMNOPTYXO",
)
_LOOKALIKES = str.maketrans("OQDILZSGTB", "0001125678")
_UNCERTAIN = re.compile(r"[?*#]|\[[^\]]*\]|\.{2,}|_{2,}")
_NOTE = re.compile(r"\([^()0-9]*\)")
_NUMBER_SIGN = re.compile(r"^\s*(?:№|N\.?[°º]|N(?:o|r|ro|um)\.|S/N\b)[\s.:]*(?=\w)", re.IGNORECASE)
# words for "no number" as search_key writes them, accents taken off, in the program's languages
_WITHOUT_ONE = frozenset({
    "0", "00", "000", "0000", "00000", "000000", "NA", "NONE", "NIL", "NULL", "NUMBERLESS",
    "UNKNOWN", "NOTKNOWN", "NOSERIAL", "NOSERIALNUMBER", "NONUMBER", "WITHOUTNUMBER", "SN",
    "SEM", "SEMNUMERO", "SEMNUMERACAO", "SEMNUMERACAOAPARENTE", "NAOHA", "NAOTEM", "NAOPOSSUI",
    "NAOCONSTA", "NAOINFORMADO", "NAOIDENTIFICADO", "NENHUM", "DESCONHECIDO", "SINNUMERO",
    "SINNUMERACION", "NINGUNO", "NOTIENE", "NOCONSTA", "DESCONOCIDO", "SANSNUMERO", "AUCUN",
    "NEANT", "INCONNU", "БЕЗНОМЕРА", "НЕТ", "НЕТНОМЕРА", "БН", "НЕИЗВЕСТНО", "НЕИЗВЕСТЕН",
    "بدونرقم", "بلارقم", "لايوجد", "غيرمعروف", "无", "無", "无号", "無號",
    "无编号", "無編號", "没有", "沒有", "不详", "不詳", "未知",
    "UNK", "UNKN", "NSN", "NOSN", "NOSER",
    "NOTRECORDED", "NOTGIVEN", "NOTAVAILABLE", "NOTAPPLICABLE", "NOTMARKED", "UNMARKED", "BLANK",
    "SNO", "SNUM", "SNUMERO", "SNUMERACAO", "SNUMERACION", "SIDENTIFICACAO", "SEMNO", "SINNO",
    "SINSERIE", "SEMSERIE", "NOREGISTRA", "SEIGNORA", "SEDESCONOCE", "IGNORADO", "INDETERMINADO",
    "PASDENUMERO", "NONCOMMUNIQUE", "ОТСУТСТВУЕТ", "НЕМАЄ", "ВІДСУТНІЙ", "БЕЗНОМЕРУ", "НЕВІДОМО",
    "ВІДСУТНІИ", "НЕУСТАНОВЛЕН", "بدون", "بلا", "مجهول", "NUMARASIZ", "YOK", "KEINE", "OHNE",
    "XX", "XXX", "XXXX", "XXXXX", "XXXXXX", "XXXXXXX", "XXXXXXXX",
})  # fmt: skip
_REMOVED = re.compile(
    r"SUPP?RIM|RASPAD|OBLITERA|REMOVID|REMOVED|ERASED|GROUND|FILED|LIMAD|\bLIME\b|LIXAD|BORRAD"
    r"|ELIMIN|\bELIM\b|RASUR|\bRASP\b|RETI?RAD[AO]|EXTRAID|EXRAID|SUBTRAID|ADULTERAD|REMARCAD"
    r"|EFFACE|MEULE|SPILEN|СПИЛЕН|СБИТ|УДАЛЕН|СТЕРТ|مطموس|ممسوح|محذوف|磨掉|磨去|锉掉|銼掉|抹去"
    r"|\bDEFACED|\bALTERED|\bALTERAD|SCRATCH|\bDRILLED|\bTAMPER|\bPUNCHED|\bDESTROYED|\bDESTRUID"
    r"|ERRADICAD|REGRABAD|\bALTERE|\bDETRUIT|\bGRATTE|EFFACEE|ЗНИЩЕН|ПЕРЕБИТ|ЗАБИТ|СПИЛЯН|СТЕРТ"
    r"|УНИЧТОЖЕН|\bSILINM|\bKAZINM|ENTFERNT|AUSGEFEILT|ABGESCHLIFFEN|مشطوب|مكشوط"
)
_ILLEGIBLE = re.compile(
    r"ILEGIVEL|ILEGIBLE|ILLEGIB|ILLISIB|DANIFICAD|PREJUDICAD|UNREADABLE|НЕЧИТ|НЕРАЗБОРЧИВ|CORROID"
    r"|DESGAST|OXIDAD|ININTELIG|NAO INTELIG|DIVERGENTE|غير مقروء|无法辨认|無法辨認|不清|模糊"
    r"|CORROD|\bWORN\b|\bRUST|\bBURN[TE]|\bPITTED|\bCORROIDO|НЕ ЧИТ|СТЕРШ|КОРРОЗ|OKUNAM|UNLESERLICH"
    r"|NOT LEGIBLE|NOT READABLE|NO LEGIBLE|NON LISIBLE|غير واضح"
)

# sentences of examiners who found none; asked only of texts without a digit
_ABSENT = re.compile(
    r"^\W*(?:NAO|SEM|SIN|SANS|PAS|NON|NOT|NO|БЕЗ|НЕ)\s+\w{2,}"
    r"|INE?X?ISTENT|AUSENT|ABSENT|DESPROVID|NDETERMINAD|\bVIDE\b|VER OBSERVA|NAO LOCALIZAD"
)
# a word of those above has four plain letters in a row, or follows a space, or is of another script
_WORDY = re.compile(r"[A-Z]{4}|\s|[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Serial:
    """A serial number as it was seen.

    ``text`` is as read, only tidied; ``status`` says how much of a number it is; ``key`` compares
    exactly (one case, no punctuation); ``fold`` compares by looks. Both keys are empty where no
    number was read.
    """

    text: str
    status: SerialStatus
    key: str
    fold: str


@lru_cache(maxsize=REMEMBERED)
def read_serial(text: str) -> Serial:
    """Read a serial as typed, scanned or listed; reading a reading again changes nothing."""
    seen = tidied(text)
    number = number_in(seen)
    status = _status(seen, search_key(number))
    if status in ("none", "removed", "illegible"):
        return Serial(seen, status, "", "")
    return Serial(seen, status, search_key(number), fold(number))


@lru_cache(maxsize=REMEMBERED)
def without_notes(text: str) -> str:
    """Return a serial as seen without what a writer added in brackets: for short papers."""
    return tidied(_NOTE.sub(" ", text))


@lru_cache(maxsize=REMEMBERED)
def number_in(text: str) -> str:
    """Return the number itself: without the words for "number" before it and notes in brackets."""
    return _NUMBER_SIGN.sub("", _NOTE.sub(" ", tidied(text))).strip()


@lru_cache(maxsize=REMEMBERED)
def fold(text: str) -> str:
    """Return the visual skeleton of a text: equal for texts easily misread as each other."""
    if text.isascii():  # neither other digits nor twins: only the look-alikes are left
        return search_key(text).translate(_LOOKALIKES)
    digits = "".join(_digit(character) for character in unicodedata.normalize("NFKC", text).upper())
    return search_key(digits.translate(_TWINS)).translate(_LOOKALIKES)


def _status(seen: str, key: str) -> SerialStatus:
    plain = _bare(seen).upper()
    if _WITHOUT_ONE.intersection((search_key(plain), _bare(key))):
        return "none"
    if _WORDY.search(plain):  # few serials are: most need no look for any of those words
        told = _told(plain, key)
        if told is not None:
            return told
    if _UNCERTAIN.search(seen):
        return "partial" if key else "illegible"
    return "read" if key else "none"


def _told(plain: str, key: str) -> SerialStatus | None:
    """Return what the words in a text say of its number, if they say anything."""
    if _REMOVED.search(plain):
        return "partial" if _has_digit(key) else "removed"
    if _ILLEGIBLE.search(plain):
        return "partial" if _has_digit(key) else "illegible"
    if _ABSENT.search(plain) and not _has_digit(key):
        return "none"
    return None


def _bare(text: str) -> str:
    """Return the text without accents, as words for "no number" are compared."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(character for character in apart if not unicodedata.combining(character))


def _has_digit(key: str) -> bool:
    return any(character.isdigit() for character in key)


def _digit(character: str) -> str:
    value = unicodedata.digit(character, None)
    return character if value is None else str(value)
