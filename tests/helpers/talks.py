"""The exchange as an officer has it who may everything: for tests below the front door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stockpile.domain.people import Officer
from stockpile.services.exchange import Exchanging
from stockpile.services.people import SignedIn
from tests.helpers import officers

COMMANDER: Final = SignedIn(
    Officer(officers.FIRST, "A. Commander", ("commander",), b""), officers.key(officers.FIRST)
)


@dataclass(frozen=True)
class Talk:
    """An exchange whose every call is the commander's."""

    exchanging: Exchanging

    def enrol(self, *said, **how):
        return self.exchanging.enrol(*said, **how, by=COMMANDER)

    def sync(self, *said, **how):
        return self.exchanging.sync(*said, **how, by=COMMANDER)

    def session(self):
        return self.exchanging.session(by=COMMANDER)
