"""Runs on a label printer: what is called printed came out, and nothing comes out twice unasked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    LabelInDoubt,
    LabelLayoutUnknown,
    LabelRunGone,
    PrinterSilent,
)
from stockpile.domain.facts import LabelLayoutSet, LabelPrinted
from stockpile.domain.label_printers import LabelPrinter
from stockpile.domain.printer_fit import STRAIGHT, PrinterFit
from stockpile.services.label_printing import BATCH
from stockpile.services.ports import Label, LabelOutcome, PrinterState
from tests.helpers.label_printers import simulated

PRINTED = LabelOutcome("printed")
DOUBTFUL = LabelOutcome("doubtful", PrinterState("silent"))
UNTOLD = LabelOutcome("untold")
ZEBRA = LabelPrinter("Zebra", "zpl", "socket://10.0.0.7:9100", "roll-58x40")


@dataclass
class Scripted:
    """A printer whose outcomes are written down before; ``out`` is what it was sent."""

    outcomes: list[LabelOutcome | Exception] = field(default_factory=list)
    out: list[Label] = field(default_factory=list)
    did: list[str] = field(default_factory=list)

    def open(self, printer: LabelPrinter) -> Scripted:
        self.did.append(f"open {printer.name}")
        return self

    def state(self) -> PrinterState:
        return PrinterState("ready")

    def print(
        self,
        label: Label,
        layout: LabelLayoutSet,
        *,
        logo: bytes = b"",
        fit: PrinterFit = STRAIGHT,
    ) -> LabelOutcome:
        outcome = self.outcomes.pop(0) if self.outcomes else PRINTED
        if isinstance(outcome, Exception):
            raise outcome
        self.out.append(label)
        return outcome

    def forget(self) -> None:
        self.did.append("forget")

    def close(self) -> None:
        self.did.append("close")


class Desk:
    """A house with a scripted printer, and what is done at it."""

    def __init__(self, house, count=3):
        self.house, self.printer = house, Scripted()
        self.weapons = [house.register(f"KB {n:03d}") for n in range(count)]
        self.service = replace(house.stockpile.label_printing, printers=self.printer, _open={})

    def begin(self, printer=ZEBRA, **how):
        return self.service.begin_run(self.weapons, printer, by=self.house.officer, **how).run

    def step(self, run):
        return self.service.sending(run, by=self.house.officer).perform()[1]

    def settle(self, run, last_good):
        return self.service.settle(run, last_good, by=self.house.officer)

    @property
    def prints(self):
        """What is on record of each weapon's labels."""
        return [
            [one.body for one in self.house.stockpile.books.history(weapon)
             if isinstance(one.body, LabelPrinted)]
            for weapon in self.weapons
        ]  # fmt: skip

    @property
    def tags(self):
        """The tags that the printer was sent, in order."""
        return [one.tag for one in self.printer.out]


@pytest.fixture
def desk(house):
    return Desk(house)


def test_each_label_is_on_record_when_the_printer_said_so(desk):
    run = desk.begin()
    for place in (1, 2, 3):
        sent = desk.step(run)
        assert (sent.place, sent.ended) == (place, "printed")
        assert [len(one) for one in desk.prints] == [1] * place + [0] * (3 - place)
    (body,) = desk.prints[1]
    assert (body.run, body.place, body.printer, body.stock) == (run, 2, "Zebra", "roll-58x40")
    assert desk.tags == [one.tag for one in desk.house.stockpile.books.weapons(desk.weapons)]
    assert desk.printer.did == ["open Zebra"]
    assert desk.service.open_runs() == ()
    with pytest.raises(LabelRunGone):
        desk.step(run)


def test_a_label_in_doubt_is_asked_about_before_the_next(desk):
    run = desk.begin()
    desk.printer.outcomes = [PRINTED, DOUBTFUL]
    desk.step(run)
    assert desk.step(run).ended == "doubtful"
    assert [len(one) for one in desk.prints] == [1, 0, 0]
    with pytest.raises(LabelInDoubt) as raised:
        desk.step(run)
    assert raised.value.place == 2
    desk.settle(run, 2)
    assert [len(one) for one in desk.prints] == [1, 1, 0]
    assert desk.step(run).ended == "printed"
    assert len(desk.printer.out) == 3
    assert desk.service.open_runs() == ()


def test_a_label_that_did_not_come_out_is_sent_again_with_its_own_tag(desk):
    run = desk.begin(anew=True)
    desk.printer.outcomes = [DOUBTFUL]
    desk.step(run)
    desk.settle(run, 0)
    assert desk.service.run(run).again
    assert desk.step(run).ended == "printed"
    # What the printer still held of it was dropped first.
    assert desk.printer.did == ["open Zebra", "close", "open Zebra", "forget"]
    assert desk.tags[0] == desk.tags[1]
    assert [body.copy for body in desk.prints[0]] == [1]


def test_a_power_cut_between_sending_and_telling_leaves_a_label_in_doubt(desk):
    run = desk.begin()
    deed = desk.service.sending(run, by=desk.house.officer)
    _bound, sending = deed.begin()
    deed.act(sending)
    file = desk.house.home / "label-runs" / f"{run}.jsonl"
    file.write_bytes(file.read_bytes() + b'\n{"sen')
    (after,) = desk.service.open_runs()
    assert (after.printed, after.sent, after.asks) == (0, 1, True)
    desk.settle(run, 1)
    assert desk.step(run).place == 2


def test_a_printer_that_was_asked_first_and_stood_was_sent_nothing(desk):
    run = desk.begin()
    desk.printer.outcomes = [PrinterSilent("Zebra")]
    sent = desk.step(run)
    assert sent.ended == "refused"
    assert isinstance(sent.error, PrinterSilent)
    assert not desk.service.run(run).asks
    assert desk.step(run).place == 1


def test_a_printer_that_tells_nothing_is_asked_about_after_a_batch(house):
    desk = Desk(house, BATCH + 2)
    run = desk.begin(replace(ZEBRA, mute=True))
    desk.printer.outcomes = [UNTOLD] * (2 * BATCH)
    for _label in range(BATCH):
        assert desk.step(run).ended == "untold"
    with pytest.raises(LabelInDoubt):
        desk.step(run)
    desk.settle(run, BATCH - 1)
    assert [desk.step(run).place for _label in range(3)] == [BATCH, BATCH + 1, BATCH + 2]
    desk.settle(run, BATCH + 2)
    assert [len(one) for one in desk.prints] == [1] * (BATCH + 2)
    assert desk.service.open_runs() == ()


def test_lost_labels_get_new_tags_and_jammed_ones_keep_theirs(desk):
    for anew in (False, False, True):
        run = desk.begin(anew=anew)
        for _label in desk.weapons:
            desk.step(run)
    first, second, third = desk.tags[:3], desk.tags[3:6], desk.tags[6:]
    assert first == second
    assert not set(first) & set(third)
    assert [[body.copy for body in one] for one in desk.prints] == [[1, 2, 3]] * 3


def test_what_cannot_be_printed_is_said_before_anything_is(desk):
    with pytest.raises(FieldUnreadable):
        desk.begin(replace(ZEBRA, stock="papyrus"))
    with pytest.raises(LabelLayoutUnknown):
        desk.begin(replace(ZEBRA, layout="nobody's"))
    desk.weapons = []
    with pytest.raises(FieldMissing):
        desk.begin()
    assert desk.service.open_runs() == ()


def test_what_did_not_happen_is_not_believed(desk):
    run = desk.begin()
    desk.step(run)
    for wrong in (0, 2, -1):
        with pytest.raises(FieldUnreadable):
            desk.settle(run, wrong)
    with pytest.raises(LabelRunGone):
        desk.settle("../../keys", 1)
    desk.service.give_up(run)
    assert desk.service.open_runs() == ()


def test_a_real_label_goes_over_a_real_wire(house):
    weapon = house.register("بندقية 44")
    service = house.stockpile.label_printing
    with simulated("zpl") as printer:
        zebra = replace(ZEBRA, url=printer.url)
        assert service.state(zebra).standing == "ready"
        run = service.begin_run([weapon], zebra, by=house.officer).run
        assert service.sending(run, by=house.officer).perform()[1].ended == "printed"
        service.leave("Zebra")
        assert service.trying(zebra).perform()[1].ended == "printed"
        read = [{text for _kind, text in one.label.read()} for one in printer.printed]
    tag = house.stockpile.books.weapon(weapon).tag
    assert tag in read[0]
    assert house.stockpile.scanning.read(max(read[0], key=len)).weapon.id == weapon
    assert house.stockpile.scanning.read(max(read[1], key=len)).kind == "unknown"
