"""``stockpile simulate``: a machine or label printer that behaves as its protocol says, or not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import typer

from stockpile.app import run_simulator
from stockpile.app.printer_room import simulated_printer
from stockpile.cli.opening import asked
from stockpile.domain.label_printers import PRINTER_KINDS
from stockpile.language import _


def simulate(
    ctx: typer.Context,
    driver: str = typer.Argument(help="Which machine: tl07, telesis, grbl ..., zpl, tspl, escpos."),
    pty: Path = typer.Option(None, help="Be a serial port under this name."),
    tcp: int = typer.Option(None, min=0, max=65535, help="Listen on this port; 0 is any."),
    dial: str = typer.Option("", help="Call a host that listens there: 10.0.0.5:5001."),
    fault: str = typer.Option("", help="What goes wrong: lose-answer, pull-mid:stop@2 ..."),
    speed: float = typer.Option(1.0, help="How many times faster than real."),
    control: int = typer.Option(None, min=0, max=65535, help="Take orders on this TCP port."),
    log: Path = typer.Option(None, help="Write what the metal bears to this file."),
    pictures: Path = typer.Option(None, help="A folder for a picture of every label."),
) -> None:
    """Be a marking machine or a label printer until interrupted; print every physical event."""
    output = asked(ctx).output

    def announce(event: Mapping[str, object]) -> None:
        output.line(event, line_of(event))

    if driver in PRINTER_KINDS:
        simulated_printer(
            driver,
            pty_link=pty,
            tcp_port=tcp,
            fault=fault,
            speed=speed,
            pictures=pictures,
            announce=announce,
        ).run()
        return
    run_simulator(
        driver,
        pty_link=pty,
        tcp_port=tcp,
        dial=dial,
        fault=fault,
        speed=speed,
        control_port=control,
        log=log,
        announce=announce,
    )


def line_of(event: Mapping[str, object]) -> str:
    """Return the event as a line for a person."""
    sentences = {
        "ready": _("Ready at {url}; stop it with Ctrl+C."),
        "start": _("{seconds:8.2f} s, job {job}: starts {text}"),
        "dot": _("{seconds:8.2f} s, job {job}: letter {n}"),
        "again": _("{seconds:8.2f} s, job {job}: hears a second start for {text}"),
        "done": _("{seconds:8.2f} s, job {job}: done, {text}"),
        "label": _("Label {n}: {text}"),
        "spoilt": _("Label {n} is spoilt: {text}"),
        "partial": _("{seconds:8.2f} s, job {job}: broken off after {n} letters of {text}"),
    }
    return sentences[str(event["event"])].format(**event)
