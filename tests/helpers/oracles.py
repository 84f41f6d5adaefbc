"""Which contradictions a set of facts makes: worked out naively, with nothing of the code tried.

No fold, no rule and no table of the product is asked. The facts are walked in the order that the
ledger's rules name (causes first, ties by counter, node and number), and what stands at the end is
held against itself. Only the kinds of facts that random histories write are known here; any other
is an error, so that none goes by unseen.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from stockpile.domain import facts
from stockpile.domain.conflicts import Conflict
from stockpile.domain.facts import Fact

STATE = {
    facts.WeaponRegistered: "in_store", facts.WeaponRelocated: "in_store",
    facts.WeaponReturned: "in_store", facts.WeaponIssued: "issued",
    facts.WeaponDispatched: "in_transit", facts.WeaponLost: "lost",
    facts.WeaponRecovered: "recovered", facts.WeaponDestroyed: "destroyed",
    facts.WeaponWithdrawn: "withdrawn", facts.WeaponAbsorbed: "merged",
}  # fmt: skip
AT_ITS_END = ("destroyed", "withdrawn", "merged")
NO_RECORD = ("withdrawn", "merged")
CUSTODY = (*STATE, facts.CustodySettled)
MARKING = (facts.MarkingBegun, facts.MarkingEnded, facts.MarksSettled)
ALIKE = (facts.WeaponMerged, facts.WeaponAbsorbed, facts.WeaponsDistinct)
OF_WEAPONS = (
    *CUSTODY, *MARKING, *ALIKE, facts.WeaponCounted, facts.WeaponCorrected, facts.WeaponInspected,
)  # fmt: skip
OF_NO_WEAPON = (
    facts.NodeFounded, facts.NodeCertified, facts.NodeRevoked, facts.OfficerAppointed,
    facts.ClockObserved, facts.InvestigationOpened, facts.EntryJudged,
)  # fmt: skip
ASPECTS = ("custody", "marking", "identity", "condition")
OF_SEVERAL = ("possible_duplicate", "mark_doubled")
KINDS = (
    *(f"{one}_fork" for one in ASPECTS), "count_mismatch", "act_after_end", "marked_twice",
    *OF_SEVERAL,
)  # fmt: skip
"""Every class of contradiction that is derived here."""
Told = tuple[str, tuple[str, ...], frozenset[str]]
"""A contradiction: its class, the weapons, and the facts or the shared text that it is about.

Possible duplicates are named by the weapons alone: how a serial is read is tried elsewhere.
"""


@dataclass(frozen=True)
class Act:
    """An act of custody; late where it was made over one that was at its end."""

    state: str
    place: str | None
    is_late: bool


@dataclass(eq=False)
class Life:
    """A weapon as a plain walk over its facts leaves it."""

    subject: str
    heads: dict[str, set[str]] = field(default_factory=lambda: {one: set() for one in ASPECTS})
    acts: dict[str, Act] = field(default_factory=dict)
    counts: dict[str, Fact] = field(default_factory=dict)
    marks: list[dict] = field(default_factory=list)
    serial: str = ""
    same: set[str] = field(default_factory=set)
    other: set[str] = field(default_factory=set)


def conflicts_of(known: Iterable[Fact]) -> set[Told]:
    """Return every contradiction of weapons that the facts known somewhere make."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for one in known:
        if isinstance(one.body, OF_WEAPONS):
            found[one.subject].append(one)
        else:
            assert isinstance(one.body, OF_NO_WEAPON), one
    lives = [life_of(subject, some) for subject, some in sorted(found.items())]
    return {said for one in lives for said in _within(one)} | _alike(lives) | _doubled(lives)


def life_of(subject: str, known: Sequence[Fact]) -> Life:
    """Walk the facts of one weapon, causes first."""
    life = Life(subject)
    for fact in _in_order(known):
        _take_heads(life, fact)
        _take_custody(life, fact)
        _take_count(life, fact)
        _take_marks(life, fact.body)
        _take_name(life, fact.body)
    return life


def _in_order(known: Sequence[Fact]) -> Iterator[Fact]:
    """Give again and again the first of those whose causes were all given."""
    left = sorted(known, key=lambda one: (one.lamport, one.node, one.seq))
    waits = {one.hash for one in left}
    while left:
        one = next(one for one in left if waits.isdisjoint((*one.replaces, *one.saw)))
        left.remove(one)
        waits.remove(one.hash)
        yield one


def _aspects(body: object) -> Iterator[str]:
    is_first = isinstance(body, facts.WeaponRegistered)
    if isinstance(body, CUSTODY):
        yield "custody"
    if is_first or isinstance(body, MARKING):
        yield "marking"
    if is_first or isinstance(body, facts.WeaponCorrected):
        yield "identity"
    looked_at = isinstance(body, facts.WeaponReturned) and body.condition is not None
    if is_first or looked_at or isinstance(body, facts.WeaponInspected):
        yield "condition"


def _take_heads(life: Life, fact: Fact) -> None:
    for aspect in _aspects(fact.body):
        life.heads[aspect] = {*life.heads[aspect]}.difference(fact.replaces) | {fact.hash}


def _take_custody(life: Life, fact: Fact) -> None:
    body = fact.body
    if not isinstance(body, CUSTODY):
        return
    over = [life.acts.pop(one) for one in fact.replaces if one in life.acts]
    if isinstance(body, facts.CustodySettled):
        state = body.state or ("issued" if body.holder else "in_store")
        said = Act(state, body.place, is_late=False)
    else:
        late = any(one.is_late or one.state in AT_ITS_END for one in over)
        said = Act(STATE[type(body)], getattr(body, "place", None), late)
    life.acts[fact.hash] = said
    _forget_counts(life)


def _take_count(life: Life, fact: Fact) -> None:
    if isinstance(fact.body, facts.WeaponCounted):
        life.counts = {one: it for one, it in life.counts.items() if one not in fact.saw}
        life.counts[fact.hash] = fact
        _forget_counts(life)


def _forget_counts(life: Life) -> None:
    """A count speaks of the custody that the counter knew, as long as that stands."""
    life.counts = {one: it for one, it in life.counts.items() if life.acts.keys() & it.saw}


def _take_marks(life: Life, body: object) -> None:
    if isinstance(body, facts.MarkingBegun):
        life.marks.append(
            {"job": body.job, "scheme": body.scheme, "text": body.text, "is": "begun"}
        )
        assert body.number
    for one in life.marks:
        if isinstance(body, facts.MarkingEnded) and one["job"] == body.job:
            one["is"] = body.outcome
        if isinstance(body, facts.MarksSettled):
            if one["job"] not in body.standing:
                one["is"] = "voided"
            elif one["is"] in ("voided", "not_started"):
                one["is"] = "marked"


def _take_name(life: Life, body: object) -> None:
    if isinstance(body, facts.WeaponRegistered | facts.WeaponCorrected) and body.marks:
        life.serial = next(one.text for one in body.marks if one.is_identity)
    if isinstance(body, facts.WeaponMerged | facts.WeaponsDistinct):
        yes, no = (life.same, life.other)
        if isinstance(body, facts.WeaponsDistinct):
            yes, no = no, yes
        yes.add(body.other)
        no.discard(body.other)
    if isinstance(body, facts.WeaponAbsorbed):
        life.same.add(body.into)
        life.other.discard(body.into)


def told(shown: Iterable[Conflict]) -> set[Told]:
    """Return the contradictions that somebody shows, of the classes that are derived here."""
    return {
        (one.kind, one.weapons, frozenset(() if one.kind == "possible_duplicate" else one.about))
        for one in shown
        if one.kind in KINDS
    }


# --- what contradicts itself ------------------------------------------------------------------


def _within(life: Life) -> Iterator[Told]:
    only = (life.subject,)
    for aspect, heads in life.heads.items():
        if len(heads) > 1:
            yield f"{aspect}_fork", only, frozenset(heads)
    if wrong := _miscounted(life):
        yield "count_mismatch", only, wrong
    ended = {one for one, act in life.acts.items() if act.state in AT_ITS_END}
    late = {one for one, act in life.acts.items() if act.is_late}
    late |= {one for one, fact in life.counts.items() if ended.intersection(fact.saw)}
    if late:
        yield "act_after_end", only, frozenset(late)
    done = [one for one in life.marks if one["is"] in ("marked", "verified")]
    for scheme in {one["scheme"] for one in done}:
        jobs = [one["job"] for one in done if one["scheme"] == scheme]
        if len(jobs) > 1:
            yield "marked_twice", only, frozenset((scheme, *jobs))


def _miscounted(life: Life) -> frozenset[str]:
    """The counts that undisputed custody belies, and no later count of the same node takes back."""
    if len(life.acts) != 1:
        return frozenset()
    (act,) = life.acts.values()
    if act.state in AT_ITS_END:
        return frozenset()
    right = {
        one: fact for one, fact in life.counts.items()
        if act.state != "lost" and fact.body.place == act.place
    }  # fmt: skip
    later = {node: max(o.seq for o in some) for node, some in _by_node(right.values())}
    return frozenset(
        one for one, fact in life.counts.items()
        if one not in right and later.get(fact.node, 0) <= fact.seq
    )  # fmt: skip


def _by_node(some: Iterable[Fact]) -> Iterator[tuple[str, list[Fact]]]:
    ordered = sorted(some, key=lambda one: one.node)
    for node, of_it in itertools.groupby(ordered, key=lambda one: one.node):
        yield node, list(of_it)


def _alike(lives: Sequence[Life]) -> set[Told]:
    """Records of one serial of which not all others are told apart, or joined."""
    found = set()
    for _serial, some in _sharing(lives, lambda one: [one.serial] if _stands(one) else []):
        groups = _joined(some)
        if len(groups) > 1:
            left = {one.subject for group in groups if _is_open(group, groups) for one in group}
            if left:
                found.add(("possible_duplicate", tuple(sorted(left)), frozenset()))
    return found


def _is_open(group: list[Life], groups: list[list[Life]]) -> bool:
    return any(
        not any(
            two.subject in one.other or one.subject in two.other for one in group for two in others
        )
        for others in groups
        if others is not group
    )


def _doubled(lives: Sequence[Life]) -> set[Told]:
    """Marks of ours of one text that stand on more than one weapon."""

    def texts(life: Life) -> set[str]:
        return {one["text"] for one in life.marks if one["is"] not in ("not_started", "voided")}

    return {
        ("mark_doubled", tuple(sorted(one.subject for one in some)), frozenset((text,)))
        for text, some in _sharing(lives, texts)
        if len(_joined(some)) > 1
    }


def _stands(life: Life) -> bool:
    states = [one.state for one in life.acts.values()]
    return bool(life.serial) and (len(states) != 1 or states[0] not in NO_RECORD)


def _sharing(lives, shared_by) -> Iterator[tuple[str, list[Life]]]:
    found: dict[str, list[Life]] = defaultdict(list)
    for one in lives:
        for shared in shared_by(one):
            found[shared].append(one)
    return ((shared, some) for shared, some in found.items() if len(some) > 1)


def _joined(some: Sequence[Life]) -> list[list[Life]]:
    """The records grouped by weapon: what either of two was joined with goes with both."""
    groups = [[one] for one in some]
    for one, two in itertools.permutations(some, 2):
        if two.subject in one.same:
            mine = next(group for group in groups if one in group)
            theirs = next(group for group in groups if two in group)
            if mine is not theirs:
                groups.remove(theirs)
                mine += theirs
    return groups
