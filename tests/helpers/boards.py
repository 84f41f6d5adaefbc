"""A board at the other end of a link, in memory: it answers as it is told to, line by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from stockpile.domain.errors import PortLost

IDLE = "<Idle|MPos:0.000,0.000,0.000|FS:0,0|WCO:0.000,0.000,0.000>"
BANNER = "\r\nGrbl 1.1h ['$' for help]"


@dataclass
class Board:
    """Says ``ok`` to every line but those in ``answers``, and its status from ``place``."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    state: str = "Idle"
    place: tuple[int, int, int] = (0, 0, 0)
    follows: bool = True
    url: str = "board"
    heard: list[str] = field(default_factory=list)
    lost: bool = False
    waiting: bytes = b""
    on_line: Callable[[str], None] = lambda _line: None

    def send(self, frame: bytes) -> None:
        if self.lost:
            raise PortLost(self.url, "pulled")
        if not frame.endswith(b"\n"):
            self._realtime(frame)
            return
        line = frame[:-1].decode("ascii")
        self.heard.append(line)
        self.on_line(line)
        answers = self.answers.get(line)
        answer = answers.pop(0) if answers else "ok"
        if line == "$C" and answer == "ok":
            self.state = "Check"
        if self.follows and self.state != "Check" and answer in {"ok", "(moved)"}:
            self._move(line)
        if answer and answer != "(moved)":
            self.say(answer)

    def say(self, line: str) -> None:
        self.waiting += f"{line}\r\n".encode()

    def receive(self, seconds: float) -> bytes:
        if self.lost:
            raise PortLost(self.url, "pulled")
        del seconds
        said, self.waiting = self.waiting, b""
        return said

    def drop_output(self) -> None:
        pass

    def close(self) -> None:
        pass

    def _realtime(self, frame: bytes) -> None:
        self.heard.append(repr(frame))
        if frame == b"?" and self.state:
            x, y, z = (part / 1000 for part in self.place)
            self.say(f"<{self.state}|MPos:{x:.3f},{y:.3f},{z:.3f}|FS:0,0|WCO:0.000,0.000,0.000>")
        if frame == b"\x18":
            self.state = "Idle" if self.state == "Check" else self.state
            self.say(BANNER)

    def _move(self, line: str) -> None:
        place = dict(zip("XYZ", self.place, strict=True))
        word = ""
        for letter in line + "$":
            if letter.isalpha() or letter == "$":
                if word[:1] in place and word[1:]:
                    place[word[0]] = round(float(word[1:]) * 1000)
                word = letter
            else:
                word += letter
        self.place = (place["X"], place["Y"], place["Z"])
