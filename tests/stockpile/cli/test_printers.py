"""printer: set up, asked how it is, printed on, and told about what it could not tell."""

from __future__ import annotations

import pytest

from tests.helpers.commands import INIT, Shell
from tests.helpers.label_printers import simulated


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path / "home")
    shell.ok(*INIT)
    return shell


def add(shell, url, *more):
    said = ("--kind", "zpl", "--url", url, "--stock", "roll-58x40", *more)
    return shell.ok("printer", "add", "Zebra", *said)


def test_a_printer_is_set_up_listed_and_forgotten(shell):
    told = add(shell, "socket://10.0.0.7:9100")
    assert (told["name"], told["dots_per_inch"], told["mute"]) == ("Zebra", 203, False)
    assert [one["url"] for one in shell.ok("printer", "list")] == ["socket://10.0.0.7:9100"]
    add(shell, "COM4", "--dots", "300")
    assert [one["url"] for one in shell.ok("printer", "list")] == ["COM4"]
    shell.ok("printer", "remove", "zebra")
    assert shell.ok("printer", "list") == []
    assert shell.run("printer", "state", "Zebra").error["error"] == "PrinterUnknown"


@pytest.mark.parametrize(
    ("option", "value", "error"),
    [
        ("--kind", "epl", "FieldUnreadable"),
        ("--stock", "papyrus", "FieldUnreadable"),
        ("--dots", "96", "FieldUnreadable"),
        ("--layout", "nobody's", "LabelLayoutUnknown"),
    ],
)
def test_what_cannot_print_is_not_set_up(shell, option, value, error):
    said = {"--kind": "zpl", "--url": "COM4", "--stock": "roll-58x40"} | {option: value}
    words = [one for pair in said.items() for one in pair]
    assert shell.run("printer", "add", "Zebra", *words).error["error"] == error


def test_labels_are_printed_and_a_doubtful_one_is_settled(shell):
    for n in range(3):
        shell.ok("register", "--serial", f"KB {n}")
    with simulated("zpl", "jam@2") as printer:
        add(shell, printer.url)
        state = shell.ok("printer", "state", "Zebra")
        assert (state["standing"], state["said"]) == ("ready", "SIM-PRINTER-200dpi, V1.0")
        told = shell.ok("printer", "print", "Zebra", "--all")
        assert (told["printed"], told["ended"]) == (1, "doubtful")
        run = told["run"]
        again = shell.run("printer", "print", "Zebra", "--run", run)
        assert again.error["error"] == "LabelInDoubt"
        assert [one["sent"] for one in shell.ok("printer", "runs")] == [2]
        shell.ok("printer", "settle", run, 1)
        printer.mend()
        told = shell.ok("printer", "print", "Zebra", "--run", run)
        assert (told["printed"], told["ended"]) == (3, "printed")
        assert [one.whole for one in printer.printed] == [True, False, True, True]
    (kept,) = shell.ok("label", "runs")
    assert (kept["run"], kept["labels"], kept["printer"]) == (run, 3, "Zebra")
    assert shell.ok("printer", "runs") == []


def test_a_test_print_leaves_no_trace(shell):
    with simulated("zpl") as printer:
        add(shell, printer.url)
        assert shell.ok("printer", "test", "Zebra")["ended"] == "printed"
        assert len(printer.printed) == 1
    assert shell.ok("label", "runs") == []


def test_a_run_can_be_given_up(shell):
    shell.ok("register", "--serial", "KB 1")
    with simulated("zpl", "paper-out:told") as printer:
        add(shell, printer.url)
        told = shell.ok("printer", "print", "Zebra", "KB 1")
        assert told["ended"] == "doubtful"
        shell.ok("printer", "give-up", told["run"])
    assert shell.run("printer", "give-up", told["run"]).error["error"] == "LabelRunGone"
