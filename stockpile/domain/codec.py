"""Facts to canonical bytes and back; old shapes stay readable for ever.

Bytes are JSON in the canonical form of RFC 8785, restricted to strings, integers below 2^53,
booleans, null, arrays and objects with ASCII keys: no floats anywhere. They are stored, signed and
sent verbatim and never encoded again. A field that has its default is left out, so that adding a
field with a default changes no earlier byte.

Keys of the envelope: v version, n node, s sequence, k kind, w subject, t instant, tz zone, lc
Lamport counter, by officer, co witnesses, pa replaced facts, see known facts, att attachments,
b body; a detached body is {"#": digest of its own bytes}.
"""

from __future__ import annotations

import dataclasses
import hashlib
import operator
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

import msgspec

from stockpile.domain import facts
from stockpile.domain.errors import FactUnreadable, FieldUnreadable
from stockpile.domain.facts import Body, Draft, Fact
from stockpile.domain.values import Digest, Instant, NodeId, OfficerId

ENVELOPE_VERSION: Final = 1
LARGEST_INTEGER: Final = 2**53 - 1
DEEPEST: Final = 32
LEAF_PREFIX: Final = b"\x00"
SALT_LENGTH: Final = 32
_FLAT: Final = 2 * (DEEPEST - 1)
"""A body of fewer bytes nests less deep than it may: each level is opened and ended."""
_MAY_BE_LEFT_OUT: Final = ("tz", "by", "co", "pa", "see", "att")

KINDS: Final[Mapping[str, type[object]]] = MappingProxyType(
    {
        "weapon.registered": facts.WeaponRegistered,
        "weapon.corrected": facts.WeaponCorrected,
        "weapon.collected": facts.WeaponCollected,
        "weapon.found": facts.WeaponFound,
        "weapon.seized": facts.WeaponSeized,
        "weapon.relocated": facts.WeaponRelocated,
        "weapon.issued": facts.WeaponIssued,
        "weapon.returned": facts.WeaponReturned,
        "weapon.dispatched": facts.WeaponDispatched,
        "weapon.received": facts.WeaponReceived,
        "dispatch.reversed": facts.DispatchReversed,
        "weapon.lost": facts.WeaponLost,
        "weapon.recovered": facts.WeaponRecovered,
        "custody.settled": facts.CustodySettled,
        "weapon.counted": facts.WeaponCounted,
        "weapon.inspected": facts.WeaponInspected,
        "weapon.repaired": facts.WeaponRepaired,
        "component.swapped": facts.ComponentSwapped,
        "kit.set": facts.KitSet,
        "weapon.deactivated": facts.WeaponDeactivated,
        "weapon.destroyed": facts.WeaponDestroyed,
        "weapon.merged": facts.WeaponMerged,
        "weapons.distinct": facts.WeaponsDistinct,
        "weapon.absorbed": facts.WeaponAbsorbed,
        "weapon.withdrawn": facts.WeaponWithdrawn,
        "mark.readback": facts.MarkReadBack,
        "photo.added": facts.PhotoAdded,
        "photo.removed": facts.PhotoRemoved,
        "trace.asked": facts.TraceAsked,
        "trace.answered": facts.TraceAnswered,
        "marking.begun": facts.MarkingBegun,
        "marking.ended": facts.MarkingEnded,
        "mark.verified": facts.MarkVerified,
        "marking.resolved": facts.MarkingResolved,
        "mark.voided": facts.MarkVoided,
        "marks.settled": facts.MarksSettled,
        "tag.bound": facts.TagBound,
        "label.printed": facts.LabelPrinted,
        "place.opened": facts.PlaceOpened,
        "place.changed": facts.PlaceChanged,
        "place.closed": facts.PlaceClosed,
        "officer.appointed": facts.OfficerAppointed,
        "officer.suspended": facts.OfficerSuspended,
        "officer.retired": facts.OfficerRetired,
        "guard.set": facts.GuardSet,
        "act.proposed": facts.ActProposed,
        "act.settled": facts.ActSettled,
        "entry.judged": facts.EntryJudged,
        "inspection.signed": facts.InspectionSigned,
        "person.disclosed": facts.PersonDisclosed,
        "person.recorded": facts.PersonRecorded,
        "person.erased": facts.PersonErased,
        "receipt.signed": facts.ReceiptSigned,
        "rounds.issued": facts.RoundsIssued,
        "rounds.returned": facts.RoundsReturned,
        "waybill.opened": facts.WaybillOpened,
        "waybill.received": facts.WaybillReceived,
        "waybill.reversed": facts.WaybillReversed,
        "scheme.set": facts.SchemeSet,
        "block.granted": facts.BlockGranted,
        "block.returned": facts.BlockReturned,
        "machine.set": facts.MachineSet,
        "marklayout.set": facts.MarkLayoutSet,
        "markorder.opened": facts.MarkingOrdered,
        "markorder.changed": facts.MarkingOrderChanged,
        "document.imported": facts.DocumentImported,
        "import.undone": facts.ImportUndone,
        "catalogue.extended": facts.CatalogueExtended,
        "lot.registered": facts.LotRegistered,
        "lot.withdrawn": facts.LotWithdrawn,
        "stocktake.opened": facts.StocktakeOpened,
        "stocktake.closed": facts.StocktakeClosed,
        "stranger.counted": facts.StrangerCounted,
        "quantity.counted": facts.QuantityCounted,
        "investigation.opened": facts.InvestigationOpened,
        "investigation.closed": facts.InvestigationClosed,
        "countrule.set": facts.CountRuleSet,
        "custody.handedover": facts.CustodyHandedOver,
        "day.closed": facts.DayClosed,
        "destruction.ordered": facts.DestructionOrdered,
        "destruction.verified": facts.DestructionVerified,
        "destruction.certified": facts.DestructionCertified,
        "destruction.withdrawn": facts.DestructionWithdrawn,
        "collection.received": facts.CollectionReceived,
        "gatepass.issued": facts.GatePassIssued,
        "gatepass.closed": facts.GatePassClosed,
        "tracerequest.made": facts.TraceRequestMade,
        "tracerequest.noted": facts.TraceRequestNoted,
        "tracerequest.answered": facts.TraceRequestAnswered,
        "paper.issued": facts.PaperIssued,
        "labellayout.set": facts.LabelLayoutSet,
        "node.founded": facts.NodeFounded,
        "node.certified": facts.NodeCertified,
        "node.revoked": facts.NodeRevoked,
        "node.succeeded": facts.NodeSucceeded,
        "node.closed": facts.NodeClosed,
        "clock.observed": facts.ClockObserved,
        "roots.set": facts.RootsSet,
        "key.named": facts.KeyNamed,
        "node.readmitted": facts.NodeReadmitted,
        "audit.sealed": facts.AuditSealed,
    }
)
DETACHED: Final = frozenset({"person.recorded"})
_KIND_OF: Final = MappingProxyType({body: kind for kind, body in KINDS.items()})
_DECODERS: Final[Mapping[str, msgspec.json.Decoder[Any]]] = MappingProxyType(
    {kind: msgspec.json.Decoder(shape) for kind, shape in KINDS.items()}
)
_encode = msgspec.json.Encoder(order="sorted").encode
_DIGITS: Final = bytes.maketrans(b"123456789", b"000000000")
_LONG_NUMBER: Final = b"0" * len(str(LARGEST_INTEGER))


class _Envelope(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True,
    gc=False,
):  # fmt: skip
    """Fields in the order of canonical bytes: written again, an envelope is what was read."""

    att: tuple[Digest, ...] = ()
    b: msgspec.Raw
    by: OfficerId | None = None
    co: tuple[OfficerId, ...] = ()
    k: str
    lc: int
    n: NodeId
    pa: tuple[Digest, ...] = ()
    s: int
    see: tuple[Digest, ...] = ()
    t: int
    tz: int = 0
    v: int
    w: str


class _Detached(msgspec.Struct, frozen=True):
    salt: str
    fields: msgspec.Raw


def _no_float(_said: str) -> object:
    raise FactUnreadable("a float")


_decode_anything = msgspec.json.Decoder(float_hook=_no_float).decode
_decode_envelope = msgspec.json.Decoder(_Envelope).decode
_encode_envelope = msgspec.json.Encoder().encode
_decode_detached = msgspec.json.Decoder(_Detached).decode


@dataclasses.dataclass(frozen=True, slots=True)
class Stamp:
    """What the recording node adds to a draft: its address, author and time."""

    node: NodeId
    seq: int
    lamport: int
    at: Instant
    zone: int
    by: OfficerId | None
    witnesses: tuple[OfficerId, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Encoded:
    """A fact with its canonical bytes, and its detached body where it has one."""

    fact: Fact
    raw: bytes
    detached: bytes | None = None


def encode(draft: Draft, stamp: Stamp, salt: bytes = b"") -> Encoded:
    """Return the draft as a fact on record; a detached body is blinded by the salt.

    A Lamport counter that some node drove to the largest integer stays there: it breaks ties only,
    and nobody may stop others from writing. Raises FieldUnreadable for an integer or a text that
    has no canonical form: no other node would ever take the fact.
    """
    if stamp.lamport > LARGEST_INTEGER:
        stamp = dataclasses.replace(stamp, lamport=LARGEST_INTEGER)
    kind = _KIND_OF[type(draft.body)]
    body: object = _plain(draft.body)
    detached = None
    try:
        if kind in DETACHED:
            assert len(salt) == SALT_LENGTH
            detached = _encode({"salt": salt.hex(), "fields": body})
            body = {"#": hashlib.sha256(detached).hexdigest()}
        raw = _encode(_envelope(draft, stamp, kind, body))
    except UnicodeEncodeError as error:
        raise FieldUnreadable("text", ascii(error.object)) from error
    return Encoded(_recorded(raw, draft, stamp), raw, detached)


def decode(raw: bytes, detached: bytes | None = None) -> Fact:
    """Return the fact written in the bytes; raise FactUnreadable if they are not one.

    A kind or an envelope version that this program does not know becomes ``Unreadable`` and is
    kept; so does a detached body that is not at hand, as ``Withheld``.
    """
    try:
        envelope = _decode_envelope(raw)
        body = _body(envelope, detached)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FactUnreadable(str(error)) from error
    return _fact(raw, body, envelope)


def decode_strictly(raws: Sequence[bytes]) -> tuple[Fact, ...]:
    """Return the facts that others sent; raise FactUnreadable unless their bytes are canonical too.

    ``demand_canonical`` and ``decode`` in one reading. An envelope that is the same when it is
    written again has its keys in order, each once, its texts and numbers as they must be written;
    then only its body is left to be held against the form. Any other takes the long way.
    """
    are_plain = _is_plain_at_a_glance(b"\n".join(raws))
    return tuple(
        [_decoded_strictly(raw, is_plain=are_plain or _is_plain_at_a_glance(raw)) for raw in raws]
    )


def _decoded_strictly(raw: bytes, *, is_plain: bool) -> Fact:
    try:
        envelope = _decode_envelope(raw)
        body, is_canonical = _judged_body(envelope)
        if not (is_plain and is_canonical and _encode_envelope(envelope) == raw):
            demand_canonical(raw)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise FactUnreadable(str(error)) from error
    return _fact(raw, body, envelope)


def _judged_body(envelope: _Envelope) -> tuple[Body, bool]:
    """Return the body, and whether its bytes are surely canonical if they are plain; no: look."""
    held = bytes(envelope.b)
    if len(held) < _FLAT and envelope.v == ENVELOPE_VERSION and envelope.k not in DETACHED:
        return _short_body(envelope.k, held)
    return _body(envelope, None), _is_canonical_body(held)


@lru_cache(maxsize=1 << 13)
def _short_body(kind: str, held: bytes) -> tuple[Body, bool]:
    """Read a body as short as most are: a day's facts name the same few places over and over."""
    decoder = _DECODERS.get(kind)
    body = facts.Unreadable(kind) if decoder is None else decoder.decode(held)
    return body, _is_canonical_body(held)


def _is_canonical_body(held: bytes) -> bool:
    is_flat = len(held) < _FLAT or held.count(b"{") + held.count(b"[") < _FLAT // 2
    return is_flat and _encode(_decode_anything(held)) == held


def demand_canonical(*raws: bytes) -> None:
    """Raise FactUnreadable unless all bytes are in canonical form (checked on what others send).

    How deep values may nest is part of the form: it must not depend on a computer's stack.
    """
    is_plain = _is_plain_at_a_glance(b"\n".join(raws))
    for raw in raws:
        try:
            value = _decode_anything(raw)
            again = _encode(value)
        except (msgspec.DecodeError, msgspec.EncodeError, UnicodeError, RecursionError) as error:
            raise FactUnreadable(str(error)) from error
        if again != raw:
            raise FactUnreadable("not canonical")
        if not is_plain or raw.count(b"{") + raw.count(b"[") >= DEEPEST:
            _demand_plain(value, DEEPEST)


def _is_plain_at_a_glance(raw: bytes) -> bool:
    """Say whether canonical bytes hold no key beyond ASCII and no integer too large; no: look.

    Without a byte beyond ASCII there is no such key; without so many digits in a row no integer is
    too large; with few brackets nothing nests too deep. Floats met their end when decoded.
    """
    return raw.isascii() and _LONG_NUMBER not in raw.translate(_DIGITS)


def canonical(value: object) -> bytes:
    """Return the canonical bytes of plain values (for headers, receipts and manifests)."""
    return _encode(value)


def digest(raw: bytes) -> Digest:
    """Return the SHA-256 of the bytes."""
    return Digest(hashlib.sha256(raw).hexdigest())


def fact_hash(raw: bytes) -> Digest:
    """Return a fact's hash: an RFC 9162 leaf, SHA-256 over 00 and the bytes."""
    return Digest(hashlib.sha256(LEAF_PREFIX + raw).hexdigest())


def kind_of(body: Body) -> str:
    """Return the name of a body's kind, as on the wire."""
    known = _KIND_OF.get(type(body))
    if known is not None:
        return known
    if isinstance(body, facts.Withheld | facts.Unreadable):
        return body.kind
    assert isinstance(body, facts.Unheeded)
    return _KIND_OF[type(body.body)]


def plain_body(body: Body) -> object:
    """Return a body as plain values, in the form that ``read_body`` takes back."""
    return _plain(body)


def read_body(kind: str, raw: bytes) -> Body:
    """Return the body written in the bytes; raise FactUnreadable for another kind or none."""
    if kind not in KINDS:
        raise FactUnreadable(kind)
    try:
        body: Body = _DECODERS[kind].decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FactUnreadable(str(error)) from error
    return body


def _envelope(draft: Draft, stamp: Stamp, kind: str, body: object) -> dict[str, object]:
    envelope: dict[str, object] = {
        "v": ENVELOPE_VERSION, "n": stamp.node, "s": stamp.seq, "k": kind, "w": draft.subject,
        "t": stamp.at, "lc": stamp.lamport, "b": body,
    }  # fmt: skip
    rest = (stamp.zone, stamp.by, stamp.witnesses, draft.replaces, draft.saw, draft.attachments)
    envelope |= {key: one for key, one in zip(_MAY_BE_LEFT_OUT, rest, strict=True) if one}
    return envelope


def _recorded(raw: bytes, draft: Draft, stamp: Stamp) -> Fact:
    return Fact(
        fact_hash(raw), stamp.node, stamp.seq, stamp.lamport, stamp.at, stamp.zone, stamp.by,
        stamp.witnesses, draft.subject, draft.body, draft.replaces, draft.saw, draft.attachments,
    )  # fmt: skip


def _fact(raw: bytes, body: Body, envelope: _Envelope) -> Fact:
    return Fact(
        fact_hash(raw), envelope.n, envelope.s, envelope.lc, envelope.t, envelope.tz, envelope.by,
        envelope.co, envelope.w, body, envelope.pa, envelope.see, envelope.att,
    )  # fmt: skip


def _body(envelope: _Envelope, detached: bytes | None) -> Body:
    kind, raw = envelope.k, envelope.b
    decoder = _DECODERS.get(kind)
    if decoder is None or envelope.v != ENVELOPE_VERSION:
        return facts.Unreadable(kind)
    if kind in DETACHED:
        named = Digest(msgspec.json.decode(raw, type=dict[str, str]).get("#", ""))
        if detached is None:
            return facts.Withheld(kind, named)
        if digest(detached) != named:
            raise FactUnreadable("detached body does not fit its digest")
        raw = _decode_detached(detached).fields
    body: Body = decoder.decode(raw)
    return body


@dataclasses.dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of a body: their names, their defaults, and how to take them all at once."""

    names: tuple[str, ...]
    defaults: tuple[object, ...]
    of: Callable[[object], tuple[object, ...]]


def _fields(shape: Any) -> _Fields:  # noqa: ANN401 - any dataclass
    fields = dataclasses.fields(shape)
    names = tuple(field.name for field in fields)
    return _Fields(names, tuple(map(_default, fields)), _taking(names))


def _default(field: dataclasses.Field[object]) -> object:
    if field.default_factory is dataclasses.MISSING:
        return field.default
    return field.default_factory()


def _taking(names: tuple[str, ...]) -> Callable[[object], tuple[object, ...]]:
    """Return what takes these attributes; for a single one ``attrgetter`` would give no tuple."""
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _plain(value: object) -> object:
    """Return a body as plain values, fields at their defaults left out."""
    if type(value) is str or value is None:
        return value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    fields = _FIELDS.get(type(value))
    if fields is not None:
        return {
            name: one if type(one) is str else _plain(one)
            for name, default, one in zip(
                fields.names, fields.defaults, fields.of(value), strict=True
            )
            if one is not default and one != default
        }
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        raise FieldUnreadable("number", str(value))
    return value


def _demand_plain(value: object, levels: int) -> None:  # noqa: C901 - a case for each JSON type
    if not levels:
        raise FactUnreadable("nested too deep")
    match value:
        case float():
            raise FactUnreadable("a float")
        case bool():
            return
        case int() if abs(value) > LARGEST_INTEGER:
            raise FactUnreadable("an integer beyond 2^53")
        case list():
            for one in value:
                _demand_plain(one, levels - 1)
        case dict():
            for key, one in value.items():
                if not key.isascii():
                    raise FactUnreadable("a key beyond ASCII")
                _demand_plain(one, levels - 1)
        case _:
            return


_FIELDS: Final[Mapping[type, _Fields]] = MappingProxyType(
    {
        shape: _fields(shape)
        for shape in (
            *KINDS.values(),
            facts.Mark,
            facts.Acquisition,
            facts.Said,
            facts.Source,
            facts.Inspected,
        )
    }
)
