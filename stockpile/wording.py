"""Every sentence about facts and failures, in the user's language.

A sentence about a failure says what happened, what it means and what to do. A class of error or a
body of a fact without a sentence cannot pass the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from stockpile.domain import errors
from stockpile.domain.clocks import ClockDoubt
from stockpile.domain.errors import StockpileError
from stockpile.domain.values import Instant
from stockpile.language import _, isolated, ngettext

_IN_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Names:
    """What people call places and officers, by id, and components, by the code of their kind."""

    known: Mapping[str, str] = field(default_factory=dict)
    component: Callable[[str], str] = field(default=str, compare=False)

    def of(self, id_: str | None) -> str:
        """Return the name, the id where none is known, or nothing for nobody."""
        return self.known.get(id_, id_) if id_ else ""


def instant(at: Instant) -> str:
    """Return an instant as tables, files and labels show it: ISO 8601, UTC, to the minute."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M")


def clock_sentence(doubt: ClockDoubt) -> str:
    """Return what speaks against this computer's clock, and what to do."""
    said = {
        "behind": _(
            "This computer's clock says {now}, but the newest entry here was made on {last} (UTC)."
            " Set date and time right before you go on; what was written keeps its order."
        ),
        "ahead": _(
            "This computer's clock says {now}, and the newest entry here was made on {last} (UTC),"
            " more than a year before. Check date and time before you go on."
        ),
    }[doubt.side]
    return said.format(now=isolated(instant(doubt.now)), last=isolated(instant(doubt.last)))


def offset_sentence(offset: int) -> str:
    """Return by how much this computer's clock differs from the registry's (theirs minus ours)."""
    said = (
        _(
            "This computer's clock is {time} behind the registry's. What is written keeps its"
            " order; set date and time right."
        )
        if offset > 0
        else _(
            "This computer's clock is {time} ahead of the registry's. What is written keeps its"
            " order; set date and time right."
        )
    )
    return said.format(time=isolated(duration(abs(offset))))


def duration(milliseconds: int) -> str:
    """Return how long something is, in its two largest units: days and hours, or hours, minutes."""
    minutes = milliseconds // 60_000
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return _("{days} d {hours} h").format(days=days, hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def error_sentence(error: StockpileError) -> str:
    """Return what an expected error says to a person."""
    return _ERRORS[type(error)]().format(**_shown(error))


def _shown(error: StockpileError) -> dict[str, str]:
    """Return the error's values as shown: isolated, so that no neighbour reorders them."""
    said = error.details()
    if "seconds" in said:
        said = {**said, "wait": waiting(int(str(said["seconds"])))}
    return {name: isolated(_value(name, value)) for name, value in said.items()}


def _value(name: str, value: Any) -> str:  # noqa: ANN401 - errors carry values of many types
    """Return a value in words where it is one of our own codes, else as it is."""
    if isinstance(value, tuple):
        return ", ".join(_value(name, one) for one in value)
    words = _CODES.get(name, {}).get(str(value))
    return words() if words is not None else str(value)


def waiting(seconds: int) -> str:
    """Return how long somebody waits, in words: seconds up to a minute and a half, then minutes."""
    if seconds <= _IN_SECONDS:
        said = ngettext("{count} second", "{count} seconds", seconds)
        return said.format(count=seconds)
    minutes = -(-seconds // 60)
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


_ERRORS: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.StocktakeUnknown: lambda: _(
            "No stocktake is called {text}. Look at the list of stocktakes for its number."
        ),
        errors.StocktakeIsClosed: lambda: _(
            "Stocktake {number} is signed off, so nothing more can be counted in it. Open a new one."
        ),
        errors.CountersTooFew: lambda: _(
            "A stocktake needs at least {least} counters, so that nobody counts alone. Name another"
            " officer."
        ),
        errors.CounterNotIndependent: lambda: _(
            "{name} cannot be the independent counter: they do not count here, or answer for this"
            " place themselves. Name another counter."
        ),
        errors.PlaceNotCounted: lambda: _(
            "{place} is not part of this stocktake. Nothing was counted. Scan the card of a place that"
            " is, or open a stocktake of this one."
        ),
        errors.WeaponNotSeen: lambda: _(
            "Weapon {weapon} was not seen in this stocktake, so there is no place to move its record"
            " to. Scan it first."
        ),
        errors.InvestigationUnknown: lambda: _(
            "No investigation is called {text}. Look at the list of open investigations."
        ),
        errors.InvestigationIsClosed: lambda: _(
            "Investigation {text} was closed before. Nothing was changed."
        ),
        errors.EvidenceMissing: lambda: _(
            "Words alone do not close an investigation. Name what proves it: a later count, a move, a"
            " report, a photo or a paper."
        ),
        errors.EvidenceUnfit: lambda: _(
            "{evidence} is not on record, or proves nothing about this. Choose among what is suggested,"
            " or add a photo or a paper."
        ),
        errors.ChainBroken: lambda: _(
            "Entry {number} of node {node} is not what it was sealed as ({why}). The record was changed"
            " or damaged. Stop work, keep this computer as it is and tell the registrar."
        ),
        errors.ChainForked: lambda: _(
            "Two different entries claim number {number} of node {node}. A copy of that computer was"
            " used beside it. What was held first stays; the other one is kept as evidence, and both"
            " stand side by side under Contradictions, or at the registry. Tell the registrar."
        ),
        errors.ChainGap: lambda: _(
            "Entries of node {node} are missing: {have} is the last one held, {offered} was offered."
            " Take in the earlier ones first."
        ),
        errors.FactUnreadable: lambda: _(
            "A record is not readable ({why}). Nothing of it was used. Keep the file as evidence."
        ),
        errors.RegisterDiffers: lambda: _(
            "The register shows weapon {weapon} otherwise than the ledger tells. Run rebuild; if it"
            " happens again, tell the registrar."
        ),
        errors.BooksDamaged: lambda: _(
            "The database {path} is damaged ({why}). Do not repair it: set it aside and restore the"
            " last good backup."
        ),
        errors.BooksTooNew: lambda: _(
            "{path} was written by a newer version of the program (its form {theirs}, ours {ours})."
            " Nothing was changed. Install the newer version."
        ),
        errors.BooksRolledBack: lambda: _(
            "This database ends at entry {found}, but entry {anchored} was already written here. It is"
            " an old copy. Find the newer one, or take entries back from the registry."
        ),
        errors.AnchorMissing: lambda: _(
            "{path} is gone or was changed. It tells where the record ended, so the last entries may"
            " have been cut off. Keep this computer as it is, tell the registrar, and restore the last"
            " good backup."
        ),
        errors.NodeOvertaken: lambda: _(
            "This stockpile is an old copy: its registry holds entries up to {number} that were not"
            " here any more. They were taken back, but nothing new is recorded with this key, or"
            " there would be two histories. Make a backup now and restore it: the restored stockpile"
            " goes on as a successor with a key of its own."
        ),
        errors.ReceiptContradicted: lambda: _(
            "The registry signed that it holds entry {number} of {node}, but the ledger here ends at"
            " entry {found} or holds another entry in its place: history was cut short or replaced."
            " Leave everything as it is and tell the registrar."
        ),
        errors.BooksInUse: lambda: _(
            "{path} is open in another window or program. Close that one first."
        ),
        errors.DiskFull: lambda: _(
            "The disk of {path} is full. Nothing of this act was saved. Make room and repeat it."
        ),
        errors.DiskTrouble: lambda: _(
            "{path} cannot be read or written ({why}). Nothing of this act was saved."
        ),
        errors.BackupPlaceMissing: lambda: _(
            "The disk or stick for backups is not here ({path}). Plug it in: the backup is written as"
            " soon as it is back. Or choose another place in the settings."
        ),
        errors.BackupDamaged: lambda: _(
            "{path} is no whole backup ({why}). Nothing was taken from it. Use an older one, and make a"
            " new one on another disk."
        ),
        errors.HandoverNeedsCount: lambda: _(
            "{place} has not been counted whole by serial since it changed hands last. Count it, close"
            " the count, then hand it over."
        ),
        errors.CustodianSame: lambda: _(
            "{officer} is the custodian of {place} already. Nothing was written."
        ),
        errors.CustodianUnsigned: lambda: _(
            "{officer} takes it over and must sign for it. Nothing was written; ask them for their PIN."
        ),
        errors.UnsafeDisk: lambda: _(
            "{path} lies on a {kind} drive, where records are lost when power fails. Put the stockpile"
            " on the computer's own disk."
        ),
        errors.HomeMissing: lambda: _(
            "There is no stockpile in {path}. Make one with: stockpile init"
        ),
        errors.HomeExists: lambda: _(
            "There is a stockpile in {path} already. Nothing was changed."
        ),
        errors.WrongPassphrase: lambda: _(
            "This passphrase does not open the store. Type it again."
        ),
        errors.PassphraseTooSoon: lambda: _(
            "Too many wrong passphrases. Wait {wait} and try again."
        ),
        errors.PassphraseTooShort: lambda: _(
            "A passphrase of the store needs at least {least} characters: who has the computer can try"
            " as many as they like. Five words that do not belong together are good."
        ),
        errors.SystemSecretMissing: lambda: _(
            "This store opens only together with the secret in this computer's keyring, and it is not"
            " there. Sign in to the computer as usual, or recover the store with its recovery sheet or"
            " the authority's key."
        ),
        errors.SystemSecretOther: lambda: _(
            "This computer's keyring holds another secret than the one this store was locked with, as"
            " where somebody else is signed in to the computer or it was set up anew. Sign in to the"
            " computer as usual, or recover the store with its recovery sheet or the authority's key."
        ),
        errors.SystemSafeLocked: lambda: _(
            "This computer's keyring is locked. Unlock it with the password of this computer, then try"
            " again. Nothing was changed."
        ),
        errors.SystemSafeSilent: lambda: _(
            "This computer's keyring does not answer. Sign out of the computer and in again, then try"
            " again. Nothing was changed."
        ),
        errors.SystemSafeMissing: lambda: _(
            "This computer has no keyring that keeps a secret. Nothing was changed."
        ),
        errors.PracticeKeysFixed: lambda: _(
            "The secrets of a practice depot are known to everybody and stay as they are. Nothing was"
            " changed."
        ),
        errors.NoRecovery: lambda: _(
            "There is no way back into this store yet. Print a recovery sheet first, or have the"
            " authority's recovery key set."
        ),
        errors.RecoveryKeyStrange: lambda: _(
            "This age key does not open the store. It was sealed to another one, or to none. Nothing"
            " was changed."
        ),
        errors.SheetVoid: lambda: _(
            "Recovery sheet {sheet} is void: the keys were changed after it was printed, or another"
            " sheet was. Nothing was changed."
        ),
        errors.SheetHalfMistyped: lambda: _(
            "What was given for half {half} is not as it was printed (row {row}; 0 means its length or"
            " beginning). Compare it with the paper; scanning the square code is safer than typing."
        ),
        errors.SheetHalvesApart: lambda: _(
            "These are not the two halves of one recovery sheet. Both must bear the same number, and"
            " one is half 1, the other half 2."
        ),
        errors.HomeOpenToOthers: lambda: _(
            "Others who use this computer can read {path}, and that cannot be changed here. Move the"
            " stockpile to a folder that only you can read."
        ),
        errors.KeysUnreadable: lambda: _(
            "The key file {path} is missing or damaged. Restore it from the backup; without it the"
            " store cannot be opened."
        ),
        errors.OfficerUnknown: lambda: _("No officer called {name} holds an office here."),
        errors.WrongPin: lambda: _(
            "This is not the PIN of {name}. After each wrong one the wait gets longer."
        ),
        errors.OfficerNotAuthorised: lambda: _(
            "The role of {name} does not include this act ({act}). Ask an officer whose role does."
        ),
        errors.SecondOfficerMissing: lambda: _(
            "This act ({act}) needs a second officer. Let them confirm with their own PIN."
        ),
        errors.NeverLater: lambda: _(
            "This act ({act}) cannot be left for a second officer to confirm later: {at_once}. Nothing"
            " was written."
        ),
        errors.ActUnsigned: lambda: _(
            "This act ({act}) needs the officer's own signature, and it has none that holds."
            " Nothing was written. Sign in again and repeat it."
        ),
        errors.PlanTooLarge: lambda: _(
            "This act is about {count} things at once; a second officer can confirm at most {most}"
            " later. Do it in parts, or let the second officer sign now."
        ),
        errors.ProposalUnknown: lambda: _(
            "No act that waits for a second officer answers to {text}. Look in the list."
        ),
        errors.ProposalSettled: lambda: _(
            "Somebody settled this act already. Look at the list again."
        ),
        errors.ProposalStale: lambda: _(
            "Something changed since the first officer signed this ({act}), so it can no longer be"
            " confirmed. Nothing was written. Refuse it, and let it be done anew."
        ),
        errors.ConflictUnknown: lambda: _(
            "No open contradiction is called {text}. It may be settled already: look in the list"
            " again."
        ),
        errors.ConflictChanged: lambda: _(
            "Something new was written about this since you saw it. Nothing was settled: look at it"
            " again, then choose."
        ),
        errors.EntryNotInDoubt: lambda: _(
            "No entry {text} waits for a decision. Look in the list again."
        ),
        errors.OwnOffice: lambda: _(
            "Nobody does this to themselves ({act}). Ask another officer whose role includes it."
        ),
        errors.NobodyAppoints: lambda: _(
            "Without {name} nobody here could appoint officers any more. Nothing was written. Appoint"
            " another commander or registrar first."
        ),
        errors.NotInOffice: lambda: _("{name} is not in office. Put them back into office first."),
        errors.InOfficeAlready: lambda: _("{name} is in office already."),
        errors.BadgeUnknown: lambda: _(
            "This badge is nobody's here. One that was lost and replaced opens nothing any more;"
            " choose the name, or let a new badge be printed."
        ),
        errors.PinTooShort: lambda: _("A PIN needs at least {least} characters."),
        errors.WeaponUnknown: lambda: _("No weapon on record answers to {text}."),
        errors.WeaponAmbiguous: lambda: _(
            "Several weapons answer to {text}: {numbers}. Name one by its registry number."
        ),
        errors.FieldUnreadable: lambda: _("{text} means nothing as {field}. Correct it."),
        errors.FieldMissing: lambda: _("{field} is needed and was not given."),
        errors.ReasonMissing: lambda: _("Say why ({act}): a reason in words is needed."),
        errors.CustodyDisputed: lambda: _(
            "Two acts put weapon {weapon} in two places. It cannot be moved, issued or marked until"
            " that is settled; counting goes on."
        ),
        errors.WeaponGone: lambda: _("Weapon {weapon} is out of account ({state})."),
        errors.WeaponElsewhere: lambda: _(
            "Weapon {weapon} does not lie in a place here ({state}), so it cannot leave from here. Take"
            " it back, receive it or report it found first."
        ),
        errors.LabelNeverPrinted: lambda: _(
            "No label of {number} was printed yet. Scan the last good label of the batch."
        ),
        errors.LabelRunUnknown: lambda: _(
            "No run of labels {run} is on record. Look at the list of runs for its name."
        ),
        errors.SheetFinished: lambda: _(
            "The label of {number} is the last of its sheet. Nothing is left to print."
        ),
        errors.PlaceUnknown: lambda: _("No place called {text} is on record."),
        errors.PlaceAmbiguous: lambda: _(
            "Several places are called {text}: {places}. Name one by its code."
        ),
        errors.PlaceCodeTaken: lambda: _("{name} has the code {code} already. Choose another."),
        errors.PlaceWithinItself: lambda: _("{name} cannot stand within itself. Choose another."),
        errors.PlaceOccupied: lambda: _(
            "{name} is not empty (weapons there or belonging there: {weapons}, places within:"
            " {places}). Move them first."
        ),
        errors.AlreadyMarked: lambda: _("The weapon bears {text} already. It is not marked again."),
        errors.MarkingStillOpen: lambda: _(
            "A marking is not settled yet (job {job}). Look at the metal and say what is there first."
        ),
        errors.MarkNotPossible: lambda: _(
            "{text} cannot be sent to this machine ({why}). Nothing was sent."
        ),
        errors.SchemeUnknown: lambda: _("There is no marking scheme called {name}."),
        errors.SchemePatternWrong: lambda: _("No mark can be made by {pattern}: {flaw}."),
        errors.SchemeInUse: lambda: _(
            "Marks were made by version {version} of {name}. It is not edited any more: save the"
            " change as the next version."
        ),
        errors.SchemeRetired: lambda: _("{name} is retired. Choose another marking scheme."),
        errors.ReasonNotInScheme: lambda: _("{name} is not for this reason of marking."),
        errors.ComponentNotInScheme: lambda: _("{name} is not put on this part of a weapon."),
        errors.PositionNotInScheme: lambda: _("{name} is not put there ({position})."),
        errors.PolymerUnmarkable: lambda: _(
            "{name} is not put on plastic. Fit a metal plate into the frame and say so on the"
            " record, then mark the plate."
        ),
        errors.OrderUnknown: lambda: _("There is no marking order {text}."),
        errors.OrderIsClosed: lambda: _(
            "Marking order {name} is closed. Open a new one for what is still to be marked."
        ),
        errors.OrderLacks: lambda: _("This weapon is not in marking order {name}."),
        errors.NothingToMark: lambda: _(
            "None of these weapons is to be marked: {bear} bear the mark, {in_question} are in doubt."
        ),
        errors.NumbersUsedUp: lambda: _(
            "No marking numbers are left for {scheme}. Ask the registry for a new block."
        ),
        errors.JobUnknown: lambda: _("There is no marking job {job}."),
        errors.MachineLayoutChanged: lambda: _(
            "The layout on {machine} is not the one that was approved. Nothing was marked: look at"
            " it, mark a coupon, and approve it anew."
        ),
        errors.SightMissing: lambda: _(
            "Words alone settle no mark (job {job}): scan it, or take a photo of the metal."
        ),
        errors.ReadsOtherwise: lambda: _(
            "What was read ({read}) is not the mark {text}. It cannot be settled as marked."
        ),
        errors.SameSpot: lambda: _(
            "A spoiled mark stands at this spot ({component}, {position}). Choose another position:"
            " nothing is ever marked over it."
        ),
        errors.NotTheMark: lambda: _(
            "{read} is the label or the number of a weapon, not the mark on the metal. Scan the mark."
        ),
        errors.JobNotOpen: lambda: _(
            "Marking job {job} is {state}; this cannot be done with it now."
        ),
        errors.PermitExpired: lambda: _(
            "The permission to start marking was not used in time. Nothing was marked; begin again"
            " with the weapon in hand."
        ),
        errors.MarkLayoutUnknown: lambda: _(
            "No marking layout is called {name}. Choose one in the settings, or make it there."
        ),
        errors.MachineUnknown: lambda: _(
            "No marking machine {name} is set up, or another machine answered in its place. Nothing"
            " was marked. Check the cable and the settings."
        ),
        errors.MachineNotReady: lambda: _(
            "{machine} is not ready ({state}). Nothing was marked. Clear it at the machine."
        ),
        errors.MachineAstray: lambda: _(
            "{machine} was switched on again and has lost its zero. Nothing was marked. Set the zero"
            " at the corner of the marking zone, and try again."
        ),
        errors.MachineSilent: lambda: _(
            "{machine} did not answer ({question}). Check power and cable, and try again."
        ),
        errors.MachineRefused: lambda: _("{machine} refused ({said}). Nothing was marked."),
        errors.MachineMisread: lambda: _(
            "{machine} reads back {read} where {sent} was sent. Nothing was marked. Check the cable."
        ),
        errors.PortMissing: lambda: _(
            "{url} cannot be opened ({why}). Check the cable and that no other program holds it."
        ),
        errors.MachineDidNotCall: lambda: _(
            "No machine called {url} within {seconds} s. Check that it is switched on and set to call this computer."
        ),
        errors.StopByHand: lambda: _(
            "{machine} cannot be stopped from here. Press its stop button now. Part of the mark may be cut."
        ),
        errors.PortLost: lambda: _("The connection {url} broke ({why}). Check the cable."),
        errors.FileUnreadable: lambda: _("{path} cannot be read ({why}). Nothing was taken in."),
        errors.FileHostile: lambda: _(
            "{path} would unfold into more than any honest list holds ({why}). It was not opened."
        ),
        errors.LayoutUnknown: lambda: _(
            "The columns of {path} are not understood. Say which is which. It has: {columns}."
        ),
        errors.DocumentUnknown: lambda: _(
            "No list that came in answers to {text}, or several do. Name it by its digest."
        ),
        errors.ProfileShipped: lambda: _(
            "{name} is a list that the program knows by itself. Choose another name."
        ),
        errors.StockUnknown: lambda: _("There is no label stock called {name}."),
        errors.LabelUnprintable: lambda: _(
            "{text} cannot be drawn or has no room ({missing}). No label was printed; nothing was left out silently."
        ),
        errors.LabelLayoutUnknown: lambda: _(
            "No label layout is called {name}. Choose one in the settings, or make it there."
        ),
        errors.LabelElementMisfit: lambda: _(
            "The label cannot be printed so: {element}, {misfit} ({by}). Move it or change its size."
        ),
        errors.PrintScaled: lambda: _(
            "The page was printed at {size} of its size. Choose actual size (100 %) in the"
            " printer's dialog, and print the ruler page again."
        ),
        errors.PrinterUnknown: lambda: _(
            "No label printer of this computer is called {name}. Set it up in the settings."
        ),
        errors.PrinterStopped: lambda: _(
            "{printer} stands: {trouble}. Nothing was sent to it. Mend it and go on."
        ),
        errors.PrinterSilent: lambda: _(
            "{printer} does not answer: out of labels, head open or cable? Nothing was sent to it."
        ),
        errors.LabelRunGone: lambda: _("No run of labels is open under {run}."),
        errors.LabelInDoubt: lambda: _(
            "Label {place} was sent and may have come out or not. Look at the printer and say so"
            " first."
        ),
        errors.LabelMisread: lambda: _(
            "A label reads back {read} where {expected} stands on record. The sheet was withheld."
        ),
        errors.PaperMisread: lambda: _(
            "The code of a paper reads back {read} where {expected} should stand. The paper was"
            " withheld."
        ),
        errors.TagMistyped: lambda: _("{text} is not a tag: its check character does not fit."),
        errors.RegistryUnreachable: lambda: _(
            "The registry {url} cannot be reached ({why}). Nothing is lost: it is sent next time."
        ),
        errors.RegistryAsksToWait: lambda: _(
            "The registry {url} has much to do and asks to come again in {seconds} s. Nothing is lost:"
            " what waits here is sent then."
        ),
        errors.RegistryNonsense: lambda: _(
            "{url} answered something that is not a registry's answer ({why}). Nothing was changed."
        ),
        errors.RegistryRefused: lambda: _("The registry {url} refused: {reason}."),
        errors.NotEnrolled: lambda: _(
            "This stockpile is not enrolled with a registry yet. Ask the registry for a code, then:"
            " stockpile registry enrol"
        ),
        errors.CodeUnknown: lambda: _(
            "The enrolment code is wrong or was used. Ask for a new one."
        ),
        errors.NodeUnknown: lambda: _("The registry knows no node {node}."),
        errors.AttestationMissing: lambda: _(
            "This wants the signatures of {needs} keys of the authority, and {have} hold. Carry the"
            " statement to another official: stockpile authority sign. Nothing was changed."
        ),
        errors.StatementInvalid: lambda: _(
            "The statement would change nothing: {fault}. Nothing was written."
        ),
        errors.StatementDamaged: lambda: _(
            "{path} is no file of the authority, or was changed on the way ({why}). Nothing was"
            " taken in. Ask for it again."
        ),
        errors.LastGoodUnknown: lambda: _(
            "Entry {number} of node {node} is another one here than the statement says is the last"
            " good one. Look again at what is held of it, and make the statement anew."
        ),
        errors.NodeTrusted: lambda: _(
            "Node {node} is neither revoked nor set apart: its entries count as they are."
        ),
        errors.CertificateForOther: lambda: _(
            "The certificate is for node {node}, not for this computer. Nothing was taken in."
        ),
        errors.CertifierUnknown: lambda: _(
            "Nobody who may enrol signed the certificate of node {node}: no registry known here and"
            " no key that the authority named. Nothing was taken in."
        ),
        errors.EntriesUnsent: lambda: _(
            "The registry has not heard of the last entries yet ({count}), and another key cannot"
            " send them. Exchange first (Sync), then go on. Nothing was changed."
        ),
        errors.AuthorityKeyExists: lambda: _(
            "{path} is there already. A key is never written over: choose another name."
        ),
        errors.NodeQuarantined: lambda: _(
            "The registry set node {node} apart: what it sends is kept as evidence and not counted."
            " Ask the registrar."
        ),
        errors.ProtocolTooOld: lambda: _(
            "This program and the registry speak no common version ({ours}, {theirs}). Update one."
        ),
        errors.SignatureWrong: lambda: _(
            "The signature of {node} does not fit. Nothing was accepted."
        ),
        errors.RegistrySlow: lambda: _(
            "The registry {url} is slow to answer ({why}). Nothing is lost: it is sent next time."
        ),
        errors.RegistryRolledBack: lambda: _(
            "The registry {url} has forgotten entries that it had confirmed: it held {had} and holds {has}. Tell the registrar; this computer sends them again."
        ),
        errors.RegistryRewritten: lambda: _(
            "The registry {url} shows another history than the one it signed before (up to {size})."
            " Nothing was sent or taken, and nothing is lost here. Tell the registrar; if the registry"
            " itself was restored, enrol again with a new code."
        ),
        errors.SharesDiffered: lambda: _(
            "This computer and the registry {url} did not hold the same (here and there: {lacking})."
            " Everything was read anew, and now they do. Nothing is lost."
        ),
        errors.RegistryWithholds: lambda: _(
            "ALARM: the registry {url} says that it holds records which it does not give (here and"
            " there: {lacking}). Nothing is lost here. Tell the registrar: the registry is damaged,"
            " or somebody withholds records."
        ),
        errors.RegistryContradicts: lambda: _(
            "ALARM: the registry {url} holds other records than this computer under the same numbers"
            " ({lacking}). Both are signed by the same node. Nothing is lost here. Tell the"
            " registrar and the authority."
        ),
        errors.LogSplit: lambda: _(
            "ALARM: the registry {url} showed node {node} a log of {size} entries that does not"
            " belong to the history it shows here. It was rolled back, or somebody shows two"
            " histories. Your record goes on and is kept. Tell the authority, not only the"
            " registry."
        ),
        errors.NoteUnreadable: lambda: _(
            "A checkpoint, cosignature or key is not what it should be ({why}). Nothing of it was"
            " used. Fetch it again; if it comes the same way again, tell the registrar."
        ),
        errors.LogNotExtended: lambda: _(
            "ALARM: the log {origin} shows {shown} entries that do not go on from the {had} it"
            " showed before. Nothing was cosigned; both heads are kept as evidence. Tell the"
            " authority, not only the registry."
        ),
        errors.LogUnknown: lambda: _(
            "This witness does not follow the log {origin}. Let the registry read out its log's"
            " key, then: stockpile witness follow KEY"
        ),
        errors.OfferElsewhere: lambda: _(
            "The offer of {origin} begins at {begins}, and this witness last saw {had}. Ask the"
            " registry for an offer from {had}."
        ),
        errors.WitnessUnknown: lambda: _(
            "Nobody named a witness {name} with this key. Its word is not taken: name it first."
        ),
        errors.TileUnknown: lambda: _("The log has no tile {path}, or not yet."),
        errors.HeadNeverWas: lambda: _(
            "The log never had this head of {size} entries. It is of another registry, or somebody"
            " shows two histories. Nothing was taken in."
        ),
        errors.MessageUnreadable: lambda: _(
            "A message is not readable ({why}). Nothing of it was used."
        ),
        errors.BatchTooLarge: lambda: _(
            "Too much was sent at once. It is sent again in smaller parts."
        ),
        errors.TooManyTries: lambda: _("Too many wrong tries. Wait a minute and try again."),
        errors.SignInRefused: lambda: _(
            "Name, passphrase or digits are not right. Check each of them, wait until your device shows new digits, and try again."
        ),
        errors.SignInTooSoon: lambda: _(
            "Too many wrong tries. Nobody can sign in so for {wait}; what you typed is right or wrong as before. Wait and try again."
        ),
        errors.DigitsWrong: lambda: _(
            "The six digits are wrong or were used already. Nothing was done. Wait until your device shows new ones, and type those."
        ),
        errors.PassphrasesDiffer: lambda: _(
            "The new passphrase was typed in two ways, so it was not set. Type it twice alike."
        ),
        errors.FormStale: lambda: _(
            "This form does not belong to the page that you were shown last, so nothing was done. Open the page again and repeat it."
        ),
        errors.LoginTaken: lambda: _(
            "Somebody else signs in as {login} already. Choose another name to sign in by."
        ),
        errors.UserUnknown: lambda: _(
            "Nobody signs in to this registry as {login}. Look at the list of users."
        ),
        errors.AskedTooOften: lambda: _(
            "The registry is asked too often from here. Wait {seconds} seconds and try again."
        ),
        errors.RequestTooSlow: lambda: _(
            "The line stopped for {seconds} seconds in the middle of a message. Nothing of it was used; it is sent again."
        ),
        errors.RequestStale: lambda: _(
            "The request was too old or was sent twice. Check the date and time of this computer, and try again."
        ),
        errors.RegistryBusy: lambda: _("The registry is busy ({why}). Try again."),
        errors.PinTooSoon: lambda: _("Too many wrong PINs for {name}. Wait {wait} and try again."),
        errors.HolderUnknown: lambda: _(
            "Nobody on record answers to {text}. Put them on record first, or look for another name."
        ),
        errors.HolderAmbiguous: lambda: _(
            "Several people answer to {text}: {names}. Name one by the service number or the card."
        ),
        errors.CardTaken: lambda: _(
            "The card {card} is {name}'s. A card names one person: take another, or change theirs first."
        ),
        errors.HolderStillHolds: lambda: _(
            "{name} still answers for weapons ({weapons}) or rounds ({rounds}). Take them back first; then"
            " the person can be erased."
        ),
        errors.ListNamesNobody: lambda: _(
            "No column of {name} is headed Name. Write Name above the column with the names, and bring the"
            " list in again."
        ),
        errors.HolderWithoutPin: lambda: _(
            "{name} has no PIN here. Give them one, or let them sign by hand."
        ),
        errors.WeaponsSame: lambda: _("Both are the same record ({weapon}). Choose the other one."),
        errors.RecordJoined: lambda: _(
            "Record {weapon} is joined to another one. Take the merger back: then both stand by"
            " themselves again. Nothing was written."
        ),
        errors.RecordNotJoined: lambda: _(
            "Record {weapon} was not joined or withdrawn: there is nothing to take back."
        ),
        errors.RangeUnclear: lambda: _(
            "From {first} to {last} is no run of numbers: only one group of digits may count up. Write"
            " the first and the last serial whole."
        ),
        errors.RangeTooLong: lambda: _(
            "{count} weapons at once are more than a run may have ({most}). Take it in parts, or import"
            " a list."
        ),
        errors.ReaderSame: lambda: _(
            "{officer} put this weapon on record. Let another officer read its serial back."
        ),
        errors.PhotoUnreadable: lambda: _(
            "{path} is no photo that can be read ({why}). Nothing was kept. Take a JPEG or PNG file."
        ),
        errors.PhotoMissing: lambda: _(
            "The photo {digest} is on record but not on this computer yet. It comes with the exchange."
        ),
        errors.PhotoRefused: lambda: _(
            "What came is not the photo {digest} ({why}). Nothing of it was kept; the record stands"
            " without it, and it is asked for again."
        ),
        errors.PhotoUnknown: lambda: _(
            "No record shows the photo {digest} to this stockpile. Nothing was kept or given."
        ),
        errors.PhotosFull: lambda: _(
            "There is no room for more photos ({why}). The record itself is complete; make room and"
            " the photos follow."
        ),
        errors.PhotoDamaged: lambda: _(
            "The photo {digest} is not what it was when it was taken in. Keep the file as evidence and"
            " restore it from a backup."
        ),
        errors.MachineStranger: lambda: _(
            "Another machine answers in place of {machine}: {found} instead of {expected}. Nothing was marked. Check the cable."
        ),
        errors.WaybillUnknown: lambda: _(
            "No transfer answers to {text}. If it comes from another depot, load its courier file first."
        ),
        errors.WaybillSettled: lambda: _(
            "Waybill {number} cannot be changed so any more: {state}. Make out a new waybill."
        ),
        errors.TooManyWeapons: lambda: _(
            "{count} weapons are more than one waybill may list ({most}). Make out several."
        ),
        errors.LicenceIncomplete: lambda: _(
            "This transfer ({purpose}) needs what its licence says, and lacks: {licence}. Fill it in from"
            " the paper."
        ),
        errors.WeaponsUnmarked: lambda: _(
            "Before this transfer ({purpose}) each weapon needs a mark that names the country. These have"
            " none: {weapons}. Mark them first."
        ),
        errors.CourierForOther: lambda: _(
            "This courier file is locked for {to} and cannot be opened here. Nothing was taken in. Hand"
            " it on."
        ),
        errors.CourierForged: lambda: _(
            "{path} is not what its sender signed ({why}). Nothing of it was taken in. Ask for a new copy"
            " and keep this one as evidence."
        ),
        errors.InspectionUnproved: lambda: _(
            "{path} does not hold: {unproved}. Nothing of it was taken in. Keep the stick as evidence."
        ),
        errors.InspectionKnown: lambda: _(
            "This result of {inspector}, signed on {on}, is on record already."
        ),
        errors.CourierTooLarge: lambda: _(
            "A courier file of {size} bytes is more than is taken in at once ({most}). Use the registry"
            " for this exchange."
        ),
        errors.CourierIncomplete: lambda: _(
            "This courier file of {name} goes on from entry {first}, but only {have} came. Nothing was"
            " taken in. Load the earlier courier file first."
        ),
        errors.SenderUnknown: lambda: _(
            "Nobody vouches for {name} ({node}). Nothing was taken in. Compare this code with the one on"
            " the paper waybill; a registrar may then introduce the sender."
        ),
        errors.CourierWordsWrong: lambda: _(
            "The words do not open this courier file. They stand on the paper waybill; type all of them."
        ),
        errors.NotToBeIssued: lambda: _(
            "{weapon} cannot be handed out: {objection}. Nothing was issued. Take it off the counter and"
            " look at its record."
        ),
        errors.OverrideMissing: lambda: _(
            "Something stands against handing out {weapon}: {objection}. Take it off the counter, or"
            " let an officer who may do so give the reason."
        ),
        errors.WeaponNotOut: lambda: _(
            "{weapon} is not out with anybody. Nothing has to be taken back."
        ),
        errors.CounterEmpty: lambda: _(
            "Nothing lies on the counter. Scan a person and a weapon first."
        ),
        errors.HandInEmpty: lambda: _(
            "Nothing was handed in yet. Put a weapon or ammunition on the list first."
        ),
        errors.HandInLarge: lambda: _(
            "{count} weapons are more than one receipt may list ({most}). Make out several."
        ),
        errors.HandInUnknown: lambda: _("There is no hand-in {number} on record here."),
        errors.HandInWithdrawn: lambda: _("Hand-in {number} was taken back already."),
        errors.HandInMoved: lambda: _(
            "{what} of hand-in {number} stood on record before, or has moved since. Put that record"
            " right by itself."
        ),
        errors.GatePassUnknown: lambda: _("There is no gate pass {number} on record here."),
        errors.GatePassSettled: lambda: _("Gate pass {number} is closed. Make out a new one."),
        errors.TraceRequestUnknown: lambda: _(
            "There is no request to trace, and no answer, {number} on record here."
        ),
        errors.TraceRequestClosed: lambda: _(
            "Request {number} is closed: it was answered or withdrawn. Make a new one."
        ),
        errors.TraceRequestSent: lambda: _(
            "Request {number} was sent or acknowledged, so its words stand. Withdraw it and make a new"
            " one to say something else."
        ),
        errors.TraceRequestUnsent: lambda: _(
            "Request {number} was not sent yet. Note first that it was sent."
        ),
        errors.TraceRequestIncomplete: lambda: _(
            "Request {number} cannot be sent yet. Complete it: {lacking}."
        ),
        errors.TraceAskedAlready: lambda: _(
            "This State was asked to trace {weapon} with request {number}, which is open. Remind them,"
            " or withdraw it first."
        ),
        errors.TracingForbidden: lambda: _(
            "The rules of this site forbid tracing: no request goes out, and none is answered but"
            " with a refusal. Who sets the rules of the guard can allow it, where the agreement"
            " does."
        ),
        errors.DestructionUnknown: lambda: _(
            "There is no order to destroy, and no certificate, {number} on record here."
        ),
        errors.DestructionClosed: lambda: _(
            "Order {number} is closed: it was certified or withdrawn. Make out a new one."
        ),
        errors.DestructionBegun: lambda: _(
            "A weapon of order {number} was read at the site, so its list stands. Keep back what is"
            " not to be destroyed, and order anew what is missing."
        ),
        errors.DestructionLarge: lambda: _(
            "{count} weapons are more than one order may list ({most}). Make out several."
        ),
        errors.DestructionOrderedAlready: lambda: _(
            "Weapon {weapon} stands on order {number} already. Take it off there first."
        ),
        errors.DestructionIncomplete: lambda: _(
            "{count} on the list of {number} were neither read at the site nor kept for a reason. Read"
            " them, or keep them back."
        ),
        errors.NothingDestroyed: lambda: _(
            "Every weapon of order {number} is kept back. Withdraw the order instead."
        ),
        errors.NotOnDestructionList: lambda: _(
            "Weapon {weapon} is not on the list of order {number}. Put it aside: it is not to be"
            " destroyed."
        ),
        errors.ReadingStale: lambda: _(
            "Weapon {weapon} moved after it was read at the site. Read it again."
        ),
        errors.MethodSymbolic: lambda: _(
            "{method} destroys for the eye only. Say which method follows it."
        ),
        errors.CommitteeIncomplete: lambda: _(
            "A destruction is certified before a committee and somebody independent of it. Name at"
            " least one more person: {attendant}."
        ),
        errors.EvidenceHeld: lambda: _(
            "Weapon {weapon} is held as evidence. Say in the reason what allows it to be destroyed."
        ),
        errors.DeactivatedAlready: lambda: _(
            "Weapon {weapon} was deactivated before. Say that the new certificate takes the place of"
            " the old one."
        ),
        errors.NotDeactivated: lambda: _("Weapon {weapon} was not deactivated."),
        errors.ReceiptsMixed: lambda: _(
            "One voucher lists hand-overs or returns, not both. Make out one of each."
        ),
        errors.ReceiptUnknown: lambda: _("There is no receipt {number} on record here."),
        errors.ReceiptStale: lambda: _(
            "Something on receipt {number} changed while it was signed. Nothing was written. Look at the"
            " counter and sign again."
        ),
        errors.ReceiptForged: lambda: _(
            "Receipt {number} does not say what was signed. Do not rely on it; keep the paper and tell"
            " the registrar."
        ),
        errors.LotUnknown: lambda: _(
            "No lot of ammunition called {lot} is on record. Type the lot number as it stands on the box."
        ),
        errors.LotShort: lambda: _(
            "Lot {lot} has {left} rounds left, {wanted} are wanted. Take fewer, or the rest of another lot."
        ),
        errors.RoundsTooMany: lambda: _(
            "{said} rounds of lot {lot} cannot be accounted for: only {held} are out with this person."
            " Count again."
        ),
        errors.QuantityUnreadable: lambda: _(
            "{text} is no quantity. Type how many, as a whole number above zero."
        ),
        errors.AlreadyLost: lambda: _(
            "The weapon is reported lost or stolen already, as {number}. Open that report and amend"
            " it."
        ),
        errors.NotLost: lambda: _(
            "The weapon is not reported lost or stolen, so there is nothing to recover or to amend."
            " Look at its page: it may be recovered already."
        ),
        errors.ReportUnknown: lambda: _(
            "No weapon that is lost now was reported as {number}. Look at the list of open reports."
        ),
        errors.HotListForged: lambda: _(
            "The list of lost and stolen weapons is not what the registry signed ({why}). The one"
            " held before goes on. Synchronise again, and tell the registrar if it happens again."
        ),
    }
)


def condition(text: str) -> str:
    """Return a serviceability in words."""
    return _CONDITIONS[text]()


def status(text: str) -> str:
    """Return where a weapon stands in words."""
    return _STATUSES[text]()


def weapon_type(code: str) -> str:
    """Return a type code in words; nothing for no type."""
    return _TYPES[code]() if code in _TYPES else code


def label_element(what: str) -> str:
    """Return what a thing on a label is called."""
    return _LABEL_ELEMENTS[what]() if what in _LABEL_ELEMENTS else what


def misfit(kind: str) -> str:
    """Return why a thing on a label cannot be printed where it stands."""
    return _MISFITS[kind]() if kind in _MISFITS else kind


def why_found(why: str) -> str:
    """Return why a search found a weapon, in words."""
    return _WHYS[why]()


def reason_found(reasons: Sequence[str], why: str) -> str:
    """Return what differs between a reading and the mark found, in words; else why it was found."""
    told = [_REASONS_FOUND[one]() for one in reasons if one in _REASONS_FOUND]
    return told[0] if told else why_found(why)


def job_state(state: str) -> str:
    """Return the state of a marking job in words."""
    return _JOB_STATES[state]()


_REASONS_FOUND: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "swapped": lambda: _("Neighbours swapped"),
        "missing": lambda: _("Characters missing"),
        "extra": lambda: _("A character too many"),
        "differs": lambda: _("A character differs"),
        "zeros": lambda: _("Zeros at the beginning"),
        "prefix_lost": lambda: _("Beginning left out"),
        "other_script": lambda: _("Letters of another script"),
    }
)
_CONDITIONS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "unknown": lambda: _("Not examined"),
        "serviceable": lambda: _("Serviceable"),
        "repairable": lambda: _("Repairable"),
        "unserviceable": lambda: _("Unserviceable"),
        "incomplete": lambda: _("Incomplete"),
    }
)
_STATUSES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "in_store": lambda: _("In store"),
        "collected": lambda: _("Collected"),
        "found": lambda: _("Found"),
        "seized": lambda: _("Seized"),
        "issued": lambda: _("Issued"),
        "in_transit": lambda: _("In transit"),
        "lost": lambda: _("Lost"),
        "recovered": lambda: _("Recovered"),
        "destroyed": lambda: _("Destroyed"),
        "withdrawn": lambda: _("Withdrawn"),
        "merged": lambda: _("Joined to another record"),
        "disputed": lambda: _("Disputed"),
        "unregistered": lambda: _("Not on record yet"),
    }
)
_TYPES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "REV": lambda: _("Revolver"),
        "PST": lambda: _("Self-loading pistol"),
        "PSS": lambda: _("Other pistol"),
        "RIF": lambda: _("Rifle or carbine"),
        "SNP": lambda: _("Precision rifle"),
        "SMG": lambda: _("Sub-machine gun"),
        "ASR": lambda: _("Assault rifle"),
        "LMG": lambda: _("Light machine gun"),
        "GPM": lambda: _("General-purpose machine gun"),
        "SHG": lambda: _("Shotgun"),
        "CMB": lambda: _("Combination gun"),
        "HMG": lambda: _("Heavy machine gun"),
        "GRL": lambda: _("Grenade launcher"),
        "PAA": lambda: _("Portable anti-aircraft gun"),
        "PAT": lambda: _("Portable anti-tank gun"),
        "RCL": lambda: _("Recoilless rifle"),
        "ATL": lambda: _("Anti-tank missile or rocket launcher"),
        "MAN": lambda: _("Portable anti-aircraft missile system"),
        "MO1": lambda: _("Mortar below 75 mm"),
        "MO2": lambda: _("Mortar of 75 to 99 mm"),
        "MO3": lambda: _("Mortar of 100 mm or more"),
        "CRF": lambda: _("Craft-made weapon"),
        "PRT": lambda: _("Part or component"),
        "REP": lambda: _("Replica or blank-firer"),
    }
)
_WHYS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "number": lambda: _("Registry number"),
        "tag": lambda: _("Tag"),
        "old_tag": lambda: _("A replaced label"),
        "forged_label": lambda: _("A label not ours"),
        "applied_mark": lambda: _("Our mark"),
        "serial": lambda: _("Serial number"),
        "serial_looks_alike": lambda: _("Serial looks alike"),
        "mark": lambda: _("Another mark"),
        "part": lambda: _("Part of a mark"),
        "similar": lambda: _("Similar"),
        "words": lambda: _("Make, model or place"),
        "paper": lambda: _("Number of a paper"),
    }
)
_JOB_STATES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "intent": lambda: _("About to begin"),
        "prepared": lambda: _("Prepared"),
        "armed": lambda: _("Start was sent"),
        "started": lambda: _("The machine is marking"),
        "done_reported": lambda: _("Done, not read back yet"),
        "verified": lambda: _("Read back"),
        "unknown": lambda: _("Unknown: look at the metal"),
        "not_started": lambda: _("Not started"),
        "resolved_marked": lambda: _("Settled: marked"),
        "resolved_partial": lambda: _("Settled: partly marked"),
        "resolved_not_marked": lambda: _("Settled: not marked"),
        "voided": lambda: _("Voided"),
    }
)


def applied_state(state: str) -> str:
    """Return how a mark of ours stands, in words."""
    return (_APPLIED.get(state) or _JOB_STATES[state])()


def conflict_kind(kind: str) -> str:
    """Return what sort of contradiction a conflict is, in words."""
    return _CONFLICTS[kind]()


def machine_state(state: str) -> str:
    """Return what a marking machine says of itself, in words."""
    return _MACHINE_STATES[state]()


def field_name(name: str) -> str:
    """Return what a field is called; the name itself where it has no word."""
    return _FIELDS[name]() if name in _FIELDS else name


def scheme_part(part: str) -> str:
    """Return what a part of a marking scheme's pattern stands for, in words."""
    return field_name({"cal": "calibre"}.get(part, part))


def marking_reason(code: str) -> str:
    """Return why weapons are marked, in words."""
    return _MARKING_REASONS[code]() if code in _MARKING_REASONS else code


def act(name: str) -> str:
    """Return an act in words, as what somebody may do: "destroy weapons"."""
    return _ACTS[name]() if name in _ACTS else name


def role(text: str) -> str:
    """Return an officer's role in words."""
    return _ROLES[text]()


_CONFLICTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "custody_fork": lambda: _("In two places at once"),
        "marking_fork": lambda: _("Two accounts of its marks"),
        "identity_fork": lambda: _("Described in two ways"),
        "condition_fork": lambda: _("Two accounts of its condition"),
        "count_mismatch": lambda: _("Seen where it should not be"),
        "act_after_end": lambda: _("Acted on after its end"),
        "marked_twice": lambda: _("Marked twice"),
        "possible_duplicate": lambda: _("Perhaps one weapon, recorded twice"),
        "authority": lambda: _("Written without the right to it"),
        "mark_doubled": lambda: _("One mark on several weapons"),
        "lot_overdrawn": lambda: _("More rounds out than the lot held"),
        "mark_outside": lambda: _("A number outside its block"),
        "node_fork": lambda: _("Two histories of one computer"),
        "count_missing": lambda: _("On record here, missing in a count"),
    }
)
_MACHINE_STATES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "not_ready": lambda: _("Not ready"),
        "ready": lambda: _("Ready"),
        "marking": lambda: _("Marking"),
        "busy": lambda: _("Moving, not marking"),
        "paused": lambda: _("Paused"),
        "fault": lambda: _("Fault"),
        "simulation": lambda: _("Simulation: it would move and not mark"),
    }
)
_ROLES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "clerk": lambda: _("Clerk"),
        "armourer": lambda: _("Armourer"),
        "storekeeper": lambda: _("Storekeeper"),
        "marking_operator": lambda: _("Marking operator"),
        "inspector": lambda: _("Inspector"),
        "commander": lambda: _("Commander"),
        "registrar": lambda: _("Registrar"),
        "field_team": lambda: _("Field team"),
        "auditor": lambda: _("Auditor"),
    }
)
_SCHEME_PARTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "iso2": lambda: _("Country, two letters"),
        "iso3": lambda: _("Country, three letters"),
        "yy": lambda: _("Year, two digits"),
        "yyyy": lambda: _("Year, four digits"),
        "date": lambda: _("Date of marking"),
        "made_in": lambda: _("Country of manufacture"),
        "made_yy": lambda: _("Year of manufacture, two digits"),
        "seq": lambda: _("Number"),
        "newserial": lambda: _("New serial number"),
        "maker": lambda: _("Manufacturer"),
        "cal": lambda: _("Calibre"),
        "force": lambda: _("Force code"),
        "agency": lambda: _("Agency code"),
        "city": lambda: _("City"),
        "lic8": lambda: _("Licence, eight digits"),
        "star": lambda: _("Star"),
        "logo": lambda: _("Logo"),
        "check": lambda: _("Check character"),
    }
)
_FLAWS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "brace": lambda: _("a brace has no partner"),
        "part": lambda: _("a part in braces is none of ours"),
        "fixed": lambda: _("it has no part in braces"),
        "character": lambda: _("a character in it cannot be cut"),
        "spaces": lambda: _("there are spaces too many"),
        "twice": lambda: _("the number or the check character stands in it twice"),
        "check": lambda: _("check character and check system do not go together"),
        "digits": lambda: _("the number has 1 to 12 digits"),
        "limits": lambda: _("height and depth must be more than nothing"),
        "unique": lambda: _("a mark for this reason needs a number or a serial of its own"),
        "word": lambda: _("a word or code does not fit its part"),
        "glyph": lambda: _("a sign is not drawn as rows of equal length"),
    }
)
_FIELDS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "new_passphrase": lambda: _("New passphrase of the store"),
        "half": lambda: _("half of the recovery sheet"),
        "recovery": lambda: _("recovery key of the authority (age1...)"),
        "near_across": lambda: _("distance A in millimetres"),
        "near_down": lambda: _("distance B in millimetres"),
        "far_across": lambda: _("distance C in millimetres"),
        "far_down": lambda: _("distance D in millimetres"),
        "label": lambda: _("number of a label"),
        "printer": lambda: _("printer that was put right"),
        "how": lambda: _("Lost or stolen"),
        "discovered": lambda: _("Discovered on"),
        "circumstances": lambda: _("Circumstances"),
        "type": lambda: _("Type"),
        "make": lambda: _("Make"),
        "model": lambda: _("Model"),
        "calibre": lambda: _("Calibre"),
        "serial": lambda: _("Serial number"),
        "country": lambda: _("Country"),
        "year": lambda: _("Year of make"),
        "condition": lambda: _("Condition"),
        "place": lambda: _("Place"),
        "kind": lambda: _("Kind"),
        "stock": lambda: _("Label stock"),
        "url": lambda: _("Address"),
        "dots_per_inch": lambda: _("Dots an inch"),
        "code": lambda: _("Code"),
        "capacity": lambda: _("Capacity"),
        "reason": lambda: _("Reason"),
        "act": lambda: _("Act"),
        "lock_after": lambda: _("Minutes until the screen locks"),
        "retain_persons": lambda: _("Months until details of persons are erased"),
        "name": lambda: _("Name"),
        "officer": lambda: _("Officer"),
        "pin": lambda: _("PIN"),
        "passphrase": lambda: _("Passphrase of the store"),
        "remarks": lambda: _("Remarks"),
        "role": lambda: _("Role"),
        "roles": lambda: _("Roles"),
        "scope": lambda: _("What it is told of"),
        "weapons": lambda: _("Weapons"),
        "action": lambda: _("Action"),
        "origin": lambda: _("Origin of manufacture"),
        "frame": lambda: _("Frame material"),
        "custody": lambda: _("Kind of custody"),
        "missing_parts": lambda: _("Missing parts"),
        "mode": lambda: _("How it came"),
        "on": lambda: _("Date it came"),
        "where": lambda: _("Where it came from"),
        "case": lambda: _("Case number"),
        "grounds": lambda: _("Illicit ground"),
        "import_country": lambda: _("Country of import"),
        "import_year": lambda: _("Year of import"),
        "importer": lambda: _("Importer"),
        "photo": lambda: _("Photo"),
        "view": lambda: _("View"),
        "mark": lambda: _("Mark"),
        "destination": lambda: _("Destination"),
        "planned": lambda: _("Planned date"),
        "due": lambda: _("Due date"),
        "read": lambda: _("What was read"),
        "pattern": lambda: _("Pattern"),
        "scheme": lambda: _("Marking scheme"),
        "scanner": lambda: _("Handheld scanner"),
        "word": lambda: _("Word or code"),
        "polymer": lambda: _("Rule for plastic frames"),
        "child_protection": lambda: _("Child-protection officer"),
        "category": lambda: _("Category"),
        "rounds": lambda: _("Ammunition"),
        "site": lambda: _("Kind of site"),
        "bearer": lambda: _("Bearer"),
        "until": lambda: _("Valid until"),
        "signature": lambda: _("Signature"),
        "outcome": lambda: _("Outcome"),
        "methods": lambda: _("Methods"),
        "committee": lambda: _("Committee"),
        "destroyed_on": lambda: _("Date of destruction"),
        "destroyed_at": lambda: _("Place of destruction"),
        "inoperable": lambda: _("Statement that nothing can be made to shoot"),
        "authority": lambda: _("Authority"),
        "method": lambda: _("Method"),
        "components": lambda: _("Components altered"),
        "deactivation_mark": lambda: _("Deactivation mark"),
        "deactivated_on": lambda: _("Date of deactivation"),
        "by_state": lambda: _("Requesting State"),
        "of_state": lambda: _("Requested State"),
        "marks": lambda: _("Marks as read"),
        "ground": lambda: _("Why it is illicit"),
        "basis": lambda: _("Legal basis"),
        "intended_use": lambda: _("Intended use of the answer"),
        "searched_on": lambda: _("Date of the search at home"),
        "searched": lambda: _("Result of the search at home"),
        "without_photos": lambda: _("Photos, or why there are none"),
        "day": lambda: _("Date"),
        "direction": lambda: _("Direction"),
        "step": lambda: _("Step"),
        "answer": lambda: _("Answer"),
        "refusal": lambda: _("Ground to refuse or delay"),
        "disclosed_to": lambda: _("To whom it is handed out"),
        "disclosed_on": lambda: _("On what ground"),
        **_SCHEME_PARTS,
    }
)
_MARKING_REASONS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "manufacture": lambda: _("Manufacture"),
        "import": lambda: _("Import"),
        "state_stock": lambda: _("State stock"),
        "transfer_to_civilian": lambda: _("Transfer to civilian use"),
        "confiscation": lambda: _("Confiscation"),
        "deactivation": lambda: _("Deactivation"),
        "replacement": lambda: _("Replacement of an altered mark"),
    }
)
_ACTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "register": lambda: _("put weapons on record"),
        "correct": lambda: _("correct records"),
        "move": lambda: _("move weapons"),
        "import": lambda: _("take in lists"),
        "take_back": lambda: _("take lists back"),
        "label": lambda: _("print labels"),
        "mark": lambda: _("mark weapons"),
        "verify_mark": lambda: _("read marks back"),
        "resolve_mark": lambda: _("settle doubtful marks"),
        "sync": lambda: _("exchange with the registry"),
        "open_place": lambda: _("open places"),
        "set_machine": lambda: _("set up machines"),
        "appoint": lambda: _("appoint officers"),
        "enrol": lambda: _("enrol with a registry"),
        "withdraw": lambda: _("withdraw records"),
        "merge": lambda: _("join records"),
        "tell_apart": lambda: _("tell records apart"),
        "reinstate": lambda: _("put records back into account"),
        "settle": lambda: _("settle contradictions"),
        "photograph": lambda: _("add photos"),
        "read_back": lambda: _("read serials a second time"),
        "inspect": lambda: _("inspect weapons"),
        "repair": lambda: _("repair weapons"),
        "catalogue": lambda: _("add to the catalogue"),
        "issue": lambda: _("issue weapons and take them back"),
        "override": lambda: _("issue against a warning"),
        "hold": lambda: _("keep the list of holders"),
        "erase_person": lambda: _("erase what is recorded of persons"),
        "dispatch": lambda: _("send weapons away"),
        "receive": lambda: _("receive shipments"),
        "count": lambda: _("count"),
        "close_count": lambda: _("close counts"),
        "investigate": lambda: _("close investigations"),
        "set_rule": lambda: _("set rules for counts"),
        "hand_over": lambda: _("hand over custody"),
        "report_loss": lambda: _("report losses"),
        "recover": lambda: _("report weapons recovered"),
        "close_day": lambda: _("close the day"),
        "back_up": lambda: _("make backups"),
        "set_scheme": lambda: _("set marking schemes"),
        "set_mark_layout": lambda: _("set marking layouts"),
        "set_label_layout": lambda: _("set label layouts"),
        "order_marking": lambda: _("order markings"),
        "grant_numbers": lambda: _("grant marking numbers"),
        "void_mark": lambda: _("void marks"),
        "collect": lambda: _("take in what is handed in"),
        "pass_gate": lambda: _("let weapons through the gate"),
        "ineligible": lambda: _("not eligible"),
        "unsigned": lambda: _("not signed"),
        "order_destruction": lambda: _("order destructions"),
        "request_trace": lambda: _("ask for traces and answer them"),
        "destroy": lambda: _("destroy weapons"),
        "deactivate": lambda: _("deactivate weapons"),
        "keep_back": lambda: _("keep a weapon from destruction"),
        "suspend": lambda: _("suspend officers and let them go"),
        "set_guard": lambda: _("set the rules of the guard"),
        "confirm": lambda: _("confirm what another officer does"),
        "judge_entry": lambda: _("decide about entries written without the right to it"),
        "disclose_person": lambda: _("hand out what is held about a person"),
        "rotate_keys": lambda: _("change the keys of the stockpile"),
        "restore": lambda: _("restore a backup"),
        "sign_inspection": lambda: _("take in an inspection"),
        "issue_crew_served": lambda: _("issue crew-served weapons"),
    }
)
_APPLIED: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "begun": lambda: _("About to begin"),
        "marked": lambda: _("Done, not read back yet"),
        "partial": lambda: _("Settled: partly marked"),
        "voided": lambda: _("Voided"),
    }
)
_PHOTO_WHYS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "no_file": lambda: _("there is no such file"),
        "no_picture": lambda: _("it is no JPEG, PNG, WebP, BMP or TIFF"),
        "heic": lambda: _("HEIC cannot be read here: let the telephone save photos as JPEG"),
        "broken": lambda: _("it is damaged or cut off"),
        "too_large": lambda: _("the file is too large"),
        "too_many_pixels": lambda: _("it has more than 40 million pixels"),
        "no_jpeg": lambda: _("it is no JPEG"),
        "not_plain": lambda: _("it holds something beside its pixels"),
        "other_size": lambda: _("its size is not what the record says, or none that is kept"),
        "other_digest": lambda: _("its content is not what the record says"),
        "disk": lambda: _("the disk is full"),
        "quota": lambda: _("one stockpile may bring no more"),
    }
)
_UNPROVED: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "dossier": lambda: _("the dossier is not as this node signed it"),
        "register": lambda: _("the list of weapons is not the one of the dossier"),
        "head": lambda: _("the record here does not have the entry that its head code names"),
        "result": lambda: _("it is no inspector's result, or not a whole one"),
        "other_dossier": lambda: _("the result is of another dossier"),
        "sample": lambda: _("the sample is not the one that its seed draws"),
        "inspector": lambda: _("the inspector's signature does not cover it"),
    }
)
_WAYBILL_STATES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "open": lambda: _("On the way"),
        "received": lambda: _("Received"),
        "partly": lambda: _("Received in part"),
        "reversed": lambda: _("Came back"),
        "disputed": lambda: _("Disputed"),
    }
)
_LICENCE: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "number": lambda: _("licence number"),
        "issued_at": lambda: _("place of issue"),
        "issued_on": lambda: _("date of issue"),
        "expires_on": lambda: _("date of expiry"),
        "exporting": lambda: _("exporting country"),
        "importing": lambda: _("importing country"),
        "transit": lambda: _("transit countries"),
        "recipient": lambda: _("final recipient"),
        "goods": lambda: _("description and quantity"),
    }
)
_PURPOSES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {"civilian": lambda: _("to a civilian owner"), "export": lambda: _("export")}
)


def waybill_state(state: str) -> str:
    """Return how a transfer stands, in words."""
    return _WAYBILL_STATES[state]()


_OBJECTIONS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "not_cleared": lambda: _("not cleared for this weapon"),
        "clearance_expired": lambda: _("clearance has expired"),
        "unfit": lambda: _("found unfit for use"),
        "inspection_overdue": lambda: _("inspection is overdue"),
        "holder_overdue": lambda: _("has something overdue"),
        "hot": lambda: _("on the list of lost and stolen weapons"),
        "elsewhere": lambda: _("not in this store"),
        "out_already": lambda: _("out already"),
        "lost": lambda: _("reported lost or stolen"),
        "disputed": lambda: _("two accounts of where it is"),
    }
)


def objection(kind: str) -> str:
    """Return what stands against handing a weapon out, in a few words."""
    return _OBJECTIONS[kind]()


_LABEL_ELEMENTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "headline": lambda: _("Headline"),
        "serial": lambda: _("Serial"),
        "mark": lambda: _("Mark"),
        "number": lambda: _("Registry number"),
        "model": lambda: _("Make and model"),
        "type": lambda: _("Type"),
        "calibre": lambda: _("Calibre"),
        "place": lambda: _("Place"),
        "site": lambda: _("Site"),
        "text": lambda: _("Text of your own"),
        "tag": lambda: _("Tag in letters"),
        "matrix": lambda: _("Data Matrix"),
        "code128": lambda: _("Code 128"),
        "code39": lambda: _("Code 39"),
        "qr": lambda: _("QR code"),
        "logo": lambda: _("Logo"),
    }
)
_MISFITS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "outside": lambda: _("reaches over the edge of the label"),
        "free": lambda: _("lies where nothing may be printed"),
        "small": lambda: _("its box is too small to be read"),
        "low": lambda: _("its bars are too low to be read"),
        "covered": lambda: _("lies over something else"),
        "no_picture": lambda: _("has no picture yet"),
    }
)
_METHODS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "burning": lambda: _("Burning"),
        "crushing_by_vehicle": lambda: _("Crushing by vehicle"),
    }
)
_ATTENDANTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "member": lambda: _("a member of the committee"),
        "witness": lambda: _("an independent witness or monitor"),
    }
)
_PRINTER_TROUBLES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "paper_out": lambda: _("out of labels"),
        "ribbon_out": lambda: _("out of ribbon"),
        "head_open": lambda: _("its head or cover is open"),
        "jam": lambda: _("a label is jammed"),
        "paused": lambda: _("it is paused"),
        "hot": lambda: _("too hot"),
        "cutter": lambda: _("its cutter is stuck"),
        "full": lambda: _("it can take no more"),
        "fault": lambda: _("a fault of its own"),
    }
)
_PRINTER_STANDINGS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "ready": lambda: _("ready"),
        "busy": lambda: _("printing"),
        "stopped": lambda: _("stands"),
        "silent": lambda: _("does not answer: out of labels, head open or cable?"),
        "mute": lambda: _("tells nothing of itself"),
    }
)


def printer_state(standing: str, troubles: Collection[str]) -> str:
    """Return how a label printer is, in words: why it stands, where it stands."""
    if troubles:
        return ", ".join(_PRINTER_TROUBLES[one]() for one in troubles)
    return _PRINTER_STANDINGS[standing]()


_AT_ONCE: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "rotate_keys": lambda: _(
            "keys change while both officers see it, else one would do it alone and unseen"
        ),
        "restore": lambda: _(
            "before it there are no books in which it could wait; both give their PINs at once"
        ),
        "disclose_person": lambda: _(
            "what is handed out leaves the program at once; both officers see it go"
        ),
        "issue_crew_served": lambda: _("the weapon leaves the counter at once"),
        "suspend": lambda: _("it holds at once, and one officer is enough"),
        "other": lambda: _("whoever signs it signs now, at this desk"),
    }
)
_FAULTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "no_roots": lambda: _("no officials' keys were set yet"),
        "too_few": lambda: _("too few of the authority's keys signed it"),
        "version": lambda: _("it is not the next version of the officials' keys"),
        "weak": lambda: _("it names fewer keys than it wants, a key twice, or wants one alone"),
        "withdrawn": lambda: _("the key was withdrawn, and a key that was withdrawn is never back"),
        "repeated": lambda: _("it was made before; say the reason in other words"),
        "registry": lambda: _("it names the registry itself; withdraw its key instead"),
        "another": lambda: _("the two files hold two different statements"),
    }
)
_CODES: Mapping[str, Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "fault": _FAULTS,
        "at_once": _AT_ONCE,
        "field": _FIELDS,
        "act": _ACTS,
        "lacking": _FIELDS,
        "objection": _OBJECTIONS,
        "why": _PHOTO_WHYS,
        "unproved": _UNPROVED,
        "state": {
            **_MACHINE_STATES,
            **_STATUSES,
            **_APPLIED,
            **_JOB_STATES,
            **_WAYBILL_STATES,
        },
        "licence": _LICENCE,
        "purpose": _PURPOSES,
        "flaw": _FLAWS,
        "element": _LABEL_ELEMENTS,
        "misfit": _MISFITS,
        "trouble": _PRINTER_TROUBLES,
        "method": _METHODS,
        "attendant": _ATTENDANTS,
    }
)
