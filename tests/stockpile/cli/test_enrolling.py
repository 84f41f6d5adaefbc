"""A computer is enrolled by two files, as commands do it; the registry's machine certifies."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.adapters.keys.strength import LIGHT
from stockpile.app import authority_room
from stockpile.registry.opening import found
from tests.helpers.commands import INIT, Shell

SECRET = {"STOCKPILE_AUTHORITY_PASSPHRASE": "nine grey parrots"}


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    opened = Shell(tmp_path_factory.mktemp("depot") / "home")
    opened.ok(*INIT)
    return opened


@pytest.fixture(scope="module")
def stick(tmp_path_factory):
    made = tmp_path_factory.mktemp("stick")
    for name in ("registry.db", "trial.db"):
        found(str(made / name))
    return made


def test_words_are_compared_both_ways_and_the_certificate_is_loaded_once(shell, stick):
    database = ("--database", stick / "registry.db")
    request, certificate = stick / "kampala.request", stick / "kampala.certificate"
    asked = shell.ok("enrol", "request", request, "--site", "KLA")
    wrong = shell.run("registry", "certify", request, certificate, "--words", "no", *database)
    assert wrong.error["error"] == "FieldUnreadable"
    made = shell.ok(
        "registry", "certify", request, certificate, "--words", asked["words"], *database
    )
    assert (made["node"], made["name"]) == (asked["node"], "Kampala Central")

    seen = shell.ok("enrol", "open", certificate, "--preview")
    assert (seen["known"], seen["words"], seen["scope"]) == (False, made["words"], ["KLA"])
    assert shell.run("enrol", "open", certificate).error["error"] == "FieldMissing"
    taken = shell.ok("enrol", "open", certificate, "--words", made["words"])
    assert taken["taken"] == 2
    again = shell.ok("enrol", "open", certificate)
    assert (again["known"], again["taken"]) == (True, 0)
    assert shell.ok("authority", "status")["version"] == 0
    assert shell.run("sync").error["error"] == "NotEnrolled"  # nobody told it an address
    rows = shell.ok("registry", "nodes", *database)
    assert {"Kampala Central", "registry"} == {one["name"] for one in rows}


def test_an_enrolment_officer_certifies_and_the_registry_learns_of_it(
    shell, stick, tmp_path, monkeypatch
):
    monkeypatch.setattr(
        authority_room,
        "AuthorityKeyFiles",
        partial(authority_room.AuthorityKeyFiles, strength=LIGHT),
    )
    run = partial(shell.ok, **SECRET)
    database = ("--database", stick / "registry.db")
    keys = {
        name: run("authority", "key", "make", tmp_path / name, "--name", name)["key"]
        for name in ("Okello", "Achieng", "Ssebo")
    }
    roots, named = tmp_path / "roots.statement", tmp_path / "ssebo.statement"
    run("authority", "roots", "propose", roots,
        *(f"--key={one}={keys[one]}" for one in ("Okello", "Achieng")))  # fmt: skip
    run("authority", "name", named, "--duty=enrolment", "--name=Ssebo", f"--key={keys['Ssebo']}")
    for file in (roots, named):
        for one in ("Okello", "Achieng"):
            run("authority", "sign", file, "--key", tmp_path / one, "--yes")
        run("authority", "publish", file, *database)

    # The officer's own desk hears of it by a later certificate of its own.
    asked = shell.ok("enrol", "request", stick / "again.request", "--site", "KLA")
    shell.ok("registry", "certify", stick / "again.request", stick / "again.certificate",
             "--words", asked["words"], *database)  # fmt: skip
    assert shell.ok("enrol", "open", stick / "again.certificate")["taken"] == 2
    assert shell.ok("authority", "status")["version"] == 1

    field = Shell(tmp_path / "field")
    field.ok(*INIT)
    asks = field.ok("enrol", "request", stick / "field.request", "--name", "Field 1")
    made = run("authority", "certify", stick / "field.request", stick / "field.certificate",
               "--key", tmp_path / "Ssebo", "--words", asks["words"], "--scope", "*")  # fmt: skip
    shown = field.ok("enrol", "open", stick / "field.certificate", "--preview")
    assert (shown["name"], shown["roots"], shown["scope"]) == ("Field 1", True, [])
    field.ok("enrol", "open", stick / "field.certificate", "--words", shown["words"])
    learnt = shell.ok("registry", "certify", made["statement"], *database)
    assert learnt["statement"] == "NodeCertified"
    known = {one["node"]: one["status"] for one in shell.ok("registry", "nodes", *database)}
    assert known[asks["node"]] == "enrolled"


def test_a_thief_is_revoked_and_readmitted_at_the_registry_and_evidence_is_listed(shell, stick):
    database = ("--database", stick / "trial.db")
    request = stick / "trial.request"
    asked = shell.ok("enrol", "request", request)
    shell.ok("registry", "certify", request, stick / "trial.certificate", "--words",
             asked["words"], *database)  # fmt: skip
    gone = shell.ok("registry", "revoke", asked["node"], "--reason", "stolen", "--last-good", "0",
                    *database)  # fmt: skip
    assert gone["status"] == "revoked"
    assert shell.ok("registry", "evidence", *database) == []
    back = shell.ok("registry", "readmit", asked["node"], "--reason", "found", *database)
    assert back["status"] == "enrolled"
    refused = shell.run("registry", "readmit", asked["node"], "--reason", "found", *database)
    assert refused.error["error"] == "NodeTrusted"
    wrong = shell.run("registry", "revoke", asked["node"], "--reason", "x", "--last-good", "9",
                      *database)  # fmt: skip
    assert wrong.error["error"] == "LastGoodUnknown"
