"""The front door of the desktop: arguments, look, crash hook, window.

Nothing heavy is imported before the first paint: the core's own front door is loaded by the
sign-in model on the books lane (see ``ui.view_models.sign_in``).
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import platformdirs
from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QStackedWidget

from stockpile import language, log
from stockpile.domain.errors import FileUnreadable
from stockpile.settings import Settings
from ui.desk import Desk
from ui.garbage import Garbage
from ui.notices import Notices
from ui.pages.sign_in import SignInPage
from ui.qt_words import speak_qt
from ui.session import Session
from ui.theme import SMALLEST_WINDOW, USUAL_WINDOW, Mode, Theme
from ui.view_models.sign_in import SignInModel
from ui.widgets.cover import Cover
from ui.widgets.enter import Hand
from ui.widgets.watching import Watch

if TYPE_CHECKING:  # loaded after the first paint, see ui.later
    from ui.pages.lock_screen import LockScreen
    from ui.pages.restoring import RestoreDialog
    from ui.window import MainWindow


class Desktop(QStackedWidget):
    """The sign-in page, and behind it the window of whoever signed in."""

    def __init__(self, home: Path, practice: Path, theme: Theme) -> None:
        super().__init__()
        self.home = home
        self.notices = Notices()
        self.desk = Desk(self.notices)
        self.session = Session(_settings(home, practice, self.notices))
        self.session.unsaved.connect(self.notices.trouble)
        self.theme = theme
        self.model = SignInModel(self.desk, self.session, home, practice)
        self.sign_in = self._way_in()
        self.window_: MainWindow | None = None
        self.lock: LockScreen | None = None
        self.restoring: RestoreDialog | None = None
        self.watch = Watch(self)
        self.watch.badge.connect(self.model.take_badge)
        self._cover = Cover(self)
        self._hand = Hand()
        self.session.locked.connect(self._lock)
        self.setMinimumSize(*SMALLEST_WINDOW)
        self.resize(*USUAL_WINDOW)
        self.setWindowTitle("Stockpile")

    def start(self) -> None:
        """Load the core behind the window that is on the screen already."""
        self.model.start()

    def end(self) -> None:
        """Wait for the work in hand, close the store and end the lanes."""
        self.desk.wait()
        self.model.close()
        self.desk.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Let Enter press the button that has the focus, where no page wants it for itself."""
        here = QApplication.focusWidget()
        presses = self._hand.presses(event)
        if presses and isinstance(here, QAbstractButton) and not isinstance(here, QCheckBox):
            here.click()
            return
        super().keyPressEvent(event)

    def _way_in(self) -> SignInPage:
        page = SignInPage(self.model)
        page.signed_in.connect(self._welcome)
        page.restore_wanted.connect(self._restore)
        page.language_chosen.connect(self._speak_anew)
        self.addWidget(page)
        return page

    def _speak_anew(self, code: str) -> None:
        """Show the way in in another language; whoever signs in goes on in it from now on."""
        _speak(code)
        self.session.prefer(language=code)
        before, self.sign_in = self.sign_in, self._way_in()
        self.setCurrentWidget(self.sign_in)
        self.removeWidget(before)
        before.deleteLater()
        self.model.again()

    def _welcome(self) -> None:
        if self.window_ is None:
            self.sign_in.speak_no_more()
            self.window_ = _main_window(self)
            self.window_.left.connect(self._leave)
            self.addWidget(self.window_)
            self.lock = _lock_screen(self)
            self.addWidget(self.lock)
            gc.freeze()  # it stays: a search through all of it would hold a machine's start up
        self.setCurrentWidget(self.window_)
        self.window_.welcome()

    def _restore(self) -> None:
        """Go the way back from a damaged record, or on a new computer: from a backup."""
        self.restoring = _restore_dialog(self)
        self.restoring.ended.connect(self.sign_in.show_restored)
        self.restoring.open()

    def _lock(self, locked: bool) -> None:
        self.watch.forget()
        if locked and self.lock is not None:
            self._cover.put_on(self.lock)
        elif self.session.is_open:
            self._cover.take_off()

    def _leave(self) -> None:
        self.session.leave()
        self.setCurrentWidget(self.sign_in)
        self.model.again()


def _main_window(desktop: Desktop) -> MainWindow:
    """Return the window with its pages: both were loaded while the officer signed in."""
    made = (desktop.desk, desktop.session, desktop.notices)
    pages = importlib.import_module("ui.pages.contents").entries(*made, desktop.theme)
    return cast("MainWindow", importlib.import_module("ui.window").MainWindow(*made, pages))


def _restore_dialog(desktop: Desktop) -> RestoreDialog:
    """Return the dialog that restores a backup in the real home's place."""
    restoring = importlib.import_module("ui.view_models.restoring")
    model = restoring.RestoringModel(desktop.desk, desktop.session, desktop.home)
    dialog = importlib.import_module("ui.pages.restoring").RestoreDialog(model, desktop.sign_in)
    return cast("RestoreDialog", dialog)


def _lock_screen(desktop: Desktop) -> LockScreen:
    """Return the lock of the desk, which hears every hand on it."""
    made = (desktop.desk, desktop.session, desktop.notices)
    model = importlib.import_module("ui.view_models.lock").LockModel(*made)
    screen = importlib.import_module("ui.pages.lock_screen").LockScreen(model)
    watch = desktop.watch
    watch.touched.connect(model.touch)
    prover = importlib.import_module("ui.view_models.proving").Prover.of(*made)
    watch.touched.connect(prover.touch)
    watch.badge.connect(model.take_badge)
    watch.lock_wanted.connect(desktop.session.lock)
    return cast("LockScreen", screen)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the desktop and return its exit code."""
    given = _arguments(sys.argv[1:] if argv is None else argv)
    application = QApplication(sys.argv[:1])
    Garbage(application)
    home, practice = _homes(given.home)
    settings = _settings(home, practice, Notices())
    _speak(settings.language)
    theme = Theme(application, _mode(settings.theme))
    gc.freeze()
    desktop = Desktop(home, practice, theme)
    log.start(Path(platformdirs.user_log_dir("stockpile", appauthor=False)))
    log.guard_crashes(_crash_hook(desktop.notices))
    for told in (desktop.session.changed, desktop.session.settings_changed):
        told.connect(partial(_let_sound, desktop.session))
    desktop.show()
    QTimer.singleShot(0, desktop.start)
    code = application.exec()
    desktop.end()
    return code


def _let_sound(session: Session) -> None:
    """Let scans be heard, as this machine's settings say; the player is loaded with the pages."""
    importlib.import_module("ui.sounds").switch(on=session.settings.sounds != "off")


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("stockpile-desk")
    parser.add_argument("--home", type=Path, help="folder of the stockpile")
    return parser.parse_args(argv)


def _homes(given: Path | None) -> tuple[Path, Path]:
    """Return the folders of the real home and of the practice depot beside it."""
    named = os.environ.get("STOCKPILE_HOME")
    usual = Path(platformdirs.user_data_dir("stockpile", appauthor=False))
    home = given or (Path(named) if named else usual)
    return home, home.with_name(f"{home.name}-practice")


def _settings(home: Path, practice: Path, notices: Notices) -> Settings:
    """Return what this machine remembers; a damaged file is said and never keeps anybody out."""
    try:
        return Settings.read(home if home.is_dir() else practice)
    except FileUnreadable as error:
        notices.trouble(error)
        return Settings()


def _mode(theme: str) -> Mode:
    known = {mode.value: mode for mode in Mode}
    return known.get(theme, Mode.SYSTEM)


def _speak(code: str) -> None:
    wanted = [code] if code else QLocale.system().uiLanguages()
    speak_qt(language.use_language(language.nearest_language(wanted)))
    mirrored = language.is_right_to_left()
    direction = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
    QApplication.setLayoutDirection(direction)


def _crash_hook(notices: Notices) -> log.Hook:
    """Return what is done with a bug: into the log and before the user's eyes, once.

    Neither tells what the exception said: that may be a serial number or a name.
    """
    seen: set[str] = set()

    def told(error: BaseException) -> None:
        report = log.report(error)
        if report not in seen:
            seen.add(report)
            notices.bug(log.kind_of(error))

    return log.crash_hook(told)


if __name__ == "__main__":
    sys.exit(main())
