"""The plan of a proposed act: its drafts as text, so that two officers sign the very same thing.

Canonical JSON: a list of drafts, each with w subject, k kind, b body and, where there are any, pa
replaced facts, see known facts, att attachments, fo whether it follows the draft before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from stockpile.domain import codec
from stockpile.domain.errors import FactUnreadable
from stockpile.domain.facts import Draft, Fact
from stockpile.domain.values import Digest


class _Draft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    w: str
    k: str
    b: msgspec.Raw
    pa: tuple[Digest, ...] = ()
    see: tuple[Digest, ...] = ()
    att: tuple[Digest, ...] = ()
    fo: bool = False


_read = msgspec.json.Decoder(tuple[_Draft, ...]).decode


def plan_of(drafts: Iterable[Draft]) -> str:
    """Return the drafts as text.

    Raises FactUnreadable for personal details, which stand beside a chain and never in it, and
    FieldUnreadable for an integer that has no canonical form.
    """
    return codec.canonical([_plain(one) for one in drafts]).decode()


def read_plan(plan: str) -> tuple[Draft, ...]:
    """Return the drafts of a plan; raise FactUnreadable for a text that is none."""
    try:
        found = _read(plan.encode())
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise FactUnreadable(str(error)) from error
    return tuple(
        Draft(one.w, codec.read_body(one.k, bytes(one.b)), one.pa, one.see, one.att, one.fo)
        for one in found
    )


def plan_digest(plan: str) -> Digest:
    """Return the digest of a plan."""
    return codec.digest(plan.encode())


def drafts_of(known: Sequence[Fact]) -> tuple[Draft, ...]:
    """Return the drafts that became these facts of one entry."""
    last: dict[str, Digest] = {}
    found = []
    for fact in known:
        draft = Draft(fact.subject, fact.body, fact.replaces, fact.saw, fact.attachments)
        before = last.get(fact.subject)
        if before is not None and before in fact.replaces:
            kept = tuple(one for one in fact.replaces if one != before)
            draft = replace(draft, replaces=kept, follows=True)
        found.append(draft)
        last[fact.subject] = fact.hash
    return tuple(found)


def _plain(draft: Draft) -> dict[str, object]:
    kind = codec.kind_of(draft.body)
    if kind in codec.DETACHED or kind not in codec.KINDS:
        raise FactUnreadable(kind)
    plain: dict[str, object] = {"w": draft.subject, "k": kind, "b": codec.plain_body(draft.body)}
    rest = {"pa": draft.replaces, "see": draft.saw, "att": draft.attachments, "fo": draft.follows}
    return plain | {key: one for key, one in rest.items() if one}
