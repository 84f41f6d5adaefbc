"""What lies on the counter in words: one line for each weapon and lot, and what is said of it."""

from __future__ import annotations

from stockpile import fact_words, wording
from stockpile.domain.facts import KitItem
from stockpile.domain.holders import Clearance, Holder
from stockpile.domain.issuing import Objection
from stockpile.language import _, isolated, ngettext
from stockpile.terms import term
from ui.pages.figures import figure
from ui.pages.standing import joined
from ui.theme import Ink, Tone
from ui.view_models.counter import Ammunition, Counter, Item
from ui.widgets.line_list import LiveLine


def person_name(holder: Holder | None) -> str:
    """Return rank and name; a person who was erased is told so."""
    if holder is None:
        return ""
    return joined_words(holder.rank, holder.name) or _("A person who was erased")


def joined_words(*parts: str) -> str:
    """Return words one after the other, together safe among others."""
    return isolated(" ".join(one for one in parts if one))


def serial_of(item: Item) -> str:
    """Return what a weapon is called by."""
    return item.weapon.serial.text or item.weapon.tag or item.weapon.id


def model_of(item: Item) -> str:
    """Return make and model of a weapon, or its type in words."""
    named = joined_words(item.weapon.make, item.weapon.model)
    return named or wording.weapon_type(item.weapon.type)


def objection_words(objection: Objection) -> str:
    """Return what stands against a weapon, with the day, the place or the person it is about."""
    said, about = wording.objection(objection.kind), objection.about
    if about in _STATES:
        about = wording.status(about)
    return _("{what}: {about}").format(what=said, about=isolated(about)) if about else said


_STATES = frozenset({"in_transit", "destroyed", "withdrawn", "merged", "unregistered"})


def clearance_words(what: str, clearance: Clearance) -> str:
    """Return for what somebody is cleared, and until when."""
    named = _("every weapon") if what == "*" else wording.weapon_type(what) or what
    if clearance.kind == "expired":
        return _("{what}: expired {until}").format(what=named, until=isolated(clearance.until))
    if clearance.until:
        return _("{what} until {until}").format(what=named, until=isolated(clearance.until))
    return named


def kit_part(item: KitItem, count: int) -> str:
    """Return a part of a kit with how many of it are there, of how many."""
    named = term("kit", item.kind)
    if item.mark:
        named = joined_words(named, item.mark)
    if item.count == 1 and count == 1:
        return named
    return _("{what} {count}/{of}").format(
        what=named, count=figure(count), of=figure(item.count)
    )  # fmt: skip


def condition_words(item: Item) -> str:
    """Return what is to be said of a weapon that comes back; nothing where all is well.

    Of one that goes out nothing: a part of the kit that stays here is not missing.
    """
    if not item.paper:
        return ""
    said = [item.remarks] if item.remarks else []
    if item.short:
        said.append(_("missing: {kit}").format(kit=fact_words.kit_words(item.short)))
    return joined(*said) if said else ""


# --- one line for each thing that lies there ----------------------------------------------------


def lines(counter: Counter) -> tuple[LiveLine, ...]:
    """Return the counter as a list: the newest first, so that it is in sight."""
    weapons = [_weapon(one, counter) for one in reversed(counter.items)]
    return (*(_rounds(one, counter) for one in counter.rounds), *weapons)


def _weapon(item: Item, counter: Counter) -> LiveLine:
    icon, ink = "circle-check", Ink.OK
    if item.is_red:
        icon, ink = "circle-x", Ink.BAD
    elif item.waits:
        icon, ink = "scan-barcode", Ink.MUTED
    elif item.against or item.short or item.remarks:
        icon, ink = "triangle-alert", Ink.WARN
    beneath = [model_of(item)]
    if counter.mode == "issue" and item.kit:
        beneath.append(fact_words.kit_words(item.present))
    beneath.append(condition_words(item) if counter.mode == "return" else _against(item))
    holder = person_name(item.holder) or _("nobody yet")
    return LiveLine(
        item.weapon.id, serial_of(item), joined(*(one for one in beneath if one)), holder, icon, ink
    )


def _against(item: Item) -> str:
    if item.override:
        return _("overridden: {reason}").format(reason=item.override)
    return joined(*(objection_words(one) for one in item.against)) if item.against else ""


def _rounds(rounds: Ammunition, counter: Counter) -> LiveLine:
    lot = rounds.lot
    named = joined(*(one for one in (lot.nature, isolated(lot.calibre)) if one))
    said = rounds_words(rounds, counter)
    beneath = joined(named, said) if named else said
    is_good = bool(rounds.quantity or rounds.expended or rounds.short)
    icon, ink = ("box", Ink.OK) if is_good else ("box", Ink.WARN)
    return LiveLine(
        lot.id, lot.number or lot.nature, beneath, person_name(rounds.holder), icon, ink
    )


def rounds_words(rounds: Ammunition, counter: Counter) -> str:
    """Return how many rounds go out; or come back, were fired, are missing."""
    if counter.mode == "issue":
        count = ngettext("{count} round", "{count} rounds", rounds.quantity)
        return count.format(count=figure(rounds.quantity))
    return _("{back} back, {fired} fired, {short} missing").format(
        back=figure(rounds.quantity), fired=figure(rounds.expended), short=figure(rounds.short)
    )


def tone_of(clearance: Clearance) -> Tone:
    """Return the colour of a clearance: green or red."""
    return Tone.OK if clearance.is_good else Tone.BAD
