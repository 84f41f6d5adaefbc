"""Commands of trace requests: trace request, amend, note, answer, list, show, paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import typer

from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.facts import Mark, TraceRequestAnswered, TraceRequestMade
from stockpile.domain.numbers import registry_number
from stockpile.domain.trace_requests import (
    OUTCOMES,
    OWN_DAYS,
    REFUSALS,
    STEPS,
    TraceRequest,
    advised,
    lacking,
)
from stockpile.domain.vocabulary import GROUNDS, picked
from stockpile.language import _, figure, isolated, ngettext
from stockpile.services.documents import Drawn
from stockpile.terms import term
from stockpile.wording import field_name

group = typer.Typer(
    no_args_is_help=True, help="Requests to trace a weapon, to another State and from one."
)
_DIRECTIONS: tuple[Literal["out", "in"], ...] = ("out", "in")


@group.command("request")
def request(
    ctx: typer.Context,
    weapon: str = typer.Argument("", help="The weapon, where it is on record."),
    by_state: str = typer.Option("", "--by", help="The requesting State."),
    of_state: str = typer.Option("", "--of", help="The requested State."),
    direction: str = typer.Option("out", help="out: we ask; in: we are asked."),
    contact: str = typer.Option("", help="The other State's point of contact."),
    mark: list[str] = typer.Option(
        None, help="A mark exactly as read; the first is the serial. Once for each."
    ),
    type_: str = typer.Option("", "--type", help="The type of weapon, by its code."),
    make: str = typer.Option("", help="The make."),
    model: str = typer.Option("", help="The model."),
    calibre: str = typer.Option("", help="The calibre."),
    country: str = typer.Option("", help="The country of manufacture."),
    ground: str = typer.Option("", help=", ".join(GROUNDS)),
    basis: str = typer.Option("", help="The legal basis of the ground."),
    circumstances: str = typer.Option("", help="The circumstances of the finding."),
    use: str = typer.Option("", help="The intended use of the answer."),
    restrictions: str = typer.Option("", help="Restrictions on the use of what is said."),
    urgent: bool = typer.Option(False, "--urgent", help="It is urgent."),
    searched: str = typer.Option("", help="What the search in our own registers came to."),
    searched_on: str = typer.Option("", help="When it was searched."),
    searched_by: str = typer.Option("", help="Who searched."),
    without_photos: str = typer.Option("", help="Why no photo goes with it."),
    reference: str = typer.Option("", help="The other side's number."),
    on: str = typer.Option("", help="The date; today when not said."),
    amend: str = typer.Option("", help="Say this request anew instead: its number."),
    out: Path | None = typer.Option(None, help="The PDF to write."),
) -> None:
    """Put a request on record and draw it; it is sent with 'trace note NUMBER sent'."""
    given = {
        "by_state": by_state, "of_state": of_state, "contact": contact, "type": type_,
        "make": make, "model": model, "calibre": calibre, "country": country, "basis": basis,
        "circumstances": circumstances, "intended_use": use, "restrictions": restrictions,
        "searched": searched, "searched_on": searched_on, "searched_by": searched_by,
        "without_photos": without_photos, "reference": reference, "on": on,
    }  # fmt: skip
    with opened(ctx) as stockpile:
        by, desk = signed_in(ctx, stockpile), stockpile.trace_requests
        if amend:
            said = desk.one(amend).said
        elif weapon:
            said = desk.of_weapon(stockpile.tracing.named(weapon))
        else:
            said = TraceRequestMade("")
        told = {name: text for name, text in given.items() if text}
        said = replace(said, **told)  # type: ignore[arg-type]  # all of these are texts
        said = replace(
            said,
            marks=_marks(mark) if mark else said.marks,
            urgent=urgent or said.urgent,
            ground=picked("ground", ground, GROUNDS) if ground else said.ground,
        )
        if amend:
            _recorded, made = desk.amend(amend, said, by=by)
        else:
            said = replace(said, direction=picked("direction", direction, _DIRECTIONS))
            _recorded, made = desk.make(said, by=by)
        drawn = desk.print(made.id, by=by, to=out)
        value = _value(made, desk.today()) | _drawn(drawn)
    shown = _("{number}: {file}").format(number=made.said.number, file=drawn.file)
    missing = lacking(made.said)
    if missing and made.said.direction == "out":
        wanted = ", ".join(map(field_name, missing))
        shown += "\n" + _("Before it is sent, complete: {fields}.").format(fields=wanted)
    asked(ctx).output.result(value, shown)


@group.command("note")
def note(
    ctx: typer.Context,
    number: str = typer.Argument(help="The number of the request."),
    step: str = typer.Argument(help="sent, acknowledged, reminded or withdrawn."),
    on: str = typer.Option("", help="The date; today when not said."),
    remarks: str = typer.Option("", help="Remarks; why it is withdrawn."),
) -> None:
    """Note that a request was sent, acknowledged, reminded of or withdrawn."""
    with opened(ctx) as stockpile:
        by, desk = signed_in(ctx, stockpile), stockpile.trace_requests
        _recorded, stands = desk.note(number, picked("step", step, STEPS), on, remarks, by=by)
        value = _value(stands, desk.today())
    asked(ctx).output.result(value, _standing(stands))


@group.command("answer")
def answer(
    ctx: typer.Context,
    number: str = typer.Argument(help="The number of the request."),
    outcome: str = typer.Argument(help=", ".join(OUTCOMES)),
    text: str = typer.Option("", "--text", help="What is known of the weapon."),
    ground: str = typer.Option("", help="Why it is refused or delayed: " + ", ".join(REFUSALS)),
    restrictions: str = typer.Option("", help="Restrictions on the use of the answer."),
    contact: str = typer.Option("", help="Who answers."),
    on: str = typer.Option("", help="The date; today when not said."),
    out: Path | None = typer.Option(None, help="The PDF to write."),
) -> None:
    """Write down what came of a request, and draw the answer."""
    with opened(ctx) as stockpile:
        by, desk = signed_in(ctx, stockpile), stockpile.trace_requests
        told = TraceRequestAnswered(
            picked("outcome", outcome, OUTCOMES), on, text,
            picked("refusal", ground, REFUSALS) if ground else "", restrictions, contact,
        )  # fmt: skip
        _recorded, stands = desk.answer(number, told, by=by)
        drawn = desk.print(stands.id, by=by, answer=True, to=out)
        value = _value(stands, desk.today()) | _drawn(drawn)
    asked(ctx).output.result(value, f"{_standing(stands)}\n{drawn.file}")


@group.command("list")
def list_(
    ctx: typer.Context,
    late: bool = typer.Option(False, "--late", help="Only those that wait too long."),
    days: int = typer.Option(OWN_DAYS, help="Days to wait: our own rule, no instrument's."),
) -> None:
    """List the requests, those that wait longest first."""
    with opened(ctx) as stockpile:
        desk = stockpile.trace_requests
        found, today = desk.late(days) if late else desk.latest(), desk.today()
    titles = (_("Request"), _("From"), _("To"), _("Weapon"), _("Status"), _("Waits"))
    cells = [
        (
            one.said.number, one.said.by_state, one.said.of_state, _weapon(one.said),
            term("trace", one.state), _days(one.waiting(today)) if one.since else "",
        )
        for one in found
    ]  # fmt: skip
    asked(ctx).output.rows([_value(one, today, days) for one in found], titles, cells)


@group.command("show")
def show(
    ctx: typer.Context, number: str = typer.Argument(help="The number of the request.")
) -> None:
    """Show a request: how it stands and what it lacks."""
    with opened(ctx) as stockpile:
        desk = stockpile.trace_requests
        stands, today = desk.one(number), desk.today()
    lines = [_standing(stands), _weapon(stands.said)]
    missing = (*lacking(stands.said), *advised(stands.said))
    if missing:
        lines.append(_("Not said: {fields}").format(fields=", ".join(map(field_name, missing))))
    lines += [f"{one.on} {one.step} {isolated(one.remarks)}".rstrip() for one in stands.notes]
    if stands.answer is not None:
        lines.append(f"{stands.answer.on} {term('trace_outcome', stands.answer.outcome)}")
    asked(ctx).output.result(_value(stands, today), "\n".join(lines))


@group.command("paper")
def paper(
    ctx: typer.Context,
    number: str = typer.Argument(help="The number of the request."),
    answer_: bool = typer.Option(False, "--answer", help="The answer, not the request."),
    out: Path | None = typer.Option(None, help="The PDF to write."),
) -> None:
    """Draw a request, or its answer, in the language of --lang."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        drawn = stockpile.trace_requests.print(number, by=by, answer=answer_, to=out)
    asked(ctx).output.result(_drawn(drawn), str(drawn.file))


def _marks(texts: list[str]) -> tuple[Mark, ...]:
    first, *others = texts
    return (Mark("serial", first, is_identity=True), *(Mark("other", one) for one in others))


def _weapon(said: TraceRequestMade) -> str:
    named = [one.text for one in said.marks if one.is_identity][:1]
    return " ".join(one for one in (*named, said.make, said.model) if one)


def _standing(stands: TraceRequest) -> str:
    return f"{stands.said.number}: {term('trace', stands.state)}"


def _days(count: int) -> str:
    return ngettext("{count} day", "{count} days", count).format(count=figure(count))


def _drawn(drawn: Drawn) -> dict[str, object]:
    return {"pages": drawn.pages, "file": str(drawn.file), "digest": drawn.digest}


def _value(stands: TraceRequest, today: str, days: int = OWN_DAYS) -> dict[str, object]:
    said, told = stands.said, stands.answer
    return {
        "id": stands.id,
        "number": said.number,
        "direction": said.direction,
        "state": stands.state,
        "by_state": said.by_state,
        "of_state": said.of_state,
        "weapon": registry_number(said.weapon) if said.weapon else "",
        "marks": [one.text for one in said.marks],
        "ground": said.ground,
        "urgent": said.urgent,
        "reference": said.reference,
        "on": said.on,
        "photos": list(said.photos),
        "lacking": list(lacking(said)),
        "advised": list(advised(said)),
        "waiting_days": stands.waiting(today),
        "late": stands.is_late(today, days),
        "notes": [{"step": one.step, "on": one.on, "remarks": one.remarks} for one in stands.notes],
        "outcome": told.outcome if told else "",
        "answer": told.answer if told else "",
        "refusal": told.ground if told else "",
    }
