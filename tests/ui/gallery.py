"""Every widget in one window, to be looked at: `python tests/ui/gallery.py --save FOLDER`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget  # noqa: TID251 — a test drives widgets

from stockpile.language import PSEUDO, is_right_to_left, isolated, use_language
from tests.ui.gallery_lists import register_page, sections
from tests.ui.gallery_pages import empty_page, entry_page, figures_page, marking_page, photos_page
from tests.ui.gallery_words import Speech, say
from ui.theme import Mode, Theme, Tone
from ui.widgets.arrange import Share, boxed, column, row
from ui.widgets.card import Card, Ground
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.palette import Offer, Palette
from ui.widgets.sidebar import Destination, Sidebar
from ui.widgets.toast import Toast
from ui.widgets.topbar import Status, Topbar

OFFERS = (
    Offer("mark", "Start marking", "station 2", "stamp", "Alt+4", "Commands"),
    Offer(
        "print", "Print marking labels", "for 1 selected weapon", "printer", "Ctrl+P", "Commands"
    ),
    Offer("destroy", "Mark as destroyed…", "needs a witness", "flame", "", "Commands"),
    Offer(
        "w1",
        isolated("CD 2026 GM 0048197"),
        isolated("AKM · KB4471902"),
        "crosshair",
        "",
        "Weapons",
    ),
    Offer("w2", isolated("TT 88213"), "Makarov PM", "crosshair", "", "Weapons"),
    Offer("report", "Marking report", "Reports", "file-text", "G M", "Go to"),
)


class Gallery(QMainWindow):
    """The window with its sidebar, its bar and the sample pages."""

    def __init__(self) -> None:
        super().__init__()
        self.sidebar = Sidebar(
            say("Goma Central Depot"),
            say("Country pilot"),
            sections(),
            [Destination("settings", "settings", say("Settings"))],
        )
        self.sidebar.show_officer("A. Mbuyi", say("Depot clerk"))
        self.sidebar.set_counter("register", "48,212")
        self.sidebar.set_counter("marking", "126")
        self.sidebar.set_counter("sync", "14")
        bar = Topbar()
        bar.show_status(
            [
                Status(say("Scanner ready"), Tone.OK, "scan-barcode"),
                Status(say("Offline · 14 to send"), Tone.WARN, "cloud-off"),
            ]
        )
        self.pages = QStackedWidget()
        self.keys = ("register", "entry", "marking", "transfers", "dashboard", "photos")
        builders = (
            register_page, entry_page, marking_page, empty_page, figures_page, photos_page,
        )  # fmt: skip
        for build in builders:
            self.pages.addWidget(build())
        paper = Card(column(self.pages), Ground.PAPER, margins=(22, 18, 22, 16))
        right = column(bar, Share(paper), gap=0)
        self.setCentralWidget(boxed(row(self.sidebar, Share(right), gap=0, margins=(0, 0, 10, 10))))
        self.palette_ = Palette(self.centralWidget())
        self.palette_.asked.connect(lambda _text, number: self.palette_.offer(number, OFFERS))
        self.toast = Toast(self.centralWidget())
        self.open_page("register")

    def open_page(self, key: str) -> None:
        """Show one of the sample pages."""
        self.pages.setCurrentIndex(self.keys.index(key))
        self.sidebar.select(key)


def question(parent: QWidget) -> ConfirmDialog:
    """The dialog before what cannot be undone."""
    return ConfirmDialog(
        say("Destroy 12 weapons?"),
        say("They are written off and cannot come back. A witness must sign."),
        say("Destroy"),
        reason=say("Reason"),
        parent=parent,
    )


def speak(code: str) -> None:
    """Use a language for the samples, and its direction for everything."""
    Speech.code = use_language(code)
    right = is_right_to_left(code)
    QApplication.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
    )


def save(folder: Path) -> None:
    """Write the pictures of every page, in both themes, three languages and two sizes."""
    app = QApplication.instance() or QApplication(sys.argv)
    theme = Theme(app, Mode.LIGHT)
    folder.mkdir(parents=True, exist_ok=True)
    for code in ("en", "ar", PSEUDO):
        speak(code)
        window = Gallery()
        for mode in (Mode.LIGHT, Mode.DARK):
            theme.use(mode)
            for width, height in ((1366, 768), (1024, 700)):
                _save_pages(window, folder, f"{code}-{mode}-{width}", width, height)
        window.close()


def _save_pages(window: Gallery, folder: Path, name: str, width: int, height: int) -> None:
    window.resize(width, height)
    window.show()
    for key in window.keys:
        window.open_page(key)
        QApplication.processEvents()
        window.grab().save(str(folder / f"{name}-{key}.png"))
    window.open_page("register")
    window.toast.say(f"{isolated('CD 2026 GM 0048197')} moved to A12-05", "Undo")
    window.palette_.open()
    window.palette_.type_text("mar")
    QApplication.processEvents()
    window.grab().save(str(folder / f"{name}-palette.png"))
    window.palette_.close_palette()
    QApplication.processEvents()
    window.grab().save(str(folder / f"{name}-toast.png"))
    window.toast.hide()
    dialog = question(window)
    dialog.show()
    QApplication.processEvents()
    dialog.grab().save(str(folder / f"{name}-dialog.png"))
    dialog.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--save", type=Path, required=True)
    save(parser.parse_args().save)
