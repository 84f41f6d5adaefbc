"""What every command shares: which home, whose act, how to speak; and opening the books."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import typer

from stockpile import app, wording
from stockpile.cli.output import Output
from stockpile.domain.errors import (
    FieldMissing,
    FileUnreadable,
    SystemSafeLocked,
    SystemSafeSilent,
)
from stockpile.domain.facts import ActProposed
from stockpile.domain.people import Act
from stockpile.language import _
from stockpile.services.people import SignedIn
from stockpile.services.ports import Recorded
from stockpile.services.signing import Later, Second, never_later
from stockpile.services.stockpile import Stockpile

SHOWN_OF_A_NUMBER = 12
"""Characters of a proposal's or an entry's name that are shown, and are enough to name it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The options that every command takes."""

    home: Path
    output: Output
    officer: str = ""
    passphrase_file: Path | None = None
    witness: str = ""
    later: str = ""


def asked(ctx: typer.Context) -> Asked:
    """Return the shared options of a command."""
    found = ctx.find_object(Asked)
    assert found is not None
    return found


def default_home() -> Path:
    """Return where this user's stockpile lies unless told otherwise."""
    named = os.environ.get("STOCKPILE_HOME")
    return Path(named) if named else Path(platformdirs.user_data_dir("stockpile", appauthor=False))


@contextmanager
def opened(ctx: typer.Context) -> Iterator[Stockpile]:
    """Open the home's books for one command, and close them again."""
    options = asked(ctx)
    with app.open_home(options.home, passphrase(options)) as stockpile:
        restored = app.restored_up_to(options.home)
        if restored:
            options.output.say(
                _(
                    "This stockpile was restored from a backup up to entry {number} and continues"
                    " the old one. Never use the old computer again; enrol here and send, and what"
                    " it had sent comes back."
                ).format(number=restored)
            )
        clock = stockpile.clocks.doubt()
        if clock is not None:
            options.output.say(wording.clock_sentence(clock))
        offset = stockpile.clocks.offset()
        if offset:
            options.output.say(wording.offset_sentence(offset))
        yield stockpile


def passphrase(options: Asked, *, new: bool = False) -> str:
    """Return the store's passphrase: environment, file, the system's keyring, or a prompt.

    A practice depot's is known to everybody and asked of nobody.
    """
    if app.is_practice(options.home):
        return app.PRACTICE_PASSPHRASE
    given = os.environ.get("STOCKPILE_PASSPHRASE") or _from_file(options.passphrase_file)
    if not given and not new:
        given = _from_keyring(options)
    return given or prompted(_("Passphrase of the store"), "passphrase", again=new)


def signed_in(ctx: typer.Context, stockpile: Stockpile) -> SignedIn:
    """Return the officer of an act: --as NAME, else the only one there is; PIN by environment."""
    options = asked(ctx)
    officers = stockpile.people.officers()
    name = options.officer or (officers[0].name if len(officers) == 1 else "")
    if not name and app.is_practice(options.home):
        name = app.PRACTICE.officer
    if not name:
        raise FieldMissing("officer")
    return stockpile.people.sign_in(name, pin(options))


def second_officer(ctx: typer.Context, stockpile: Stockpile, act: Act) -> SignedIn | None:
    """Return the second officer of an act: --witness NAME, PIN by STOCKPILE_WITNESS_PIN.

    Nobody where none is named: whether an act needs one is for the rules to say. Raises NeverLater
    with --later: this one wants its officers at once.
    """
    demand_now(ctx, act)
    return _witness(ctx, stockpile)


def demand_now(ctx: typer.Context, act: Act) -> None:
    """Raise NeverLater with --later, for an act that nobody can confirm later."""
    if asked(ctx).later:
        raise never_later(act)


def _witness(ctx: typer.Context, stockpile: Stockpile) -> SignedIn | None:
    options = asked(ctx)
    if not options.witness:
        return None
    return stockpile.people.sign_in(options.witness, witness_pin())


def seconded(ctx: typer.Context, stockpile: Stockpile) -> Second | None:
    """Return the second officer of an act, or with --later REASON that one confirms it later."""
    later = asked(ctx).later
    return Later(later) if later else _witness(ctx, stockpile)


def waits(ctx: typer.Context, recorded: Recorded) -> bool:
    """Tell, and return True, where an act waits for its second officer: nothing of it happened."""
    proposed = [
        (one.subject, one.body) for one in recorded.facts if isinstance(one.body, ActProposed)
    ]
    for subject, body in proposed:
        number = subject.partition(":")[2][:SHOWN_OF_A_NUMBER]
        words = _(
            "Signed by you alone: nothing of it has happened yet. It waits for a second officer "
            "(guard confirm {number})."
        )
        value = {"proposal": subject, "act": body.act}
        asked(ctx).output.result(value, words.format(number=number))
    return bool(proposed)


def witness_pin() -> str:
    """Return the second officer's PIN: from STOCKPILE_WITNESS_PIN, or typed."""
    given = os.environ.get("STOCKPILE_WITNESS_PIN")
    return given or prompted(_("PIN of the second officer"), "pin", again=False)


def pin(options: Asked, *, new: bool = False) -> str:
    """Return the acting officer's PIN."""
    given = os.environ.get("STOCKPILE_PIN")
    if app.is_practice(options.home) and not options.officer:
        given = app.PRACTICE_PIN
    return given or prompted(_("PIN"), "pin", again=new)


def _from_file(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(str(file), str(error)) from error


def _from_keyring(options: Asked) -> str:
    try:
        return app.kept_passphrase(options.home)
    except (SystemSafeLocked, SystemSafeSilent):
        options.output.say(
            _(
                "This computer's keyring is locked or does not answer, so nothing was looked up"
                " there."
            )
        )
        return ""


def new_pin() -> str:
    """Return the PIN that somebody is given: from STOCKPILE_NEW_PIN, or typed twice."""
    return os.environ.get("STOCKPILE_NEW_PIN") or prompted(_("New PIN"), "pin", again=True)


def prompted(label: str, field: str, *, again: bool) -> str:
    """Return what somebody types unseen; raises FieldMissing where nobody sits at a keyboard."""
    if not sys.stdin.isatty():
        raise FieldMissing(field)
    typed: str = typer.prompt(label, hide_input=True, confirmation_prompt=again, err=True)
    return typed
