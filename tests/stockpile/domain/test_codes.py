"""Others' codes: what each says, however a scanner dresses it; no text breaks the reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.codes import LONGEST, Code, read_code

RS, GS, EOT = "\x1e", "\x1d", "\x04"


def envelope(form: str, *elements: str) -> str:
    return f"[)>{RS}{form}{GS}{GS.join(elements)}{RS}{EOT}"


def said(code: Code) -> tuple[str, str, str, str]:
    return (code.whole, code.enterprise, code.part, code.serial)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (envelope("06", "25SD1234512345678"), ("D1234512345678", "12345", "", "12345678")),
        (envelope("06", "25SUN123456789AB-7"), ("UN123456789AB-7", "123456789", "", "AB-7")),
        (envelope("06", "25SLDABC123X77"), ("LDABC123X77", "ABC123", "", "X77")),
        (envelope("06", "25S0614141AX9"), ("0614141AX9", "", "", "")),
        (envelope("06", "18S1234587654321"), ("D1234587654321", "12345", "", "87654321")),
        (
            envelope("06", "17V1ABC2", "1PM4-A1", "SW123456"),
            ("D1ABC2M4-A1W123456", "1ABC2", "M4-A1", "W123456"),
        ),
        (
            envelope("06", "12V123456789", "1PP7", "S42"),
            ("UN123456789P742", "123456789", "P7", "42"),
        ),
        (envelope("06", "17V1ABC2", "SW123456"), ("", "1ABC2", "", "W123456")),
        (envelope("06", "SW123456"), ("", "", "", "W123456")),
        (envelope("06", "22SESN0077"), ("ESN0077", "", "", "")),
        (envelope("12", "MFR 1ABC2", "SER W9"), ("D1ABC2W9", "1ABC2", "", "W9")),
        (envelope("12", "CAG 1ABC2", "PNO P7", "SEQ 5"), ("D1ABC2P75", "1ABC2", "P7", "5")),
        (envelope("12", "UID D1ABC2W9"), ("D1ABC2W9", "1ABC2", "", "W9")),
        (envelope("05", "80040614141KB77"), ("0614141KB77", "", "", "")),
    ],
)
def test_an_envelope_gives_the_identifier_and_its_parts(text, expected):
    code = read_code(text)
    assert (code.scheme == "gs1") == ("05" in text[:6])
    assert said(code) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[)>{RS}06{GS}25SD1234512345678{RS}{EOT}",
        "[)><RS>06<GS>25SD1234512345678<RS><EOT>",
        "[)>^^06^]25SD1234512345678^^^D",
        "[)>\u241e06\u241d25SD1234512345678\u241e\u2404",
        f"]d1[)>{RS}06{GS}25SD1234512345678{RS}{EOT}",
        f" ]Q1[)>{RS}06{GS}25sD1234512345678{RS}\r\n",
        f"[)>{RS}06{GS}25SD1234512345678",
    ],
)
def test_separators_are_understood_in_the_forms_in_which_keyboards_show_them(text):
    assert read_code(text).names == ("D1234512345678", "12345678")


@pytest.mark.parametrize(
    "text",
    [
        "[)>0625SD1234512345678",  # the separators are gone: nothing is guessed
        f"[)>{RS}07{GS}25SD12345{RS}{EOT}",  # free text
        f"[)>{RS}06{GS}{RS}{EOT}",
        f"[)>{RS}06{GS}Q10{RS}{EOT}",
        "0109501101530003",  # digits like others: nothing says that they are GS1
        "]C00109501101530003217",
        "+A999123457",  # a primary without a serial names a model
        "+KB4471902",
        "S123456",
        "KB 4471902",
    ],
)
def test_what_is_no_whole_code_is_plain_text(text):
    code = read_code(text)
    assert code.scheme == "plain"
    assert len(code.names) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("]C180040614141KB77", ("0614141KB77", "", "", "")),
        ("]d280030095011015300AX7", ("0095011015300AX7", "", "0095011015300A", "X7")),
        ("]Q38002490154203237518", ("490154203237518", "", "", "")),
        (
            f"]d2010950110153000310LOT7{GS}21KB-77",
            ("(01)09501101530003(21)KB-77", "", "09501101530003", "KB-77"),
        ),
        (
            f"{GS}0109501101530003172901012177",
            ("(01)09501101530003(21)77", "", "09501101530003", "77"),
        ),
        (
            "(01)09501101530003(21)KB-77",
            ("(01)09501101530003(21)KB-77", "", "09501101530003", "KB-77"),
        ),
        ("(8004)0614141KB77", ("0614141KB77", "", "", "")),
        ("]C121KB77", ("", "", "", "KB77")),
    ],
)
def test_a_gs1_element_string_gives_the_asset_or_the_item_with_its_serial(text, expected):
    code = read_code(text)
    assert (code.scheme, said(code)) == ("gs1", expected)


def test_hibc_with_a_serial_is_read_and_its_check_character_held_against_it():
    code = read_code("+A99912345/$+KB770")
    wrong = read_code("+A99912345/$+KB771")
    assert said(code) == ("+A99912345/$+KB77", "A999", "1234", "KB77")
    assert wrong.scheme == "plain"


def test_the_symbol_in_front_is_no_part_of_the_text():
    code = read_code("]A0KB4471902")
    assert (code.scheme, code.symbol, code.names) == ("plain", "]A0", ("KB4471902",))
    assert read_code("]KB").names == ("]KB",)


_pieces = st.sampled_from(
    ["[)>", RS, GS, EOT, "05", "06", "12", "25S", "18S", "17V", "1P", "S", "D12345", "]d2", "(01)",
     "(21)", "8004", "01", "+A999", "/$+", "MFR ", "^]", "<GS>", "\u0661", "\U0001f52b"]
)  # fmt: skip


@given(st.lists(_pieces | st.text(max_size=6), max_size=12).map("".join))
def test_no_text_breaks_it_and_every_code_has_a_name(text):
    code = read_code(text)
    assert code.names or not code.text
    assert all(len(name) <= len(text) + len("(01)(21)") for name in code.names)


def test_what_is_longer_than_any_symbol_is_text():
    assert read_code(f"[)>{RS}06{GS}25SD" + "1" * LONGEST).scheme == "plain"


@given(
    st.from_regex(r"[0-9A-Z]{5}", fullmatch=True), st.from_regex(r"[0-9A-Z-]{1,20}", fullmatch=True)
)
def test_a_serial_within_an_enterprise_comes_back(enterprise, serial):
    code = read_code(envelope("06", f"18S{enterprise}{serial}"))
    assert said(code) == (f"D{enterprise}{serial}", enterprise, "", serial)
    assert read_code(envelope("06", f"25S{code.whole}")).names == code.names
