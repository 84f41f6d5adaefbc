"""The audit log as commanders and auditors read it, and whether it is whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, get_args

from fastapi import Request, Response

from stockpile.domain.people import authorise
from stockpile.language import _
from stockpile.registry import acts, audit
from stockpile.registry.naming import names_of
from stockpile.registry.web.frame import page_of, pages, render
from stockpile.registry.web.visiting import Acting, Visiting, Visitor

_SIZE: Final = 100
_LARGEST: Final = 18
"""Digits of a row's number; what is longer is none."""

router = pages()


@router.get("/audit")
def log(
    request: Request, visitor: Visiting, after: str = "", officer: str = "", act: str = ""
) -> Response:
    """List what was done and looked at, the newest first."""
    _demand_reader(visitor)
    return _log(request, visitor, after, officer, act, None)


@router.post("/audit/check")
def check(request: Request, visitor: Acting) -> Response:
    """Compare every row with the one before it and with the heads that the chain holds."""
    _demand_reader(visitor)
    with visitor.books.reading() as connection:
        broken = acts.first_broken(connection, visitor.books)
    return _log(request, visitor, "", "", "", broken)


def _log(
    request: Request, visitor: Visitor, after: str, officer: str, act: str, broken: int | None
) -> Response:
    before = int(after) if after.isascii() and after.isdigit() and len(after) <= _LARGEST else 0
    known = get_args(audit.Act)
    wanted = act if act in known else ""
    with visitor.books.reading() as connection:
        found = audit.lines(connection, before, _SIZE + 1, officer, wanted)
        names = names_of(connection, {one.officer for one in found} | {one.about for one in found})
        head = audit.head(connection)
    return render(
        request, "audit.html", page=page_of(found, _SIZE, lambda one: one.number), names=names,
        head=head, broken=broken, words=words, acts=known, officer=officer, act=wanted,
    )  # fmt: skip


def words(act: str) -> str:
    """Return what a row of the log says, in words."""
    said = _WORDS.get(act)
    return said() if said is not None else act


def _demand_reader(visitor: Visitor) -> None:
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
        "find_told": lambda: _("Told a node of a lost weapon that it found"),
        "find_unknown": lambda: _("A node asked about what is not on the hot list"),
    }
)
