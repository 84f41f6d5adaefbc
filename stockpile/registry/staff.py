"""The registry's staff: who is appointed, changed, suspended, put back or given a new start.

1. The first user is made on the registry's machine, where nobody is in office yet; they are a
   commander. Every later change is signed by an officer who may make it.
2. The rules of an office are those of every node (``domain/offices.py``): nobody changes their own
   office, and somebody who may appoint others always stays.
3. Who forgot their passphrase, or lost device and recovery codes, gets another key: the old one
   lies under what nobody knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from stockpile.domain import offices, references
from stockpile.domain.errors import FieldUnreadable, InOfficeAlready, OfficerNotAuthorised
from stockpile.domain.facts import Draft, OfficerAppointed, Role
from stockpile.domain.offices import Office
from stockpile.domain.people import Act
from stockpile.domain.references import Reference
from stockpile.domain.values import NodeId, OfficerId
from stockpile.registry import acts, audit, sessions
from stockpile.registry.acts import Signer
from stockpile.registry.books import RegistryBooks
from stockpile.registry.holding_office import appointments, office, signer_of
from stockpile.registry.proving import Visit
from stockpile.registry.users import WEB_ROLES, User, Users


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the staff: how they sign in, and their office as it stands."""

    user: User
    office: Office


class Staff:
    """The desk at which users are made and changed."""

    def __init__(self, books: RegistryBooks, users: Users) -> None:
        self._books = books
        self._users = users

    def all(self) -> tuple[Member, ...]:
        """Return the staff, by the name that they sign in by."""
        users = self._users.all()
        with self._books.reading() as connection:
            return tuple(
                Member(one, _office(connection, one.officer, self._books.key.node)) for one in users
            )

    def first(self, login: str, name: str) -> str:
        """Make the first user, a commander; return the passphrase that is shown once.

        Raises InOfficeAlready where somebody is in office, FieldMissing, FieldUnreadable.
        """
        for one in self.all():
            if one.office.in_office:
                raise InOfficeAlready(one.office.body.name)
        new = self._users.prepared(login, name, ("commander",))
        with self._books.writing() as connection:
            self._books.record(connection, (new.draft,))
            self._users.put(connection, new)
            at, login = self._books.now(), str(new.row["login"])
            audit.note(connection, at, "", "", "user_added", login)
            acts.seal(connection, self._books)
        return new.passphrase

    def add(
        self, login: str, name: str, roles: tuple[Role, ...], *, by: Signer, visit: Visit
    ) -> str:
        """Appoint a user; return the passphrase that is shown once.

        Raises OfficerNotAuthorised, FieldMissing, FieldUnreadable, LoginTaken.
        """
        _demand(by, "appoint")
        new = self._users.prepared(login, name, roles)
        with self._books.writing() as connection:
            self._record(connection, new.draft, by)
            self._users.put(connection, new)
            self._note(connection, by, visit, "user_added", str(new.row["login"]))
        return new.passphrase

    def reset(self, login: str, reason: str, *, by: Signer, visit: Visit) -> str:
        """Give a user another key and a new start; return the passphrase that is shown once.

        Raises OfficerNotAuthorised, OwnOffice, NotInOffice, ReasonMissing, UserUnknown.
        """
        _demand(by, "appoint")
        user, public_key, values, given = self._users.renewed(login)
        with self._books.writing() as connection:
            standing = _office(connection, user.officer, self._books.key.node)
            draft = offices.renew_key(standing, public_key, reason, by.officer)
            self._record(connection, draft, by)
            self._users.reset(connection, user.officer, values)
            self._note(connection, by, visit, "user_reset", user.login)
        return given

    def set_roles(
        self, login: str, roles: Sequence[Role], reason: str, *, by: Signer, visit: Visit
    ) -> None:
        """Give a user other roles; raises what ``offices.set_roles`` raises, UserUnknown."""
        _demand(by, "appoint")
        for role in roles:
            if role not in WEB_ROLES:
                raise FieldUnreadable("role", role)
        user, all_ = self._users.by_login(login), self._offices()
        with self._books.writing() as connection:
            standing = _office(connection, user.officer, self._books.key.node)
            draft = offices.set_roles(standing, roles, reason, by.officer, all_)
            self._record(connection, draft, by)
            self._note(connection, by, visit, "user_roles_set", user.login)

    def suspend(self, login: str, reason: str, *, by: Signer, visit: Visit) -> None:
        """Suspend a user and end their sessions; raises what ``offices.suspend`` raises."""
        _demand(by, "suspend")
        user, all_ = self._users.by_login(login), self._offices()
        with self._books.writing() as connection:
            standing = _office(connection, user.officer, self._books.key.node)
            draft = offices.suspend(standing, reason, by.officer, all_)
            self._record(connection, draft, by)
            sessions.end_all(connection, user.officer)
            self._note(connection, by, visit, "user_suspended", user.login)

    def put_back(self, login: str, reason: str, *, by: Signer, visit: Visit) -> None:
        """Put a suspended user back into office; raises InOfficeAlready, ReasonMissing."""
        _demand(by, "appoint")
        user = self._users.by_login(login)
        with self._books.writing() as connection:
            draft = offices.reinstate(
                _office(connection, user.officer, self._books.key.node), reason
            )
            self._record(connection, draft, by)
            self._note(connection, by, visit, "user_put_back", user.login)

    def signed_in(self, login: str, passphrase: str, digits: str) -> Signer:
        """Return an officer who proves who they are at the registry's own machine.

        Raises SignInTooSoon, SignInRefused.
        """
        cookie, _is_new = self._users.sign_in(login, passphrase, digits, Visit("console"))
        with self._books.writing() as connection:
            session = sessions.find(connection, cookie, self._books.now())
            assert session is not None
            sessions.end(connection, session.id, session.officer)
            officer = office(connection, session.officer, self._books.key.node)
        assert officer is not None
        key = signer_of(officer, session.secrets)
        if key is None or session.is_new:
            raise OfficerNotAuthorised(officer.name, "appoint")
        return Signer(officer, lambda message: key.sign(message).signature)

    def _offices(self) -> tuple[Office, ...]:
        return tuple(one.office for one in self.all())

    def _record(self, connection: Connection, draft: Draft, by: Signer) -> None:
        self._books.record(connection, (draft,), (by.pair,))

    def _note(
        self, connection: Connection, by: Signer, visit: Visit, act: audit.Act, about: str
    ) -> None:
        audit.note(connection, self._books.now(), by.id, visit.address, act, about)
        acts.seal(connection, self._books)


def _office(connection: Connection, officer: OfficerId, own: NodeId) -> Office:
    """Return an office as the registry's own chain says it."""
    known = appointments(connection, officer, own)
    reference, last, since = Reference(officer), None, 0
    for fact in known:
        reference = references.after(reference, fact)
        last = fact.body if isinstance(fact.body, OfficerAppointed) else last
        since = fact.at
    assert last is not None
    return offices.office_of(reference, last, since)


def _demand(by: Signer, act: Act) -> None:
    if not by.officer.may(act):
        raise OfficerNotAuthorised(by.officer.name, act)
