"""Users on SQLite; what holds on both databases is told in their contract."""

from __future__ import annotations

import pyotp
import pytest

from stockpile.domain.errors import (
    DeviceUnproved,
    DigitsWrong,
    FactorUnproved,
    FieldMissing,
    FieldUnreadable,
    LoginTaken,
    PassphraseTooShort,
    SignInRefused,
    SignInTooSoon,
    UserUnknown,
)
from stockpile.registry import audit, sessions, users
from stockpile.registry.proving import Visit
from stockpile.registry.second_factor import STEP
from stockpile.registry.tries import MOST_WRONG, MOST_WRONG_FROM, WAIT
from tests.helpers.every import every
from tests.helpers.visitors import PASSPHRASE, VISIT, House

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def house(registry):
    return House(registry)


@pytest.fixture
def amina(house):
    return house.first()


@every([("Amina", "amina"), (" a.b-c_9 ", "a.b-c_9"), ("x1", "x1")])
def test_a_name_to_sign_in_by(pair):
    assert users.read_login(pair[0]) == pair[1]


@every(["", "a", "-ab", "ab.", "a b", "a/b", "../x", "é1", "a" * 41, "a\0b", "<b>x</b>", "'--"])
def test_what_is_no_name_to_sign_in_by(told):
    with pytest.raises(FieldUnreadable):
        users.read_login(told)


def test_one_sentence_for_whatever_is_wrong(house, amina):
    for login, passphrase, digits in (
        ("nobody", PASSPHRASE, "000000"),
        ("amina", "wrong passphrase", amina.digits()),
        ("amina", PASSPHRASE, "000000"),
        ("amina", PASSPHRASE, ""),
        ("", "", ""),
        ("amina\0' OR 1=1 --", "\ud800", "\0"),
    ):
        house.registry.clock.at += WAIT
        with pytest.raises(SignInRefused):
            house.users.sign_in(login, passphrase, digits, VISIT)


def test_an_address_that_tries_everybody_has_to_wait(house, amina):
    for number in range(MOST_WRONG_FROM):
        with pytest.raises(SignInRefused):
            house.users.sign_in(f"somebody{number}", "a guess of twelve", "", VISIT)
    with pytest.raises(SignInTooSoon):
        house.users.sign_in("amina", PASSPHRASE, amina.digits(), VISIT)
    assert house.users.sign_in("amina", PASSPHRASE, amina.digits(), Visit("192.0.2.99"))


def test_who_has_not_begun_can_only_begin(house, amina):
    given = house.staff.add("bernard", "Bernard", ("registrar",), by=amina.signer(), visit=VISIT)
    cookie, is_new = house.users.sign_in("bernard", given, "", VISIT)
    assert is_new
    with house.registry.database.reading() as connection:
        session = sessions.find(connection, cookie, house.registry.clock.at)
    assert session.is_new
    assert session.secrets.totp == ""
    with pytest.raises(PassphraseTooShort):
        house.users.begin(session, "short", SECRET, "000000", VISIT)
    with pytest.raises(DigitsWrong):
        house.users.begin(session, PASSPHRASE, SECRET, "000000", VISIT)
    assert house.users.by_login("bernard").is_new


def test_the_passphrase_given_first_opens_nothing_afterwards(house):
    given = house.staff.first("amina", "Amina")
    house.begun("amina", given)
    with pytest.raises(SignInRefused):
        house.users.sign_in("amina", given, "", VISIT)


def test_a_user_is_refused_before_anything_is_written(house, amina):
    with pytest.raises(LoginTaken):
        house.users.prepared("AMINA", "Another", ("auditor",))
    with pytest.raises(FieldMissing):
        house.users.prepared("bernard", " ", ("auditor",))
    with pytest.raises(FieldMissing):
        house.users.prepared("bernard", "Bernard", ())
    with pytest.raises(FieldUnreadable):
        house.users.prepared("bernard", "Bernard", ("armourer",))
    with pytest.raises(UserUnknown):
        house.users.by_login("bernard")
    with pytest.raises(UserUnknown):
        house.users.login_of("nobody")


def test_nothing_in_the_database_file_opens_a_key(house, amina):
    session = amina.session()
    held = house.registry.database.file.read_bytes()
    wal = house.registry.database.file.with_name(house.registry.database.file.name + "-wal")
    held += wal.read_bytes() if wal.exists() else b""
    assert b"amina" in held
    secrets = (session.secrets.seed, session.secrets.totp.encode(), PASSPHRASE.encode())
    assert not [one for one in (*secrets, amina.codes[0].encode()) if one in held]


def test_digits_are_not_guessed_where_a_passphrase_is_changed(house, amina):
    """Who holds somebody's session and not their device."""
    session = amina.session()
    for _ in range(MOST_WRONG):
        with pytest.raises(DigitsWrong):
            house.users.begin(session, PASSPHRASE, session.secrets.totp, "000000", VISIT)
    with pytest.raises(SignInTooSoon):
        house.users.begin(session, PASSPHRASE, session.secrets.totp, amina.digits(), VISIT)


def test_a_device_is_replaced_by_what_the_old_one_shows(house, amina):
    session = amina.session()
    cookie, codes = house.users.replace_device(
        session, PASSPHRASE, amina.digits(), SECRET, shown(house), VISIT
    )
    with house.registry.database.reading() as connection:
        begun = sessions.find(connection, cookie, house.registry.clock.at)
    assert begun.secrets == sessions.Secrets(session.secrets.seed, SECRET)
    assert set(codes).isdisjoint(amina.codes)
    house.registry.clock.at += STEP
    assert house.users.sign_in("amina", PASSPHRASE, shown(house), VISIT)
    for gone in (amina.digits(), amina.codes[0]):
        with pytest.raises(SignInRefused):
            house.users.sign_in("amina", PASSPHRASE, gone, VISIT)


def test_digits_that_bound_a_device_are_used_up(house, amina):
    session = amina.session()
    digits = shown(house)
    house.users.replace_device(session, PASSPHRASE, amina.codes[0], SECRET, digits, VISIT)
    with pytest.raises(SignInRefused):
        house.users.sign_in("amina", PASSPHRASE, digits, VISIT)


def test_what_is_not_right_replaces_nothing_and_uses_nothing_up(house, amina):
    session, code = amina.session(), amina.codes[0]
    for refusal, passphrase, proof, digits in (
        (DeviceUnproved, PASSPHRASE, code, "000000"),
        (DeviceUnproved, PASSPHRASE, code, ""),
        (FactorUnproved, "some other words here", code, None),
        (FactorUnproved, PASSPHRASE, "000000", None),
        (FactorUnproved, PASSPHRASE, "", None),
    ):
        house.registry.clock.at += WAIT
        told = shown(house) if digits is None else digits
        with pytest.raises(refusal):
            house.users.replace_device(session, passphrase, proof, SECRET, told, VISIT)
    assert house.users.codes_left(amina.officer) == 10
    assert house.users.sign_in("amina", PASSPHRASE, amina.digits(), VISIT)
    with house.registry.database.reading() as connection:
        assert len(audit.lines(connection, act="refused")) == 5
        assert not audit.lines(connection, act="device_replaced")


def test_nobody_without_a_device_replaces_one(house, amina):
    given = house.staff.add("bernard", "Bernard", ("registrar",), by=amina.signer(), visit=VISIT)
    cookie, _new = house.users.sign_in("bernard", given, "", VISIT)
    with house.registry.database.reading() as connection:
        session = sessions.find(connection, cookie, house.registry.clock.at)
    with pytest.raises(FactorUnproved):
        house.users.replace_device(session, given, "", SECRET, shown(house), VISIT)
    assert house.users.by_login("bernard").is_new


def shown(house):
    """What the new device shows now."""
    return pyotp.TOTP(SECRET).generate_otp(house.registry.clock.at // STEP)
