"""The house rules that no linter knows, each proved first on code that breaks it."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOP_LEVEL = {
    *("stockpile", "ui", "resources", "tests", "packaging", "pyproject.toml"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "NOTICE", ".ci", ".gitignore"),
}
CLOCK = re.compile(r"stockpile/(adapters|registry)/clock(\.py|/)")
CLOCK_CALLS = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
    *("time.time", "time.time_ns"),
}
SQL_CALLS = {"execute", "executemany", "executescript", "exec_driver_sql", "exec", "text"}
ROOMS_WITHOUT_A_NAME = {
    *("utils", "util", "misc", "common", "helper", "helpers", "manager", "managers"),
    *("base", "data", "info", "process", "handle"),
}
LARGEST = 1_000_000
LARGE_ON_PURPOSE = "resources/fonts/"

Finder = Callable[[ast.Module], list[int]]


def git_files() -> list[str]:
    """Every file that is tracked or would be, as paths with forward slashes."""
    command = ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "-z"]
    listed = subprocess.run(
        [*command, "--cached", "--others", "--exclude-standard"], capture_output=True, check=True
    )
    return [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).exists()]


FILES = git_files()
MODULES = [name for name in FILES if re.match(r"(stockpile|ui)/.*\.py$", name)]
pytestmark = pytest.mark.xdist_group("house")


@cache
def trees() -> dict[str, ast.Module]:
    """Every module as Python reads it; it takes seconds, so one worker does it, once."""
    return {name: ast.parse((ROOT / name).read_text("utf-8"), name) for name in MODULES}


def dotted(node: ast.expr) -> str:
    """`a.b.c` of an attribute chain; an empty string for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else dotted(node.func)


def late_imports(tree: ast.Module) -> list[int]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        inner.lineno
        for outer in ast.walk(tree)
        if isinstance(outer, functions)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def clock_readings(tree: ast.Module) -> list[int]:
    """Calls of the system's clock, by whichever alias or part of the module's name."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and tail(dotted(node)) in CLOCK_CALLS)
        or (isinstance(node, ast.ImportFrom) and imports_clock(node))
    ]


def tail(name: str) -> str:
    return ".".join(name.split(".")[-2:])


def imports_clock(node: ast.ImportFrom) -> bool:
    return any(f"{node.module}.{alias.name}" in CLOCK_CALLS for alias in node.names)


def is_glued(node: ast.expr) -> bool:
    """Say whether a text is put together from values that could carry more than a number.

    A PRAGMA takes no parameters, so it has no other way.
    """
    if isinstance(node, ast.JoinedStr):
        first = node.values[0]
        pragma = isinstance(first, ast.Constant) and str(first.value).startswith("PRAGMA ")
        return not pragma and any(map(may_be_text, node.values))
    if isinstance(node, ast.BinOp):
        joined = isinstance(node.op, ast.Add | ast.Mod)
        return joined and any(map(is_text, (node.left, node.right)))
    return isinstance(node, ast.Call) and called(node) in {"format", "format_map", "join"}


def may_be_text(part: ast.expr) -> bool:
    """Say whether a place in an f-string takes more than numbers: `{x:06d}` refuses all else."""
    if not isinstance(part, ast.FormattedValue):
        return False
    return not (part.format_spec and ast.unparse(part.format_spec).endswith(("d'", 'd"')))


def is_text(node: ast.expr) -> bool:
    is_string = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return is_string or isinstance(node, ast.JoinedStr) or is_glued(node)


def glued_sql(tree: ast.Module) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in SQL_CALLS
        if node.args and is_glued(node.args[0])
    ]


def hidden_words(tree: ast.Module) -> list[int]:
    """Words for people inside an f-string: the extractor of the translations does not see them."""
    return [
        node.lineno
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
        if isinstance(node, ast.Call) and called(node) in {"_", "ngettext"}
    ]


def offenders(finder: Finder, *, outside: re.Pattern[str] | None = None) -> list[str]:
    return [
        f"{name}:{line}"
        for name, tree in trees().items()
        if not (outside and outside.match(name))
        for line in finder(tree)
    ]


def none_of(found: list[str]) -> None:
    """Fail with every offender on a line of its own."""
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize(
    ("finder", "code", "lines"),
    [
        (late_imports, "import os\ndef f():\n    import re\n", [3]),
        (late_imports, "class C:\n  async def f(self):\n    from os import path\n", [3]),
        (late_imports, "if True:\n    import os\n", []),
        (clock_readings, "import datetime as d\nx = d.datetime.now()\n", [2]),
        (clock_readings, "from datetime import datetime\nf = datetime.now\n", [2]),
        (clock_readings, "from time import time\n", [1]),
        (clock_readings, "import time\nx = time.monotonic()\n", []),
        (glued_sql, 'c.execute(f"select {x}")', [1]),
        (glued_sql, 'c.execute("select %s" % x)', [1]),
        (glued_sql, 'c.execute("select " + x + " from t")', [1]),
        (glued_sql, 'text("select {}".format(x))', [1]),
        (glued_sql, 'c.execute("; ".join(parts))', [1]),
        (glued_sql, 'c.execute("select ?", (x,))', []),
        (glued_sql, "c.execute(f\"PRAGMA key = '{x}'\")", []),
        (glued_sql, "c.execute(f'create table ev_{part:06d} (like ev)')", []),
        (glued_sql, "c.execute(f'create table ev_{part:06} (like ev)')", [1]),
        (glued_sql, "field.text()", []),
        (hidden_words, "x = f\"{_('Look')} {name}\"", [1]),
        (hidden_words, "x = f\"{ngettext('a', 'b', n)}\"", [1]),
        (hidden_words, "look = _('Look')\nx = f'{look} {name}'", []),
    ],
)
def test_the_rules_see_what_they_forbid(finder: Finder, code: str, lines: list[int]):
    assert finder(ast.parse(code)) == lines


def test_the_house_is_found():
    assert "stockpile/__init__.py" in MODULES


def test_every_module_says_what_it_is_for():
    none_of([name for name, tree in trees().items() if not ast.get_docstring(tree)])


def test_no_import_hides_in_a_function():
    none_of(offenders(late_imports))


def test_only_the_clock_reads_the_time():
    none_of(offenders(clock_readings, outside=CLOCK))


def test_no_statement_is_glued_together_from_values():
    none_of(offenders(glued_sql))


def test_no_word_for_people_hides_from_the_translators():
    none_of(offenders(hidden_words))


def only_speaks(tree: ast.Module) -> bool:
    """Say whether a module holds nothing to test: its docstring, names and versions."""
    quiet = (ast.Expr, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    return all(isinstance(node, quiet) for node in tree.body) and all(
        node.module == "__future__" for node in imports
    )


def twins_of(module: str) -> list[str]:
    """Where a module's tests may stand: its mirror, and for a package the package's own name."""
    path = Path("tests", module)
    if path.stem == "__init__":
        return [
            path.with_name("test_init.py").as_posix(),
            path.with_name(f"test_{path.parent.name}.py").as_posix(),
            (path.parent.parent / f"test_{path.parent.name}.py").as_posix(),
        ]
    return [path.with_name(f"test_{path.stem.strip('_')}.py").as_posix()]


@pytest.mark.parametrize(
    ("module", "twin"),
    [
        ("stockpile/paths.py", "tests/stockpile/test_paths.py"),
        ("stockpile/__main__.py", "tests/stockpile/test_main.py"),
        ("stockpile/cli/marking.py", "tests/stockpile/cli/test_marking.py"),
        ("stockpile/cli/__init__.py", "tests/stockpile/cli/test_cli.py"),
    ],
)
def test_a_twin_stands_in_the_mirror(module: str, twin: str):
    assert twin in twins_of(module)


def test_every_module_has_its_twin():
    alone = [
        name
        for name, tree in trees().items()
        if not (Path(name).stem in {"__init__", "__main__"} and only_speaks(tree))
        and not set(twins_of(name)) & set(FILES)
    ]
    none_of(alone)


def imported_names(tree: ast.Module) -> Iterator[str]:
    """Every dotted name that a module imports, down to what it takes out of another module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_rows_stay_in_their_own_room():
    tables = [name for name in MODULES if name.endswith("/tables.py")]
    strangers = [
        f"{name} imports {imported}"
        for table in tables
        for name, tree in trees().items()
        if Path(table).parent not in Path(name).parents
        for imported in imported_names(tree)
        if f"{imported}.".startswith(table.removesuffix(".py").replace("/", ".") + ".")
    ]
    none_of(strangers)


def test_rows_are_declared_in_tables_only():
    elsewhere = [
        f"{name}:{node.lineno}"
        for name, tree in trees().items()
        if not name.endswith("/tables.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(keyword.arg == "table" for keyword in node.keywords)
    ]
    none_of(elsewhere)


def test_the_top_level_holds_these_things_and_no_others():
    assert {name.split("/")[0] for name in FILES} == TOP_LEVEL


def test_the_packaging_folder_never_shadows_the_packaging_library():
    assert "packaging/__init__.py" not in FILES


def test_no_room_is_named_after_nothing():
    parts = {part for name in MODULES for part in Path(name).with_suffix("").parts}
    assert parts & ROOMS_WITHOUT_A_NAME == set()


def test_the_locks_name_packages_and_never_a_place():
    locks = list((ROOT / "packaging").glob("requirements*.txt"))
    assert len(locks) == 2
    none_of([lock.name for lock in locks if "://" in lock.read_text("utf-8")])


def test_no_file_is_large_except_the_fonts():
    large = [
        name
        for name in FILES
        if not name.startswith(LARGE_ON_PURPOSE) and (ROOT / name).stat().st_size > LARGEST
    ]
    none_of(large)


def test_the_contracts_between_the_rooms_are_kept():
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert program, "import-linter is not in this environment"
    done = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
