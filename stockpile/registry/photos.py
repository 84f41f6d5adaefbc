"""The registry's photos: only what a record shows, only to whom the weapon matters, proved whole.

1. Nobody may leave bytes here that no weapon's record names; and of those only a JPEG as nodes keep
   them, whose digest and size are what the record says.
2. What matters to whom is the scopes' rule: who is told of a weapon may have its photos.
3. One node may bring so many bytes; what it brought and is forgotten counts no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from stockpile.domain import jpegs
from stockpile.domain.courier import MOST_LACKED, Lacked
from stockpile.domain.errors import PhotoMissing, PhotoRefused, PhotosFull, PhotoUnknown
from stockpile.domain.photo_messages import (
    MOST_ASKED,
    PhotoHave,
    PhotosHeld,
    PhotoState,
    PhotosWanted,
    PhotoWanted,
    is_digest,
)
from stockpile.domain.values import Digest, WeaponId
from stockpile.registry.books import RegistryBooks
from stockpile.registry.database import among
from stockpile.registry.photo_files import PhotoFiles
from stockpile.registry.photo_tables import PHOTO_KEPT, PHOTO_SHOWN
from stockpile.registry.rows import Known
from stockpile.registry.tables import MATTERS, NODE, SITE

MOST_OF_A_NODE: Final = 32 << 30
"""Bytes that one node may bring: 100,000 photos of a usual size."""


def folder_of(books: RegistryBooks, told: Path | None) -> Path | None:
    """Return where photos lie: where the operator said, else beside a database that is a file.

    Nowhere for PostgreSQL where nobody said: then the registry keeps no photos and asks for none.
    """
    file = books.database.file
    if told is not None or file is None:
        return told
    return file.with_name(f"{file.name}.photos")


@dataclass(frozen=True, slots=True)
class Photos:
    """The photo desk of a registry."""

    books: RegistryBooks
    files: PhotoFiles | None
    most: int = MOST_OF_A_NODE

    def wanted(self, asker: Known) -> PhotosWanted:
        """Return what is lacking of what the asker's site put on record, newest first."""
        if self.files is None:
            return PhotosWanted(())
        self.sweep()
        lacking = _lacking(asker)
        with self.books.reading() as connection:
            rows = connection.execute(_newest(lacking, MOST_ASKED)).all()
            count = select(func.count()).select_from(lacking.subquery())
            total = int(connection.execute(count).scalar_one()) if len(rows) == MOST_ASKED else 0
        have = partial(self.files.arrived, node=asker.node)
        wanted = (PhotoWanted(one.digest, one.weapon, one.size, have(one.digest)) for one in rows)
        return PhotosWanted(tuple(wanted), max(total - MOST_ASKED, 0))

    def lacking(self, asker: Known) -> tuple[Lacked, ...]:
        """Return the same for a courier file, as many as one asks for.

        Also where the folder is not at hand, as for a command: nothing where there never was one.
        """
        with self.books.reading() as connection:
            ever = connection.execute(select(PHOTO_KEPT.c.digest).limit(1)).first()
            if self.files is None and ever is None:
                return ()
            rows = connection.execute(_newest(_lacking(asker), MOST_LACKED)).all()
        return tuple(Lacked(WeaponId(one.weapon), Digest(one.digest)) for one in rows)

    def held(self, asker: Known, digests: Sequence[str]) -> PhotosHeld:
        """Return which of these photos are here for the asker."""
        asked = [one for one in digests[:MOST_ASKED] if is_digest(one)]
        if self.files is None or not asked:
            return PhotosHeld(())
        with self.books.reading() as connection:
            here = select(PHOTO_KEPT.c.digest).where(
                among(connection, PHOTO_KEPT.c.digest, asked), PHOTO_KEPT.c.state == "present",
                _is_shown_to(asker, PHOTO_KEPT.c.digest),
            )  # fmt: skip
            found = set(connection.execute(here).scalars())
        return PhotosHeld(tuple(Digest(one) for one in dict.fromkeys(asked) if one in found))

    def have(self, asker: Known, digest: str) -> PhotoHave:
        """Return how a photo stands; raises PhotoUnknown where nothing shows it to the asker."""
        files = self._files(digest)
        with self.books.reading() as connection:
            self._demand_shown(connection, asker, digest)
            state = _state(connection, digest)
        return PhotoHave(Digest(digest), state, files.arrived(digest, asker.node))

    def piece(self, asker: Known, digest: str, offset: int, most: int) -> bytes:
        """Return a piece of a photo; nothing after its end.

        Raises PhotoUnknown, PhotoMissing where its file is gone: then it is asked for anew.
        """
        files = self._files(digest)
        with self.books.reading() as connection:
            self._demand_shown(connection, asker, digest)
            state = _state(connection, digest)
        return (self._content(files, digest) if state == "present" else _missing(digest))[
            offset : offset + most
        ]

    def seen(self, digest: str) -> bytes:
        """Return a photo for the registry's own staff; raises PhotoUnknown, PhotoMissing."""
        files = self._files(digest)
        with self.books.reading() as connection:
            if not connection.execute(_shown(digest)).scalar():
                raise PhotoUnknown(digest)
            state = _state(connection, digest)
        return self._content(files, digest) if state == "present" else _missing(digest)

    def present(self, digests: Sequence[str]) -> frozenset[str]:
        """Return which of these photos have arrived."""
        if self.files is None or not digests:
            return frozenset()
        with self.books.reading() as connection:
            here = among(connection, PHOTO_KEPT.c.digest, list(digests))
            asked = select(PHOTO_KEPT.c.digest).where(here, PHOTO_KEPT.c.state == "present")
            return frozenset(connection.execute(asked).scalars())

    def add(self, asker: Known, digest: str, offset: int, total: int, piece: bytes) -> PhotoHave:
        """Take in a piece of a photo of so many bytes in total; proved when the last one is in.

        A piece that begins elsewhere than the last one ended changes nothing: the answer says
        where to go on. Raises PhotoUnknown, PhotoRefused (nothing is left of it), PhotosFull.
        """
        files = self._files(digest)
        if self._is_here(asker, digest, total):
            return PhotoHave(Digest(digest), "present", total)
        if offset + len(piece) > total:
            raise PhotoRefused(digest, "other_size")
        have = files.add(digest, asker.node, offset, piece)
        if have < total:
            return PhotoHave(Digest(digest), "declared", have)
        files.finish(digest, asker.node)
        self._keep(asker, digest, total)
        return PhotoHave(Digest(digest), "present", total)

    def accept(self, asker: Known, digest: str, content: bytes) -> bool:
        """Keep a photo that came whole; say whether it is new here.

        Pieces of it that came by a line are let go. Raises PhotoUnknown, PhotoRefused, PhotosFull.
        """
        files = self._files(digest)
        if self._is_here(asker, digest, len(content)):
            return False
        files.let_go(digest, asker.node)
        files.add(digest, asker.node, 0, content)
        files.finish(digest, asker.node)
        self._keep(asker, digest, len(content))
        return True

    def wanting(self, asker: Known, digests: Sequence[str]) -> frozenset[str]:
        """Return which of these photos a record shows to the asker and are not here."""
        if self.files is None or not digests:
            return frozenset()
        with self.books.reading() as connection:
            asked = select(PHOTO_SHOWN.c.digest).where(
                among(connection, PHOTO_SHOWN.c.digest, list(digests)), _matters_to(asker)
            )
            shown = frozenset(connection.execute(asked.distinct()).scalars())
        return shown - self.present(tuple(shown))

    def sweep(self) -> int:
        """Delete the files of photos that no record shows any more; return their number."""
        if self.files is None:
            return 0
        with self.books.reading() as connection:
            asked = select(PHOTO_KEPT.c.digest).where(PHOTO_KEPT.c.state == "forgotten")
            gone = connection.execute(asked).scalars().all()
        for digest in gone:
            self.files.drop(digest)
        if gone:
            with self.books.writing() as connection:
                here = among(connection, PHOTO_KEPT.c.digest, gone)
                forgotten = PHOTO_KEPT.c.state == "forgotten"
                connection.execute(delete(PHOTO_KEPT).where(here, forgotten))
        return len(gone)

    # --- inside -----------------------------------------------------------------------------

    def _is_here(self, asker: Known, digest: str, total: int) -> bool:
        """Say whether a photo is here already; raise where the asker may not bring it.

        Raises PhotoUnknown, PhotoRefused, PhotosFull.
        """
        with self.books.reading() as connection:
            said = self._demand_shown(connection, asker, digest)
            if _state(connection, digest) == "present":
                return True
        if not 0 < total <= jpegs.MOST_BYTES or said not in (0, total):
            raise PhotoRefused(digest, "other_size")
        self._demand_room(asker, total)
        return False

    def _files(self, digest: str) -> PhotoFiles:
        if self.files is None or not is_digest(digest):
            raise PhotoUnknown(digest)
        return self.files

    def _content(self, files: PhotoFiles, digest: str) -> bytes:
        content = files.read(digest)
        if content is None:
            self._note(digest, "missing")
            _missing(digest)
        assert content is not None
        return content

    def _demand_shown(self, connection: Connection, asker: Known, digest: str) -> int:
        """Return a photo's size as the records say it; raise PhotoUnknown."""
        told = _shown(digest).where(_matters_to(asker))
        size = connection.execute(told).scalar_one()
        if size is None:
            raise PhotoUnknown(digest)
        return int(size)

    def _demand_room(self, asker: Known, total: int) -> None:
        brought = select(func.coalesce(func.sum(PHOTO_KEPT.c.size), 0))
        with self.books.reading() as connection:
            used = connection.execute(brought.where(PHOTO_KEPT.c.node == asker.node)).scalar_one()
        if int(used) + total > self.most:
            raise PhotosFull("quota")

    def _keep(self, asker: Known, digest: str, size: int) -> None:
        row = {
            "digest": digest, "state": "present", "size": size, "node": asker.node,
            "received": self.books.now(),
        }  # fmt: skip
        with self.books.writing() as connection:
            connection.execute(delete(PHOTO_KEPT).where(PHOTO_KEPT.c.digest == digest))
            connection.execute(insert(PHOTO_KEPT), row)

    def _note(self, digest: str, state: PhotoState) -> None:
        with self.books.writing() as connection:
            said = update(PHOTO_KEPT).where(PHOTO_KEPT.c.digest == digest)
            connection.execute(said.values(state=state))


def _missing(digest: str) -> bytes:
    raise PhotoMissing(digest)


def _state(connection: Connection, digest: str) -> PhotoState:
    asked = select(PHOTO_KEPT.c.state).where(PHOTO_KEPT.c.digest == digest)
    state: PhotoState | None = connection.execute(asked).scalar()
    return state or "declared"


def _shown(digest: str) -> Select[tuple[Any]]:
    return select(func.max(PHOTO_SHOWN.c.size)).where(PHOTO_SHOWN.c.digest == digest)


def _matters_to(asker: Known) -> ColumnElement[bool]:
    """Return the condition that the weapon of a row of PHOTO_SHOWN matters to the asker."""
    if not asker.scope:
        return PHOTO_SHOWN.c.weapon.is_not(None)
    sites = select(SITE.c.id).where(SITE.c.name.in_(asker.scope))
    matters = exists().where(MATTERS.c.subject == PHOTO_SHOWN.c.weapon, MATTERS.c.site.in_(sites))
    return or_(matters, PHOTO_SHOWN.c.node == asker.node)


def _is_shown_to(asker: Known, digest: ColumnElement[str]) -> ColumnElement[bool]:
    return exists().where(PHOTO_SHOWN.c.digest == digest, _matters_to(asker))


def _lacking(asker: Known) -> Select[tuple[Any, ...]]:
    """Return what is asked for of what the asker's site put on record."""
    return (
        select(
            PHOTO_SHOWN.c.digest,
            func.max(PHOTO_SHOWN.c.weapon).label("weapon"),
            func.max(PHOTO_SHOWN.c.size).label("size"),
        )
        .join(PHOTO_KEPT, PHOTO_KEPT.c.digest == PHOTO_SHOWN.c.digest, isouter=True)
        .where(or_(PHOTO_KEPT.c.state.is_(None), PHOTO_KEPT.c.state != "present"))
        .where(_by_site_of(asker))
        .group_by(PHOTO_SHOWN.c.digest)
    )


def _newest(lacking: Select[tuple[Any, ...]], most: int) -> Select[tuple[Any, ...]]:
    newest = func.max(PHOTO_SHOWN.c.named)
    return lacking.order_by(newest.desc(), PHOTO_SHOWN.c.digest).limit(most)


def _by_site_of(asker: Known) -> ColumnElement[bool]:
    """Return the condition that the asker's own site put a photo on record.

    What a computer that died put there counts too: its photos came out of a backup somewhere.
    """
    others = select(NODE.c.node).where(NODE.c.status == "succeeded")
    if asker.site:
        others = select(NODE.c.node).where(
            or_(NODE.c.site == asker.site, NODE.c.status == "succeeded")
        )
    return or_(PHOTO_SHOWN.c.node == asker.node, PHOTO_SHOWN.c.node.in_(others))
