"""The registry's database: SQLite for a trial, PostgreSQL for a country, one set of tables.

Everything that the two say differently stands here: how to open, how a writing begins, how many
rows go in at once, and which troubles mean "try again later".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec
import psycopg
import sqlcipher3.dbapi2
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    any_,
    cast,
    create_engine,
    delete,
    event,
    func,
    inspect,
    literal,
    select,
    text,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.sql.functions import FunctionElement

from stockpile.domain.errors import (
    BooksDamaged,
    BooksTooNew,
    DatabaseShut,
    DatabaseUnreadable,
    DiskTrouble,
    RegistryBusy,
    RegistryMissing,
)
from stockpile.registry import database_files

SPAN: Final = 1_000_000
"""Places of entries that one part of the table of facts holds on PostgreSQL."""
FOLD_LOCK: Final = 0x57_0C_50_11
"""The advisory lock under which one batch at a time changes the register."""
_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_BUSY_MS: Final = 10_000
CONNECTIONS: Final = 10
"""Connections that one process keeps at most; who finds none free waits as for a lock."""
_POOL_SECONDS: Final = 10
_READ_ONLY: Final = "25006"
"""What PostgreSQL says of a writing where it follows another server (SQLSTATE)."""
_POSTGRES_OPTIONS: Final = (
    "-c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s"
)
_SECONDS: Final = 10
"""For a connection to be made."""
_COPY_SECONDS: Final = 2
"""The same of a copy: one that is away is done without."""
_ALIVE: Final = {
    "keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}  # fmt: skip
"""A server whose machine lost its power says nothing: its line is given up, not waited for."""
_PASSWORD: Final = re.compile(r"://[^/]*@")
_SHUT: Final = re.compile(
    r"no password supplied|authentication failed|pg_hba\.conf|not permitted to log in"
    r'|(database|role) ".*" does not exist'
)
"""What PostgreSQL says to whom it does not let in; coming again later helps nobody there."""
_NO_FILE: Final = ("unable to open database file", "readonly database")
_PRAGMAS: Final = (
    "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cell_size_check=ON",
    "trusted_schema=OFF", f"busy_timeout={_BUSY_MS}", "mmap_size=0",
)  # fmt: skip

_SENT_AS: Final[Mapping[type, str]] = {
    BigInteger: "int8", Integer: "int4", SmallInteger: "int2", Text: "text", LargeBinary: "bytea",
}  # fmt: skip
"""What PostgreSQL calls the types of our columns: a binary COPY names them and converts nothing."""

Row = Mapping[str, Any]


class Database:
    """An open database whose tables are of this version; a copy that follows it is only read.

    With ``makes`` the file and the tables are made where there are none; without it nothing is
    made or changed, and RegistryMissing raised, where no registry was founded.
    """

    def __init__(
        self, url: str, connections: int = CONNECTIONS, *, follows: bool = False, makes: bool = True
    ) -> None:
        self.url = _parsed(url)
        if self.file is not None:
            self._prepare(self.file, makes=makes)
        self.engine = _engine(self.url, connections, _COPY_SECONDS if follows else _SECONDS)
        try:
            if follows:
                self.demand_current()
            else:
                if self.is_postgres and not makes:
                    self._demand_founded()
                _migrate(self)
        except BaseException:
            self.close()
            raise

    @property
    def is_postgres(self) -> bool:
        """Say whether this is PostgreSQL."""
        return self.url.get_backend_name() == "postgresql"

    @property
    def is_read_only(self) -> bool:
        """Say whether nothing can be written here: a standby, or a primary that was set aside."""
        if not self.is_postgres:
            return False
        with self.reading() as connection:
            shown = connection.execute(text("SHOW transaction_read_only")).scalar_one()
        return bool(shown == "on")

    @property
    def is_new(self) -> bool:
        """Say whether no registry was founded in it yet."""
        with self.reading() as connection:
            return bool(connection.execute(text("SELECT count(*) = 0 FROM node")).scalar_one())

    def demand_current(self) -> None:
        """Raise BooksTooNew or RegistryBusy unless the database answers with our own tables."""
        newest = max(_steps("postgresql" if self.is_postgres else "sqlite"))
        with self.reading() as connection:
            if not inspect(connection).has_table("version"):
                raise RegistryBusy("its tables are not there yet")
            done = connection.execute(text("SELECT max(number) FROM version")).scalar() or 0
        if done > newest:
            raise BooksTooNew(self.name, done, newest)
        if done < newest:
            raise RegistryBusy("its tables are of an older version")

    @property
    def name(self) -> str:
        """The database as it may be shown: without a password."""
        return self.url.render_as_string(hide_password=True)

    @property
    def place(self) -> str:
        """The database as an operator names it in a command: a file, or an address."""
        file, shown = self.file, self.url.set(drivername=self.url.get_backend_name())
        return shown.render_as_string(hide_password=True) if file is None else str(file)

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database."""
        return None if self.is_postgres else Path(str(self.url.database))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that reads one unmoving state; raise RegistryBusy, BooksDamaged."""
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose work stays whole or not at all, durable at the end.

        Raises RegistryBusy where a lock or an answer does not come in time, BooksDamaged.
        """
        with self._transaction(writes=True) as connection:
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def _prepare(self, file: Path, *, makes: bool) -> None:
        """Make the file, or see that a registry is in it; others do not read it from then on."""
        if makes:
            database_files.made(file)
        elif not database_files.holds_registry(file):
            raise RegistryMissing(self.place)
        database_files.close_to_others(file)

    def _demand_founded(self) -> None:
        with self.reading() as connection:
            found = (
                inspect(connection).has_table("node")
                and connection.execute(text("SELECT count(*) > 0 FROM node")).scalar()
            )
        if not found:
            raise RegistryMissing(self.place)

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        isolation = {} if writes or not self.is_postgres else _STILL
        try:
            with self.engine.connect() as plain:
                connection = plain.execution_options(writes=writes, **isolation)
                with connection.begin():
                    yield connection
        except DBAPIError as error:
            raise _translated(error, self) from error
        except PoolExhausted as error:
            raise RegistryBusy("every connection is in use") from error


def file_of(written: str) -> Path | None:
    """Return the file that a database as it was written is in; raises DatabaseUnreadable."""
    url = _parsed(written)
    return None if url.get_backend_name() == "postgresql" else Path(str(url.database))


def is_postgres(written: str) -> bool:
    """Say whether a database as it was written is one of PostgreSQL; raises DatabaseUnreadable."""
    return _parsed(written).get_backend_name() == "postgresql"


def lock_fold(connection: Connection) -> None:
    """Wait until no other batch is changing the register; the lock ends with the transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": FOLD_LOCK})


def fill(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert many rows, each with the same columns."""
    if rows:
        names = tuple(rows[0])
        fill_in(connection, table, names, [tuple([row[name] for name in names]) for row in rows])


def fill_in(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert many rows, given as values in the order of the names: by COPY on PostgreSQL."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, names, rows)
        return
    # By hand: SQLAlchemy keeps no statement that is compiled for a set of columns.
    places = ", ".join("?" * len(names))
    said = f"INSERT INTO {table.name} ({_listed(names)}) VALUES ({places})"  # noqa: S608 - our names
    connection.exec_driver_sql(said, [*map(tuple, rows)])


def fill_packed(connection: Connection, table: Table, names: Sequence[str], packed: bytes) -> None:
    """Insert many rows on PostgreSQL that are written as its binary COPY reads them."""
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(_copying(table, names)) as copy:
        copy.write(packed)


def _copy(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(_copying(table, names)) as copy:
        copy.set_types([_SENT_AS[type(table.c[name].type)] for name in names])
        for row in rows:
            copy.write_row(row)


def _copying(table: Table, names: Sequence[str]) -> str:
    return f"COPY {table.name} ({_listed(names)}) FROM STDIN (FORMAT BINARY)"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def put(
    connection: Connection, table: Table, column: str, gone: Collection[str], rows: Sequence[Row]
) -> None:
    """Take out every row whose column is one of ``gone``, then insert the rows."""
    take_out(connection, table, column, gone)
    fill(connection, table, rows)


def take_out(connection: Connection, table: Table, column: str, gone: Collection[str]) -> None:
    """Take out every row whose column is one of ``gone``."""
    if gone:
        connection.execute(delete(table).where(among(connection, table.c[column], list(gone))))


def among(
    connection: Connection, column: Column[Any], values: Sequence[Any]
) -> ColumnElement[bool]:
    """Return the condition that a column holds one of many texts or numbers.

    They travel as one value, however many they are: the statement is the same, and is kept.
    """
    if connection.dialect.name == "postgresql":
        return column == any_(literal(list(values), ARRAY(column.type)))
    listed = func.json_each(literal(msgspec.json.encode(list(values)).decode()))
    return column.in_(select(listed.table_valued("value").c.value))


def in_lines(connection: Connection, column: Column[Any]) -> FunctionElement[Any]:
    """Return a group's values of a column of JSON bytes as one value, a line each.

    A row costs more than what stands in it: of many short values that is most of reading them.
    """
    if connection.dialect.name == "postgresql":
        return func.string_agg(column, literal(b"\n", LargeBinary))
    return func.group_concat(cast(column, Text), "\n")


def make_room(database: Database) -> None:
    """Make the parts of the table of facts that the next entries will need (PostgreSQL)."""
    if not database.is_postgres:
        return
    with database.writing() as connection:
        lock_fold(connection)
        drawn = connection.execute(text("SELECT last_value FROM ev_pos")).scalar_one()
        for part in (drawn // SPAN, drawn // SPAN + 1):
            _make_part(connection, part)


_STILL: Final = {"isolation_level": "REPEATABLE READ"}


def _make_part(connection: Connection, part: int) -> None:
    """Make one part beside the table and then attach it: nobody who writes is held up."""
    held = text("SELECT to_regclass(:name)")
    if connection.execute(held, {"name": f"ev_{part:06d}"}).scalar() is not None:
        return
    lo, hi = part * SPAN, (part + 1) * SPAN
    connection.execute(text(f"CREATE TABLE ev_{part:06d} (LIKE ev INCLUDING DEFAULTS)"))
    connection.execute(
        text(f"ALTER TABLE ev ATTACH PARTITION ev_{part:06d} FOR VALUES FROM ({lo:d}) TO ({hi:d})")
    )


def _parsed(written: str) -> URL:
    """Return the URL of a database; a bare path means a SQLite file."""
    if "://" not in written:
        return URL.create("sqlite", database=written)
    try:
        url = make_url(written)
    except (ArgumentError, ValueError) as error:  # the port is read as a number unasked
        raise DatabaseUnreadable("database", _without_password(written)) from error
    match url.get_backend_name():
        case "postgresql" | "postgres":
            return url.set(drivername="postgresql+psycopg")
        case "sqlite" if url.database:
            return url.set(drivername="sqlite")
        case _:
            raise DatabaseUnreadable("database", _without_password(written))


def _without_password(written: str) -> str:
    """Return the URL as it may be shown and kept in a service's log."""
    return _PASSWORD.sub("://", written)


def _engine(url: URL, connections: int, seconds: int) -> Engine:
    pool: dict[str, Any] = {
        "pool_size": connections, "max_overflow": 0, "pool_timeout": _POOL_SECONDS,
    }  # fmt: skip
    if url.get_backend_name() == "postgresql":
        told = str(url.query.get("options", ""))
        wanted = {"options": f"{_POSTGRES_OPTIONS} {told}", "connect_timeout": seconds, **_ALIVE}
        return create_engine(
            url, connect_args=wanted, pool_pre_ping=True, hide_parameters=True, **pool
        )
    engine = create_engine(
        url,
        module=sqlcipher3.dbapi2,
        connect_args={"check_same_thread": False},
        hide_parameters=True,  # an error would show serials and names in the service's log
        **pool,
    )
    event.listen(engine, "connect", _on_sqlite_connect)
    event.listen(engine, "begin", _on_sqlite_begin)
    return engine


def _on_sqlite_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DB-API object
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_sqlite_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _translated(
    error: DBAPIError, database: Database
) -> RegistryBusy | BooksDamaged | DiskTrouble | DBAPIError:
    """Return our word for what the driver said; what we cannot name stays a bug."""
    said = str(error.orig)
    if database.is_postgres and _lets_nobody_in(error.orig):
        return DatabaseShut(" ".join(said.split()), database.place)
    if not database.is_postgres and any(one in said for one in _NO_FILE):
        return DiskTrouble(database.place, said)
    is_standby = getattr(error.orig, "sqlstate", None) == _READ_ONLY
    if isinstance(error, OperationalError) or is_standby:
        return RegistryBusy(said)
    if "malformed" in said or "not a database" in said:
        return BooksDamaged(database.name, said)
    return error


def _lets_nobody_in(said: BaseException | None) -> bool:
    """Say whether a server refused the way in; one that speaks another language asks our library.

    Only where no connection came to be: a statement that fails later has its own code.
    """
    if not isinstance(said, psycopg.OperationalError) or said.sqlstate is not None:
        return False
    needs_password = said.pgconn is not None and said.pgconn.needs_password
    return bool(needs_password) or _SHUT.search(str(said)) is not None


def _migrate(database: Database) -> None:
    """Bring the tables to this version, in one transaction; refuse a newer database."""
    steps = _steps("postgresql" if database.is_postgres else "sqlite")
    with database.writing() as connection:
        lock_fold(connection)
        connection.execute(text("CREATE TABLE IF NOT EXISTS version (number INTEGER NOT NULL)"))
        done = connection.execute(text("SELECT max(number) FROM version")).scalar() or 0
        if done > max(steps):
            raise BooksTooNew(database.name, done, max(steps))
        for number in sorted(step for step in steps if step > done):
            for statement in steps[number].split(";\n"):
                if statement.strip():
                    connection.exec_driver_sql(statement)
            connection.execute(text("INSERT INTO version VALUES (:number)"), {"number": number})
    make_room(database)


def _steps(dialect: str) -> dict[int, str]:
    named = re.compile(rf"(\d{{4}})_\w+\.{dialect}\.sql")
    found = ((named.fullmatch(file.name), file) for file in _MIGRATIONS.iterdir())
    return {int(hit[1]): file.read_text(encoding="utf-8") for hit, file in found if hit}
