from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.sheets import limits
from stockpile.adapters.sheets.delimited import decoded, likely_delimiter, read_delimited
from stockpile.domain.errors import FileHostile, FileUnreadable
from stockpile.services.ports import silent
from tests.helpers.lists import csv_text


def texts(raw):
    return [[cell.text for cell in row] for row in read_delimited(raw, "f", silent).rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    rows = [["serial", "type", "calibre"], ["K1", "pistol", "9 mm"], ["K2", "rifle", "7.62"]]
    assert likely_delimiter(csv_text(rows, delimiter)) == delimiter
    assert texts(csv_text(rows, delimiter).encode()) == rows


def test_commas_in_calibres_do_not_fool_it():
    raw = b"tipo;calibre\r\nrev;.38 (9 x 29,5 mm)\r\npist;7,65 mm\r\npist;6,35 mm\r\n"
    assert texts(raw)[1] == ["rev", ".38 (9 x 29,5 mm)"]


def test_the_hint_that_excel_writes_is_obeyed_and_counts_as_a_row():
    grid = read_delimited(b"sep=|\r\nserial|type\r\nK,1|a;b\r\n", "f", silent)
    assert [[cell.text for cell in row] for row in grid.rows] == [
        [],
        ["serial", "type"],
        ["K,1", "a;b"],
    ]


def test_quotes_newlines_and_line_ends():
    raw = b'serial,note\r\n"K ""1""","two\r\nlines"\nK2,plain\rK3,old\r\n'
    assert texts(raw) == [
        ["serial", "note"],
        ['K "1"', "two\r\nlines"],
        ["K2", "plain"],
        ["K3", "old"],
    ]


def test_a_quote_that_is_never_closed_swallows_nothing():
    raw = b'serial,note\nK1,"open\nK2,b\nK3,c\n'
    assert texts(raw) == [["serial", "note"], ["K1", '"open'], ["K2", "b"], ["K3", "c"]]


def test_a_quote_in_the_middle_is_a_letter():
    assert texts(b'serial,barrel\nK1,5" long\nK2,"6, new"\n')[1:] == [
        ["K1", '5" long'],
        ["K2", "6, new"],
    ]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("tipo;marca\nrevólver;taurus\nmunição;cbc\nindígena;não\n", "latin-1"),
        ("tipo;marca\nrevólver;‘taurus’ – €\n", "cp1252"),
        ("тип;марка;калибр\nпистолет;ПМ;9х18\nавтомат;АК-74;5,45\nвинтовка;Мосина;7\n", "cp1251"),
        ("тип;марка;калибр\nпистолет;ПМ;9х18\nавтомат;АК-74;5,45\nвинтовка;Мосина;7\n", "cp866"),
        ("نوع;صنع\nمسدس;جلوك\nبندقية;روسي\n", "cp1256"),
        ("型号;枪号\n手枪;五四式\n步枪;五六式\n", "gb18030"),
        ("serial;type\nK1;pistolé\n", "utf-8"),
        ("serial;type\nK1;pistolé\n", "utf-8-sig"),
        ("serial;type\nK1;pistolé\n", "utf-16"),
        ("tipo;nº\n" + "".join(f"revólver {n};1\n" for n in range(5000)) + "\x81", "latin-1"),
    ],
)
def test_encodings(text, encoding):
    assert decoded(text.encode(encoding), "f") == text


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"serial,type\nK1\0,pistol\n", "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (bytes(range(1, 256)) * 20, "binary"),
        (b"\xff\xfe\x00\xd8", "encoding"),
        (b"<html><table><tr><td>K1</td></tr></table></html>", "markup"),
        (b"%PDF-1.7 ...", "markup"),
    ],
)
def test_what_is_no_list_is_said_once(raw, why):
    with pytest.raises(FileUnreadable) as caught:
        read_delimited(raw, "f", silent)
    assert caught.value.why == why


def test_formulas_are_kept_and_read_only_when_constant():
    raw = b'serial;note\n"=CONCATENATE(""00123"")";=1+1\n="007";-1\n'
    grid = read_delimited(raw, "f", silent)
    assert [(cell.text, cell.value) for cell in grid.rows[1]] == [
        ('=CONCATENATE("00123")', "00123"),
        ("=1+1", ""),
    ]
    assert [(cell.text, cell.value) for cell in grid.rows[2]] == [('="007"', "007"), ("-1", "-1")]


def test_the_apostrophe_that_guards_a_cell_is_read_as_none():
    grid = read_delimited(b"serial,note\n'=K1,'-5\n'90s,x\n", "f", silent)
    assert [[cell.value for cell in row] for row in grid.rows[1:]] == [["=K1", "-5"], ["'90s", "x"]]
    assert grid.rows[1][0].text == "'=K1"


def test_a_million_columns():
    with pytest.raises(FileHostile, match="columns"):
        read_delimited(b"serial" + b",x" * 1_000_000, "f", silent)


def test_a_million_empty_columns_are_a_row_of_one():
    assert texts(b"serial" + b"," * 1_000_000 + b"\nK1\n") == [["serial"], ["K1"]]


def test_a_gigantic_cell():
    for size in (limits.LONGEST_CELL + 1, 1_000_000):
        with pytest.raises(FileHostile, match="cell"):
            read_delimited(b"serial,x\nK1," + b"y" * size + b"\n", "f", silent)


_letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=';\t|"\ufeff')
_cells = st.text(_letters, max_size=8) | st.sampled_from(["", "two\nlines", 'a "b"', "x,y"])


@st.composite
def tables(draw):
    width = draw(st.integers(2, 5))
    row = st.lists(_cells, min_size=width, max_size=width)
    first = [f"column {n}" for n in range(width)]
    return [first, *draw(st.lists(row, min_size=1, max_size=6))]


@given(tables(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_whatever_is_written_is_read_back(rows, encoding):
    read = texts(csv_text(rows).encode(encoding))
    padded = [row + [""] * (len(rows[0]) - len(row)) for row in read]
    while len(padded) < len(rows):
        padded.append([""] * len(rows[0]))
    assert padded == rows
