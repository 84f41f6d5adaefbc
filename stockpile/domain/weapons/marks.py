"""Our marks on the metal: each job from its intent to what stands."""

from __future__ import annotations

from dataclasses import replace as remade
from typing import Final, Literal

from msgspec.structs import replace

from stockpile.domain import facts
from stockpile.domain.facts import Fact
from stockpile.domain.serials import fold
from stockpile.domain.values import JobId, tidied
from stockpile.domain.weapons.states import Applied, AppliedState, Changes, Drawn, Weapon

_RESOLVED: Final[dict[Literal["marked", "partial", "unmarked"], AppliedState]] = {
    "marked": "marked",
    "partial": "partial",
    "unmarked": "not_started",
}


def begun(weapon: Weapon, fact: Fact, body: facts.MarkingBegun) -> Changes:
    """Add a mark of ours as it is intended, before anybody knows what stands in the metal."""
    one = Applied(
        body.job, body.scheme, body.text, body.number, body.machine, "begun", fact.at,
        body.component, body.position,
        _drawn(fact, body),
    )  # fmt: skip
    return {"applied": (*weapon.applied, one)}


def _drawn(fact: Fact, body: facts.MarkingBegun) -> Drawn | None:
    if body.block:
        return Drawn(body.block, fact.node, fact.seq)
    return Drawn("", fact.node, fact.seq, lamport=fact.lamport) if body.number else None


def job_became(weapon: Weapon, job: JobId, state: AppliedState) -> Changes:
    """Return the marks after a job came to a state; a job that is unknown changes none."""
    applied = (remade(one, state=state) if one.job == job else one for one in weapon.applied)
    return {"applied": tuple(applied)}


def resolved(weapon: Weapon, body: facts.MarkingResolved) -> Changes:
    """Settle a doubt; a mark that was read as it was sent to settle it has been read back."""
    read = fold(tidied(body.read))
    own = (one for one in weapon.applied if one.job == body.job)
    if body.outcome == "marked" and read and any(fold(tidied(one.text)) == read for one in own):
        return job_became(weapon, body.job, "verified")
    return job_became(weapon, body.job, _RESOLVED[body.outcome])


def settled(weapon: Weapon, body: facts.MarksSettled) -> Changes:
    """Let the marks stand that a settlement names, and no others."""
    applied = tuple(
        remade(one, state=_settled_state(one, body), drawn=_accepted(one, body))
        for one in weapon.applied
    )
    return {"applied": applied}


def _settled_state(one: Applied, body: facts.MarksSettled) -> AppliedState:
    """Return what a settlement makes of a mark; one that an earlier settlement voided may stand."""
    if one.job not in body.standing:
        return "voided"
    return "marked" if one.state in ("voided", "not_started") else one.state


def _accepted(one: Applied, body: facts.MarksSettled) -> Drawn | None:
    if one.drawn is None or one.job not in body.accepted:
        return one.drawn
    return replace(one.drawn, accepted=True)
