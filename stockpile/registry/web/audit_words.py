"""What the rows of the audit log say, in words, and who may read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, get_args

from stockpile import wording
from stockpile.domain.conflicts import ConflictClass
from stockpile.domain.people import authorise
from stockpile.language import _, isolated, listed
from stockpile.registry import audit
from stockpile.registry.audit import Line
from stockpile.registry.web.visiting import Visitor
from stockpile.wording import Names

CONSOLE: Final = "console"
"""Stands for the address where an act came from the registry's own command line."""
_SHOWN: Final = 12
"""Letters of a conflict's or a photo's hash that name it."""
ACTS: Final[tuple[str, ...]] = get_args(audit.Act)


def words(act: str) -> str:
    """Return what a row of the log says, in words."""
    said = _WORDS.get(act)
    return said() if said is not None else act


def subject(line: Line) -> str:
    """Return the id that a row of the log is about; after that of a courier's come counts."""
    return line.about.partition(" ")[0] if line.act.startswith("courier_") else line.about


def about(line: Line, names: Names) -> str:
    """Return what a row of the log is about, in words; of a conflict and a photo which weapons."""
    kind, _space, rest = line.about.partition(" ")
    if line.act == "looked_at" and kind in _LOOKED:
        return _LOOKED[kind](rest)
    if rest and kind in get_args(ConflictClass):
        return f"{wording.conflict_kind(kind)}: {_short(rest)}"
    return names.of(subject(line)) + line.about.removeprefix(subject(line))


def who(line: Line, names: Names) -> str:
    """Return who did what a row of the log says.

    The command line signs nobody in: whoever may use it holds the server.
    """
    if line.officer:
        return names.of(line.officer)
    is_console = line.address == CONSOLE or line.act == "user_added"
    return _("The registry's command line") if is_console else _("Nobody known")


def _conflict(rest: str) -> str:
    return _("Conflict {id}").format(id=_short(rest))


def _photo(rest: str) -> str:
    return _("Photo {id}").format(id=_short(rest))


def _short(rest: str) -> str:
    """Return a hash by its beginning, with the numbers of weapons that follow it."""
    id_, _space, weapons = rest.partition(" ")
    told = isolated(id_[:_SHOWN])
    return f"{told} ({listed(map(isolated, weapons.split()))})" if weapons else told


_LOOKED: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {"hot": lambda _rest: _("Hot list"), "conflict": _conflict, "photo": _photo}
)


def known_act(text: str) -> str:
    """Return an act of the log, or nothing for a word that is none: then all are meant."""
    return text if text in ACTS else ""


def demand_reader(visitor: Visitor) -> None:
    """Raise OfficerNotAuthorised unless the visitor may read the log."""
    if "auditor" not in visitor.officer.roles and "commander" not in visitor.officer.roles:
        authorise(visitor.officer, "set_guard")


_WORDS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "signed_in": lambda: _("Signed in"),
        "refused": lambda: _("Wrong try to sign in"),
        "locked_out": lambda: _("Try to sign in while locked"),
        "signed_out": lambda: _("Signed out"),
        "signed_out_everywhere": lambda: _("Signed out everywhere"),
        "began": lambda: _("Set passphrase and second factor"),
        "code_used": lambda: _("Used a recovery code"),
        "passphrase_changed": lambda: _("Changed the passphrase"),
        "device_replaced": lambda: _("Replaced the device of the second factor"),
        "user_added": lambda: _("Added a user"),
        "user_reset": lambda: _("Gave a user a new start"),
        "user_suspended": lambda: _("Suspended a user"),
        "user_put_back": lambda: _("Put a user back into office"),
        "user_roles_set": lambda: _("Changed a user's roles"),
        "looked_at": lambda: _("Looked at a dossier"),
        "searched": lambda: _("Searched"),
        "exported": lambda: _("Took out a list"),
        "settled": lambda: _("Signed an act"),
        "proposed": lambda: _("Signed an act for a second officer to confirm"),
        "confirmed": lambda: _("Confirmed an act"),
        "act_refused": lambda: _("Refused an act"),
        "withdrawn": lambda: _("Took back an act"),
        "code_made": lambda: _("Made a one-time code"),
        "revoked": lambda: _("Revoked a node"),
        "rescoped": lambda: _("Set what a node is told of"),
        "readmitted": lambda: _("Trusted a node again"),
        "statement_taken": lambda: _("Took in a statement of the officials"),
        "granted": lambda: _("Granted numbers"),
        "courier_looked": lambda: _("Looked into a courier file"),
        "courier_begun": lambda: _("Began to take in a courier file"),
        "courier_stopped": lambda: _("Stopped taking in a courier file"),
        "courier_taken": lambda: _("Took in a courier file"),
        "courier_photos_begun": lambda: _("Began to take in photos of a courier file"),
        "courier_photos_stopped": lambda: _("Stopped taking in photos of a courier file"),
        "courier_photos_taken": lambda: _("Took in photos of a courier file"),
        "courier_answered": lambda: _("Wrote a courier file for the way back"),
        "find_told": lambda: _("Told a node of a lost weapon that it found"),
        "alike_told": lambda: _("Told sites of a weapon that shares a serial or mark with theirs"),
        "find_unknown": lambda: _("A node asked about what is not on the hot list"),
    }
)
