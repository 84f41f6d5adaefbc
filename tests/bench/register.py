"""The register of a million weapons: search, lists, filters, scrolling. Run by hand:

    python -m tests.bench.register FOLDER [weapons]

The home and a bare SQLite file beside it are made in the folder once and used again. "Bare" is the
same driver without encryption, one table with the columns of a line and an index for each; a part
of a serial is sought there as SQL can, by LIKE. Times are milliseconds, p50 and p99, ours and bare
in turn in one run; for the screen also by processor time, which other work spoils less.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, get_args

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

import sqlcipher3.dbapi2 as driver
from PySide6.QtCore import QAbstractItemModel, QEventLoop
from PySide6.QtSql import QSqlDatabase, QSqlTableModel
from PySide6.QtWidgets import QApplication, QTableView  # noqa: TID251 - a bench drives widgets

from stockpile import app as door
from stockpile.domain.receiving import Description
from stockpile.domain.values import search_key
from stockpile.services.ports import Facet, RegisterFilter
from stockpile.services.stockpile import Stockpile
from stockpile.settings import Settings
from tests.helpers.lived import lived_in
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.register import RegisterPage
from ui.pages.weapon_columns import register_columns
from ui.session import Session
from ui.theme import Mode, Theme
from ui.view_models.register import Listed, WeaponPages
from ui.widgets.paged_model import PAGE, ListPages
from ui.widgets.paged_table import PagedTable

ROUNDS: Final = 200
FRAMES: Final = 150
_COLUMNS: Final = (
    "serial", "mark", "type", "make", "model", "calibre", "condition", "status", "place_name",
)  # fmt: skip
_LINE: Final = ", ".join(_COLUMNS)
_BARE: Final = f"CREATE TABLE one (row INTEGER PRIMARY KEY, id TEXT, key TEXT, words TEXT, {_LINE})"
_WAIT: Final = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
_HIGHEST: Final = "\U0010ffff"
Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Took:
    """Times of one kind of question."""

    wall: list[float]
    cpu: list[float]

    @property
    def said(self) -> str:
        """Return p50 and p99."""
        return f"{statistics.median(self.wall):8.2f} {_p99(self.wall):8.2f}"


def _p99(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100)[98] if len(times) > 1 else times[0]


def timed(works: Sequence[Work]) -> Took:
    """Do the works and return what each took, in milliseconds."""
    wall, cpu = [], []
    for work in works:
        began, used = time.perf_counter(), time.process_time()
        work()
        wall.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.process_time() - used))
    return Took(wall, cpu)


def memory() -> float:
    """Return the megabytes that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


# --- the bare file ------------------------------------------------------------------------------


def bare_file(folder: Path, stockpile: Stockpile) -> Any:
    """Return a connection to the bare table, made from the register where it is not there yet."""
    file = folder / "bare.db"
    fresh = not file.exists()
    connection = driver.connect(str(file), isolation_level=None, cached_statements=512)
    connection.execute("PRAGMA cache_size = -65536").fetchall()
    if fresh:
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute(_BARE)
        connection.execute("BEGIN")
        pages = -(-stockpile.register.count(RegisterFilter()) // 1000)
        for page in range(pages):
            rows = stockpile.register.page("recorded", page, 1000, RegisterFilter())
            connection.executemany(
                f"INSERT INTO one (id, key, words, {_LINE}) VALUES (?{', ?' * 11})",
                [
                    (
                        one.id, search_key(one.serial), search_key(one.serial + one.make),
                        one.serial, one.mark, one.type, one.make, one.model, one.calibre,
                        one.condition, one.status, one.place,
                    )
                    for one in rows
                ],
            )  # fmt: skip
        connection.execute("COMMIT")
        for name in ("key", "make", "model", "calibre", "status", "place_name", "id"):
            connection.execute(f"CREATE INDEX one_by_{name} ON one ({name})")
        connection.execute("ANALYZE")
    return connection


# --- questions ----------------------------------------------------------------------------------


def searches(stockpile: Stockpile, bare: Any) -> None:
    """Print each kind of search: ours (ranked, by every mark), and bare (one column)."""
    chance = random.Random(3)
    count = stockpile.register.count(RegisterFilter())
    sample = [
        stockpile.register.page("serial", chance.randrange(count // 2), 1, RegisterFilter())[0]
        for _ in range(ROUNDS)
    ]
    serials = [search_key(one.serial) for one in sample if len(search_key(one.serial)) > 4]
    find = stockpile.tracing.find
    began = "SELECT * FROM one WHERE key >= ? AND key < ? ORDER BY key LIMIT 20"
    part = "SELECT * FROM one WHERE key LIKE ? LIMIT 20"

    def both(title: str, asked: Sequence[str], sql: str, values: Callable[[str], tuple[str, ...]],
             *, fuzzy: bool = False) -> None:  # fmt: skip
        ours = timed([partial(find, one, 20, fuzzy=fuzzy) for one in asked])
        theirs = timed([lambda one=one: bare.execute(sql, values(one)).fetchall() for one in asked])
        print(f"{title:34} {ours.said}   {theirs.said}")

    find("warm", 1, fuzzy=True)
    print(f"{'find':34} {'ours p50':>8} {'p99':>8}   {'bare p50':>8} {'p99':>8}")
    both("exact serial", serials, "SELECT * FROM one WHERE key = ? LIMIT 20", lambda one: (one,))
    both("beginning, 3 characters", [one[:3] for one in serials], began,
         lambda one: (one, one + _HIGHEST))  # fmt: skip
    both("beginning, 4 characters", [one[:4] for one in serials], began,
         lambda one: (one, one + _HIGHEST))  # fmt: skip
    both("end, 4 characters (bare: LIKE)", [one[-4:] for one in serials[:40]], part,
         lambda one: (f"%{one}",))  # fmt: skip
    both("middle, 4 characters (bare: LIKE)", [one[1:5] for one in serials[:40]], part,
         lambda one: (f"%{one}%",))  # fmt: skip
    swapped = [one[:-2] + one[-1] + one[-2] for one in serials[:40]]
    both("similar (bare: exact, finds none)", swapped, "SELECT * FROM one WHERE key = ? LIMIT 20",
         lambda one: (one,), fuzzy=True)  # fmt: skip


def lists(stockpile: Stockpile, bare: Any) -> None:
    """Print filters, counts and pages: ours, and bare by the index of the one column."""
    register, chance = stockpile.register, random.Random(4)
    makes = [one.value for one in register.values("make", RegisterFilter())[:20]]
    racks = [one.value for one in register.values("place", RegisterFilter())[:20]]
    names = stockpile.names()
    line = f"SELECT {_LINE} FROM one"

    def both(title: str, ours: Sequence[Work], theirs: Sequence[Work]) -> None:
        print(f"{title:34} {timed(ours).said}   {timed(theirs).said}")

    def ask(sql: str, *values: object) -> Work:
        return lambda: bare.execute(sql, values).fetchall()

    def fresh(work: Callable[[RegisterFilter], object], among: RegisterFilter) -> Work:
        def asked() -> object:
            register.forget(())  # type: ignore[attr-defined]  # as after a write
            return work(among)

        return asked

    page = partial(register.page, "serial", 0, 128)
    among = [RegisterFilter(make=one) for one in makes]
    print(f"{'lists':34} {'ours p50':>8} {'p99':>8}   {'bare p50':>8} {'p99':>8}")
    both("count of a make", [fresh(register.count, one) for one in among],
         [ask("SELECT count(*) FROM one WHERE make = ?", one) for one in makes])  # fmt: skip
    both("first page of a make, by serial", [fresh(page, one) for one in among],
         [ask(f"{line} WHERE make = ? ORDER BY key LIMIT 128", one) for one in makes])  # fmt: skip
    both("count of make, status, place",
         [fresh(register.count, RegisterFilter(make=one, status="in_store", place=rack))
          for one, rack in zip(makes, racks, strict=False)],
         [ask("SELECT count(*) FROM one WHERE make = ? AND status = 'in_store' AND place_name = ?",
              one, names.of(rack)) for one, rack in zip(makes, racks, strict=False)])  # fmt: skip
    texts = [str(chance.randrange(1000, 9999)) for _ in range(20)]
    both("count of a part of a serial",
         [fresh(register.count, RegisterFilter(text=one)) for one in texts],
         [ask("SELECT count(*) FROM one WHERE key LIKE ?", f"%{one}%")
          for one in texts])  # fmt: skip
    both("values of all facets, with counts",
         [partial(_facets, stockpile, one) for one in among],
         [ask("SELECT make, count(*) FROM one GROUP BY make")] * 3)  # fmt: skip
    total = register.count(RegisterFilter())
    deep = [chance.randrange(total // 128) for _ in range(ROUNDS)]
    register.page("serial", deep[0], 128, RegisterFilter())
    both("any page (bare: OFFSET)",
         [partial(register.page, "serial", one, 128, RegisterFilter()) for one in deep],
         [ask(f"{line} ORDER BY key LIMIT 128 OFFSET ?", one * 128)
          for one in deep[:30]])  # fmt: skip
    rows = [register.page("model", one, 1, RegisterFilter())[0] for one in deep]
    both("where a weapon stands in the list",
         [partial(register.position, one.id, "serial", RegisterFilter()) for one in rows],
         [ask("SELECT count(*) FROM one WHERE key < ?", search_key(one.serial))
          for one in rows[:30]])  # fmt: skip


def _facets(stockpile: Stockpile, among: RegisterFilter) -> None:
    for facet in get_args(Facet):
        stockpile.register.values(facet, among)


def opening(stockpile: Stockpile) -> None:
    """Print what the first list costs after the books are opened."""
    register, before = stockpile.register, memory()
    first = timed([lambda: register.count(RegisterFilter())])
    page = timed([lambda: register.page("serial", 0, 128, RegisterFilter())])
    whole = timed([lambda: register.page("serial", 5000, 128, RegisterFilter())])
    print(f"first count {first.wall[0]:.0f} ms (cpu {first.cpu[0]:.0f}), first page "
          f"{page.wall[0]:.0f} ms, first page far away {whole.wall[0]:.0f} ms (cpu "
          f"{whole.cpu[0]:.0f}); memory of the lists {memory() - before:.0f} MB")  # fmt: skip


def entering(stockpile: Stockpile) -> None:
    """Print what 500 consecutive serials cost in one go."""
    officer = stockpile.people.sign_in(door.PRACTICE.officer, door.PRACTICE_PIN)
    site = stockpile.people.site()
    start = time.time_ns() // 1_000_000 % 1_000_000_000
    saids = [Description("RIF", "Bench", "B1", "7.62x39", f"BN{start + n}") for n in range(500)]
    work = partial(stockpile.receiving.register_several, saids, site, by=officer)
    took = timed([work])
    print(f"500 consecutive serials in one go: {took.wall[0]:.0f} ms (cpu {took.cpu[0]:.0f})")


# --- the screen ---------------------------------------------------------------------------------


def typing(stockpile: Stockpile, desk: Desk, session: Session) -> None:
    """Print key to repaint while serials are typed into the real page, the answer in sight."""
    page = RegisterPage(desk, session, Notices())
    page.resize(1110, 660)
    page.show()
    page.entered("")
    _settle(lambda: page._table.rows.row_at(0) is not None)
    rows = desk.on_books(stockpile.register).page("model", 100, 40, RegisterFilter())
    works: list[Work] = []
    for serial in (one.serial for one in rows if len(one.serial) > 3):
        works += [partial(_type, page, serial[:length]) for length in range(1, len(serial) + 1)]
        works.append(page._search.clear)
    took = timed([one for one in works if isinstance(one, partial)])
    print(f"key to repaint ({len(took.wall)} keys): {took.said}, "
          f"cpu p50 {statistics.median(took.cpu):.1f} p99 {_p99(took.cpu):.1f}")  # fmt: skip
    page.hide()
    page.deleteLater()


def _type(page: RegisterPage, text: str) -> None:
    came: list[object] = []
    page._model.found.connect(came.append)
    page._search.setText(text)
    _settle(lambda: bool(came))
    page._found.viewport().repaint()
    page._model.found.disconnect(came.append)


def _settle(is_done: Callable[[], bool]) -> None:
    while not is_done():
        QApplication.processEvents(_WAIT)


def scrolling(
    title: str, view: QTableView, ready: Took, added: float, is_here: Callable[[], bool]
) -> None:
    """Print the frames of a table: wheel, and jumps anywhere, until the rows are painted."""
    bar, chance = view.verticalScrollBar(), random.Random(5)

    def to(value: int) -> Work:
        def frame() -> None:
            bar.setValue(value)
            view.viewport().repaint()
            _settle(is_here)
            view.viewport().repaint()

        return frame

    wheel = timed([to(3 * step * 42) for step in range(FRAMES)])
    jump = timed([to(chance.randrange(max(1, bar.maximum()))) for _ in range(FRAMES)])
    print(f"{title:34} ready {ready.wall[0]:7.0f} ms, memory {added:6.0f} MB, wheel {wheel.said} "
          f"(cpu {statistics.median(wheel.cpu):.1f}), jump {jump.said} "
          f"(cpu {statistics.median(jump.cpu):.1f})")  # fmt: skip


def tables(stockpile: Stockpile, desk: Desk, folder: Path, owner: RegisterPage | Session) -> None:
    """Print our table, one that loads everything, and QSqlTableModel on the bare file."""
    register = stockpile.register
    pages = WeaponPages(register, "serial", falls=False, among=RegisterFilter(), size=PAGE)
    before, table = memory(), PagedTable("Weapons", register_columns())
    _show(table)

    def opened() -> None:
        table.use(pages, partial(desk.ask, owner))
        _settle(lambda: table.rows.row_at(0) is not None)
        table.viewport().repaint()

    ready = timed([opened])

    def is_here() -> bool:
        last = min(table.last_in_sight(), table.rows.rowCount() - 1)
        return None not in (table.rows.row_at(table.first_in_sight()), table.rows.row_at(last))

    scrolling("ours", table, ready, memory() - before, is_here)
    table.hide()
    table.deleteLater()
    _sql_table(folder, fetch_all=False)
    _sql_table(folder, fetch_all=True)
    _full_load(desk, register)


def _full_load(desk: Desk, register: Any) -> None:
    before, table = memory(), PagedTable("Weapons", register_columns())
    _show(table)

    def opened() -> None:
        count = desk.on_books(register).count(RegisterFilter())
        rows: list[Listed] = []
        for page in range(-(-count // 5000)):
            some = desk.on_books(register).page("serial", page, 5000, RegisterFilter())
            rows += map(Listed, some)
        table.use(ListPages(rows))
        table.viewport().repaint()

    ready = timed([opened])
    scrolling("everything loaded", table, ready, memory() - before, lambda: True)
    table.hide()


def _sql_table(folder: Path, *, fetch_all: bool) -> None:
    base = QSqlDatabase.addDatabase("QSQLITE", f"bare{fetch_all}")
    base.setDatabaseName(str(folder / "bare.db"))
    if not base.open():
        print("QSqlTableModel: this Qt has no SQLite driver")
        return
    before, view = memory(), QTableView()
    model = QSqlTableModel(view, base)
    _show(view)

    def opened() -> None:
        model.setTable("one")
        model.select()
        while fetch_all and model.canFetchMore():
            model.fetchMore()
        view.setModel(model)
        view.viewport().repaint()

    ready = timed([opened])
    reached = f"{_rows(model):,} rows"
    scrolling(f"QSqlTableModel, {reached}", view, ready, memory() - before, lambda: True)
    view.hide()
    view.deleteLater()


def _rows(model: QAbstractItemModel) -> int:
    return model.rowCount()


def _show(view: QTableView) -> None:
    view.resize(1000, 700)
    view.verticalHeader().setDefaultSectionSize(42)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.show()
    QApplication.processEvents()


def main() -> None:
    """Print everything."""
    folder, count = Path(sys.argv[1]), int((*sys.argv[2:], "1000000")[0])
    application = QApplication([])
    Theme(application, Mode.LIGHT)
    notices = Notices()
    desk, session = Desk(notices), Session(Settings())

    def on_books(work: Callable[[], object]) -> object:
        return desk.on_books(_Call(work)).do()

    def opened() -> Any:
        stockpile = lived_in(folder / "home", count)
        opening(stockpile)
        bare = bare_file(folder, stockpile)
        lists(stockpile, bare)
        searches(stockpile, bare)
        entering(stockpile)
        bare.close()
        return stockpile, stockpile.people.sign_in(door.PRACTICE.officer, door.PRACTICE_PIN)

    found: Any = on_books(opened)
    session.begin(*found)
    typing(session.stockpile, desk, session)
    tables(session.stockpile, desk, folder, session)
    desk.wait()
    on_books(session.stockpile.close)
    desk.close()


@dataclass(frozen=True, slots=True)
class _Call:
    do: Work


if __name__ == "__main__":
    main()
