"""Tables as XLSX whose cells no spreadsheet can mangle, row by row, so that memory stays flat.

Every cell is a string in a cell of the format Text: a serial stays a serial, never a number in
scientific notation, never a date, and what begins with an equals sign never a formula (ECMA-376,
part 1, §18.3.1.4 and §18.8.30: number format 49).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from stockpile.language import _
from stockpile.services.ports import ExtractColumn, ExtractTable

ROWS_A_SHEET: Final = 1_048_576
"""A sheet of the format holds no more; the rest goes to further sheets."""
_LONGEST: Final = 32_767
"""A cell holds no more characters."""
_PART: Final = 1000
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_STYLES: Final = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2">'
    '<font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
    '<xf numFmtId="49" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
_BODY, _HEAD = 1, 2


def write_xlsx(table: ExtractTable, out: BinaryIO, rows_a_sheet: int = ROWS_A_SHEET) -> None:
    """Write a workbook: the table, over as many sheets as it needs, and what the extract is."""
    names: list[str] = []
    rows = iter(table.rows)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as package:
        first: tuple[str, ...] | None = next(rows, None)
        while first is not None or not names:
            register = _("Register")
            names.append(f"{register} {len(names) + 1}" if names else register)
            some = chain([] if first is None else [first], islice(rows, rows_a_sheet - 2))
            _write_sheet(package, len(names), _table_sheet(table, some))
            first = next(rows, None)
        names.append(_("About"))
        _write_sheet(package, len(names), _about_sheet(table))
        for name, content in _rest(names):
            package.writestr(_entry(name), content)


def _write_sheet(package: zipfile.ZipFile, number: int, parts: Iterable[str]) -> None:
    with package.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as sheet:
        sheet.write(_XML.encode())
        while part := "".join(islice(parts := iter(parts), _PART)):
            sheet.write(part.encode("utf-8", "replace"))


def _entry(name: str) -> zipfile.ZipInfo:
    """Return an entry that bears no time: the same table makes the same bytes."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _table_sheet(table: ExtractTable, rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    mirrored = ' rightToLeft="1"' if table.is_mirrored else ""
    yield (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"{mirrored}>'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{''.join(_widths(table.columns))}</cols><sheetData>"
    )
    yield _row(1, [column.title for column in table.columns], _HEAD)
    last = 1
    for last, row in enumerate(rows, 2):
        yield _row(last, row, _BODY)
    corner = f"{_letters(len(table.columns))}{last}"
    yield f'</sheetData><autoFilter ref="A1:{corner}"/></worksheet>'


def _about_sheet(table: ExtractTable) -> Iterator[str]:
    mirrored = ' rightToLeft="1"' if table.is_mirrored else ""
    yield (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"{mirrored}/>'
        '</sheetViews><cols><col min="1" max="1" width="90" customWidth="1"/></cols><sheetData>'
    )
    for number, line in enumerate((table.title, *table.notes), 1):
        yield _row(number, (line,), _HEAD if number == 1 else _BODY)
    yield "</sheetData></worksheet>"


def _widths(columns: Iterable[ExtractColumn]) -> Iterator[str]:
    for number, column in enumerate(columns, 1):
        span = f'min="{number}" max="{number}"'
        yield f'<col {span} width="{column.width}" customWidth="1" style="1"/>'


def _row(number: int, cells: Iterable[str], style: int) -> str:
    written = "".join(
        f'<c r="{_letters(at)}{number}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{_text(cell)}</t></is></c>'
        for at, cell in enumerate(cells, 1)
        if cell
    )
    return f'<row r="{number}">{written}</row>'


def _text(cell: str) -> str:
    """Return a cell's text as XML; what XML cannot hold as the format spells it (§22.4.2.4)."""
    return escape(_UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", cell[:_LONGEST]))


def _letters(number: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _rest(names: list[str]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(name[:31])} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    yield (
        "xl/workbook.xml",
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{sheets}</sheets></workbook>',
    )
    styles = len(names) + 1
    links = "".join(
        _link(number, "worksheet", f"worksheets/sheet{number}.xml") for number in numbers
    )
    yield "xl/_rels/workbook.xml.rels", _links(links + _link(styles, "styles", "styles.xml"))
    yield "_rels/.rels", _links(_link(1, "officeDocument", "xl/workbook.xml"))
    yield "xl/styles.xml", _STYLES
    parts = "".join(
        _part(f"/xl/worksheets/sheet{number}.xml", f"{_TYPE}.worksheet+xml") for number in numbers
    )
    parts += _part("/xl/workbook.xml", f"{_TYPE}.sheet.main+xml")
    parts += _part("/xl/styles.xml", f"{_TYPE}.styles+xml")
    defaults = (
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    types = f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{parts}</Types>'
    yield "[Content_Types].xml", _XML + types


def _part(name: str, kind: str) -> str:
    return f'<Override PartName="{name}" ContentType="{kind}"/>'


def _link(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_LINKS}/{kind}" Target="{target}"/>'


def _links(inside: str) -> str:
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
