from __future__ import annotations

from stockpile.registry import tries
from stockpile.registry.tries import MOST_WRONG, MOST_WRONG_FROM, WAIT


def test_a_name_and_an_address_wait_for_themselves(registry):
    with registry.database.writing() as connection:
        for number in range(MOST_WRONG):
            assert tries.waiting(connection, "amina", "x", number) == 0
            tries.note(connection, " AMINA ", "x", number)
        assert tries.waiting(connection, "amina", "elsewhere", 10) == WAIT - 10
        assert tries.waiting(connection, "bernard", "x", 10) == 0
        for number in range(MOST_WRONG, MOST_WRONG_FROM):
            tries.note(connection, f"n{number}", "x", number)
        assert tries.waiting(connection, "bernard", "x", 20) == WAIT - 20
        assert tries.waiting(connection, "bernard", "y", 20) == 0


def test_who_came_in_is_forgotten_and_others_are_not(registry):
    with registry.database.writing() as connection:
        for number in range(MOST_WRONG):
            tries.note(connection, "amina", "x", number)
            tries.note(connection, "bernard", "x", number)
        tries.forget(connection, "amina", "x")
        assert tries.waiting(connection, "amina", "y", 10) == 0
        assert tries.waiting(connection, "bernard", "y", 10) > 0


def test_tries_are_forgotten_after_a_while(registry):
    with registry.database.writing() as connection:
        for _ in range(MOST_WRONG):
            tries.note(connection, "amina", "x", 0)
        assert tries.waiting(connection, "amina", "x", WAIT - 1) == 1
        assert tries.waiting(connection, "amina", "x", WAIT) == 0


def test_whatever_is_typed_is_a_text(registry):
    for typed in ("\0", "\ud800", "x" * 9_999, "", "' OR 1=1"):
        assert len(tries.tidy(typed)) <= 80
        with registry.database.writing() as connection:
            tries.note(connection, typed, "x", 1)
