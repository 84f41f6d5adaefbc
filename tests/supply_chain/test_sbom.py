"""The bill of materials: what the lock installs, and what we ask for ourselves, in CycloneDX."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FREE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "LGPL-3.0-only",
    "LGPL-3.0-or-later", "LicenseRef-PDFium", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0",
    "Zlib",
}  # fmt: skip
CHOICES = {"GPL-2.0-only", "GPL-3.0-only"}
"""Offered beside another one, which is the one that is chosen."""


@pytest.fixture(scope="module")
def sbom():
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "packaging" / "sbom.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_package_of_the_lock_is_on_the_bill_once_with_its_version(sbom):
    lock = (ROOT / "packaging" / "requirements.txt").read_text("utf-8")
    pinned = sorted(re.findall(r"^([a-z0-9-]+)==([^ \\]+)", lock, re.MULTILINE))
    bill = sbom.bill()
    assert sorted((one["name"], one["version"]) for one in bill["components"]) == pinned
    refs = [one["bom-ref"] for one in bill["components"]]
    assert len(set(refs)) == len(refs) > 60
    for one in bill["components"]:
        assert one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}"
        files = {each["name"]: each["value"] for each in one["properties"]}
        assert int(files["stockpile:lock:files"]) > 0, one["name"]
    assert lock.count(" ; ") == sum(
        any(each["name"] == "stockpile:lock:when" for each in one["properties"])
        for one in bill["components"]
    )


def test_what_we_ask_for_ourselves_is_what_the_program_depends_on(sbom):
    bill = sbom.bill()
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (depends,) = bill["dependencies"]
    named = {one.split("/")[1].split("@")[0] for one in depends["dependsOn"]}
    assert named == {sbom.named(one) for one in wanted["dependencies"]}
    assert bill["metadata"]["component"]["version"] == wanted["version"]


def test_every_package_says_its_licence_and_each_is_one_that_we_may_pass_on(sbom):
    """Ours is Apache 2.0: what is used stays a library of its own, under one of these."""
    told = {one["name"]: one["licenses"][0]["expression"] for one in sbom.bill()["components"]}
    words = re.compile(r"[A-Za-z0-9.-]+")
    for name, expression in told.items():
        ids = set(words.findall(expression)) - {"AND", "OR"}
        assert ids <= FREE | CHOICES, (name, expression)
        assert ids & FREE, (name, expression)  # nothing that leaves GPL as the only choice
    kept = tomllib.loads((ROOT / "packaging" / "licences.toml").read_text("utf-8"))
    assert set(kept) == set(told)  # none of a package that is not used any more


def test_the_licences_are_those_that_the_installed_packages_declare(sbom):
    told = {one["name"]: one["licenses"][0]["expression"] for one in sbom.bill()["components"]}
    compared = 0
    for name, expression in told.items():
        try:
            said = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # for another system than this one
        declared = said.get("License-Expression")
        if declared:
            compared += 1
            assert declared == expression, name
    assert compared > 30


def test_the_same_lock_gives_the_same_bytes(sbom, tmp_path, capsys):
    for name in ("a", "b"):
        assert sbom.main([str(tmp_path / name)]) == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    value = json.loads((tmp_path / "a").read_text("utf-8"))
    assert (value["bomFormat"], value["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", value["serialNumber"])
    assert sbom.main([]) == 2
    assert "CycloneDX" in capsys.readouterr().out
