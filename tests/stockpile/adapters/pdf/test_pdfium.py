"""PDFium is used by one thread at a time, and lets its files go."""

from __future__ import annotations

import threading

import pypdfium2
import pytest

from stockpile.adapters.pdf.pdfium import ONE_AT_A_TIME, opened, page_of
from stockpile.adapters.pdf.sheets import PdfLabelSheets


@pytest.fixture
def sheet(make_label, tmp_path):
    return PdfLabelSheets().draw([make_label("KB-1")], "l7160", tmp_path / "l.pdf").file


def test_while_a_page_is_lent_no_other_thread_gets_in(sheet):
    got = []

    def knock():
        free = ONE_AT_A_TIME.acquire(blocking=False)
        got.append(free)
        if free:
            ONE_AT_A_TIME.release()

    def from_another_thread():
        thread = threading.Thread(target=knock)
        thread.start()
        thread.join()

    with opened(sheet) as document:
        from_another_thread()
        with page_of(document, 0) as page:
            assert page.get_width() > 0
            from_another_thread()
    from_another_thread()
    assert got == [True, False, True]
    sheet.unlink()  # nobody holds it any more


def test_what_is_no_pdf_is_said_and_nothing_is_held(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"no PDF")
    with pytest.raises(pypdfium2.PdfiumError), opened(tmp_path / "a.pdf"):
        pass
    assert ONE_AT_A_TIME.acquire(blocking=False)
    ONE_AT_A_TIME.release()
