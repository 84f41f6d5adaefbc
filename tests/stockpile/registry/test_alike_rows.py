"""The rows of what weapons of several sites share; what they do is told in the contract."""

from __future__ import annotations

import pytest

from stockpile.registry import alike_rows
from stockpile.registry.database import fill
from stockpile.registry.tables import CONFLICT, MARK, WEAPON


@pytest.fixture
def connection(registry):
    with registry.books.writing() as opened:
        yield opened


def stand(connection, owner, weapons):
    """Let weapons share something, with a conflict of them."""
    if owner.startswith("d:"):
        fill(connection, WEAPON, [
            {"id": one, "state": b"{}", "calibre": "", "status": "in_store",
             "duplicate_key": owner[2:]}
            for one in weapons
        ])  # fmt: skip
    else:
        fill(connection, MARK, [{"weapon": one, "text": owner[2:]} for one in weapons])
    row = {"owner": owner, "id": owner, "kind": "k", "weapons": "[]", "about": "[]"}
    fill(connection, CONFLICT, [row])


def test_what_waits_waits_once_on_the_account_of_whom_it_waits_for(connection):
    alike_rows.wait(connection, "n1", ())
    alike_rows.wait(connection, "n1", ["d:b", "d:a"])
    alike_rows.wait(connection, "n1", {"d:b", "m:c"})
    alike_rows.wait(connection, "n2", ["d:a"])
    assert alike_rows.waiting(connection, "n1", 1, 2) == ["d:a", "d:b"]
    assert alike_rows.is_due(connection, ["n1", "n3"], 1)
    assert not alike_rows.is_due(connection, ["n3"], 1)
    alike_rows.done(connection, "n1", ["d:a", "d:b", "m:c"])
    alike_rows.done(connection, "n1", ())
    assert alike_rows.waiting(connection, "n1", 1, 9) == []
    assert alike_rows.waiting(connection, "n2", 1, 9) == ["d:a"]
    alike_rows.wait(connection, "n2", ["d:a"], 5)
    assert [alike_rows.is_due(connection, ["n2"], at) for at in (4, 5)] == [False, True]
    assert [alike_rows.waiting(connection, "n2", at, 9) for at in (4, 5)] == [[], ["d:a"]]


def test_what_is_shared_is_told_of_while_it_is_open_and_few_share_it(connection):
    stand(connection, "d:KB1|AKM|", ["a", "b", "c"])
    stand(connection, "m:UG 1", ["a", "z"])
    wanted = ["d:KB1|AKM|", "m:UG 1", "d:nobody", "w:a"]
    found = alike_rows.sharing(connection, iter(wanted), 3)
    assert {owner: sorted(some) for owner, some in found.items()} == {
        "d:KB1|AKM|": ["a", "b", "c"], "m:UG 1": ["a", "z"],
    }  # fmt: skip
    assert [*alike_rows.sharing(connection, wanted, 2)] == ["m:UG 1"]
    assert alike_rows.owners_of(connection, ["a"]) == {"d:KB1|AKM|", "m:UG 1"}
    assert alike_rows.owners_of(connection, ["z", "nobody"]) == {"m:UG 1"}
    assert alike_rows.owners_of(connection, ()) == set()
    connection.execute(CONFLICT.delete().where(CONFLICT.c.owner == "m:UG 1"))
    assert alike_rows.sharing(connection, ["m:UG 1"], 3) == {}
    assert alike_rows.owners_of(connection, ["z"]) == set()


def test_a_weapon_is_told_to_a_site_once_and_counted_by_who_made_it_so(connection):
    alike_rows.keep(connection, "n1", {"a": ["Gulu"], "b": ["Gulu", "Lira"]}, 5)
    alike_rows.keep(connection, "n2", {"a": ["Gulu", "Arua"]}, 7)
    assert alike_rows.all_told(connection) == {"a": {"Gulu", "Arua"}, "b": {"Gulu", "Lira"}}
    assert alike_rows.told_since(connection, "n1", 4) == {"a", "b"}
    assert alike_rows.told_since(connection, "n1", 5) == set()
    assert alike_rows.told_since(connection, "n2", 0) == {"a"}
    assert alike_rows.told_there(connection, "Gulu", 4, "n9") == {"a", "b"}
    assert alike_rows.told_there(connection, "Gulu", 4, "n1") == set()
    assert alike_rows.told_there(connection, "Arua", 6, "n1") == {"a"}
    assert alike_rows.told_there(connection, "Arua", 7, "n1") == set()
