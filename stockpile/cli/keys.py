"""Commands of the keys: status, passphrase, recovery-sheet, recover, rotate, keyring.

No secret is ever a word of a command: they come from the environment, a file or a prompt.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

import typer

from stockpile import app, wording
from stockpile.cli.opening import (
    asked,
    demand_now,
    opened,
    passphrase,
    pin,
    prompted,
    second_officer,
    signed_in,
    witness_pin,
)
from stockpile.domain.errors import FieldMissing, FileUnreadable
from stockpile.domain.values import Instant
from stockpile.language import _, isolated
from stockpile.services.keys import KeyState
from stockpile.services.restoring import Approval

group = typer.Typer(no_args_is_help=True, help="The keys of the store, and the ways back into it.")


@group.command("status")
def status(ctx: typer.Context) -> None:
    """Say how the store is locked, and which ways back there are."""
    with opened(ctx) as stockpile:
        state = stockpile.key_desk.state()
        names = stockpile.names()
        older = [names.of(one) for one in state.unrenewed]
    value = {
        "keyring": state.keyring, "keyring_possible": state.keyring_possible,
        "authority": state.recipient, "sheet": state.sheet, "sheet_at": state.sheet_at,
        "way_back": state.has_way_back, "renewed_at": state.renewed_at,
        "recovered": state.recovered, "recovered_at": state.recovered_at,
        "put_back_at": state.put_back_at, "tries_gone_at": state.tries_gone_at,
        "older_officer_keys": older,
    }  # fmt: skip
    asked(ctx).output.result(value, "\n".join(_lines(state, older)))


@group.command("passphrase")
def passphrase_(ctx: typer.Context) -> None:
    """Change the passphrase of the store; the new one: STOCKPILE_NEW_PASSPHRASE or a prompt."""
    options = asked(ctx)
    with opened(ctx) as stockpile:
        by, witness = signed_in(ctx, stockpile), second_officer(ctx, stockpile, "rotate_keys")
        old, new = passphrase(options), _new_passphrase()
        stockpile.key_desk.change_passphrase(old, new, by=by, witness=witness)
    said = _(
        "The passphrase is changed. Backups made before open with the one before; make a new one."
    )
    options.output.result({"changed": True}, said)


@group.command("recovery-sheet")
def recovery_sheet(
    ctx: typer.Context,
    destroy: bool = typer.Option(
        False, "--destroy", help="Overwrite and remove the files: they are printed."
    ),
) -> None:
    """Draw a recovery sheet in two halves, for two people; the sheet before is void."""
    with opened(ctx) as stockpile:
        if destroy:
            asked(ctx).output.result({"destroyed": True}, _("No file of a sheet is left."))
            return
        by, witness = signed_in(ctx, stockpile), second_officer(ctx, stockpile, "rotate_keys")
        _recorded, made = stockpile.key_desk.make_sheet(by=by, witness=witness)
    files = [str(one.file) for one in made.halves]
    said = _(
        "Recovery sheet {sheet}: {files}. Print both, then run keys recovery-sheet --destroy. They"
        " are removed at the next command in any case."
    )
    shown = said.format(sheet=isolated(made.sheet), files=isolated(", ".join(files)))
    asked(ctx).output.result({"sheet": made.sheet, "halves": files}, shown)


@group.command("recover")
def recover(
    ctx: typer.Context,
    identity: Path | None = typer.Option(
        None, help="File of the authority's age identity; - reads it from standard input."
    ),
) -> None:
    """Open a store whose passphrase is lost, and give it a new one; nothing else changes.

    With --identity by the authority's age key; else by both halves of the recovery sheet:
    STOCKPILE_SHEET_HALF_1 and STOCKPILE_SHEET_HALF_2, or prompts. The new passphrase:
    STOCKPILE_NEW_PASSPHRASE, or a prompt.
    """
    options = asked(ctx)
    if identity is not None:
        text = _identity(identity)
        node = app.recover_by_authority(options.home, text, _new_passphrase())
    else:
        halves = (_half(1), _half(2))
        node = app.recover_by_sheet(options.home, halves, _new_passphrase())
    said = _(
        "The store of node {node} opens with the new passphrase; nothing was lost. Now give the"
        " books another key (keys rotate) and print a new sheet."
    ).format(node=node)
    options.output.result({"node": node, "recovered": True}, said)


@group.command("rotate")
def rotate(ctx: typer.Context) -> None:
    """Give the books another key; the passphrase stays, the recovery sheet is void."""
    options = asked(ctx)
    with opened(ctx) as stockpile, options.output.progress(_("Another key")) as progress:
        by, witness = signed_in(ctx, stockpile), second_officer(ctx, stockpile, "rotate_keys")
        secret = passphrase(options)
        stockpile.key_desk.renew(secret, by=by, witness=witness, progress=progress)
        older = [stockpile.names().of(one) for one in stockpile.key_desk.state().unrenewed]
    said = _(
        "The books have another key. The recovery sheet is void; print a new one. Make a backup."
        " Officers sign with their keys of before; whose PIN somebody may know gets a new one"
        " (officer pin)."
    )
    options.output.result({"rotated": True, "older_officer_keys": older}, said)


@group.command("new-node")
def new_node(
    ctx: typer.Context,
    reason: str = typer.Option(..., help="Why: the year is over, or somebody left."),
    unsent: bool = typer.Option(False, "--unsent", help="Without a line: a courier takes it."),
) -> None:
    """Let this computer go on under another signing key, as a node that continues the old one.

    Wants --as and --witness. The old chain is closed by its own key and sent first; then this
    computer is enrolled anew, by code or by file.
    """
    options = asked(ctx)
    demand_now(ctx, "rotate_keys")
    if not options.officer:
        raise FieldMissing("officer")
    second = (options.witness, witness_pin()) if options.witness else ("", "")
    approval = Approval(passphrase(options), (options.officer, pin(options)), second)
    with options.output.progress(_("Another key")) as progress:
        made = app.renew_node(options.home, approval, reason, send=not unsent, progress=progress)
    said = _(
        "This computer is node {node} now and continues the old one; the old home is kept in"
        " {aside}. Enrol it: stockpile registry enrol, or stockpile enrol request. Officers sign"
        " with their keys of before; whose PIN somebody may know gets a new one (officer pin)."
    ).format(node=isolated(made.node), aside=isolated(str(made.aside or "")))
    value = {"node": made.node, "aside": str(made.aside or ""), "waits": made.waits}
    options.output.result(value, said)


@group.command("keyring")
def keyring(
    ctx: typer.Context, switch: Literal["on", "off"] = typer.Argument(help="on or off.")
) -> None:
    """Want a secret of this computer's keyring beside the passphrase, or want it no more."""
    options = asked(ctx)
    with opened(ctx) as stockpile:
        if switch == "on":
            options.output.say(
                _(
                    "From now on the passphrase alone does not open this store, nor its backups on"
                    " another computer. Where the keyring is lost, only the recovery sheet or the"
                    " authority's key opens them."
                )
            )
        by, witness = signed_in(ctx, stockpile), second_officer(ctx, stockpile, "rotate_keys")
        secret = passphrase(options)
        stockpile.key_desk.use_keyring(secret, on=switch == "on", by=by, witness=witness)
        state = stockpile.key_desk.state()
    options.output.result({"keyring": state.keyring}, _keyring(state))


def _lines(state: KeyState, older: list[str]) -> list[str]:
    lines = [
        _keyring(state),
        _("Sealed to the authority's key {key}.").format(key=isolated(state.recipient))
        if state.recipient
        else _("Not sealed to an authority's key."),
        _("Recovery sheet {sheet}, printed {at}.").format(
            sheet=isolated(state.sheet), at=_at(state.sheet_at)
        )
        if state.sheet
        else _("No recovery sheet opens it."),
    ]
    if not state.has_way_back:
        lines.append(_("There is no way back: whoever loses the passphrase loses everything."))
    if state.renewed_at:
        lines.append(_("Another key since {at}.").format(at=_at(state.renewed_at)))
    if older:
        names = isolated(", ".join(older))
        lines.append(_("Signing keys older than that: {names}.").format(names=names))
    if state.recovered:
        how = _HOW[state.recovered]()
        lines.append(_("Recovered {at}, by {how}.").format(at=_at(state.recovered_at), how=how))
    if state.put_back_at:
        lines.append(
            _("An older copy of the key file was found in its place, {at}.").format(
                at=_at(state.put_back_at)
            )
        )
    if state.tries_gone_at:
        lines.append(
            _("The count of wrong passphrases was found gone or edited, {at}.").format(
                at=_at(state.tries_gone_at)
            )
        )
    return lines


_HOW = {
    "sheet": lambda: _("its recovery sheet"),
    "authority": lambda: _("the authority's key"),
}


def _keyring(state: KeyState) -> str:
    if state.keyring:
        return _("It wants the secret of this computer's keyring beside the passphrase.")
    return _("It opens with its passphrase alone.")


def _at(at: Instant) -> str:
    return isolated(wording.instant(at))


def _new_passphrase() -> str:
    given = os.environ.get("STOCKPILE_NEW_PASSPHRASE")
    return given or prompted(_("New passphrase of the store"), "new_passphrase", again=True)


def _half(number: int) -> str:
    given = os.environ.get(f"STOCKPILE_SHEET_HALF_{number}")
    label = _("Half {number} of the recovery sheet").format(number=number)
    return given or prompted(label, "half", again=False)


def _identity(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(str(file), str(error)) from error
