"""What the closed lists of a weapon's record are called, in the user's language.

The codes are ``vocabulary``'s; a code of a newer program that has no name here is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from stockpile.domain.weapon_types import TYPES
from stockpile.language import _, deferred

TermList = Literal[
    "action", "origin", "frame", "custody", "component", "symbol", "script", "position",
    "mark_kind", "legibility", "mode", "ground", "view", "unroca", "kit", "place",
    "transfer", "basis", "discrepancy", "investigated", "loss", "driver", "participant", "hand_in",
    "sex", "signed", "gate",
]  # fmt: skip


def term(of: TermList, code: str) -> str:
    """Return what a code of a list is called; nothing for no code."""
    name = _TERMS[of].get(code, "")
    return _(name) if name else code


def known_codes(of: TermList) -> tuple[str, ...]:
    """Return every code of a closed list, in its order."""
    return tuple(_TERMS[of])


def classes(type_code: str) -> tuple[str, str]:
    """Return a type's class under the Tracing Instrument and in the UN Register, in words."""
    known = TYPES.get(type_code)
    return (_(_ITI[known.iti]), term("unroca", known.unroca)) if known else ("", "")


_ITI: Final[Mapping[str, str]] = MappingProxyType(
    {
        "small arm": deferred("Small arm"),
        "light weapon": deferred("Light weapon"),
        "part": deferred("Part of a weapon"),
        "none": deferred("Not a small arm or light weapon"),
    }
)
_TERMS: Final[Mapping[TermList, Mapping[str, str]]] = MappingProxyType(
    {
        "loss": {
            "lost": deferred("Lost"),
            "stolen": deferred("Stolen"),
            "unknown": deferred("Lost or stolen, not known which"),
        },
        "participant": {
            "combatant": deferred("Combatant"),
            "support": deferred("Associated in a support role"),
            "dependant": deferred("Dependant"),
            "child": deferred("Child associated with an armed force or group"),
            "civilian": deferred("Civilian"),
            "other": deferred("Other person"),
        },
        "hand_in": {
            "static_site": deferred("Static site"),
            "pick_up_point": deferred("Pick-up point"),
            "mobile": deferred("Mobile team"),
            "spontaneous": deferred("Came of their own accord"),
        },
        "sex": {
            "f": deferred("Female"),
            "m": deferred("Male"),
            "x": deferred("Other or not said"),
        },
        "gate": {
            "open": deferred("May leave"),
            "expired": deferred("Past its time"),
            "left": deferred("Has left"),
            "withdrawn": deferred("Taken back"),
        },
        "signed": {
            "drawn": deferred("Signed by hand"),
            "thumbprint": deferred("Thumbprint"),
            "paper": deferred("Signed on paper"),
            "unsigned": deferred("Not signed"),
        },
        "kit": {
            "magazine": deferred("Magazine"),
            "sling": deferred("Sling"),
            "bayonet": deferred("Bayonet"),
            "scabbard": deferred("Scabbard"),
            "cleaning_kit": deferred("Cleaning kit"),
            "sight": deferred("Sight"),
            "night_sight": deferred("Night sight"),
            "bipod": deferred("Bipod"),
            "suppressor": deferred("Suppressor"),
            "blank_firing": deferred("Blank-firing attachment"),
            "holster": deferred("Holster"),
            "case": deferred("Case"),
            "tool": deferred("Tool"),
            "spare_barrel": deferred("Spare barrel"),
            "other": deferred("Other item"),
        },
        "place": {
            "site": deferred("Site"),
            "building": deferred("Building"),
            "room": deferred("Room"),
            "rack": deferred("Rack"),
            "slot": deferred("Slot"),
            "crate": deferred("Crate"),
            "vehicle": deferred("Vehicle"),
        },
        "transfer": {
            "move": deferred("Move to another depot"),
            "loan": deferred("Loan"),
            "repair": deferred("For repair"),
            "destruction": deferred("For destruction"),
            "civilian": deferred("To a civilian owner"),
            "export": deferred("Export"),
        },
        "driver": {
            "tl07": deferred("Gravotech, Technifor (TL07)"),
            "telesis": deferred("Telesis"),
            "infosight": deferred("InfoSight"),
            "sic": deferred("SIC Marking e8, e10"),
            "couth": deferred("Couth MC2000 (beta)"),
            "grbl": deferred("Engraver with GRBL"),
            "panasonic": deferred("Panasonic laser LP"),
            "keyence": deferred("Keyence laser MD-X"),
            "scanner_string": deferred("One-way line (text only)"),
            "by_hand": deferred("No link: set by hand"),
        },
        "basis": {
            "quantity": deferred("Quantity"),
            "type": deferred("Quantity by type"),
            "serial": deferred("Each serial"),
        },
        "discrepancy": {
            "missing": deferred("Missing"),
            "unexpected": deferred("Not expected here"),
            "misplaced": deferred("In another place"),
            "stranger": deferred("On no record"),
            "quantity": deferred("Another quantity"),
            "short": deferred("Did not arrive"),
            "over": deferred("Arrived without being listed"),
            "wrong": deferred("Another weapon arrived"),
            "seal": deferred("Seal broken"),
            "kit": deferred("Parts of the kit missing"),
            "rounds": deferred("Rounds missing"),
            "mark": deferred("Mark of another weapon"),
            "loss": deferred("Reported lost"),
        },
        "investigated": {
            "found": deferred("Found"),
            "explained": deferred("Explained by what is on record"),
            "recorded_wrongly": deferred("Was recorded wrongly"),
            "lost": deferred("Lost: reported"),
            "not_ours": deferred("Does not belong here"),
        },
        "action": {
            "single_shot": deferred("Single shot"),
            "break_single": deferred("Break action, one barrel"),
            "break_over_under": deferred("Break action, over and under"),
            "break_side_by_side": deferred("Break action, side by side"),
            "bolt": deferred("Bolt action"),
            "lever": deferred("Lever action"),
            "pump": deferred("Pump action"),
            "semi_automatic": deferred("Semi-automatic"),
            "automatic": deferred("Automatic"),
            "selective_fire": deferred("Selective fire"),
            "burst": deferred("Burst"),
            "revolver_single": deferred("Revolver, single action"),
            "revolver_double": deferred("Revolver, double action"),
            "muzzle_loading": deferred("Muzzle-loading"),
            "unknown": deferred("Action not known"),
        },
        "origin": {
            "industrial": deferred("Industrial"),
            "licensed_copy": deferred("Copy made under licence"),
            "unlicensed_copy": deferred("Copy made without licence"),
            "craft": deferred("Craft-made"),
            "converted": deferred("Converted"),
            "reactivated": deferred("Reactivated"),
            "printed": deferred("3D-printed"),
            "kit": deferred("Built from a kit"),
            "unknown": deferred("Origin not known"),
        },
        "frame": {
            "unknown": deferred("Material not known"),
            "steel": deferred("Steel"),
            "alloy": deferred("Light alloy"),
            "polymer": deferred("Polymer"),
            "polymer_with_plate": deferred("Polymer with a metal plate"),
            "printed": deferred("3D-printed plastic"),
        },
        "custody": {
            "unknown": deferred("Kind of custody not said"),
            "permanent": deferred("Permanent"),
            "temporary": deferred("Temporary, under two keys"),
            "evidence": deferred("Evidence"),
            "state_stock": deferred("State stock"),
        },
        "component": {
            "receiver": deferred("Receiver"),
            "upper_receiver": deferred("Upper receiver"),
            "lower_receiver": deferred("Lower receiver"),
            "frame": deferred("Pistol or revolver frame"),
            "barrel": deferred("Barrel"),
            "slide": deferred("Slide"),
            "bolt": deferred("Bolt"),
            "bolt_carrier": deferred("Bolt carrier"),
            "cylinder": deferred("Cylinder"),
            "crane": deferred("Crane"),
            "breech_block": deferred("Breech block"),
            "trigger_unit": deferred("Trigger unit"),
            "stock": deferred("Shoulder stock"),
            "magazine": deferred("Magazine"),
            "suppressor": deferred("Suppressor"),
            "sight": deferred("Sight"),
            "tripod": deferred("Tripod"),
            "baseplate": deferred("Baseplate"),
            "bipod": deferred("Bipod"),
            "tube": deferred("Tube"),
            "launch_tube": deferred("Launch tube"),
            "gripstock": deferred("Gripstock"),
            "missile": deferred("Missile"),
            "mount": deferred("Mount"),
            "other": deferred("Other part"),
        },
        "symbol": {
            "star": deferred("Star"),
            "star_in_circle": deferred("Star in a circle"),
            "arrow": deferred("Arrow"),
            "arrow_in_triangle": deferred("Arrow in a triangle"),
            "triangle_number": deferred("Number in a triangle"),
            "circle_number": deferred("Number in a circle"),
            "double_circle_number": deferred("Number in two circles"),
            "oval_number": deferred("Number in an oval"),
            "rhombus_in_circle": deferred("Rhombus in a circle"),
            "crown": deferred("Crown"),
            "eagle": deferred("Eagle"),
            "lion": deferred("Lion"),
            "anchor": deferred("Anchor"),
            "hammer_and_sickle": deferred("Hammer and sickle"),
            "cross": deferred("Cross"),
            "sun": deferred("Sun"),
            "wheel": deferred("Wheel"),
            "crossed_rifles": deferred("Crossed rifles"),
            "shield": deferred("Shield"),
            "flower": deferred("Flower"),
            "other": deferred("Another sign"),
        },
        "script": {
            "Latn": deferred("Latin script"),
            "Cyrl": deferred("Cyrillic script"),
            "Arab": deferred("Arabic script"),
            "Grek": deferred("Greek script"),
            "Hans": deferred("Chinese script"),
            "Hang": deferred("Korean script"),
            "Jpan": deferred("Japanese script"),
            "Deva": deferred("Devanagari script"),
            "Hebr": deferred("Hebrew script"),
            "Thai": deferred("Thai script"),
            "Mymr": deferred("Burmese script"),
            "Zyyy": deferred("Signs of no script"),
        },
        "position": {
            "left": deferred("On the left"),
            "right": deferred("On the right"),
            "top": deferred("On top"),
            "bottom": deferred("Underneath"),
            "front": deferred("At the front"),
            "rear": deferred("At the rear"),
            "inside": deferred("Inside"),
            "other": deferred("Elsewhere"),
        },
        "mark_kind": {
            "serial": deferred("Serial number"),
            "maker": deferred("Maker's name"),
            "symbol": deferred("Maker's sign"),
            "model": deferred("Model mark"),
            "year": deferred("Year mark"),
            "calibre": deferred("Calibre mark"),
            "country": deferred("Country of manufacture"),
            "import": deferred("Import mark"),
            "property": deferred("Owner's or rack number"),
            "proof": deferred("Proof mark"),
            "inspection": deferred("Inspection mark"),
            "assembly": deferred("Assembly number"),
            "part": deferred("Part or patent number"),
            "applied": deferred("Mark applied by us"),
            "other": deferred("Other mark"),
            "unknown": deferred("Mark of unknown kind"),
        },
        "legibility": {
            "clear": deferred("Clear"),
            "partial": deferred("Partly legible"),
            "doubtful": deferred("Doubtful"),
            "obliterated": deferred("Obliterated"),
            "restored": deferred("Restored"),
        },
        "mode": {
            "unknown": deferred("Not known how it came"),
            "state_purchase": deferred("State purchase"),
            "seized": deferred("Seizure"),
            "found": deferred("Find"),
            "surrendered": deferred("Voluntary surrender"),
            "ddr": deferred("Disarmament programme"),
            "transferred": deferred("Transfer"),
        },
        "ground": {
            "national_law": deferred("Illicit under the law where it was found"),
            "embargo": deferred("Transferred in breach of an embargo"),
            "unmarked": deferred("Not marked as the Tracing Instrument asks"),
            "unlicensed_make": deferred("Made without licence"),
            "unlicensed_transfer": deferred("Transferred without licence"),
        },
        "view": {
            "left": deferred("Left side"),
            "right": deferred("Right side"),
            "top": deferred("From above"),
            "mark": deferred("A mark, close"),
            "document": deferred("A document"),
            "other": deferred("Another view"),
        },
        "unroca": {
            "SA1": deferred("Revolvers and self-loading pistols"),
            "SA2": deferred("Rifles and carbines"),
            "SA3": deferred("Sub-machine guns"),
            "SA4": deferred("Assault rifles"),
            "SA5": deferred("Light machine guns"),
            "SA6": deferred("Other small arms"),
            "LW1": deferred("Heavy machine guns"),
            "LW2": deferred("Hand-held under-barrel and mounted grenade launchers"),
            "LW3": deferred("Portable anti-tank guns"),
            "LW4": deferred("Recoilless rifles"),
            "LW5": deferred("Portable launchers of anti-tank missiles and rockets"),
            "LW6": deferred("Mortars of less than 75 mm"),
            "LW7": deferred("Other light weapons"),
            "III": deferred("Large-calibre artillery systems (category III)"),
            "VII(b)": deferred("Man-portable air-defence systems (category VII b)"),
        },
    }
)
