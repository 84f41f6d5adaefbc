"""A random history in which the registry lies, and programs end in the middle of what they do.

Over that, more is done to few weapons, so that each class of contradiction comes about.
"""

from __future__ import annotations

import contextlib
import itertools
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.adapters.log_memory.files import LogMemoryFile
from stockpile.domain import codec, facts, wire
from stockpile.domain.errors import (
    BooksInUse,
    ChainForked,
    LogSplit,
    NodeOvertaken,
    NodeQuarantined,
    RegistryRewritten,
    StockpileError,
)
from stockpile.domain.facts import Draft
from stockpile.domain.ledger import Entry
from stockpile.domain.values import WeaponId
from stockpile.registry import intake
from stockpile.services.exchange import Exchanging
from stockpile.services.log_proofs import LogProofs
from stockpile.services.ports import Peer
from stockpile.services.turns import Synced, Turn
from tests.helpers import killing
from tests.helpers.histories import ALL, BROKEN, SOON, Depot, History, _over
from tests.helpers.killing import Moment
from tests.helpers.liars import Changes, Hides, Honest, SignsForAnother
from tests.helpers.registries import Registry, answering, open_registry
from tests.helpers.sites import CountingChance, open_site
from tests.helpers.talks import Talk

ADDRESS = "http://registry.test"
"""What a desk calls the registry, wherever it answers from at the moment."""
FEW = 4
"""Weapons to which half of everything happens."""
CONTESTED, DYING, LYING = 0.5, 0.07, 0.1
"""Of ten things that happen five are followed by one to those few; and so on."""
OF_ONE_KEY, DYING_OF_ONE_KEY = 0.6, 0.15
"""Once a disk was copied most of what goes wrong goes wrong with those that share its key."""
STATEMENTS_OF_AN_ACT, STATEMENTS_OF_A_TALK, STATEMENTS_OF_A_REGISTRY = 20, 60, 60
STOPPED = (ChainForked, NodeOvertaken, NodeQuarantined)
ALARMS = {
    "hides": ("RegistryWithholds",),
    "changes": ("ChainBroken", "FactUnreadable", "SignatureWrong", "RegistryNonsense"),
    "signs for another": ("RegistryNonsense",),
    "rolled back": ("RegistryRolledBack",),
    "two histories": ("RegistryRewritten", "RegistryRolledBack", "LogSplit"),
}
"""What a desk may call each lie."""


class RoughHistory(History):
    """The country of a dishonest registry on bad machines, and what happened in it by its seed.

    ``lies`` says whether there are lies, and talks that break off: they go over a real line, which
    takes its time. Only a registry in a file lies: it takes up its own disk as it once was.
    """

    def __init__(self, seed: int, folder: Path, *, lies: bool = True, database: str = "") -> None:
        super().__init__(seed, folder, database)
        self.rough = Random(f"rough {seed}")
        self.lies = lies
        kinds = sorted(ALARMS)
        self.next_lie = itertools.cycle(kinds[seed % len(kinds) :] + kinds[: seed % len(kinds)])
        self.dead = 0
        self.is_ending = False
        self.old = self._disk("face") if lies else Path()

    def live(self, steps: int) -> None:
        """Let things happen, and let some of them go wrong."""
        for _ in range(steps):
            super().live(1)
            one, dying = self.rough.choice(self.all), DYING
            if self.copies and self.rough.random() < OF_ONE_KEY:
                one, dying = self.rough.choice(self.of_one_key), DYING_OF_ONE_KEY
            if self.rough.random() < CONTESTED:
                self.contest(one)
            if self.rough.random() < dying:
                self.rough.choice((self.die, self.registry_dies))(one)
            if self.lies and self.rough.random() < LYING:
                self.rough.choice((self.lie, self.lie, self.break_off))(one)

    # --- contradictions -----------------------------------------------------------------------

    def write(self, depot: Depot, drafts: Sequence[Draft]) -> None:
        """Write; an old copy of a computer that was told so writes nothing any more."""
        try:
            super().write(depot, drafts)
        except NodeOvertaken:
            assert self.copies
            self.heard["an old copy wrote no more"] += 1

    def contest(self, depot: Depot) -> None:
        """Do something to one of few weapons, which every depot has, over what is known here."""
        held = {
            one.subject for one in depot.known() if isinstance(one.body, facts.WeaponRegistered)
        }
        few = sorted(held)[:FEW]
        if not few:
            return
        weapon = depot.books.weapon(WeaponId(self.rough.choice(few)))
        begun = [one for one in weapon.applied if one.state == "begun"]
        if begun and self.rough.random() < 0.7:
            self.write(depot, [_over(weapon, facts.MarkingEnded(begun[-1].job, "marked"))])
        else:
            self.write(depot, [_over(weapon, self._body(depot, weapon))])

    # --- programs that end --------------------------------------------------------------------

    def die(self, depot: Depot) -> None:
        """End a desk's program in the middle of writing something down: of its own, or what came.

        Or in the middle of a real exchange, where the registry would stop it.
        """
        disk = self._next(depot.folder.name)
        keep: Callable[[], object] = lambda: shutil.copytree(depot.folder, disk)  # noqa: E731
        is_own = self.rough.random() < 0.5
        most = STATEMENTS_OF_AN_ACT if is_own else STATEMENTS_OF_A_TALK
        moment = Moment(self.rough, most, keep)
        with killing.dying(depot.booked.opened.store, moment):
            if is_own:
                self.contest(depot)
            else:
                self.sync(depot, "honest")
        if moment.has_come:
            self._go_on(depot, disk)
            what = "an act" if is_own else "a talk"
            whose = " of a shared key" if self.copies and depot in self.of_one_key else ""
            self.heard[f"died in the middle: desk: {what}{whose}"] += 1

    def _go_on(self, depot: Depot, disk: Path) -> None:
        """Let a desk go on from its disk as it lay there, with all that it ever said it wrote."""
        at, known = depot.booked.clock.at, depot.acknowledged
        with contextlib.suppress(BooksInUse):  # an answer it was reading is still open
            depot.booked.close()
        shutil.rmtree(depot.folder)
        depot.folder = disk
        depot.booked = open_site(disk, depot.keys, with_officers=True)
        depot.booked.clock.at = at
        assert known <= {one.hash for one in depot.known()}

    def registry_dies(self, depot: Depot) -> None:
        """End the registry's program in the middle of taking a batch in; it signed for nothing."""
        books = self.registry.books
        batch = depot.books.entries(depot.node, books.tip(depot.node).number, ALL)
        if self._is_stopped(depot) or not batch:
            return
        before = {one.hash for one in self.at_the_registry()}
        url, keep = self._kept()
        moment = Moment(self.rough, STATEMENTS_OF_A_REGISTRY, keep)
        with killing.dying_registry(self.registry.database, moment):
            intake.take(books, depot.node, wire.squeeze(wire.pack(batch)))
        if moment.has_come:
            self._reopen(url)
            now = {one.hash for one in self.at_the_registry()}
            whole = {codec.decode(raw).hash for one in batch for raw in one.facts}
            assert now in (before, before | whole)  # all of it or nothing
            self.heard["died in the middle: registry"] += 1

    def _kept(self) -> tuple[Path | str, Callable[[], object]]:
        """Return where the registry goes on from when its program ends, and what keeps that there.

        PostgreSQL is another program, which does not end with it.
        """
        if self.registry.database.is_postgres:
            return self.registry.url, lambda: None
        file, disk = self.registry.database.file, self._next("registry")
        return disk / file.name, lambda: killing.disk_of(file, disk)

    def _reopen(self, url: Path | str) -> None:
        self.lines.close()
        self.lines, self.url = contextlib.ExitStack(), ""
        self.registry.database.close()
        at = self.registry.clock.at
        self.registry = open_registry(str(url))
        self.registry.clock.at = at

    def break_off(self, depot: Depot) -> None:
        """Begin a real exchange, which ends at any word."""
        self.exchange(depot, breaks=True)

    def _next(self, name: str) -> Path:
        self.dead += 1
        return self.folder / f"{name[:12]}.{self.dead}"

    # --- real exchanges -----------------------------------------------------------------------

    def exchange(self, depot: Depot, *, breaks: bool) -> None:
        """Let a desk talk to the registry over a real line, which may break at any word."""
        with contextlib.suppress(*STOPPED):
            self._talk(depot, Honest(), breaks=breaks)

    def _talk(self, depot: Depot, liar, *, face: str = "", breaks: bool = False) -> Synced | None:
        """Return what an exchange came to; nothing where it broke off."""
        if not face and not self.url:
            self.url = self.lines.enter_context(answering(self.registry.books))
        session = self._desk(depot, liar, face or self.url).session()
        turn: Turn | Synced = session.first()
        try:
            while isinstance(turn, Turn):
                if breaks and self.rough.random() < BROKEN:
                    self.heard["exchange broken off"] += 1
                    return None
                turn = turn.say()()
        except STOPPED as stopped:
            self.heard[f"stopped: {type(stopped).__name__}"] += 1
            raise
        finally:
            session.close()
        return turn

    def _desk(self, depot: Depot, liar, url: str) -> Talk:
        books, clock, own = depot.books, depot.booked.clock, self.registry.books.key
        books.trust(own.node, own.public_key)
        if not books.peers():
            books.keep_peer(Peer(ADDRESS, own.node, own.public_key, heard_at=clock.now()))
        real = HttpRegistryLinks(depot.keys, clock, CountingChance(), SOON)
        proofs = LogProofs(books, depot.keys, LogMemoryFile(depot.folder), clock, books.receipts)
        return Talk(
            Exchanging(books, depot.keys, _Lines(real, url, liar), clock, log_proofs=proofs)
        )

    def end(self) -> None:
        """Give everybody an honest line; often a real one where a disk was copied.

        So the card of two histories is made of what a feed tells.
        """
        self.is_ending = bool(self.copies) and self.rough.random() < 0.5
        super().end()

    def sync(self, depot: Depot, line: str = "") -> None:
        """Exchange, as ever; in the end perhaps in earnest, and then nothing is wrong any more."""
        if not self.is_ending:
            super().sync(depot, line)
            return
        with contextlib.suppress(*STOPPED):
            done = self._talk(depot, Honest())
            assert done
            assert not done.rolled_back
            self.heard["ended over a real line"] += 1
            if done.trouble:  # it hears only now what another was once shown
                assert isinstance(done.trouble, LogSplit), done.trouble
                assert any("lie: two histories" in one for one in self.heard)

    # --- lies ---------------------------------------------------------------------------------

    def lie(self, depot: Depot) -> None:
        """Let the registry lie to a desk, which must say so, and believe nothing of it."""
        if self._is_stopped(depot) or self.copies:
            return
        with contextlib.suppress(RegistryRewritten):
            self._talk(depot, Honest())  # what it was shown before it is shown again, and proved
        what = next(self.next_lie)
        before = {one.hash for one in depot.known()}
        told, alarm = self._lied(what, depot)
        known = {one.hash for one in depot.known()}
        assert before <= known <= self._ever_written()
        if told:
            assert alarm in ALARMS[what], (what, alarm)
            self.heard[f"lie: {what}: {alarm}"] += 1
        self._believe_again(depot)
        if told and what == "two histories":
            self._others_see(depot)

    def _lied(self, what: str, depot: Depot) -> tuple[bool, str]:
        """Tell one lie; return whether anything false was said, and what the desk called it."""
        if what in ("rolled back", "two histories"):
            return self._other_face(what, depot)
        for other in self.depots:  # there must be something to lie about
            if other is not depot:
                self.contest(other)
                self.push(other, "honest")
        self.contest(depot)
        said = {one.hash for one in depot.known()}
        liar = {
            "hides": Hides(self.rough, lambda entry: _is_known(entry, said)),
            "changes": Changes(self.rough, lambda entry: _is_known(entry, said)),
            "signs for another": SignsForAnother(self.rough, self.registry.books.key.sign),
        }[what]
        alarm = self._alarm(depot, liar)
        return liar.told, alarm

    def _other_face(self, what: str, depot: Depot) -> tuple[bool, str]:
        """Let another registry of the same key answer: as it was once, or with another history."""
        if what == "rolled back":
            before = self._face(self.old)
            told = len(list(_log(before.books))) < len(list(_log(self.registry.books)))
            with answering(before.books) as face:
                alarm = self._alarm(depot, Honest(), face)
            before.database.close()
            return told, alarm
        twin = self._face(self._disk("face"))
        other = next(one for one in self.depots if one is not depot)
        self.contest(depot)
        with answering(twin.books) as face:
            self._talk(depot, Honest(), face=face)
        self.contest(depot)  # names the head that it was shown
        self.write(other, [self._registration(other)])  # or the true log grew into the other one
        self.push(other, "honest")
        told = not {*_log(twin.books)} <= {*_log(self.registry.books)}
        twin.database.close()
        return told, self._alarm(depot, Honest())

    def _alarm(self, depot: Depot, liar, face: str = "") -> str:
        try:
            done = self._talk(depot, liar, face=face)
        except StockpileError as error:
            return type(error).__name__
        trouble = done.rolled_back or done.trouble
        return type(trouble).__name__ if trouble else ""

    def _believe_again(self, depot: Depot) -> None:
        """Let the registry be honest again: the desk gets all that was kept from it.

        Who saw it rewrite its log enrols with a new code.
        """
        if self._alarm(depot, Honest()) == "RegistryRewritten":
            talk = self._desk(depot, Honest(), self.url)
            talk.enrol(ADDRESS, self.registry.enrolment.make_code("again"), depot.name)
        self._talk(depot, Honest())
        known = {one.hash for one in depot.known()}
        assert known >= {one.hash for one in self.at_the_registry()}
        if self.rough.random() < 0.5:
            self.old = self._disk("face")

    def _others_see(self, depot: Depot) -> None:
        """Who was shown the other history finds out too, by what the first one wrote under it."""
        other = next(one for one in self.depots if one is not depot)
        alarm = self._alarm(other, Honest())
        assert alarm == "LogSplit", alarm
        self.heard["lie: two histories: LogSplit at another"] += 1

    def _face(self, file: Path) -> Registry:
        """Return the registry as a copied disk has it, as another one of the same key."""
        made = open_registry(str(file))
        made.clock.at = self.registry.clock.at
        return made

    def _disk(self, name: str) -> Path:
        """Copy the registry's disk as it lies there now; return the database's file."""
        return killing.disk_of(self.registry.database.file, self._next(name))

    def _ever_written(self) -> set[str]:
        known = (one for depot in self.all for one in depot.known() if one.node == depot.node)
        return {one.hash for one in (*known, *self.at_the_registry())}


class _Lines:
    """Opens lines to where the registry answers now, whatever a desk calls it."""

    def __init__(self, real: HttpRegistryLinks, url: str, liar) -> None:
        self._real = real
        self._url = url
        self._liar = liar

    def open(self, _url, registry_key, patience=0.0):
        return self._liar(self._real.open(self._url, registry_key, patience))


def _is_known(entry, known: set[str]) -> bool:
    return not isinstance(entry, Entry) or codec.decode(entry.facts[0]).hash in known


def _log(books):
    for chain in books.nodes():
        for entry in books.entries(chain.node, 0, ALL):
            yield entry.header
