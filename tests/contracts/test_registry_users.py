"""What the registry's users are promised, whichever database it stands on."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace

import pyotp
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from stockpile.domain.errors import (
    DigitsWrong,
    FactorUnproved,
    OfficerNotAuthorised,
    ProposalStale,
    ProposalUnknown,
    ReasonMissing,
    SecondOfficerMissing,
    SignInRefused,
    SignInTooSoon,
)
from stockpile.domain.facts import Draft, EntryJudged, PlaceClosed, PlaceOpened
from stockpile.registry import acts, audit, audit_files, sessions
from stockpile.registry.acts import Signer
from stockpile.registry.passphrases import LIGHT
from stockpile.registry.proving import Visit
from stockpile.registry.second_factor import STEP
from stockpile.registry.tries import MOST_WRONG, WAIT
from stockpile.registry.users import Users
from stockpile.registry.web import audit_export
from tests.helpers.visitors import PASSPHRASE, VISIT, House

ELSEWHERE = Visit("198.51.100.9")
PLACE = Draft("place-1", PlaceOpened("The school", "site"))
JUDGED = Draft(
    "ab" * 32, EntryJudged("a" * 16, 3, accepted=True, reason="seen on paper")
)  # wants two


@pytest.fixture
def house(registry):
    return House(registry)


@pytest.fixture
def amina(house):
    return house.first()


def lines(registry, act=""):
    with registry.database.reading() as connection:
        return audit.lines(connection, act=act)


def test_five_wrong_tries_lock_a_name_wherever_they_come_from(house, amina):
    for number in range(MOST_WRONG):
        visit = Visit(f"192.0.2.{number}")
        with pytest.raises(SignInRefused):
            house.users.sign_in("Amina", "a guess of twelve", "", visit)
    restarted = Users(house.registry.books, LIGHT)
    with pytest.raises(SignInTooSoon) as refused:
        restarted.sign_in("amina", PASSPHRASE, amina.digits(), ELSEWHERE)
    assert 0 < refused.value.seconds <= WAIT // 1000
    house.registry.clock.at += WAIT
    assert restarted.sign_in("amina", PASSPHRASE, amina.digits(), ELSEWHERE)
    assert len(lines(house.registry, "locked_out")) == 1


def test_tries_at_once_are_no_more_than_tries_one_by_one(house, amina):
    """Ten at once, from two desks: five are judged, however they meet."""
    others = (house.users, Users(house.registry.books, LIGHT))
    said = []

    def attempt(number):
        try:
            others[number % 2].sign_in("amina", f"guess number {number}", "", ELSEWHERE)
        except (SignInRefused, SignInTooSoon) as error:
            said.append(type(error))

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(10)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (said.count(SignInRefused), said.count(SignInTooSoon)) == (MOST_WRONG, 5)


def test_digits_are_good_once(house, amina):
    digits = amina.digits()
    assert house.users.sign_in("amina", PASSPHRASE, digits, VISIT)
    with pytest.raises(SignInRefused):
        house.users.sign_in("amina", PASSPHRASE, digits, VISIT)


def test_digits_used_at_the_same_moment_let_one_in(house, amina):
    digits, let_in = amina.digits(), []

    def attempt():
        with suppress(SignInRefused):
            let_in.append(house.users.sign_in("amina", PASSPHRASE, digits, VISIT))

    threads = [threading.Thread(target=attempt) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(let_in) == 1


def test_a_recovery_code_stands_in_once(house, amina):
    code = amina.codes[0]
    assert house.users.sign_in("amina", PASSPHRASE, code.lower().replace("-", " "), VISIT)
    assert house.users.codes_left(amina.officer) == 9
    with pytest.raises(SignInRefused):
        house.users.sign_in("amina", PASSPHRASE, code, VISIT)
    assert len(lines(house.registry, "code_used")) == 1


def test_a_device_is_replaced_once_however_many_ask_at_once(house, amina):
    """One code, shown by four at the same moment: one device is bound, one row says so."""
    session, code, secret = amina.session(), amina.codes[0], "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    digits = pyotp.TOTP(secret).generate_otp(house.registry.clock.at // STEP)
    bound = []

    def attempt():
        with suppress(FactorUnproved):
            bound.append(
                house.users.replace_device(session, PASSPHRASE, code, secret, digits, VISIT)
            )

    threads = [threading.Thread(target=attempt) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    ((cookie, codes),) = bound
    said = ("device_replaced", "code_used")
    assert [len(lines(house.registry, one)) for one in said] == [1, 1]
    assert house.users.codes_left(amina.officer) == len(codes) == 10
    now = house.registry.clock.at
    with house.registry.database.reading() as connection:
        assert sessions.find(connection, cookie, now)
        assert len(sessions.all_of(connection, amina.officer, now)) == 1
        assert acts.first_broken(connection, house.registry.books) == 0


def test_the_audit_log_is_changed_by_nobody(house, amina):
    for statement in (
        "UPDATE audit SET about = 'x'", "DELETE FROM audit", "UPDATE audit SET no = no + 1000",
    ):  # fmt: skip
        with pytest.raises(DBAPIError), house.registry.database.writing() as connection:
            connection.execute(text(statement))
    with house.registry.database.reading() as connection:
        assert acts.first_broken(connection, house.registry.books) == 0


def test_an_act_of_one_is_done_and_signed(house, amina):
    by = amina.signer()
    done = acts.perform(house.registry.books, "open_place", [PLACE], "", by=by, address="x")
    assert done == "done"
    (fact,) = house.registry.books.history("place-1")
    assert fact.by == amina.officer
    (line,) = lines(house.registry, "settled")
    assert (line.officer, line.about) == (amina.officer, "open_place")


def test_an_act_of_two_waits_for_another_officer(house, amina):
    books, first = house.registry.books, amina.signer()
    second = house.add("bernard", "registrar", amina).signer()
    with pytest.raises(ReasonMissing):
        acts.perform(books, "judge_entry", [JUDGED], " ", by=first)
    assert acts.perform(books, "judge_entry", [JUDGED], "true on paper", by=first) == "waits"
    with house.registry.database.reading() as connection:
        (one,) = acts.waiting(connection, books.key.node)
    assert (one.act, one.officer, one.drafts) == ("judge_entry", amina.officer, (JUDGED,))
    assert not books.history(JUDGED.subject)
    with pytest.raises(SecondOfficerMissing):
        acts.confirm(books, one.id, by=first)
    assert acts.confirm(books, one.id, by=second)
    (fact,) = books.history(JUDGED.subject)
    assert (fact.by, fact.witnesses) == (first.id, (second.id,))
    assert not books.unheeded()
    with pytest.raises(ProposalUnknown):
        acts.confirm(books, one.id, by=second)


def test_a_waiting_act_is_refused_or_taken_back_and_nothing_of_it_happens(house, amina):
    books, first = house.registry.books, amina.signer()
    second = house.add("bernard", "registrar", amina).signer()
    for end in ("refused", "taken back"):
        acts.perform(books, "judge_entry", [JUDGED], end, by=first)
        with house.registry.database.reading() as connection:
            (one,) = acts.waiting(connection, books.key.node)
        if end == "refused":
            with pytest.raises(ReasonMissing):
                acts.refuse(books, one.id, "", by=second)
            acts.refuse(books, one.id, "not so", by=second)
        else:
            with pytest.raises(OfficerNotAuthorised):
                acts.withdraw(books, one.id, by=second)
            acts.withdraw(books, one.id, by=first)
    assert not books.history(JUDGED.subject)
    with house.registry.database.reading() as connection:
        assert not acts.waiting(connection, books.key.node)


def test_what_changed_meanwhile_cannot_be_confirmed(house, amina):
    books, first = house.registry.books, amina.signer()
    second = house.add("bernard", "registrar", amina).signer()
    acts.perform(books, "judge_entry", [JUDGED], "true on paper", by=first)
    with house.registry.database.reading() as connection:
        (one,) = acts.waiting(connection, books.key.node)
    other = [replace(JUDGED, body=replace(JUDGED.body, accepted=False))]
    with books.writing() as connection:
        books.record(connection, other, (first.pair, second.pair))
    with pytest.raises(ProposalStale):
        acts.confirm(books, one.id, by=second)


def test_who_may_not_does_not(house, amina):
    books, auditor = house.registry.books, house.add("chantal", "auditor", amina).signer()
    with pytest.raises(OfficerNotAuthorised):
        acts.perform(books, "open_place", [PLACE], "", by=auditor)
    with pytest.raises(OfficerNotAuthorised):
        acts.confirm(books, "proposal:x", by=auditor)
    assert not books.history("place-1")


def test_a_key_that_is_not_the_officers_signs_nothing(house, amina):
    forged = Signer(amina.signer().officer, lambda _message: bytes(64))
    with pytest.raises(Exception, match="ActUnsigned"):
        acts.perform(house.registry.books, "judge_entry", [JUDGED], "x", by=forged)


def test_the_log_is_taken_out_whole_and_the_file_proves_itself(house, amina, tmp_path):
    """More rows than one portion; those that are added meanwhile are of the next file."""
    books, file = house.registry.books, tmp_path / "audit"
    with house.registry.database.writing() as connection:
        for number in range(2 * audit_export.PORTION):
            audit.note(connection, number, amina.officer, "x", "searched", f"=cmd {number}")
    with house.registry.database.reading() as connection:
        head = audit.head(connection)
    for form, act in (("jsonl", ""), ("csv", "searched"), ("csv", "")):
        end = audit_files.begun(books.key, books.now(), "", act, (head.number, head.hash))
        with file.open("wb") as stream:
            for piece in audit_export.table(books, form, end, "en"):
                stream.write(piece)
                amina.session()  # somebody signs in while it is written
        found = audit_files.checked(file)
        assert found.rows == (2 * audit_export.PORTION if act else head.number)
        assert b"\n=cmd" not in file.read_bytes()
        assert (b",'=cmd 7," in file.read_bytes()) is (form == "csv")


def test_the_chain_holds_the_head_of_the_log_with_each_act_and_once_a_day(house, amina):
    books = house.registry.books
    with house.registry.database.reading() as connection:
        sealed_before = audit.head(connection).sealed_day
    house.registry.clock.at += 86_400_000
    acts.seal_by_day(books)
    acts.seal_by_day(books)
    with house.registry.database.reading() as connection:
        head = audit.head(connection)
        assert head.sealed_day == sealed_before + 1
        subject = f"audit:{books.key.node}:{head.sealed_day}"
    assert [one.body.number for one in books.history(subject)] == [head.number]
    acts.perform(books, "close_day", [Draft("place-1", PlaceClosed("over"))], "", by=amina.signer())
    assert len(books.history(subject)) == 2


def test_a_log_written_anew_is_betrayed_by_the_chain(house, amina):
    """Somebody with the database's password drops the triggers and writes all hashes again."""
    books = house.registry.books
    with house.registry.database.writing() as connection:
        postgres = connection.dialect.name == "postgresql"
        on = " ON audit" if postgres else ""
        connection.execute(text(f"DROP TRIGGER audit_stays{on}"))
        rows = audit.lines(connection, limit=1000)[::-1]
        hashed = ""
        for line in rows:
            officer = line.officer if line.act != "user_added" else "somebody-else"
            said = (line.number, line.at, officer, line.address, line.act, line.about)
            hashed = audit._hash(hashed, said)
            connection.execute(
                text("UPDATE audit SET officer = :officer, hash = :hash WHERE no = :no"),
                {"officer": officer, "hash": hashed, "no": line.number},
            )
        connection.execute(text("UPDATE audit_head SET hash = :hash"), {"hash": hashed})
    with house.registry.database.reading() as connection:
        assert audit.first_broken(connection) == 0  # the rows agree with each other
        assert acts.first_broken(connection, books) > 0


def test_a_session_ends_idle_and_in_any_case(house, amina):
    cookie, _new = house.users.sign_in("amina", PASSPHRASE, amina.digits(), VISIT)
    with house.registry.database.writing() as connection:
        used = sessions.find(connection, cookie, house.registry.clock.at)
        now = used.began
        assert sessions.find(connection, cookie, now + sessions.IDLE)
        assert sessions.find(connection, cookie, now + sessions.IDLE + 1) is None
        sessions.seen(connection, used, now + sessions.LONGEST - 5)
        assert sessions.find(connection, cookie, now + sessions.LONGEST - 5)
        assert sessions.find(connection, cookie, now + sessions.LONGEST + 1) is None


def test_the_second_factor_is_asked_again_and_wrong_ones_count(house, amina):
    session = amina.session()
    for _ in range(MOST_WRONG):
        with pytest.raises(DigitsWrong):
            house.users.step_up(session, "000000", VISIT)
    with pytest.raises(SignInTooSoon):
        house.users.step_up(session, amina.digits(), VISIT)
    house.registry.clock.at += WAIT
    house.users.step_up(session, amina.digits(), VISIT)
