"""Officials sign on computers of their own; the registry publishes; nodes hear of it."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.adapters.keys.strength import LIGHT
from stockpile.app import authority_room
from stockpile.cli.commands import main
from stockpile.registry.opening import found
from tests.helpers.commands import Shell
from tests.helpers.every import every_row
from tests.helpers.sites import SiteKeys

SECRET = {"STOCKPILE_AUTHORITY_PASSPHRASE": "nine grey parrots"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return tmp_path_factory.mktemp("officials")


@pytest.fixture(scope="module")
def run(desk):
    """Commands of an official, who has no home; what a guess costs is tested elsewhere."""
    light = partial(authority_room.AuthorityKeyFiles, strength=LIGHT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(authority_room, "AuthorityKeyFiles", light)
        yield partial(Shell(desk / "nowhere").run, **SECRET)


@pytest.fixture(scope="module")
def keys(run, desk):
    """Three officials' keys and a clerk's, by name."""
    return {
        name: run("authority", "key", "make", str(desk / f"{name}.key"), "--name", name).json["key"]
        for name in ("Okello", "Achieng", "Nakato", "Ssebo")
    }


def sign(run, file, *names):
    for name in names:
        done = run(
            "authority", "sign", str(file), "--key", str(file.parent / f"{name}.key"), "--yes"
        )
        assert done.code == 0, done.err
    return done.json


def propose_roots(run, desk, keys, file, *said):
    named = [f"--key={one}={keys[one]}" for one in ("Okello", "Achieng", "Nakato")]
    return run("authority", "roots", "propose", str(desk / file), *named, *said)


def test_a_key_is_shown_with_the_words_that_stand_for_it(run, desk, keys):
    shown = run("authority", "key", "show", str(desk / "Okello.key")).json
    assert (shown["name"], shown["key"]) == ("Okello", keys["Okello"])
    assert len(shown["words"].split()) == 8
    again = run("authority", "key", "make", str(desk / "Okello.key"), "--name", "Mallory")
    assert again.error["error"] == "AuthorityKeyExists"


def test_two_of_three_publish_and_one_alone_does_not(run, desk, keys):
    database = ("--database", str(desk / "registry.db"))
    found(database[1])
    roots = desk / "roots.statement"
    assert propose_roots(run, desk, keys, "roots.statement").code == 0
    assert "Okello" in run("authority", "show", str(roots)).json["says"].__repr__()
    sign(run, roots, "Okello")
    refused = run("authority", "publish", str(roots), *database)
    assert refused.error["error"] == "AttestationMissing"
    assert refused.error["details"] == {"have": 1, "needs": 2}
    assert len(sign(run, roots, "Nakato")["signed"]) == 2
    assert run("authority", "publish", str(roots), *database).json == {"published": True}
    assert run("authority", "publish", str(roots), *database).json == {"published": False}
    named = desk / "ssebo.statement"
    run(
        "authority",
        "name",
        str(named),
        "--duty=enrolment",
        "--name=Ssebo",
        f"--key={keys['Ssebo']}",
    )
    sign(run, named, "Achieng", "Nakato")
    run("authority", "publish", str(named), *database)
    now = run("authority", "status", *database).json
    assert (now["version"], now["threshold"], len(now["roots"])) == (1, 2, 3)
    assert [one["name"] for one in now["keys"]] == ["Ssebo"]


def test_copies_that_were_signed_apart_are_put_together(run, desk, keys):
    first, other = desk / "first.statement", desk / "other.statement"
    for file in (first, other):
        run("authority", "readmit", str(file), "--node", "x" * 16, "--reason", "found")
    sign(run, first, "Okello")
    sign(run, other, "Achieng")
    assert len(run("authority", "join", str(first), str(other)).json["signed"]) == 2
    run("authority", "readmit", str(other), "--node", "y" * 16, "--reason", "found")
    refused = run("authority", "join", str(first), str(other))
    assert refused.error["error"] == "StatementInvalid"


def said_by(words):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert not ended.value.code


def test_what_is_signed_is_said_in_plain_words_first(desk, keys, capsys, monkeypatch):
    monkeypatch.setenv("STOCKPILE_AUTHORITY_PASSPHRASE", SECRET["STOCKPILE_AUTHORITY_PASSPHRASE"])
    file, node = str(desk / "revoke.statement"), SiteKeys().node
    said_by(
        ["authority", "revoke", file, "--node", node, "--number", "7", "--digest", "ab" * 32,
         "--reason", "stolen on the road"]
    )  # fmt: skip
    said = capsys.readouterr().out
    for words in (node, "7", "ab" * 32, "stolen on the road", "Nobody has signed it yet"):
        assert words in said
    said_by(["authority", "sign", file, "--key", str(desk / "Okello.key"), "--yes"])
    signed = capsys.readouterr()
    assert "stolen on the road" in signed.err
    assert "Okello" in signed.out


MISTAKES = (
    ("FieldUnreadable", ("name", "x", "--duty=witness", "--name=X", "--key=zz")),
    ("FieldUnreadable", ("revoke", "x", "--node=x", "--number=1", "--digest=zz", "--reason=r")),
    ("FieldUnreadable", ("revoke", "x", "--node=x", "--number=-1", "--reason=r")),
    ("FieldUnreadable", ("roots", "propose", "x", "--key=nobody")),
    ("FieldUnreadable", ("roots", "propose", "x", f"--key=One={'ab' * 32}")),
    ("FileUnreadable", ("show", "nowhere.statement")),
    ("KeysUnreadable", ("key", "show", "nowhere.key")),
)


def test_a_mistake_is_named_and_no_file_is_left(run, desk, keys, monkeypatch):
    monkeypatch.chdir(desk)

    @every_row(MISTAKES)
    def tried(error, words):
        assert run("authority", *words).error["error"] == error
        assert not (desk / "x").exists()

    tried()
    (desk / "list.statement").write_text("weapon;serial\n")
    assert run("authority", "show", "list.statement").error["error"] == "StatementDamaged"
    run = partial(run, STOCKPILE_AUTHORITY_PASSPHRASE="wrong")
    run("authority", "readmit", "back.statement", "--node", "x", "--reason", "r")
    wrong = run("authority", "sign", "back.statement", "--key", "Okello.key", "--yes")
    assert wrong.error["error"] == "WrongPassphrase"
    asked = run("authority", "sign", "back.statement", "--key", "Okello.key")
    assert asked.error["error"] == "FieldMissing"  # nobody signs unread by a script
    short = run("authority", "key", "make", "short.key", "--name", "X")
    assert short.error["error"] == "PassphraseTooShort"
