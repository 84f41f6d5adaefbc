"""What a line of a trace request asks for."""

from __future__ import annotations

import pytest

from stockpile.domain.matching.asking import AsWritten, Question, asked, is_calibre
from stockpile.domain.serials import number_in

WORDS = AsWritten(
    frozenset({("make", one) for one in ("TAURUS", "FORJASTAURUSSA", "SMITHWESSON", "GLOCK")})
)


@pytest.mark.parametrize(
    ("line", "serial", "make", "calibre"),
    [
        ("RA 44512", "RA 44512", "", ""),
        ("44 512", "44 512", "", ""),
        ("RA 44512 Taurus .38 SPL", "RA 44512", "Taurus", ".38 SPL"),
        ("OH0l234; FORJAS TAURUS S/A; 38", "OH0l234", "FORJAS TAURUS S/A", "38"),
        ("38 SPL, smith & wesson, 123456", "123456", "smith & wesson", "38 SPL"),
        ("44512|Taurus|.38", "44512", "Taurus", ".38"),
        ("SN0|345; taurus", "SN0|345", "taurus", ""),
        ("BLMN-794 glock .40 s&w", "BLMN-794", "glock", ".40 s&w"),
        ("98 4521 taurus 9x19", "98 4521", "taurus", "9x19"),
        (
            "466882 glock .308 WINCHESTER (7,62X51 MM)",
            "466882",
            "glock",
            ".308 WINCHESTER (7,62X51 MM)",
        ),
        ("u3283g12 glock 5.56x45", "u3283g12", "glock", "5.56x45"),
        ("taurus 12345 38", "12345", "taurus", "38"),
        ('{"serial": "AB 1", "make": "taurus", "calibre": "38"}', "AB 1", "taurus", "38"),
        ("serial: AB 1; marca: Taurus; cal: 7,62 MM", "AB 1", "Taurus", "7,62 MM"),
        ("marca: Taurus cal. 38 n. 45123", "45123", "Taurus", "38"),
        ("Serial No: KBD12345 make: Glock calibre: 9 mm", "KBD12345", "Glock", "9 mm"),
        ("nº 45123 taurus cal 38", "45123", "taurus", "cal 38"),
        ("taurus, cal. .38 spl, n. 45123", "45123", "taurus", ".38 spl"),
        ("12345 9mm glock", "12345", "glock", "9mm"),
        ("45123 38", "45123", "", "38"),
        ("98 4521", "98 4521", "", ""),
        ("taurus\t45123\t.38", "45123", "taurus", ".38"),
        ("45123|taurus|38", "45123", "taurus", "38"),
        ("45123 / Taurus / .38", "45123", "Taurus", ".38"),
        ("45123 - Taurus - .38", "45123", "Taurus", ".38"),
        ("45123,taurus,38", "45123", "taurus", "38"),
        ("ACA|31527, taurus, .40", "ACA|31527", "taurus", ".40"),
        ("E90234|, taurus, .38", "E90234|", "taurus", ".38"),
        ("E8Q2 taurus 12", "E8Q2", "taurus", "12"),
        ("KOJ34A24 taurus .38+P+", "KOJ34A24", "taurus", ".38+P+"),
        ("20; taurus; 00Z8160", "00Z8160", "taurus", "20"),
        ("223; glock; АО87ЧG5Ч", "АО87ЧG5Ч", "glock", "223"),
        ("577399 taurus outros", "577399", "taurus", ""),
        (
            "S4V108 glock 7,62 MM KALASHNIKOV (7,62X39)",
            "S4V108",
            "glock",
            "7,62 MM KALASHNIKOV (7,62X39)",
        ),
        ('{"Serial": 12345, "marca": "Taurus", "caliber": "38"}', "12345", "Taurus", "38"),
        ("taurus", "", "", ""),
        ("*** **659 taurus", "*** **659", "taurus", ""),
    ],
)
def test_a_line_is_taken_apart(line, serial, make, calibre):
    found = asked(line, WORDS)
    assert number_in(found.serial) == number_in(serial)
    if serial:
        assert (found.make, found.calibre) == (make, calibre)
    assert found.has_words == any(map(found.said, ("make", "calibre", "model", "type")))


@pytest.mark.parametrize("text", ["{", '{"serial"', ";;;", "", "|", "---", '{"a": 1}'])
def test_odd_lines_break_nothing(text):
    assert isinstance(asked(text, WORDS), Question)


def test_calibres_have_a_shape():
    assert all(
        map(is_calibre, (".38", "38 SPL", "7,62 MM NATO", "9x19", ".40 s&w", "9 MM (9X19MM)"))
    )
    assert not any(map(is_calibre, ("44512", "38", "9mm glock", "RA 44", "taurus .40")))


def test_a_make_beside_its_model_is_said_too():
    known = frozenset({("make", "GLOCK"), ("model", "GLOCK17")})
    found = asked("glock 17 BXLH307", AsWritten(known))
    assert (found.serial, found.make) == ("BXLH307", "glock")
