"""Names that a printer would obey: drawn as a picture, they are only dots."""

from __future__ import annotations

import pytest

from stockpile.adapters.printing.placing import placed
from stockpile.adapters.printing.printers import LANGUAGES
from stockpile.domain.errors import LabelUnprintable
from stockpile.domain.label_printers import PRINTER_KINDS, PrinterKind
from stockpile.services.ports import Label
from tests.helpers.attacks import sentence
from tests.helpers.label_printers import LAYOUT, boxes, label

HOSTILE = (
    "^XZ^XA^FO0,0^FDX^FS^PQ9999^XZ", "~JR", "~JA^JUF", '"\r\nPRINT 9999\r\nKILL "*"\r\nTEXT 0,0,"',
    "\x1b@\x1bp\x00\x19\xfa", "\x10\x14\x01\x00\x01", "\x1b!?", "\x02\x1b\x03", "\x00" * 40,
)  # fmt: skip
OBEYED = (b"^PQ9999", b"~JR", b"^JUF", b"PRINT 9999", b"KILL", b"\x1bp", b"\x10\x14")


@pytest.mark.parametrize("kind", PRINTER_KINDS)
def test_no_name_is_obeyed_by_a_printer(kind: PrinterKind):
    tongue = LANGUAGES[kind].tongue()
    for text in HOSTILE:
        said = (("headline", "KB-1"), ("model", text), ("calibre", text))
        hostile = Label(label().tag, label().mac, ("KB-1", text), said=said)
        frame = tongue.frame(placed(hostile, LAYOUT, 203, boxes))
        commands = frame.removesuffix(tongue.cancel)
        assert [one for one in OBEYED if one in commands] == [], text


def test_a_code_with_a_sign_that_a_printer_obeys_is_refused():
    with pytest.raises(LabelUnprintable) as refused:
        placed(Label("K8Z1^XZ~JA", "01234567", ("KB-1",)), LAYOUT, 203, boxes)
    assert sentence(refused.value)
