"""Cold start to the first painted window, as a ratio to a bare Qt window in the same run.

    python tests/bench/start.py [runs]

Both are started as processes in turn; each paints its first window and ends. The aim is at most
2.5 times the bare window.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAINTED = """
import sys
from PySide6.QtCore import QEvent, QObject
class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print("painted", flush=True)
            import os
            os._exit(0)
        return False
"""
BARE = (
    PAINTED
    + """
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QTableView())
first = FirstPaint()
application.installEventFilter(first)
window.show()
application.exec()
"""
)
OURS = (
    PAINTED
    + """
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui import __main__ as desk
seen = []
class Watched(QApplication):
    def __init__(self, words):
        super().__init__(words)
        seen.append(FirstPaint())
        self.installEventFilter(seen[0])
desk.QApplication = Watched
desk.main(["--home", sys.argv[1]])
"""
)


def seconds(program: str, *words: str) -> float:
    """Return the time from the start of a process to its first painted window."""
    platform = {} if os.environ.get("DISPLAY") else {"QT_QPA_PLATFORM": "offscreen"}
    environment = {**os.environ, **platform, "PYTHONPATH": str(ROOT), "QT_LOGGING_RULES": "*=false"}
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", program, *words], env=environment, check=True, capture_output=True
    )
    return time.perf_counter() - began


def main(runs: int = 9) -> None:
    """Run both in turn and print the medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        seconds(BARE)
        seconds(OURS, folder)
        pairs = [(seconds(BARE), seconds(OURS, folder)) for _ in range(runs)]
    bare = statistics.median(one for one, _ in pairs)
    ours = statistics.median(one for _, one in pairs)
    print(
        f"bare Qt window {bare * 1000:.0f} ms, ours {ours * 1000:.0f} ms: {ours / bare:.2f} times"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
