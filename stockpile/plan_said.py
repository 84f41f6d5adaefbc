"""What the facts of an act say beside their sentence, value by value, for who confirms them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from stockpile import wording
from stockpile.domain import facts
from stockpile.domain.numbers import registry_number
from stockpile.language import _, figure, isolated, listed
from stockpile.terms import term
from stockpile.wording import Names

Pairs = list[tuple[str, str]]
_SHOWN: Final = 12
"""So many digits of a key or a badge tell one from another."""


def said(body: facts.Body, names: Names) -> Pairs:
    """Return what a fact says beside its sentence, each with what it is called."""
    say = _SAID.get(type(body))
    return say(body, names) if say else []


def acts_words(acts: Iterable[str]) -> str:
    """Return acts in words, one after the other."""
    return ", ".join(wording.act(one) for one in acts)


def office_said(body: facts.OfficerAppointed, _names: Names) -> Pairs:
    """Return what an appointment says; of a key and a badge whether they are others than before."""
    return [
        (wording.field_name("name"), isolated(body.name)),
        (wording.field_name("roles"), listed(wording.role(one) for one in body.roles)),
        (_("Signing key, opened by the PIN"), isolated(body.public_key[:_SHOWN])),
        (_("Badge"), isolated(body.badge[:_SHOWN]) if body.badge else ""),
        (wording.field_name("reason"), body.reason),
    ]


def handover_said(body: facts.CustodyHandedOver, names: Names) -> Pairs:
    """Return what a handover of custody says."""
    return [
        (wording.field_name("place"), isolated(names.of(body.place))),
        (_("New custodian"), isolated(names.of(body.incoming))),
        (_("Custodian until now"), isolated(names.of(body.outgoing)) if body.outgoing else ""),
        (_("Open matters that are inherited"), figure(len(body.inherited))),
        (wording.field_name("remarks"), body.remarks),
    ]


def waybill_said(body: facts.WaybillOpened, names: Names) -> Pairs:
    """Return what a waybill says beside the weapons that go under it."""
    return [
        (wording.field_name("destination"), isolated(body.to_name or names.of(body.to))),
        (_("Purpose"), term("transfer", body.purpose)),
        (_("Weapons"), figure(len(body.weapons))),
        (wording.field_name("authority"), body.authority),
        (_("Carrier"), body.carrier),
        (_("Vehicle"), isolated(body.vehicle) if body.vehicle else ""),
        (_("Route"), body.route),
        (_("Escort"), body.escort),
        (_("Seals"), isolated(listed(body.seals)) if body.seals else ""),
        (wording.field_name("planned"), isolated(body.planned) if body.planned else ""),
        (wording.field_name("due"), isolated(body.due) if body.due else ""),
        (_("Parts that travel apart"), listed(_part(one) for one in body.apart)),
        (_("Papers attached"), figure(len(body.papers)) if body.papers else ""),
        *_licence(body.licence),
        (wording.field_name("remarks"), body.remarks),
    ]


def _part(part: facts.PartApart) -> str:
    about = isolated(registry_number(part.weapon))
    what = term("component", part.component)
    if not part.seal:
        return _("{part} of {weapon}, unsealed").format(part=what, weapon=about)
    return _("{part} of {weapon}, seal {seal}").format(
        part=what, weapon=about, seal=isolated(part.seal)
    )


def _licence(licence: facts.Licence) -> Pairs:
    pairs = [
        (_("Licence number"), licence.number),
        (_("Issued at"), licence.issued_at),
        (_("Issued on"), licence.issued_on),
        (_("Expires on"), licence.expires_on),
        (_("Exporting country"), licence.exporting),
        (_("Importing country"), licence.importing),
        (_("Transit countries"), listed(licence.transit)),
        (_("Final recipient"), licence.recipient),
        (_("Description and quantity"), licence.goods),
    ]
    return [(what, isolated(value)) for what, value in pairs if value]


def _rules(body: facts.GuardSet, _names: Names) -> Pairs:
    return [
        (_("Acts that want two officers beside those that always do"),
         acts_words(body.two_officers)),
        (_("The screen locks after, in minutes"), figure(body.lock_after)),
        (_("Details of persons are erased after, in months"), figure(body.retain_persons)),
        (_("Recovery key"), isolated(body.recovery)),
        (_("Tracing is allowed"), _("yes") if body.tracing_allowed else _("no")),
    ]  # fmt: skip


def _scheme(body: facts.SchemeSet, _names: Names) -> Pairs:
    return [
        (wording.field_name("name"), isolated(body.name)),
        (wording.field_name("pattern"), isolated(body.pattern)),
        (_("Version"), figure(body.version)),
        (_("Digits of the number"), figure(body.digits)),
        (_("Component"), term("component", body.component)),
        (_("Least height in micrometres"), figure(body.min_height_um)),
        (_("Least depth in nanometres"), figure(body.min_depth_nm)),
        (_("Source"), body.source),
        (_("In use"), _("no") if body.retired else _("yes")),
    ]


def _count(body: facts.StocktakeClosed, _names: Names) -> Pairs:
    return [
        (_("Expected"), figure(body.expected)),
        (_("Seen"), figure(body.seen)),
        (_("Missing"), figure(body.missing)),
        (_("Unexpected"), figure(body.unexpected)),
        (_("In another place"), figure(body.misplaced)),
    ]


def _certificate(body: facts.DestructionCertified, _names: Names) -> Pairs:
    return [
        (_("Certificate"), isolated(body.number)),
        (_("Weapons destroyed"), figure(len(body.destroyed))),
        (_("Weapons kept"), figure(len(body.kept))),
        (wording.field_name("destroyed_on"), isolated(body.on)),
        (wording.field_name("methods"), ", ".join(term("destroying", one) for one in body.methods)),
        (wording.field_name("remarks"), body.remarks),
    ]


def _loss(body: facts.WeaponLost, _names: Names) -> Pairs:
    return [
        (_("Report"), isolated(body.report)),
        (wording.field_name("discovered"), isolated(body.discovered)),
        (wording.field_name("circumstances"), body.circumstances),
    ]


def _waybill(body: facts.WeaponDispatched, names: Names) -> Pairs:
    return [(wording.field_name("destination"), isolated(names.of(body.to)))]


_SAID: Final[Mapping[type, Callable[[Any, Names], Pairs]]] = MappingProxyType(
    {
        facts.GuardSet: _rules,
        facts.SchemeSet: _scheme,
        facts.StocktakeClosed: _count,
        facts.DestructionCertified: _certificate,
        facts.WeaponLost: _loss,
        facts.OfficerAppointed: office_said,
        facts.CustodyHandedOver: handover_said,
        facts.WaybillOpened: waybill_said,
        facts.WeaponDispatched: _waybill,
    }
)
