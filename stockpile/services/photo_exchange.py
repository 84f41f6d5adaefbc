"""Photos follow the record: after all of it, newest first, piece by piece, never in its way.

The registry says which photos of this site it lacks; those that are here go there. Then those of
weapons on record here that are not here come from there. A photo that is cut off goes on where it
stopped, at the next exchange. What came here by hand is offered to the registry, which takes it
where it knows that record: so photos of a depot on a thin line go by a stick to one with a good
one. When something new was written meanwhile, or photos took their time, they stop, so that the
record goes first again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final

from stockpile.domain.courier import Lacked
from stockpile.domain.errors import (
    BatchTooLarge,
    PhotoDamaged,
    PhotoMissing,
    PhotoRefused,
    PhotosFull,
    RegistryNonsense,
    RegistryRefused,
    RegistrySlow,
    RegistryUnreachable,
    WeaponUnknown,
)
from stockpile.domain.facts import Photo
from stockpile.domain.photo_messages import (
    MOST_ASKED,
    MOST_PIECE,
    PhotoHave,
    PhotosHeld,
    PhotosWanted,
    PhotoWanted,
)
from stockpile.domain.values import Digest, Instant, NodeId
from stockpile.services.ports import (
    Books,
    Clock,
    Photos,
    Register,
    RegisterFilter,
    RegistryLink,
)
from stockpile.services.turns import Answer, PhotosMoved, Synced, Turn, turn

FIRST_PIECE: Final = 16 << 10
LEAST_PIECE: Final = 1 << 10
"""Bytes: four seconds of a 2G line, and what even a worse one carries."""
QUICK: Final[Instant] = 2_000
LONGEST: Final[Instant] = 600_000
"""Milliseconds after which the record has its turn again."""
MOST_OFFERED: Final = 20
"""Photos that came by hand and are offered at a time."""
_WEAPONS_AT_ONCE: Final = 200

Ended = RegistryUnreachable | RegistrySlow | RegistryRefused | BatchTooLarge | PhotosFull


Done = Callable[[PhotosMoved], Turn | Synced]


@dataclass(frozen=True, slots=True)
class PhotoExchange:
    """Photos of this home, and what the register says of them."""

    register: Register
    photos: Photos
    carried: bool = True
    """Whether photos go along; else it is only counted how many wait, as on a dear line."""


class MovingPhotos:
    """Sends and fetches photos, turn by turn; a failure of the line ends it and is no error."""

    def __init__(
        self, desk: PhotoExchange, books: Books, link: RegistryLink, clock: Clock,
        registry: NodeId, step: Callable[[], None], done: Done,
    ) -> None:  # fmt: skip
        self._register, self._photos, self._books = desk.register, desk.photos, books
        self._link, self._clock, self._registry = link, clock, registry
        self._step, self._done = step, done
        self._begun = clock.now()
        self._tip = books.tip().number
        self._piece = FIRST_PIECE
        self._sent = self._taken = self._bytes = self._left = 0
        self._is_full = False
        self._offered: set[Digest] = set()
        self._sent_before = 0

    def begin(self) -> Turn:
        """Return the turn that asks what the registry lacks."""

        def heard(said: PhotosWanted | Ended) -> Turn | Synced:
            if not isinstance(said, PhotosWanted):
                return self._end()
            here = self._photos.held([one.digest for one in said.photos])
            ours = [one for one in said.photos if one.digest in here and self._shows(one)]
            self._left = len(ours) + said.more
            self._photos.note_waiting(self._registry, self._left)
            return self._send(iter(ours))

        return turn(lambda: _unless_ended(self._link.photos_wanted), heard)

    # --- to the registry ------------------------------------------------------------------------

    def _send(self, wanted: Iterator[PhotoWanted]) -> Turn | Synced:
        for one in wanted:
            if self._is_over():
                return self._end()
            content = self._content(one.digest)
            if content:
                again = partial(self._send, wanted)
                return self._send_piece(one.digest, content, one.have, again)
        return self._pass_on()

    # --- what came by hand ----------------------------------------------------------------------

    def _pass_on(self) -> Turn | Synced:
        """Ask which of the photos that came by hand the registry has, and offer it the others.

        Some at a time, and no more of them once it wanted none: it does not know their record then.
        """
        is_in_vain = bool(self._offered) and self._sent == self._sent_before
        left = (one for one in self._photos.brought() if one.digest not in self._offered)
        noted = () if is_in_vain else tuple(islice(left, MOST_OFFERED))
        if not noted or self._is_over():
            return self._fetch(self._lacking())
        digests: Sequence[Digest] = tuple(one.digest for one in noted)
        self._offered.update(digests)
        self._sent_before = self._sent

        def heard(said: PhotosHeld | Ended) -> Turn | Synced:
            if not isinstance(said, PhotosHeld):
                return self._end()
            self._photos.passed_on(said.digests)
            others = [one for one in noted if one.digest not in said.digests]
            self._photos.note_brought(others)  # they come last the next time
            return self._offer(iter(others))

        return turn(lambda: _unless_ended(lambda: self._link.photos_held(digests)), heard)

    def _offer(self, brought: Iterator[Lacked]) -> Turn | Synced:
        """Ask with an empty piece whether a photo is wanted: where it is not, no byte is spent."""
        for one in brought:
            content = self._content(one.digest)
            if content and self._shows(one):
                return self._offer_one(one.digest, content, brought)
        return self._pass_on()

    def _offer_one(self, digest: Digest, content: bytes, brought: Iterator[Lacked]) -> Turn:
        def heard(said: PhotoHave | Ended) -> Turn | Synced:
            self._step()
            if isinstance(said, PhotoHave) and said.state != "present":
                return self._send_piece(digest, content, said.have, lambda: self._offer(brought))
            if isinstance(said, PhotoHave | RegistryRefused):
                return self._end() if self._is_over() else self._offer(brought)
            return self._end()

        ask = self._link.send_photo
        return turn(lambda: _unless_ended(lambda: ask(digest, 0, len(content), b"")), heard)

    def _shows(self, wanted: PhotoWanted | Lacked) -> bool:
        """Say whether a weapon's record shows it: no other photo of this home is given away."""
        try:
            shown = self._books.weapon(wanted.weapon).photos
        except WeaponUnknown:
            return False
        return wanted.digest in {one.digest for one in shown}

    def _content(self, digest: Digest) -> bytes:
        """Return a photo to be sent; nothing of one that is damaged: the check tells of it."""
        try:
            return self._photos.read(digest)
        except (PhotoMissing, PhotoDamaged):
            return b""

    def _send_piece(
        self, digest: Digest, content: bytes, offset: int, then: Callable[[], Turn | Synced]
    ) -> Turn:
        begun: list[Instant] = []
        piece = content[offset : offset + self._piece]

        def say() -> PhotoHave | Ended:
            begun.append(self._clock.now())
            return _unless_ended(lambda: self._link.send_photo(digest, offset, len(content), piece))

        def heard(said: PhotoHave | Ended) -> Turn | Synced:
            self._step()
            if isinstance(said, RegistryRefused):
                return then()
            if not isinstance(said, PhotoHave):
                return self._slower(said, lambda: self._send_piece(digest, content, offset, then))
            self._paced(begun[0])
            self._bytes += len(piece)
            if said.state == "present":
                self._note_sent()
                return then()
            if said.have <= offset and len(piece):
                raise RegistryNonsense(self._registry, "a photo that does not grow")
            if self._is_over():
                return self._end()
            return self._send_piece(digest, content, said.have, then)

        return turn(say, heard)

    def _note_sent(self) -> None:
        self._sent += 1
        self._left = max(self._left - 1, 0)
        self._photos.note_waiting(self._registry, self._left)

    # --- from the registry ----------------------------------------------------------------------

    def _lacking(self) -> Iterator[Photo]:
        """Give the photos on weapons' records that are not here, newest records first."""
        shown = RegisterFilter(photos=True)
        for index in range(-(-self._register.count(shown) // _WEAPONS_AT_ONCE)):
            rows = self._register.page("recorded", index, _WEAPONS_AT_ONCE, shown, falls=True)
            weapons = self._books.weapons([row.id for row in rows])
            photos = {one.digest: one for weapon in weapons for one in weapon.photos}
            here = self._photos.held(tuple(photos))
            yield from (one for digest, one in photos.items() if digest not in here)

    def _fetch(self, lacking: Iterator[Photo]) -> Turn | Synced:
        asked = {one.digest: one for one in islice(lacking, MOST_ASKED)}
        if not asked or self._is_over():
            return self._end()

        def heard(said: PhotosHeld | Ended) -> Turn | Synced:
            if not isinstance(said, PhotosHeld):
                return self._end()
            found = [asked[one] for one in said.digests if one in asked]
            # what the registry has not either is asked for again at the next exchange
            return self._fetch_each(iter(found), lacking if found else iter(()))

        digests: Sequence[Digest] = tuple(asked)
        return turn(lambda: _unless_ended(lambda: self._link.photos_held(digests)), heard)

    def _fetch_each(self, found: Iterator[Photo], lacking: Iterator[Photo]) -> Turn | Synced:
        one = next(found, None)
        if one is None:
            return self._fetch(lacking)
        if self._is_over():
            return self._end()
        return self._fetch_piece(one, found, lacking)

    def _fetch_piece(self, photo: Photo, found: Iterator[Photo], lacking: Iterator[Photo]) -> Turn:
        begun: list[Instant] = []
        offset, most = self._photos.arrived(photo.digest), min(self._piece, MOST_PIECE)

        def say() -> bytes | Ended:
            begun.append(self._clock.now())
            return _unless_ended(lambda: self._link.photo_piece(photo.digest, offset, most))

        def heard(said: bytes | Ended) -> Turn | Synced:
            self._step()
            if isinstance(said, RegistryRefused):
                return self._fetch_each(found, lacking)
            if not isinstance(said, bytes):
                return self._slower(said, lambda: self._fetch_piece(photo, found, lacking))
            self._paced(begun[0])
            self._bytes += len(said)
            if not self._took(photo, offset, said, is_last=len(said) < most):
                if self._is_over():
                    return self._end()
                return self._fetch_piece(photo, found, lacking)
            return self._fetch_each(found, lacking)

        return turn(say, heard)

    def _took(self, photo: Photo, offset: int, piece: bytes, *, is_last: bool) -> bool:
        """Keep a piece; say whether this photo is done with, whole or refused."""
        try:
            self._photos.arrive(photo.digest, offset, piece)
            if not is_last and not 0 < photo.size <= offset + len(piece):
                return False
            self._photos.complete(photo.digest)
        except PhotoRefused:
            return True
        self._taken += 1
        return True

    # --- pace and end ---------------------------------------------------------------------------

    def _paced(self, begun: Instant) -> None:
        if self._clock.now() - begun < QUICK:
            self._piece = min(self._piece * 2, MOST_PIECE)

    def _slower(self, trouble: Ended, again: Callable[[], Turn]) -> Turn | Synced:
        """Try with less where that may help; else end, and go on there at the next exchange."""
        if isinstance(trouble, PhotosFull):
            self._is_full = True
            return self._fetch(self._lacking())
        if not isinstance(trouble, RegistrySlow | BatchTooLarge) or self._piece <= LEAST_PIECE:
            return self._end()
        self._piece = max(self._piece // 4, LEAST_PIECE)
        return self._end() if self._is_over() else again()

    def _is_over(self) -> bool:
        """Say whether the record has its turn again."""
        return self._clock.now() - self._begun > LONGEST or self._books.tip().number != self._tip

    def _end(self) -> Turn | Synced:
        moved = PhotosMoved(self._sent, self._taken, self._bytes, self._left, self._is_full)
        return self._done(moved)


def _unless_ended(ask: Callable[[], Answer]) -> Answer | Ended:
    """Return the answer, or why photos wait: the record is exchanged, and stays so."""
    try:
        return ask()
    except (RegistryUnreachable, RegistrySlow, RegistryRefused, BatchTooLarge, PhotosFull) as error:
        return error
