"""What is held about a person: found by their id, shown, and handed out by two officers.

1. Everything that names a person's id is held about them, wherever it stands.
2. What is handed out goes on record first, to whom and on what ground; then the files are written.
3. No file's name tells whose it is, and the fact that stays for ever does not name them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stockpile.domain import people, persons
from stockpile.domain.errors import (
    HolderUnknown,
    OfficerNotAuthorised,
    PhotoDamaged,
    PhotoMissing,
    SecondOfficerMissing,
    WeaponUnknown,
)
from stockpile.domain.facts import (
    CollectionReceived,
    Fact,
    OfficerAppointed,
    PersonRecorded,
    ReceiptSigned,
    WeaponIssued,
)
from stockpile.domain.holders import holder_of
from stockpile.domain.references import Reference
from stockpile.domain.values import PersonId, WeaponId, tidied
from stockpile.fact_words import fact_sentence
from stockpile.language import _, isolated
from stockpile.record_words import moment
from stockpile.services.documents import Press
from stockpile.services.holders import Holders
from stockpile.services.people import SignedIn
from stockpile.services.person_papers import (
    HandedOut,
    Held,
    HeldRecord,
    as_csv,
    as_json,
    officer_details,
    person_details,
    person_paper,
    said_of,
)
from stockpile.services.ports import Books, Clock, Recorded, Register
from stockpile.services.printed import printing_now
from stockpile.whole_files import beside, settle
from stockpile.wording import Names

_CODE: Final = 10
"""So many signs of a fact's hash name the paper that it stands for."""
_PROOFS: Final = 12
"""So many signatures are shown: the newest."""
_SIGNED: Final = (ReceiptSigned, CollectionReceived)
_LISTED: Final = 20
"""So many weapons of one record are named; the rest are on the receipt itself."""


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What was handed out: the paper, the table and the JSON, and the code they bear."""

    code: str
    paper: Path
    table: Path
    json: Path


@dataclass(frozen=True, slots=True)
class PersonsHeld:
    """The desk that answers: what do you hold about me?"""

    books: Books
    register: Register
    holders: Holders
    photo: Callable[[str], bytes]
    names: Callable[[], Names]
    press: Press
    clock: Clock

    def named(self, text: str) -> str:
        """Return the id of the one person or officer that a text names.

        Raises HolderUnknown, HolderAmbiguous.
        """
        try:
            return self.holders.named(text).id
        except HolderUnknown:
            wanted = text.strip().casefold()
            for one in self.books.references(OfficerAppointed):
                names = (_officer_name(one).casefold(), one.subject)
                if wanted in names:
                    return one.subject
            return self.holders.one(PersonId(text)).id  # of somebody erased only that is left

    def show(self, person: str, *, by: SignedIn) -> Held:
        """Return all that is held about somebody to who may hand it out; nothing is handed out.

        Raises OfficerNotAuthorised, HolderUnknown.
        """
        if not by.officer.may("disclose_person"):
            raise OfficerNotAuthorised(by.officer.name, "disclose_person")
        return self.held(person)

    def held(self, person: str) -> Held:
        """Return all that is held about a person or an officer; raises HolderUnknown.

        Reads every chain from its beginning: a minute for a million records.
        """
        reference = self.books.reference(person)
        opened = reference.opened if reference else None
        if reference is not None and isinstance(opened, OfficerAppointed):
            return self._officer(reference, opened)
        return self._person(PersonId(person), reference)

    def disclose(
        self,
        person: str,
        to: str,
        ground: str,
        folder: Path,
        *,
        by: SignedIn,
        witness: SignedIn | None = None,
    ) -> tuple[Recorded, Disclosed]:
        """Hand out what is held about a person: as a paper, a table and JSON in a folder.

        Both officers sign. Raises OfficerNotAuthorised, SecondOfficerMissing, HolderUnknown,
        FieldMissing, DiskFull, DiskTrouble; once it is on record it counts as handed out.
        """
        people.authorise(by.officer, "disclose_person", witness.officer if witness else None)
        if witness is None:
            raise SecondOfficerMissing("disclose_person")
        held = self.held(person)
        before = self.books.reference(persons.disclosure_subject(person))
        named = self.holders.names_of(person)
        draft = persons.disclosed(
            person,
            persons.unnamed(to, named, _("the person")),
            persons.unnamed(ground, named, _("the person")),
            before.heads if before else (),
        )
        recorded = self.books.record(
            [draft], by=by.id, witnesses=[witness.id], signers=[by.key, witness.key]
        )
        code = f"PD-{recorded.facts[0].hash[:_CODE].upper()}"
        return recorded, self._write(held, HandedOut(tidied(to), tidied(ground), code), folder, by)

    # --- what is held ---------------------------------------------------------------------------

    def _person(self, person: PersonId, reference: Reference | None) -> Held:
        self.holders.one(person)  # an id of something else is nobody's
        holder = holder_of(reference) if reference else None
        found = self._naming(person)
        records = self._told(found)
        details = person_details(holder) if holder else ()
        return Held(
            id=person,
            name=holder.name if holder else person,
            details=details,
            records=records,
            photo=self._photo(holder.photo) if holder else b"",
            proofs=self._proofs(found),
            is_erased=holder is None,
        )

    def _officer(self, reference: Reference, opened: OfficerAppointed) -> Held:
        """Return an officer's own record: their office, and how much bears their name."""
        body = reference.now if isinstance(reference.now, OfficerAppointed) else opened
        own = self._told(self.books.history(reference.subject))
        out = self._told(self.books.history(persons.disclosure_subject(reference.subject)))
        return Held(
            id=reference.subject,
            name=body.name,
            details=officer_details(body),
            records=(*own, *out),
            signed=self.books.count_naming(reference.subject),
        )

    def _naming(self, person: str) -> tuple[Fact, ...]:
        """Return every fact that names a person, and the returns of what they were handed."""
        known = {one.hash: one for one in self.books.naming(person)}
        issued = {one.subject for one in known.values() if isinstance(one.body, WeaponIssued)}
        for weapon in sorted(issued):
            back = persons.returns(self.books.history(weapon), person)
            known |= {one.hash: one for one in back}
        return tuple(known.values())

    def _proofs(self, known: Iterable[Fact]) -> tuple[tuple[str, bytes], ...]:
        """Return what they drew or pressed to sign, under the numbers of the papers."""
        signed = [one.body for one in known if isinstance(one.body, _SIGNED) and one.body.proof]
        shown = ((one.number, self._photo(one.proof)) for one in signed[-_PROOFS:])
        return tuple((number, jpeg) for number, jpeg in shown if jpeg)

    def _told(self, known: Iterable[Fact]) -> tuple[HeldRecord, ...]:
        names = self.names()
        in_time = sorted(known, key=lambda one: (one.at, one.node, one.seq))
        return tuple(
            HeldRecord(
                moment(one), fact_sentence(one, names), self._about(one), f"{one.node}-{one.seq}"
            )
            for one in in_time
        )

    def _about(self, fact: Fact) -> str:
        """Return what a record is about: the words of a person's details, or the weapons."""
        if isinstance(fact.body, PersonRecorded):
            return said_of(fact.body)
        ids = getattr(fact.body, "weapons", ()) or (fact.subject,)
        shown = [self._weapon(one) for one in ids[:_LISTED]]
        return ", ".join(isolated(one) for one in shown if one)

    def _weapon(self, id_: str) -> str:
        try:
            (row,) = self.register.rows([WeaponId(id_)])
        except WeaponUnknown:
            return ""
        return row.serial or row.number

    def _photo(self, digest: str) -> bytes:
        try:
            return self.photo(digest) if digest else b""
        except (PhotoMissing, PhotoDamaged):
            return b""  # the check of the photos tells of it

    # --- what is handed out ---------------------------------------------------------------------

    def _write(self, held: Held, handed: HandedOut, folder: Path, by: SignedIn) -> Disclosed:
        printing = printing_now(self.books, self.clock, by.officer.name)
        made = Disclosed(
            handed.code,
            folder / f"{handed.code}.pdf",
            folder / f"{handed.code}.csv",
            folder / f"{handed.code}.json",
        )
        with beside(made.table) as draft:
            folder.mkdir(parents=True, exist_ok=True)
            draft.write_text(as_csv(held), "utf-8-sig")
            draft.replace(made.table)
        with beside(made.json) as draft:
            draft.write_text(as_json(held, handed), "utf-8")
            draft.replace(made.json)
            settle(folder)
        self.press.draw(person_paper(held, handed, printing), made.paper)
        return made


def _officer_name(reference: Reference) -> str:
    body = reference.now if isinstance(reference.now, OfficerAppointed) else reference.opened
    return body.name if isinstance(body, OfficerAppointed) else ""
