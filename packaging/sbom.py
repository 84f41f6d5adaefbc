"""Write what the program is made of: a bill of materials in CycloneDX 1.6, as JSON.

python packaging/sbom.py FILE     everything that the lock installs, and what we ask for ourselves

The lock says which versions are installed on every system, with a hash for each file; this says the
same in the form that auditors' programs read (https://cyclonedx.org/docs/1.6/json/), with the
licence of each (licences.toml). The same lock gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.txt"
LICENCES = ROOT / "packaging" / "licences.toml"
PROJECT = ROOT / "pyproject.toml"
_PINNED = re.compile(r"([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def bill() -> dict[str, object]:
    """Return the bill of materials of the lock as it stands."""
    lock = LOCK.read_text("utf-8")
    project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
    licences = tomllib.loads(LICENCES.read_text("utf-8"))
    components = sorted(_components(lock, licences), key=lambda one: str(one["bom-ref"]))
    program = {
        "type": "application", "bom-ref": "stockpile", "name": "stockpile",
        "version": project["version"], "licenses": [{"license": {"id": project["license"]}}],
    }  # fmt: skip
    wanted = {named(one) for one in project["dependencies"]}
    direct = [str(one["bom-ref"]) for one in components if one["name"] in wanted]
    digest = hashlib.sha256(lock.encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, digest)}",
        "version": 1,
        "metadata": {
            "component": program,
            "properties": [{"name": "stockpile:lock:sha256", "value": digest}],
        },
        "components": components,
        "dependencies": [{"ref": "stockpile", "dependsOn": direct}],
        "compositions": [{"aggregate": "incomplete", "dependencies": _refs(components)}],
    }


def named(requirement: str) -> str:
    """Return the package that a requirement names, as the index writes it."""
    found = _NAME.match(requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def _refs(components: list[dict[str, object]]) -> list[str]:
    """Return the packages of which it is not said here what they need in their turn."""
    return [str(one["bom-ref"]) for one in components]


def _components(lock: str, licences: dict[str, str]) -> Iterator[dict[str, object]]:
    pinned = list(_PINNED.finditer(lock))
    ends = [one.start() for one in pinned[1:]] + [len(lock)]
    for one, end in zip(pinned, ends, strict=True):
        name, version, when = named(one[1]), one[2], one[3]
        purl = f"pkg:pypi/{name}@{version}"
        files = len(_HASH.findall(lock[one.end() : end]))
        properties = [{"name": "stockpile:lock:files", "value": str(files)}]
        if when:
            properties.append({"name": "stockpile:lock:when", "value": when})
        yield {
            "type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl,
            "licenses": [{"expression": licences[name]}], "scope": "required",
            "properties": properties,
        }  # fmt: skip


def main(words: list[str]) -> int:
    """Write the bill into the file that is named."""
    if len(words) != 1:
        print(__doc__)
        return 2
    Path(words[0]).write_text(json.dumps(bill(), indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
