"""Importing: show what a list would become, then write it, in acts that a rerun continues.

1. ``preview`` judges every row and writes nothing.
2. ``bring_in`` writes what the preview shows, some hundred records an act; stopped between two
   acts, nothing is half written, and the next run goes on where it stopped.
3. What is on record already is never written again, whoever imports whichever copy of the list.
4. ``take_back`` withdraws what came from a list, but for what has moved on since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from stockpile.domain import layouts, people
from stockpile.domain.errors import DocumentUnknown, FileUnreadable, LayoutUnknown, ProfileShipped
from stockpile.domain.facts import DocumentImported, Draft, LotRegistered, WeaponRegistered
from stockpile.domain.importing import Body, Doubt, Outcome, Refusal, Remark, Verdict, judged
from stockpile.domain.layouts import Layout, Profile
from stockpile.domain.list_doubts import are_like, serial_key, with_list_doubts
from stockpile.domain.meanings import Meanings, ValueMeaning, sure_code
from stockpile.domain.values import Digest, PlaceId, new_id
from stockpile.services.people import SignedIn
from stockpile.services.ports import (
    Books,
    Chance,
    Clock,
    HeldSerial,
    Listing,
    Listings,
    Profiles,
    Progress,
    Register,
    silent,
)
from stockpile.services.taking_back import EarlierList, TakenBack, TakingBack
from stockpile.services.value_meanings import values_meant
from stockpile.services.verdict_table import verdict_rows

AN_ACT: Final = 500
"""Records written in one act; between two of them the work can be stopped."""
_ID_BYTES: Final = 10


@dataclass(frozen=True, slots=True)
class Tally:
    """What becomes of the rows; ``rows`` is the sum of accepted, already held and refused.

    ``weapons`` and ``lots`` count the records that the accepted rows make, ``warnings`` the remarks
    on them.
    """

    rows: int
    accepted: int
    already_held: int
    refused: int
    warnings: int
    weapons: int
    lots: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A list as it would come in: how it was understood, and a verdict for every row."""

    listing: Listing = field(repr=False)
    layout: Layout
    verdicts: tuple[Verdict, ...] = field(repr=False)
    held: frozenset[Digest] = field(repr=False)
    tally: Tally
    meanings: tuple[ValueMeaning, ...] = field(default=(), repr=False)

    def outcome(self, verdict: Verdict) -> Outcome:
        """Return what becomes of a row."""
        if verdict.refusal is not None:
            return "refused"
        return "already_held" if verdict.key in self.held else "accepted"

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """All refusals, in the order of the rows."""
        return tuple(one.refusal for one in self.verdicts if one.refusal is not None)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """All remarks on rows that are accepted."""
        return tuple(
            remark
            for verdict in self.verdicts
            if self.outcome(verdict) == "accepted"
            for remark in verdict.remarks
        )

    @property
    def doubts(self) -> Counter[Doubt]:
        """How often each doubt is raised."""
        return Counter(remark.doubt for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import came to."""

    document: Digest
    tally: Tally
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Importing:
    """The desk for lists that come in as files; ``meanings`` hands out what written values mean."""

    books: Books
    register: Register
    listings: Listings
    profiles: Profiles
    meanings: Callable[[], Meanings]
    clock: Clock
    chance: Chance

    def preview(
        self,
        file: Path,
        *,
        sheet: str = "",
        profile: str = "",
        told: Sequence[str] = (),
        progress: Progress = silent,
    ) -> Preview:
        """Read a list and judge every row of it; ``told`` are texts such as "serial=Column".

        Raises FileUnreadable, FileHostile, LayoutUnknown, FieldUnreadable (profile, map or column
        unknown) and Cancelled.
        """
        listing = self.listings.read(file, sheet=sheet, progress=progress)
        if not listing.lines:
            raise FileUnreadable(str(file), "no_rows")
        layout = self._layout(listing, profile, told)
        if not layout.is_telling:
            raise LayoutUnknown(str(file), listing.columns)
        meanings = self.meanings()
        judging = judged(listing.lines, layout, listing.digest, meanings)
        alone = tuple(_told_of(judging, listing, progress))
        verdicts = with_list_doubts(alone, listing.lines, layout)
        held = self._held(verdicts)
        verdicts = tuple(self._with_records(verdicts, held, meanings))
        meant = values_meant(listing.lines, layout, verdicts, meanings)
        return Preview(listing, layout, verdicts, held, _tally(verdicts, held), meant)

    def bring_in(
        self, preview: Preview, *, by: SignedIn, place: PlaceId, progress: Progress = silent
    ) -> ImportReport:
        """Write what is new in a previewed list; safe to repeat after a stop, a crash or success.

        Raises OfficerNotAuthorised before anything is written, Cancelled, DiskFull and DiskTrouble
        between two acts.
        """
        people.authorise(by.officer, "import")
        held: set[Digest] = set()
        done = 0
        for act in _acts(preview.verdicts):
            progress(done, len(preview.verdicts))
            on_record = self._held(act)
            held |= on_record
            self._write(act, on_record, by, place)
            done += len(act)
        tally = _tally(preview.verdicts, held)
        self._close(preview.listing, tally, by)
        progress(done, len(preview.verdicts))
        return ImportReport(preview.listing.digest, tally, preview.refusals)

    def take_back(
        self, document: Digest, reason: str, *, by: SignedIn, progress: Progress = silent
    ) -> TakenBack:
        """Withdraw what came from a list and has not moved on; see ``TakingBack.take_back``."""
        return self._taking_back.take_back(document, reason, by=by, progress=progress)

    def earlier(self) -> tuple[EarlierList, ...]:
        """Return the lists that came in before, the last one first."""
        return self._taking_back.earlier()

    def document(self, text: str) -> Digest:
        """Return the list that a file, a digest or a name means; raises DocumentUnknown."""
        file = Path(text)
        if not file.is_file():
            return self._taking_back.named(text)
        digest = self.listings.digest(file)
        if self.books.reference(digest) is None and not self._taking_back.has_left(digest):
            raise DocumentUnknown(text)
        return digest

    def save_profile(self, layout: Layout, name: str) -> Profile:
        """Keep how a list was read, for the next one with the same columns.

        Raises FieldUnreadable for a name without a letter, ProfileShipped, DiskFull, DiskTrouble.
        """
        profile = layouts.profile_of(layout, name)
        if profile.name in self.profiles.shipped():
            raise ProfileShipped(profile.name)
        self.profiles.keep(profile)
        return profile

    def write_verdicts(self, preview: Preview, verdicts: Sequence[Verdict], file: Path) -> None:
        """Write some of a list's rows with their verdicts as CSV; raises DiskFull, DiskTrouble."""
        told = ((preview.outcome(one), one) for one in verdicts)
        self.listings.write(file, verdict_rows(preview.listing, told))

    @property
    def _taking_back(self) -> TakingBack:
        return TakingBack(self.books, self.register)

    def _layout(self, listing: Listing, profile: str, told: Sequence[str]) -> Layout:
        rows = [[cell.value for cell in line.cells] for line in listing.lines]
        return layouts.understood(
            listing.columns, rows, profiles=self.profiles.known(), profile=profile, told=told
        )

    def _held(self, verdicts: Sequence[Verdict]) -> frozenset[Digest]:
        keys = [one.key for one in verdicts if one.refusal is None]
        portions = (keys[start : start + AN_ACT] for start in range(0, len(keys), AN_ACT))
        return frozenset().union(*map(self.books.held_sources, portions))

    def _with_records(
        self, verdicts: Sequence[Verdict], held: frozenset[Digest], meanings: Meanings
    ) -> Iterator[Verdict]:
        """Add to rows that are new which weapon on record has the same serial, make and model."""
        for start in range(0, len(verdicts), AN_ACT):
            part = verdicts[start : start + AN_ACT]
            wanted = {key: one for one in part if one.key not in held and (key := _serial(one))}
            like = _Alike(self.books.held_serials(tuple(wanted)) if wanted else (), meanings)
            for one in part:
                yield one if one.key in held else like.told(one)

    def _write(
        self, act: Sequence[Verdict], held: frozenset[Digest], by: SignedIn, place: PlaceId
    ) -> None:
        new = [one for one in act if one.refusal is None and one.key not in held]
        bodies = [replace(body, place=place) for verdict in new for body in verdict.bodies]
        if bodies:
            self.books.record(self._drafts(bodies), by=by.id)

    def _drafts(self, bodies: Sequence[Body]) -> list[Draft]:
        at, random = self.clock.now(), self.chance.bytes(_ID_BYTES * len(bodies))
        return [
            Draft(new_id(at, random[_ID_BYTES * index : _ID_BYTES * (index + 1)]), body)
            for index, body in enumerate(bodies)
        ]

    def _close(self, listing: Listing, tally: Tally, by: SignedIn) -> None:
        """Write down that the document was taken in, unless this run changed nothing."""
        known = self.books.reference(listing.digest)
        if known is not None and not tally.accepted:
            return
        body = DocumentImported(
            listing.name, tally.rows, tally.accepted, tally.already_held, tally.refused
        )
        heads = known.heads if known is not None else ()
        self.books.record([Draft(listing.digest, body, heads)], by=by.id)


def _told_of(
    verdicts: Iterator[Verdict], listing: Listing, progress: Progress
) -> Iterator[Verdict]:
    """Pass verdicts on, saying how far it got every few hundred."""
    for done, verdict in enumerate(verdicts):
        if not done % AN_ACT:
            progress(done, len(listing.lines))
        yield verdict


def _serial(verdict: Verdict) -> str:
    """Return the key of the serial by which a row's weapon is known; empty for none."""
    match verdict.bodies:
        case (WeaponRegistered() as body,):
            return serial_key(body)
        case _:
            return ""


class _Alike:
    """Weapons on record that some rows may mean, found by their serials."""

    def __init__(self, found: Iterable[HeldSerial], meanings: Meanings) -> None:
        self._found: dict[str, list[tuple[HeldSerial, WeaponRegistered]]] = {}
        for one in found:
            said = WeaponRegistered(
                make=one.make,
                model=one.model,
                make_code=sure_code(meanings.make(one.make)),
                model_code=sure_code(meanings.model(one.model, one.make)),
            )
            self._found.setdefault(one.key, []).append((one, said))

    def told(self, verdict: Verdict) -> Verdict:
        """Return the verdict with a remark where such a weapon is on record."""
        on_record = self._found.get(_serial(verdict), ()) if self._found else ()
        for held, said in on_record:
            body = verdict.bodies[0]
            if isinstance(body, WeaponRegistered) and are_like(body, said):
                text = next(mark.text for mark in body.marks if mark.is_identity)
                named = held.number or held.weapon
                remark = Remark(verdict.row, "serial", "on_record", text, other=named)
                return replace(verdict, remarks=(*verdict.remarks, remark))
        return verdict


def _acts(verdicts: Sequence[Verdict]) -> Iterator[Sequence[Verdict]]:
    """Cut the rows where their records fill an act; a row's records are never parted."""
    start = records = 0
    for end, verdict in enumerate(verdicts):
        records += len(verdict.bodies)
        if records >= AN_ACT:
            yield verdicts[start : end + 1]
            start, records = end + 1, 0
    if start < len(verdicts):
        yield verdicts[start:]


def _tally(verdicts: Sequence[Verdict], held: frozenset[Digest] | set[Digest]) -> Tally:
    good = [one for one in verdicts if one.refusal is None]
    new = [one for one in good if one.key not in held]
    records = sum(len(one.bodies) for one in new)
    lots = sum(1 for one in new for body in one.bodies if isinstance(body, LotRegistered))
    return Tally(
        rows=len(verdicts),
        accepted=len(new),
        already_held=len(good) - len(new),
        refused=len(verdicts) - len(good),
        warnings=sum(len(one.remarks) for one in new),
        weapons=records - lots,
        lots=lots,
    )
