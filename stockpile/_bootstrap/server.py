"""Find the PostgreSQL server that the tests are run against, or bring one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from stockpile._bootstrap.debian import apt_install, libraries_in, unpack
from stockpile._bootstrap.place import Place
from stockpile._bootstrap.tools import say

DEBIAN = Path("/usr/lib/postgresql")


def ensure_server(place: Place, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables by which the tests find a server; none, with a sentence, without one."""
    named = environ.get("STOCKPILE_TEST_PG_BIN")
    found = Path(named) if named else newest(DEBIAN)
    if not found and apt_install(["postgresql"]):
        found = newest(DEBIAN)
    if found:
        return {"STOCKPILE_TEST_PG_BIN": str(found)}
    return unpacked_server(place.system / "postgresql")


def unpacked_server(folder: Path) -> dict[str, str]:
    """Return the same for a server that was unpacked for us alone, without its compiler.

    A server that finds its compiling module but not the compiler refuses costly queries; one that
    finds neither just runs them.
    """
    if not unpack(["postgresql"], folder) or not (found := newest(folder / "usr/lib/postgresql")):
        say("no PostgreSQL found: name its program folder in STOCKPILE_TEST_PG_BIN")
        return {}
    (found.parent / "lib/llvmjit.so").unlink(missing_ok=True)
    return {"STOCKPILE_TEST_PG_BIN": str(found), "LD_LIBRARY_PATH": libraries_in(folder)}


def newest(versions: Path) -> Path | None:
    """Return the program folder of the newest server among folders named by version."""
    able = [path.parent for path in versions.glob("*/bin/initdb")]
    return max(able, key=version_of, default=None)


def version_of(programs: Path) -> list[int]:
    """Return the version that the folder above the programs is named by."""
    return [int(part) for part in re.findall(r"\d+", programs.parent.name)]
