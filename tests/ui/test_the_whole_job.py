"""The main job in the window of a newcomer: a list, a typed weapon, a mark, a label, a registry.

Through the real window on a practice depot: its simulated machine speaks over a real port, its
registry over a real socket, its label is decoded again.
"""

from __future__ import annotations

import zxingcpp
from pypdfium2 import PdfDocument
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget  # noqa: TID251 - a test drives widgets

from stockpile.app import training_list
from stockpile.services.practice import PRACTICE_MACHINE
from tests.helpers.desktops import PATIENCE, sign_in
from ui.view_models.marking_state import Stage

SERIAL = "KB 4471902-Z"
Key = Qt.Key


def test_a_newcomer_does_the_whole_job(desktop, qtbot):
    window = sign_in(desktop, qtbot)
    with qtbot.waitActive(desktop):
        desktop.activateWindow()
    import_the_training_list(window, qtbot)
    type_in_a_weapon(window, qtbot)
    mark_it(window, qtbot)
    print_its_label(desktop, window, qtbot)
    send_it_to_a_registry(window, qtbot)


class Stray(QObject):
    """Notes every window that is shown beside the one there should be."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):  # noqa: N802 - Qt names what is overridden
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched.metaObject().className())
        return False


def test_no_part_of_a_page_flashes_up_as_a_window_of_its_own(desktop, qtbot, qapp):
    window = sign_in(desktop, qtbot)
    stray = Stray()
    qapp.installEventFilter(stray)
    try:
        for key in (one for one in window._entries if one != "weapon"):
            opened(window, key)
            qtbot.waitUntil(lambda: not desktop.desk._under_way, timeout=PATIENCE)
            assert qapp.activeWindow() is not None, key
        for section in window.page("settings")._rows:
            window.open("settings", section)
            qtbot.waitUntil(lambda: not desktop.desk._under_way, timeout=PATIENCE)
    finally:
        qapp.removeEventFilter(stray)
    assert stray.seen == []


def import_the_training_list(window, qtbot):
    page = opened(window, "import")
    with qtbot.waitSignal(page.model.previewed, timeout=PATIENCE):
        page.entered(str(training_list()))
    with qtbot.waitSignal(page.model.imported, timeout=PATIENCE) as done:
        qtbot.keyClick(page.focusWidget() or page._preview.bring_in, Key.Key_F5)
    report = done.args[0].report
    assert (report.tally.weapons, report.tally.lots, report.tally.refused) == (60, 6, 0)


def type_in_a_weapon(window, qtbot):
    page = opened(window, "entry")
    qtbot.waitUntil(lambda: page._one.fields.place.box.count() > 0, timeout=PATIENCE)
    page._one.fields.model.set_value("AKM")
    page._one.fields.place.box.setCurrentIndex(0)
    qtbot.keyClicks(page._one.serial.edit, SERIAL)
    qtbot.keyClick(page._one.serial.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: page._one.serial.text() == "", timeout=PATIENCE)


def mark_it(window, qtbot):
    page = opened(window, "marking")
    qtbot.waitUntil(lambda: PRACTICE_MACHINE in names(page), timeout=PATIENCE)
    scan(page, qtbot, SERIAL)
    qtbot.waitUntil(lambda: page.model.state.stage is Stage.READY, timeout=PATIENCE)
    qtbot.keyClick(page.focusWidget(), Key.Key_F5)
    qtbot.waitUntil(lambda: page.model.state.stage is Stage.READ_BACK, timeout=PATIENCE)
    scan(page, qtbot, page.model.state.text)
    qtbot.waitUntil(lambda: page.model.state.stage is Stage.VERIFIED, timeout=PATIENCE)


def print_its_label(desktop, window, qtbot):
    page = opened(window, "register")
    weapon = found(desktop, qtbot)
    page.entered(weapon)
    qtbot.waitUntil(page._detail._print.isEnabled, timeout=PATIENCE)
    qtbot.mouseClick(page._detail._print, Qt.MouseButton.LeftButton)
    papers = desktop.session.stockpile.home / "papers"
    qtbot.waitUntil(lambda: any(papers.glob("*.pdf")), timeout=PATIENCE)
    document = PdfDocument(next(papers.glob("*.pdf")))
    try:
        image = document[0].render(scale=300 / 72).to_pil()
    finally:
        document.close()
    assert len(zxingcpp.read_barcodes(image)) == 2


def send_it_to_a_registry(window, qtbot):
    page = opened(window, "sync")
    qtbot.waitUntil(page._enrol._practise.isVisible, timeout=PATIENCE)
    with qtbot.waitSignal(page.model.enrolled, timeout=PATIENCE):
        qtbot.mouseClick(page._enrol._practise, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page._sync.isEnabled, timeout=PATIENCE)
    with qtbot.waitSignal(page.model.synced, timeout=PATIENCE) as done:
        qtbot.keyClick(page.focusWidget() or page._sync, Key.Key_F5)
    (outcome,) = done.args
    assert outcome.sent > 560
    assert outcome.receipt is not None
    qtbot.waitUntil(lambda: page._standing.waiting == 0, timeout=PATIENCE)


def opened(window, key):
    window.open(key)
    return window.page(key)


def names(page):
    return [machine.name for machine in page.model.bench.machines]


def scan(page, qtbot, text):
    """Type as a scanner does, whatever has the focus."""
    for character in text:
        qtbot.keyClicks(page.focusWidget(), character)
    qtbot.keyClick(page.focusWidget(), Key.Key_Return)


def found(desktop, qtbot):
    hits = []
    tracing = desktop.session.stockpile.tracing
    desktop.desk.ask(desktop, lambda: tracing.find(SERIAL), hits.extend)
    qtbot.waitUntil(lambda: bool(hits), timeout=PATIENCE)
    return hits[0].row.id
