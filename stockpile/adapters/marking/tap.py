"""A link that tells what goes over it: each frame before it is sent, each byte as it arrives."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.adapters.marking.link import Link
from stockpile.services.ports import Tap


@dataclass(frozen=True, slots=True)
class TappedLink:
    """A machine's link with an ear on it; the bytes and their order are untouched."""

    link: Link
    tap: Tap

    @property
    def url(self) -> str:
        """Where the link leads."""
        return self.link.url

    def send(self, frame: bytes) -> None:
        """Tell the frame, then send it: after PortLost it may have been sent all the same."""
        self.tap("out", frame)
        self.link.send(frame)

    def receive(self, seconds: float) -> bytes:
        """Return what arrives, and tell it; raises PortLost."""
        arrived = self.link.receive(seconds)
        if arrived:
            self.tap("in", arrived)
        return arrived

    def drop_output(self) -> None:
        """Throw away what the system still holds back."""
        self.link.drop_output()

    def close(self) -> None:
        """Let go of the port."""
        self.link.close()
