"""Commands of the marking bench: scheme, numbers, mark, and what was seen on the metal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import typer

from stockpile.cli.opening import asked, opened, seconded, signed_in, waits
from stockpile.cli.output import Row
from stockpile.domain import vocabulary
from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.facts import MarkingReason, SchemeSet, SchemeWord
from stockpile.domain.journal import FINISHED
from stockpile.domain.marking import MOSAIC_IMPORT, ReadBack, Settlement, Sight, Verdict
from stockpile.domain.values import JobId, SchemeId
from stockpile.language import _
from stockpile.services.people import SignedIn
from stockpile.services.ports import Job
from stockpile.services.stockpile import Stockpile

mark_group = typer.Typer()


@mark_group.command("do", hidden=True)
def mark(
    ctx: typer.Context,
    weapons: list[str] = typer.Argument(help="The weapons, by number, tag, mark or serial."),
    machine: str = typer.Option(..., help="The machine."),
    scheme: str = typer.Option(MOSAIC_IMPORT, help="The marking scheme."),
    component: str = typer.Option("", help="The part to mark; the scheme's own if left out."),
    position: str = typer.Option("", help="Where on the part."),
    reason: str = typer.Option("", help="Why: import, state_stock ...; the scheme's first."),
    word: list[str] = typer.Option([], help="A word of the scheme: force=POL."),
) -> None:
    """Mark weapons, one job each; a job ends done, unknown, not_started, or started.

    Started: the machine tells no end, and the mark must be read back.
    """
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        stockpile.marking.machine(machine)
        asked_for = _Asked(
            machine, SchemeId(scheme), component, position,
            _reason(stockpile.marking.scheme(SchemeId(scheme)), reason), tuple(map(_word, word)),
        )  # fmt: skip
        values = [_marked(stockpile, one, asked_for, by) for one in weapons]
    cells: list[Row] = [(str(one["weapon"]), str(one["text"]), str(one["state"])) for one in values]
    asked(ctx).output.rows(values, (_("Weapon"), _("Mark"), _("State")), cells)
    if any(one["state"] not in ("done", "started") for one in values):
        raise typer.Exit(1)


@mark_group.command("verify")
def mark_verify(
    ctx: typer.Context,
    job: str = typer.Argument(help="The marking job."),
    scan: str = typer.Option("", help="The mark as scanned."),
    typed: str = typer.Option("", help="The mark as read and typed."),
    photo: Path | None = typer.Option(None, help="A picture of the mark: its Data Matrix is read."),
) -> None:
    """Take the read-back of a mark: equal, different, anothers or unreadable."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        seen = stockpile.reading_back.seen(photo) if photo else None
        read = scan or typed or (seen.text if seen else "")
        how: Sight = "scan" if scan else "typed" if typed else "photo"
        if seen is not None and not read:
            found = stockpile.marking.unreadable(JobId(job), by=by)
        else:
            digest = seen.photo.digest if seen else ""
            _recorded, found = stockpile.marking.verify(JobId(job), read, how, by=by, photo=digest)
        settled = stockpile.marking.journal.job(JobId(job))
        _blank(stockpile, settled)
    _tell(ctx, settled, found, read)


@mark_group.command("unreadable")
def mark_unreadable(ctx: typer.Context, job: str = typer.Argument(help="The marking job.")) -> None:
    """Say that the scanner cannot read the mark: other light first, then a person's eyes."""
    with opened(ctx) as stockpile:
        found = stockpile.marking.unreadable(JobId(job), by=signed_in(ctx, stockpile))
        known = stockpile.marking.journal.job(JobId(job))
    _tell(ctx, known, found, "")


@mark_group.command("resolve")
def mark_resolve(
    ctx: typer.Context,
    job: str = typer.Argument(help="The marking job."),
    as_marked: bool = typer.Option(False, "--as-marked"),
    as_partial: bool = typer.Option(False, "--as-partial"),
    as_unmarked: bool = typer.Option(False, "--as-unmarked"),
    reason: str = typer.Option(..., help="What was seen on the metal."),
    scan: str = typer.Option("", help="The mark as scanned, where there is one."),
    typed: str = typer.Option("", help="The mark as two people read it (--witness)."),
    photo: Path | None = typer.Option(None, help="A picture of the metal."),
) -> None:
    """Settle a doubtful marking by what was seen on the metal: by a scan or a photo."""
    chosen: list[Settlement] = []
    chosen += ["marked"] if as_marked else []
    chosen += ["partial"] if as_partial else []
    chosen += ["unmarked"] if as_unmarked else []
    if len(chosen) != 1:
        raise typer.BadParameter(_("choose one of --as-marked, --as-partial, --as-unmarked"))
    with opened(ctx) as stockpile:
        by, witness = signed_in(ctx, stockpile), seconded(ctx, stockpile)
        digest = stockpile.photographs.keep(photo, "mark").digest if photo else ""
        recorded = stockpile.marking.resolve(
            JobId(job), chosen[0], reason, scan or typed, digest, by=by,
            how="scan" if scan or not typed else "typed", witness=witness,
        )  # fmt: skip
        if waits(ctx, recorded):
            return
        settled = stockpile.marking.journal.job(JobId(job))
        _blank(stockpile, settled)
    asked(ctx).output.result(_job_value(settled), settled.state)


@mark_group.command("void")
def mark_void(
    ctx: typer.Context,
    job: str = typer.Argument(help="The marking job."),
    reason: str = typer.Option(..., help="What became of the mark: altered, filed off ..."),
) -> None:
    """Void a mark that was altered or removed; --as and --witness both sign."""
    with opened(ctx) as stockpile:
        by, witness = signed_in(ctx, stockpile), seconded(ctx, stockpile)
        if waits(ctx, stockpile.marking.void(JobId(job), reason, by=by, witness=witness)):
            return
        settled = stockpile.marking.journal.job(JobId(job))
    asked(ctx).output.result(_job_value(settled), settled.state)


@mark_group.command("wire")
def mark_wire(ctx: typer.Context, job: str = typer.Argument(help="The marking job.")) -> None:
    """Show what went over the machine's wire for a job, byte for byte."""
    with opened(ctx) as stockpile:
        signed_in(ctx, stockpile)
        frames = stockpile.marking.wire(JobId(job))
    start = frames[0].at if frames else 0
    values = [
        {"ms": (one.at - start) // 1_000_000, "direction": one.direction,
         "bytes": one.content.hex()}
        for one in frames
    ]  # fmt: skip
    cells = [
        (f"{(one.at - start) / 1e9:9.3f}", ">" if one.direction == "out" else "<",
         one.content.hex(" "))
        for one in frames
    ]  # fmt: skip
    asked(ctx).output.rows(values, (_("Seconds"), "", _("Bytes")), cells)


@mark_group.command("jobs")
def mark_jobs(
    ctx: typer.Context,
    unsettled: bool = typer.Option(False, "--open", help="Only those not settled yet."),
) -> None:
    """List marking jobs, newest first."""
    with opened(ctx) as stockpile:
        found = stockpile.marking.jobs(unsettled=unsettled)
    cells = [(one.job, one.text, one.machine, one.state) for one in found]
    columns = (_("Job"), _("Mark"), _("Machine"), _("State"))
    asked(ctx).output.rows([_job_value(one) for one in found], columns, cells)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for, for each weapon alike."""

    machine: str
    scheme: SchemeId
    component: str
    position: str
    reason: MarkingReason
    words: tuple[SchemeWord, ...]


def _marked(stockpile: Stockpile, named: str, wanted: _Asked, by: SignedIn) -> dict[str, object]:
    """Mark one weapon; one marked already is reported as done, not marked twice."""
    weapon = stockpile.tracing.named(named)
    standing = [
        one
        for one in stockpile.books.weapon(weapon).standing_marks
        if one.scheme == wanted.scheme and one.state in ("marked", "verified")
    ]
    number = stockpile.register.rows([weapon])[0].number
    if standing:
        mark_ = standing[-1]
        return {"weapon": number, "job": mark_.job, "text": mark_.text, "state": "done"}
    deed = stockpile.marking.mark(
        weapon, wanted.machine, wanted.scheme, by=by, words=wanted.words,
        component=wanted.component, position=wanted.position, reason=wanted.reason,
    )  # fmt: skip
    _recorded, outcome = deed.perform()
    state = "done" if outcome.state == "marked" else outcome.state
    return {
        "weapon": number, "job": outcome.job, "text": outcome.text, "state": state,
        "evidence": outcome.evidence,
    }  # fmt: skip


def _reason(scheme: SchemeSet, said: str) -> MarkingReason:
    """Return the reason of marking; where nothing is said, the scheme's first."""
    if not said:
        return scheme.reasons[0] if scheme.reasons else "import"
    return vocabulary.picked("reason", said, get_args(MarkingReason))


def _word(said: str) -> SchemeWord:
    part, _equals, text = said.partition("=")
    if not text:
        raise FieldUnreadable("word", said)
    return SchemeWord(part.strip(), text.strip())


def _blank(stockpile: Stockpile, job: Job) -> None:
    """Blank the text of a machine that tells no end: until its read-back it was left alone."""
    promised = stockpile.machines.promised(job)
    if promised is not None and promised.end == "none" and job.state in FINISHED:
        stockpile.marking.blanking(job.machine).perform()


def _tell(ctx: typer.Context, job: Job, found: ReadBack, read: str) -> None:
    value = {
        "job": job.job, "state": job.state, "verdict": found.verdict.value, "read": read,
        "other": found.other or "", "tries": found.tries,
    }  # fmt: skip
    asked(ctx).output.result(value, f"{found.verdict.value}: {job.state}")
    if found.verdict is not Verdict.EQUAL:
        raise typer.Exit(1)


def _job_value(job: Job) -> dict[str, object]:
    return {
        "job": job.job, "weapon": job.weapon, "text": job.text, "machine": job.machine,
        "state": job.state, "detail": job.detail, "identity": job.identity,
        "component": job.component, "position": job.position,
    }  # fmt: skip
