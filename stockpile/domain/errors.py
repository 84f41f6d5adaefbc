"""What can go wrong, sorted by what the user can do about it.

Errors carry values, never prose: ``stockpile.wording`` turns class and values into a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


class StockpileError(Exception):
    """An expected error; its fields are the values that its sentence needs."""

    def details(self) -> dict[str, object]:
        """Return the values by name, for logs and for machines that read our output."""
        names = (field.name for field in fields(self))  # type: ignore[arg-type]  # every child is a dataclass
        return {name: getattr(self, name) for name in names}

    def __reduce__(self) -> tuple[type[StockpileError], tuple[object, ...], dict[str, object]]:
        return type(self), tuple(self.details().values()), dict(vars(self))

    def __str__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self.details().items())
        return f"{type(self).__name__}({values})"


@dataclass(eq=False)
class Refused(StockpileError):
    """The rules say no; the user can put it right."""


@dataclass(eq=False)
class Unavailable(StockpileError):
    """Something outside does not answer; trying again may help."""


@dataclass(eq=False)
class Damaged(StockpileError):
    """The record contradicts itself; stop and keep the evidence."""


@dataclass(eq=False)
class Cancelled(StockpileError):
    """The user changed their mind."""


# --- the record ---------------------------------------------------------------------------------


@dataclass(eq=False)
class ChainBroken(Damaged):
    """An entry does not continue, seal or sign its chain as it claims."""

    node: str
    number: int
    why: str


@dataclass(eq=False)
class ChainForked(Damaged):
    """Two different entries claim the same number of one node's chain."""

    node: str
    number: int


@dataclass(eq=False)
class ChainGap(Refused):
    """Entries between what is held and what was offered are missing."""

    node: str
    have: int
    offered: int


@dataclass(eq=False)
class FactUnreadable(Damaged):
    """Bytes that claim to be a fact are not one, or not in their canonical form."""

    why: str


@dataclass(eq=False)
class RegisterDiffers(Damaged):
    """The register is not what the ledger's facts make of it."""

    weapon: str


@dataclass(eq=False)
class BooksDamaged(Damaged):
    """The database file itself is corrupt."""

    path: str
    why: str


@dataclass(eq=False)
class BooksTooNew(Damaged):
    """The database was written by a newer version of the program."""

    path: str
    theirs: int
    ours: int


@dataclass(eq=False)
class BooksRolledBack(Damaged):
    """The database is older than its anchor: a restored backup, a clone, or a lying drive."""

    anchored: int
    found: int


@dataclass(eq=False)
class AnchorMissing(Damaged):
    """The anchor beside the database is gone or does not bear our seal."""

    path: str


@dataclass(eq=False)
class NodeOvertaken(Refused):
    """This node is an old copy of one that went on: with its key two histories would begin."""

    number: int


@dataclass(eq=False)
class ReceiptContradicted(Damaged):
    """A registry signed for an entry that the ledger does not hold: history was cut or replaced."""

    node: str
    number: int
    found: int


@dataclass(eq=False)
class BooksInUse(Unavailable):
    """Another process has this home open."""

    path: str


@dataclass(eq=False)
class DiskFull(Unavailable):
    """The disk has no room; nothing of the act was written."""

    path: str


@dataclass(eq=False)
class DiskTrouble(Unavailable):
    """The disk cannot be read or written."""

    path: str
    why: str


@dataclass(eq=False)
class UnsafeDisk(Refused):
    """A live database must not stand on a removable, FAT or network drive."""

    path: str
    kind: str


@dataclass(eq=False)
class HomeMissing(Refused):
    """There is no stockpile in this folder yet."""

    path: str


@dataclass(eq=False)
class HomeExists(Refused):
    """There is a stockpile in this folder already."""

    path: str


@dataclass(eq=False)
class WrongPassphrase(Refused):
    """No key slot opens with this passphrase."""


@dataclass(eq=False)
class PassphraseTooSoon(WrongPassphrase):
    """After wrong passphrases the next one must wait; in seconds."""

    seconds: int


@dataclass(eq=False)
class PassphraseTooShort(Refused):
    """A new passphrase of the store must have a least length."""

    least: int


@dataclass(eq=False)
class SystemSecretMissing(Refused):
    """The passphrase wants a secret of the system's safe beside it, and none is there."""


@dataclass(eq=False)
class SystemSecretOther(Refused):
    """The system's safe holds another secret than the one that this store wants."""


@dataclass(eq=False)
class SystemSafeLocked(Unavailable):
    """The system's safe is locked, and whoever it asked did not unlock it."""


@dataclass(eq=False)
class SystemSafeSilent(Unavailable):
    """The system's safe does not answer."""


@dataclass(eq=False)
class SystemSafeMissing(Unavailable):
    """This system has no safe that keeps a secret."""


@dataclass(eq=False)
class PracticeKeysFixed(Refused):
    """The secrets of a practice depot are known to all; they are not changed."""


@dataclass(eq=False)
class NoRecovery(Refused):
    """The home has neither a recovery sheet nor the authority's key, which the step wants first."""


@dataclass(eq=False)
class RecoveryKeyStrange(Refused):
    """The age identity opens nothing here: the home was sealed to another one, or to none."""


@dataclass(eq=False)
class SheetVoid(Refused):
    """The recovery sheet opens nothing here: keys were changed after it was made."""

    sheet: str


@dataclass(eq=False)
class SheetHalfMistyped(Refused):
    """A row of a half of the recovery sheet is not what was printed; row 0 is the whole half.

    ``half`` is the place where it was given: the first or the second.
    """

    half: int
    row: int


@dataclass(eq=False)
class SheetHalvesApart(Refused):
    """Two halves that do not belong together: the same half twice, or of two sheets."""


@dataclass(eq=False)
class HomeOpenToOthers(Refused):
    """Others on this computer can read the home, and the system lets nobody forbid it."""

    path: str


@dataclass(eq=False)
class KeysUnreadable(Damaged):
    """The key-slot file is missing or damaged."""

    path: str


# --- people -------------------------------------------------------------------------------------


@dataclass(eq=False)
class OfficerUnknown(Refused):
    """No officer of this name holds an office here."""

    name: str


@dataclass(eq=False)
class WrongPin(Refused):
    """The PIN does not open this officer's key."""

    name: str


@dataclass(eq=False)
class OfficerNotAuthorised(Refused):
    """The officer's role does not include this act."""

    name: str
    act: str


@dataclass(eq=False)
class SecondOfficerMissing(Refused):
    """The act needs a second officer."""

    act: str


@dataclass(eq=False)
class NeverLater(Refused):
    """The act wants its officers at once; no second one can confirm it later.

    ``at_once`` is the act where it says why, else ``other``.
    """

    act: str
    at_once: str = "other"


@dataclass(eq=False)
class ActUnsigned(Refused):
    """The act needs an officer's own signature, and none that holds stands under it."""

    act: str


@dataclass(eq=False)
class PlanTooLarge(Refused):
    """An act of so many facts cannot be left for a second officer to confirm later."""

    count: int
    most: int


@dataclass(eq=False)
class ProposalUnknown(Refused):
    """No act that waits for a second officer, or several, answer to this text."""

    text: str


@dataclass(eq=False)
class ProposalSettled(Refused):
    """The act was confirmed, refused or taken back already."""

    outcome: str


@dataclass(eq=False)
class ProposalStale(Refused):
    """What the act was decided by is no longer so: it must be refused or taken back, and redone."""

    act: str


@dataclass(eq=False)
class ConflictUnknown(Refused):
    """No open contradiction has this id, or several begin so; it may be settled already."""

    text: str


@dataclass(eq=False)
class ConflictChanged(Refused):
    """Something was written about a contradiction since its card was shown."""

    kind: str


@dataclass(eq=False)
class EntryNotInDoubt(Refused):
    """No entry of this hash was written without the right to it, or two decided about it."""

    text: str


@dataclass(eq=False)
class OwnOffice(Refused):
    """Nobody suspends themselves, lets themselves go or changes what they may do."""

    act: str


@dataclass(eq=False)
class NobodyAppoints(Refused):
    """After this nobody in office at this site could appoint officers."""

    name: str


@dataclass(eq=False)
class NotInOffice(Refused):
    """The officer is suspended or left: the office is not in force."""

    name: str


@dataclass(eq=False)
class InOfficeAlready(Refused):
    """The officer is in office: there is nothing to put back."""

    name: str


@dataclass(eq=False)
class BadgeUnknown(Refused):
    """No officer in office here has this badge: it was replaced, or is another site's."""


@dataclass(eq=False)
class PinTooShort(Refused):
    """A PIN must have a least length."""

    least: int


# --- weapons ------------------------------------------------------------------------------------


@dataclass(eq=False)
class WeaponUnknown(Refused):
    """No weapon on record answers to this."""

    text: str


@dataclass(eq=False)
class WeaponAmbiguous(Refused):
    """Several weapons answer to this; name one by its registry number."""

    text: str
    numbers: tuple[str, ...]


@dataclass(eq=False)
class FieldUnreadable(Refused):
    """A value does not mean anything in this field."""

    field: str
    text: str


@dataclass(eq=False)
class FieldMissing(Refused):
    """A value that is needed was not given."""

    field: str


@dataclass(eq=False)
class ReasonMissing(Refused):
    """The act needs a reason in words."""

    act: str


@dataclass(eq=False)
class CustodyDisputed(Refused):
    """Two acts put this weapon in two places; it must be settled first."""

    weapon: str


@dataclass(eq=False)
class WeaponGone(Refused):
    """The weapon is destroyed or otherwise out of account."""

    weapon: str
    state: str


@dataclass(eq=False)
class WeaponElsewhere(Refused):
    """The weapon is out, under way or lost by the record: it is not moved between places."""

    weapon: str
    state: str


@dataclass(eq=False)
class LabelNeverPrinted(Refused):
    """No label of this weapon was ever printed, so that none can come after it."""

    number: str


@dataclass(eq=False)
class LabelRunUnknown(Refused):
    """No run of labels of this name is on record, or none at all where no name was given."""

    run: str


@dataclass(eq=False)
class SheetFinished(Refused):
    """This label is the last of its sheet: none is left to print after it."""

    number: str


@dataclass(eq=False)
class PlaceUnknown(Refused):
    """No place of this name is on record."""

    text: str


@dataclass(eq=False)
class PlaceAmbiguous(Refused):
    """Several places are called so; name one by its code."""

    text: str
    places: tuple[str, ...]


@dataclass(eq=False)
class PlaceCodeTaken(Refused):
    """Another place has this code."""

    code: str
    name: str


@dataclass(eq=False)
class PlaceWithinItself(Refused):
    """A place would stand in itself."""

    name: str


@dataclass(eq=False)
class PlaceOccupied(Refused):
    """A place that holds weapons, or places, is not closed."""

    name: str
    weapons: int
    places: int


# --- marking ------------------------------------------------------------------------------------


@dataclass(eq=False)
class AlreadyMarked(Refused):
    """The weapon bears a mark of this scheme already."""

    weapon: str
    text: str


@dataclass(eq=False)
class MarkingStillOpen(Refused):
    """A marking of this weapon, or on this machine, is not settled yet."""

    weapon: str
    job: str


@dataclass(eq=False)
class MarkNotPossible(Refused):
    """The mark's text cannot be sent to this machine."""

    text: str
    why: str


@dataclass(eq=False)
class SchemeUnknown(Refused):
    """No marking scheme of this name."""

    name: str


@dataclass(eq=False)
class SchemePatternWrong(Refused):
    """No mark can be made by this scheme; ``flaw`` is what is wrong with it."""

    pattern: str
    flaw: str


@dataclass(eq=False)
class SchemeInUse(Refused):
    """Marks were made by this version of a scheme: only a later version may say otherwise."""

    name: str
    version: int


@dataclass(eq=False)
class SchemeRetired(Refused):
    """The marking scheme is retired: nothing is marked by it any more."""

    name: str


@dataclass(eq=False)
class ReasonNotInScheme(Refused):
    """The scheme is not for marking for this reason."""

    name: str


@dataclass(eq=False)
class ComponentNotInScheme(Refused):
    """The scheme does not mark this part of a weapon."""

    name: str


@dataclass(eq=False)
class PositionNotInScheme(Refused):
    """The scheme does not put its mark at this spot."""

    name: str
    position: str


@dataclass(eq=False)
class PolymerUnmarkable(Refused):
    """The scheme puts no mark on a plastic frame that has no metal plate."""

    name: str


@dataclass(eq=False)
class OrderUnknown(Refused):
    """No marking order has this id or name."""

    text: str


@dataclass(eq=False)
class OrderIsClosed(Refused):
    """The marking order is over; it is not changed any more."""

    name: str


@dataclass(eq=False)
class OrderLacks(Refused):
    """The weapon is not in this marking order."""

    name: str
    weapon: str


@dataclass(eq=False)
class NothingToMark(Refused):
    """None of the weapons can be ordered: how many bear their mark, how many may bear it."""

    bear: int
    in_question: int


@dataclass(eq=False)
class NumbersUsedUp(Refused):
    """The node's blocks of marking numbers hold no more numbers for this scheme."""

    scheme: str


@dataclass(eq=False)
class JobUnknown(Refused):
    """No marking job of this id."""

    job: str


@dataclass(eq=False)
class JobNotOpen(Refused):
    """The marking job is in a state in which this cannot be done."""

    job: str
    state: str


@dataclass(eq=False)
class MachineLayoutChanged(Refused):
    """The layout on the machine is another one than the one that was approved."""

    machine: str


@dataclass(eq=False)
class SightMissing(Refused):
    """A doubtful mark is settled by a scan or a photo of the metal, not by words alone."""

    job: str


@dataclass(eq=False)
class ReadsOtherwise(Refused):
    """What was read from the metal is not the mark that it is said to bear."""

    text: str
    read: str


@dataclass(eq=False)
class SameSpot(Refused):
    """A partial or voided mark stands at this spot: no other is put over it."""

    weapon: str
    component: str
    position: str


@dataclass(eq=False)
class NotTheMark(Refused):
    """A label or a number of the record was read where the mark on the metal was asked for."""

    read: str


@dataclass(eq=False)
class PermitExpired(Refused):
    """The permission to start was not used in time, or was used already."""

    job: str


@dataclass(eq=False)
class MarkLayoutUnknown(Refused):
    """No marking layout of this name is on record."""

    name: str


@dataclass(eq=False)
class MachineUnknown(Refused):
    """No marking machine of this name is set up."""

    name: str


@dataclass(eq=False)
class MachineNotReady(Unavailable):
    """The machine answers, but is not ready to mark."""

    machine: str
    state: str


@dataclass(eq=False)
class MachineAstray(Unavailable):
    """The machine was switched on again and no longer knows where its zero lies on the part."""

    machine: str


@dataclass(eq=False)
class MachineSilent(Unavailable):
    """The machine did not answer a harmless question in time."""

    machine: str
    question: str


@dataclass(eq=False)
class MachineRefused(Unavailable):
    """The machine said no to a preparation."""

    machine: str
    said: str


@dataclass(eq=False)
class MachineMisread(Unavailable):
    """The machine reads back another text than the one it was given."""

    machine: str
    sent: str
    read: str


@dataclass(eq=False)
class PortMissing(Unavailable):
    """There is no such port, or it is held by another program."""

    url: str
    why: str


@dataclass(eq=False)
class MachineDidNotCall(Unavailable):
    """No machine dialled this computer in time, where the machine is the one that dials."""

    url: str
    seconds: int


@dataclass(eq=False)
class StopByHand(Unavailable):
    """The machine takes no stop over the wire: a person presses its stop button."""

    machine: str


@dataclass(eq=False)
class PortLost(Unavailable):
    """The cable was pulled or the connection broke."""

    url: str
    why: str


# --- files --------------------------------------------------------------------------------------


@dataclass(eq=False)
class FileUnreadable(Refused):
    """The file cannot be read as what it should be."""

    path: str
    why: str


@dataclass(eq=False)
class FileHostile(Refused):
    """The file would unfold into more than any honest list holds."""

    path: str
    why: str


@dataclass(eq=False)
class LayoutUnknown(Refused):
    """The columns of the file are not understood; a mapping is needed."""

    path: str
    columns: tuple[str, ...]


# --- labels -------------------------------------------------------------------------------------


@dataclass(eq=False)
class StockUnknown(Refused):
    """No label stock of this name."""

    name: str


@dataclass(eq=False)
class LabelUnprintable(Refused):
    """A text holds characters that no shipped font can draw."""

    text: str
    missing: str


@dataclass(eq=False)
class LabelLayoutUnknown(Refused):
    """No label layout of this name is on record."""

    name: str


@dataclass(eq=False)
class LabelElementMisfit(Refused):
    """An element of a label layout cannot be printed where it stands, and by how much.

    ``misfit`` is one of `label_layouts.ProblemKind`, ``by`` a length in millimetres in words.
    """

    element: str
    misfit: str
    by: str


@dataclass(eq=False)
class PrintScaled(Refused):
    """A page was not printed at its true size: the printer was told to fit it to the paper."""

    size: str


@dataclass(eq=False)
class PrinterUnknown(Refused):
    """No label printer of this name is set up on this computer."""

    name: str


@dataclass(eq=False)
class PrinterStopped(Unavailable):
    """The label printer answers and says why it stands; nothing was sent to it."""

    printer: str
    trouble: str


@dataclass(eq=False)
class PrinterSilent(Unavailable):
    """The label printer does not answer, as many do not when they are out of labels."""

    printer: str


@dataclass(eq=False)
class LabelRunGone(Refused):
    """No run of labels of this name was begun on this computer, or it has come to its end."""

    run: str


@dataclass(eq=False)
class LabelInDoubt(Refused):
    """A label was sent and nobody knows whether it came out; the run waits to be told."""

    place: int


@dataclass(eq=False)
class LabelMisread(Damaged):
    """A drawn label does not read back as the record; the sheet is withheld."""

    expected: str
    read: str


@dataclass(eq=False)
class PaperMisread(Damaged):
    """The code of a drawn paper does not scan as its number; the paper is withheld."""

    expected: str
    read: str


@dataclass(eq=False)
class TagMistyped(Refused):
    """The check character of a tag does not fit."""

    text: str


# --- the exchange -------------------------------------------------------------------------------


@dataclass(eq=False)
class RegistryUnreachable(Unavailable):
    """No connection to the registry."""

    url: str
    why: str


@dataclass(eq=False)
class RegistryAsksToWait(RegistryUnreachable):
    """The registry has much to do and names the seconds after which it answers again."""

    seconds: int


@dataclass(eq=False)
class RegistryNonsense(Unavailable):
    """The registry answered something that is not its protocol."""

    url: str
    why: str


@dataclass(eq=False)
class RegistryRefused(Refused):
    """The registry understood and said no."""

    url: str
    reason: str


@dataclass(eq=False)
class NotEnrolled(Refused):
    """This node is not enrolled with a registry yet."""


@dataclass(eq=False)
class CodeUnknown(Refused):
    """The enrolment code is wrong, used or withdrawn."""


@dataclass(eq=False)
class NodeUnknown(Refused):
    """The registry knows no such node."""

    node: str


@dataclass(eq=False)
class NodeQuarantined(Refused):
    """The registry keeps what this node sends as evidence and no longer counts it."""

    node: str


@dataclass(eq=False)
class ProtocolTooOld(Refused):
    """The two sides speak no common version of the exchange."""

    ours: int
    theirs: int


@dataclass(eq=False)
class SignatureWrong(Refused):
    """A request or document is not signed by whom it names."""

    node: str


@dataclass(eq=False)
class RegistrySlow(RegistryUnreachable):
    """The registry did not answer in time; a smaller batch may get through."""


@dataclass(eq=False)
class RegistryRolledBack(Damaged):
    """The registry holds less than it signed for: it was restored, or somebody took entries out."""

    url: str
    had: int
    has: int


@dataclass(eq=False)
class RegistryRewritten(Damaged):
    """The registry shows another history than the one whose head it had signed."""

    url: str
    size: int


@dataclass(eq=False)
class SharesDiffered(Damaged):
    """This node and the registry did not hold the same; read anew from the start, they do.

    Each of ``lacking`` names a node and how many entries were here and there, or single facts.
    """

    url: str
    lacking: tuple[str, ...]


@dataclass(eq=False)
class RegistryWithholds(Damaged):
    """The registry says that it holds what it does not give, also when it was read anew."""

    url: str
    lacking: tuple[str, ...]


@dataclass(eq=False)
class RegistryContradicts(Damaged):
    """The registry holds another entry of a chain under the same number than this node does."""

    url: str
    lacking: tuple[str, ...]


@dataclass(eq=False)
class LogSplit(Damaged):
    """Another node was shown a head of the registry's log that is not of the history shown here."""

    url: str
    node: str
    size: int


@dataclass(eq=False)
class NoteUnreadable(Damaged):
    """A checkpoint of a log, a cosignature or a key on paper is not what it should be."""

    why: str


@dataclass(eq=False)
class LogNotExtended(Damaged):
    """A log showed a witness a head that does not grow out of the one it was shown before."""

    origin: str
    had: int
    shown: int


@dataclass(eq=False)
class LogUnknown(Refused):
    """A witness was asked to cosign a log whose key it was never given."""

    origin: str


@dataclass(eq=False)
class OfferElsewhere(Refused):
    """What was offered to a witness begins at another head than the one it saw last."""

    origin: str
    had: int
    begins: int


@dataclass(eq=False)
class WitnessUnknown(Refused):
    """Nobody named a witness of this name and key."""

    name: str


@dataclass(eq=False)
class TileUnknown(Refused):
    """The log has no such tile, or not yet."""

    path: str


@dataclass(eq=False)
class HeadNeverWas(Damaged):
    """A log's head that is shown here is none that this registry's log ever had."""

    size: int


@dataclass(eq=False)
class MessageUnreadable(Damaged):
    """Bytes that claim to be a message of the exchange are not one."""

    why: str


@dataclass(eq=False)
class BatchTooLarge(Refused):
    """A batch is larger than the registry takes at once."""

    most: int


@dataclass(eq=False)
class TooManyTries(Refused):
    """Too many wrong codes in too short a time; wait a minute."""


@dataclass(eq=False)
class AskedTooOften(Refused):
    """Somebody asks more often than a service answers; in so many seconds it answers again."""

    seconds: int


@dataclass(eq=False)
class RequestTooSlow(Refused):
    """A request stopped coming in before it was whole; nothing of it was used. In seconds."""

    seconds: int


@dataclass(eq=False)
class RequestStale(Refused):
    """A signed request is too old, or was heard before."""

    node: str


@dataclass(eq=False)
class RegistryBusy(Unavailable):
    """The registry's own database does not answer in time; nothing was written."""

    why: str


@dataclass(eq=False)
class PinTooSoon(WrongPin):
    """After wrong PINs the next one must wait, so that nobody can try them all; in seconds."""

    seconds: int


@dataclass(eq=False)
class MachineStranger(Unavailable):
    """Another machine answers on this port than the one that was commissioned."""

    machine: str
    expected: str
    found: str


@dataclass(eq=False)
class WeaponsSame(Refused):
    """A record cannot be joined to itself or told apart from itself."""

    weapon: str


@dataclass(eq=False)
class RecordJoined(Refused):
    """The record is joined to another: it comes back by taking the merger back."""

    weapon: str


@dataclass(eq=False)
class RecordNotJoined(Refused):
    """The record was not joined to that one, nor withdrawn: there is nothing to take back."""

    weapon: str


@dataclass(eq=False)
class PhotoUnreadable(Refused):
    """A file is no photo that can be read, or one too large to be opened safely."""

    path: str
    why: str


@dataclass(eq=False)
class PhotoMissing(Unavailable):
    """A photo is on record and its file is not here: not sent yet, or lost."""

    digest: str


@dataclass(eq=False)
class PhotoDamaged(Damaged):
    """A kept photo is not what its digest says."""

    digest: str


@dataclass(eq=False)
class PhotoRefused(Refused):
    """Bytes that came from elsewhere are not the photo that they were to be; none is kept."""

    digest: str
    why: str


@dataclass(eq=False)
class PhotoUnknown(Refused):
    """No record that the asker is told of shows this photo."""

    digest: str


@dataclass(eq=False)
class PhotosFull(Unavailable):
    """There is no room for more photos; ``why`` is a disk, or what one node may bring."""

    why: str


@dataclass(eq=False)
class RangeUnclear(Refused):
    """Two serials, or a serial and a count, are no run of numbers."""

    first: str
    last: str


@dataclass(eq=False)
class RangeTooLong(Refused):
    """A run of serials is longer than anybody means to type."""

    count: int
    most: int


@dataclass(eq=False)
class ReaderSame(Refused):
    """A serial is read back by another officer than the one who put it on record."""

    officer: str


@dataclass(eq=False)
class DocumentUnknown(Refused):
    """No list that came in, or more than one, answers to this digest, name or file."""

    text: str


@dataclass(eq=False)
class ProfileShipped(Refused):
    """A layout that comes with the program keeps its name: one of the site's own needs another."""

    name: str


@dataclass(eq=False)
class HolderUnknown(Refused):
    """Nobody on record answers to this, or they were erased."""

    text: str


@dataclass(eq=False)
class HolderAmbiguous(Refused):
    """Several people on record answer to this."""

    text: str
    names: tuple[str, ...]


@dataclass(eq=False)
class CardTaken(Refused):
    """A card that names two people names nobody."""

    card: str
    name: str


@dataclass(eq=False)
class HolderStillHolds(Refused):
    """Who is erased while they hold weapons or rounds could not be asked for them."""

    name: str
    weapons: int
    rounds: int


@dataclass(eq=False)
class HolderWithoutPin(Refused):
    """The person has no PIN here: they sign by hand, or are given one."""

    name: str


# --- transfers ----------------------------------------------------------------------------------


@dataclass(eq=False)
class WaybillUnknown(Refused):
    """No transfer on record answers to this."""

    text: str


@dataclass(eq=False)
class WaybillSettled(Refused):
    """Nothing of this transfer is on the road any more, or it was received in part."""

    number: str
    state: str


@dataclass(eq=False)
class TooManyWeapons(Refused):
    """A transfer lists more weapons than one convoy carries."""

    count: int
    most: int


@dataclass(eq=False)
class LicenceIncomplete(Refused):
    """A transfer abroad or to a civilian lacks what its licence must say."""

    purpose: str
    licence: tuple[str, ...]


@dataclass(eq=False)
class WeaponsUnmarked(Refused):
    """Weapons that must bear a mark naming the country before they go do not."""

    purpose: str
    weapons: tuple[str, ...]


# --- courier files ------------------------------------------------------------------------------


@dataclass(eq=False)
class CourierForOther(Refused):
    """The courier file is locked for another node than this one."""

    to: str


@dataclass(eq=False)
class CourierForged(Damaged):
    """A courier file is not what its sender signed: cut short, changed, or none at all."""

    path: str
    why: str


@dataclass(eq=False)
class InspectionUnproved(Damaged):
    """An inspector's dossier or result does not hold; ``unproved`` names what of it.

    It is dossier, register, head, result, other_dossier, sample or inspector.
    """

    path: str
    unproved: str


@dataclass(eq=False)
class InspectionKnown(Refused):
    """An inspector's result was taken in before."""

    inspector: str
    on: str


@dataclass(eq=False)
class CourierTooLarge(Refused):
    """A courier file holds, or would hold, more than is taken in at once; in bytes."""

    size: int
    most: int


@dataclass(eq=False)
class CourierIncomplete(Refused):
    """A courier file goes on from an entry that never came: an earlier one is missing."""

    name: str
    have: int
    first: int


@dataclass(eq=False)
class SenderUnknown(Refused):
    """Nobody that this node trusts vouches for the sender of a courier file."""

    name: str
    node: str


@dataclass(eq=False)
class CourierWordsWrong(Refused):
    """The courier file opens with words, and these are not the ones."""


@dataclass(eq=False)
class BackupDamaged(Damaged):
    """A backup is not what it was sealed as, or no backup at all; ``why`` names the part."""

    path: str
    why: str


@dataclass(eq=False)
class BackupPlaceMissing(Unavailable):
    """The disk or stick that backups go to is not here: the folder's mark is found nowhere."""

    path: str


# --- the counter --------------------------------------------------------------------------------


@dataclass(eq=False)
class NotToBeIssued(Refused):
    """The weapon is not at hand, or more than one account of it stands: nobody may hand it out."""

    weapon: str
    objection: str


@dataclass(eq=False)
class OverrideMissing(Refused):
    """Something stands against handing the weapon out, and no reason was given to do it anyway."""

    weapon: str
    objection: tuple[str, ...]


@dataclass(eq=False)
class WeaponNotOut(Refused):
    """Nobody was handed the weapon, so nobody can bring it back."""

    weapon: str


@dataclass(eq=False)
class CounterEmpty(Refused):
    """Nothing was put on the counter."""


@dataclass(eq=False)
class HandInEmpty(Refused):
    """Nothing was handed in: there is nothing to give a receipt for."""


@dataclass(eq=False)
class HandInLarge(Refused):
    """One receipt lists more weapons than a person can check."""

    count: int
    most: int


@dataclass(eq=False)
class HandInUnknown(Refused):
    """No hand-in has this number."""

    number: str


@dataclass(eq=False)
class HandInWithdrawn(Refused):
    """The hand-in was taken back already."""

    number: str


@dataclass(eq=False)
class HandInMoved(Refused):
    """Something of a hand-in has moved on, or was on record before: it is put right by itself."""

    number: str
    what: str


@dataclass(eq=False)
class GatePassUnknown(Refused):
    """No gate pass has this number."""

    number: str


@dataclass(eq=False)
class GatePassSettled(Refused):
    """The gate pass is closed: what it was for has left, or it was taken back."""

    number: str


@dataclass(eq=False)
class TraceRequestUnknown(Refused):
    """No request to trace has this number."""

    number: str


@dataclass(eq=False)
class TraceRequestClosed(Refused):
    """The request to trace was answered or withdrawn: nothing is noted to it any more."""

    number: str


@dataclass(eq=False)
class TraceRequestSent(Refused):
    """The request to trace has gone out or was acknowledged: its words stand as they were sent."""

    number: str


@dataclass(eq=False)
class TraceRequestUnsent(Refused):
    """The request to trace has not gone out: nobody can have acknowledged or answered it."""

    number: str


@dataclass(eq=False)
class TraceRequestIncomplete(Refused):
    """What the Tracing Instrument asks of a request is not all there; the fields are named."""

    number: str
    lacking: tuple[str, ...]


@dataclass(eq=False)
class TraceAskedAlready(Refused):
    """The same State was asked to trace the same weapon, and has not answered yet."""

    weapon: str
    number: str


@dataclass(eq=False)
class TracingForbidden(Refused):
    """The rules of this site forbid that weapons are traced, as a peace agreement may."""


@dataclass(eq=False)
class DestructionUnknown(Refused):
    """No order to destroy, and no certificate of one, has this number."""

    number: str


@dataclass(eq=False)
class DestructionClosed(Refused):
    """The order to destroy was certified or withdrawn: nothing is done under it any more."""

    number: str


@dataclass(eq=False)
class DestructionBegun(Refused):
    """A weapon of the list was read at the site: from then on the list stands as it was ordered."""

    number: str


@dataclass(eq=False)
class DestructionLarge(Refused):
    """One order lists more weapons than people can check in one go."""

    count: int
    most: int


@dataclass(eq=False)
class DestructionOrderedAlready(Refused):
    """A weapon stands on the list of another order that is open."""

    weapon: str
    number: str


@dataclass(eq=False)
class DestructionIncomplete(Refused):
    """Weapons of the list were neither read at the site nor kept for a reason: so many."""

    number: str
    count: int


@dataclass(eq=False)
class NothingDestroyed(Refused):
    """Every weapon of the list is kept: there is nothing to certify."""

    number: str


@dataclass(eq=False)
class NotOnDestructionList(Refused):
    """The weapon does not stand on the list of this order."""

    weapon: str
    number: str


@dataclass(eq=False)
class ReadingStale(Refused):
    """The weapon moved after it was read at the site: it has to be read again."""

    weapon: str


@dataclass(eq=False)
class MethodSymbolic(Refused):
    """The last method destroys for the eye only and must be followed by another."""

    method: str


@dataclass(eq=False)
class CommitteeIncomplete(Refused):
    """A destruction is certified by a committee and somebody independent: one of them is missing.

    ``attendant`` is what is missing: member or witness.
    """

    attendant: str


@dataclass(eq=False)
class EvidenceHeld(Refused):
    """The weapon is held as evidence: whoever orders its end says what allows it."""

    weapon: str


@dataclass(eq=False)
class DeactivatedAlready(Refused):
    """The weapon was deactivated before; a second certificate takes the first one's place."""

    weapon: str


@dataclass(eq=False)
class NotDeactivated(Refused):
    """The weapon was not deactivated: there is no certificate of it."""

    weapon: str


@dataclass(eq=False)
class ReceiptsMixed(Refused):
    """One voucher is about hand-overs or about returns, never about both."""


@dataclass(eq=False)
class ReceiptUnknown(Refused):
    """No receipt has this number."""

    number: str


@dataclass(eq=False)
class ReceiptStale(Refused):
    """What is on the receipt changed between its signing and its writing down."""

    number: str


@dataclass(eq=False)
class ReceiptForged(Damaged):
    """The receipt says something else than what was signed."""

    number: str


@dataclass(eq=False)
class LotUnknown(Refused):
    """No lot on record is called so."""

    lot: str


@dataclass(eq=False)
class LotShort(Refused):
    """More rounds are wanted than are left of the lot."""

    lot: str
    wanted: int
    left: int


@dataclass(eq=False)
class RoundsTooMany(Refused):
    """More rounds are said to come back, or to be fired or short, than the person has."""

    lot: str
    said: int
    held: int


@dataclass(eq=False)
class QuantityUnreadable(Refused):
    """What was typed is no quantity."""

    text: str


@dataclass(eq=False)
class HandoverNeedsCount(Refused):
    """A place changes its custodian only after a whole count by serial, closed since the last."""

    place: str


@dataclass(eq=False)
class CustodianSame(Refused):
    """This officer answers for the place already."""

    officer: str
    place: str


@dataclass(eq=False)
class CustodianUnsigned(Refused):
    """Whoever takes a place over signs for it."""

    officer: str


# --- losses -------------------------------------------------------------------------------------


@dataclass(eq=False)
class AlreadyLost(Refused):
    """The weapon is reported lost or stolen already, under that number."""

    weapon: str
    number: str


@dataclass(eq=False)
class NotLost(Refused):
    """The weapon is not reported lost or stolen, so nothing can be recovered or amended."""

    weapon: str


@dataclass(eq=False)
class ReportUnknown(Refused):
    """No weapon that is lost now was reported under this number."""

    number: str


@dataclass(eq=False)
class HotListForged(Damaged):
    """A list of lost and stolen weapons is not what a registry of this node signed."""

    why: str


# --- counting -----------------------------------------------------------------------------------


@dataclass(eq=False)
class StocktakeUnknown(Refused):
    """No stocktake has this number."""

    text: str


@dataclass(eq=False)
class StocktakeIsClosed(Refused):
    """The stocktake is signed off; nothing more can be counted in it."""

    number: str


@dataclass(eq=False)
class CountersTooFew(Refused):
    """A stocktake needs more counters than were named."""

    least: int


@dataclass(eq=False)
class CounterNotIndependent(Refused):
    """The independent counter does not count, or is the custodian of the place."""

    name: str


@dataclass(eq=False)
class PlaceNotCounted(Refused):
    """The place is not among those that this stocktake is about."""

    place: str


@dataclass(eq=False)
class WeaponNotSeen(Refused):
    """The weapon was not seen in this stocktake."""

    weapon: str


@dataclass(eq=False)
class InvestigationUnknown(Refused):
    """No investigation has this id."""

    text: str


@dataclass(eq=False)
class InvestigationIsClosed(Refused):
    """The investigation was closed before."""

    text: str


@dataclass(eq=False)
class EvidenceMissing(Refused):
    """Words alone close no investigation."""


@dataclass(eq=False)
class EvidenceUnfit(Refused):
    """What was named as evidence is not on record, or proves nothing here."""

    evidence: str


@dataclass(eq=False)
class ListNamesNobody(Refused):
    """A list of people has no column with their names."""

    name: str


# --- the registry's pages -----------------------------------------------------------------------


@dataclass(eq=False)
class SignInRefused(Refused):
    """Name, passphrase or the six digits are not right; which of them is not told."""


@dataclass(eq=False)
class SignInTooSoon(Refused):
    """Too many wrong tries for this name, or from this address; how long to wait, in seconds."""

    seconds: int


@dataclass(eq=False)
class DigitsWrong(Refused):
    """The six digits of the second factor are wrong, or were used already."""


@dataclass(eq=False)
class PassphrasesDiffer(Refused):
    """The new passphrase was typed in two ways."""


@dataclass(eq=False)
class FormStale(Refused):
    """A form does not come from a page that this visitor was shown in this session."""


@dataclass(eq=False)
class LoginTaken(Refused):
    """Another user signs in by this name."""

    login: str


@dataclass(eq=False)
class UserUnknown(Refused):
    """Nobody signs in to the registry by this name."""

    login: str


# --- the authority ------------------------------------------------------------------------------


@dataclass(eq=False)
class AttestationMissing(Refused):
    """A statement lacks signatures of the authority's keys: how many hold, how many it needs."""

    have: int
    needs: int


@dataclass(eq=False)
class StatementInvalid(Refused):
    """A statement of the authority would change nothing: why (``authority.Fault``)."""

    fault: str


@dataclass(eq=False)
class StatementDamaged(Refused):
    """A file of the authority is not what it should be, or was changed on the way."""

    path: str
    why: str


@dataclass(eq=False)
class LastGoodUnknown(Refused):
    """The last good entry that a revocation names is not the entry of that number held here."""

    node: str
    number: int


@dataclass(eq=False)
class NodeTrusted(Refused):
    """A node is neither revoked nor in quarantine: there is nothing to give back."""

    node: str


@dataclass(eq=False)
class CertificateForOther(Refused):
    """A certificate is for another node than this one."""

    node: str


@dataclass(eq=False)
class CertifierUnknown(Refused):
    """Nobody who may enrol signed a certificate: no registry, and no named enrolment key."""

    node: str


@dataclass(eq=False)
class EntriesUnsent(Refused):
    """The registry must hear of these entries first: the next key cannot send them."""

    count: int


@dataclass(eq=False)
class AuthorityKeyExists(Refused):
    """There is a key file of this name already; a key is never written over."""

    path: str
