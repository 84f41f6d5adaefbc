"""A patrol signs for its rifles, the power goes, somebody tampers: what was signed stands."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from stockpile.app import open_home
from stockpile.domain.errors import ReceiptForged, ReceiptStale
from stockpile.domain.facts import Draft, WeaponIssued
from stockpile.domain.issuing import Back, Line, Terms
from stockpile.domain.lots import RoundsOut
from stockpile.domain.values import new_id
from stockpile.services.slips import HandOver
from tests.helpers.commands import ENVIRONMENT
from tests.helpers.counters import HOLDER_PIN, KIT, set_counter
from tests.helpers.house import PASSPHRASE, PIN, TOLD, build_house

KILLED_BEFORE_THE_PAPER = """
import os, signal, sys
from pathlib import Path
from stockpile.app import open_home
from stockpile.domain.issuing import Line, Terms
from stockpile.services.slips import HandOver

home, passphrase, name, pin, holder_pin = sys.argv[1:]
stockpile = open_home(Path(home), passphrase)
by = stockpile.people.sign_in(name, pin)
(leader,) = stockpile.holders.find("Otim")
weapons = [stockpile.tracing.named(f"KB447{n:04}") for n in range(12)]
kit = stockpile.books.weapon(weapons[0]).kit
handed = HandOver(
    tuple(Line(one, leader.id, kit) for one in weapons), terms=Terms("2999-12-31", "North gate"),
    patrol="North gate", leader=leader.id,
)
slips = stockpile.issuing.prepare(handed, by=by)
signature = stockpile.issuing.sign(slips[0], holder_pin)
_recorded, (receipt,) = stockpile.issuing.issue(slips, {slips[0].receipt: signature}, by=by)
print(receipt, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
stockpile.receipts.print(receipt)
"""


@pytest.fixture
def home(tmp_path):
    house = build_house(tmp_path / "home")
    counter = set_counter(house.stockpile, house.officer, 12)
    counter.person("P. Otim", pin=HOLDER_PIN)
    house.stockpile.close()
    return tmp_path / "home"


def test_the_power_goes_between_hand_over_and_paper(home):
    done = subprocess.run(
        [sys.executable, "-c", KILLED_BEFORE_THE_PAPER, str(home), PASSPHRASE, TOLD.officer, PIN,
         HOLDER_PIN],
        capture_output=True, text=True, env=ENVIRONMENT, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    receipt = done.stdout.strip()
    assert not list(home.glob("papers/*.pdf"))
    with open_home(home, PASSPHRASE) as stockpile:
        assert len(stockpile.issuing.out()) == 12
        assert stockpile.receipts.verify(receipt) == "good"
        assert stockpile.receipts.print(receipt).file.is_file()
        assert stockpile.checking.check(deep=True).weapons == 12


def test_what_was_signed_is_proved_and_what_was_tampered_with_is_refused(home):
    with open_home(home, PASSPHRASE) as stockpile:
        by = stockpile.people.sign_in(TOLD.officer, PIN)
        (leader,) = stockpile.holders.find("Otim")
        weapons = [stockpile.tracing.named(f"KB447{n:04}") for n in range(12)]
        (lot,) = stockpile.ammunition.all()
        handed = HandOver(
            tuple(Line(one, leader.id, KIT) for one in weapons[:11]),
            (RoundsOut(lot.id, leader.id, 330),), Terms("06:00"), "North gate", leader.id,
        )  # fmt: skip
        slips = stockpile.issuing.prepare(handed, by=by)
        late = stockpile.issuing.prepare(HandOver((Line(weapons[0], leader.id),)), by=by)
        signature = stockpile.issuing.sign(slips[0], HOLDER_PIN)
        _, (receipt,) = stockpile.issuing.issue(slips, {slips[0].receipt: signature}, by=by)
        with pytest.raises(ReceiptStale):
            stockpile.issuing.issue(late, {}, by=by)
        assert stockpile.receipts.verify(receipt) == "good"

        # Somebody slips a twelfth rifle under the receipt that was signed for eleven.
        heads = stockpile.books.weapon(weapons[11]).heads.custody
        gone = WeaponIssued(leader.id, receipt=receipt)
        stockpile.books.record([Draft(weapons[11], gone, heads)], by=by.id)
        assert stockpile.receipts.verify(receipt) == "good"  # it says eleven, as it was signed
        assert weapons[11] not in dict(stockpile.receipts.one(receipt).content.weapons)

        # Somebody hangs a hundred rounds more on it.
        extra = stockpile.books.references(type(slips[0].content.rounds[0]))[0].now
        more = type(extra)(extra.lot, 100, extra.holder, receipt)
        stockpile.books.record([Draft(new_id(1_890_000_000_000, b"r" * 10), more)], by=by.id)
        with pytest.raises(ReceiptForged):
            stockpile.receipts.verify(receipt)

        backs = [Back(one) for one in weapons]
        stockpile.issuing.take_back(backs, by=by)
        assert stockpile.issuing.out(leader.id) == ()
