"""A depot enrolled by file, the registry that no line leads to, and the stick between them."""

from __future__ import annotations

from stockpile.domain import courier, photo_courier
from stockpile.domain.courier import Content, Manifest
from stockpile.domain.photo_courier import Carried, PhotoList, PhotoManifest
from stockpile.locks import age
from stockpile.registry import courier_answers, courier_taking, couriers
from stockpile.services.exchange_standing import exchange_standing, standing_sentence
from tests.helpers.albums import digest_of
from tests.helpers.enrolling import certified_by


def enrolled(depot, registry, folder, name="Kampala", site="KLA", **said):
    """Enrol a depot with a registry by two files."""
    desk = depot.stockpile.enrolling
    asked = desk.request(folder / f"{name}.request", name, site, by=depot.by)
    certified_by(registry, asked.file, folder / f"{name}.certificate", **said)
    offer = desk.open(folder / f"{name}.certificate")
    desk.take(offer, offer.words, by=depot.by)


def look(registry, file, words=""):
    """Open a courier file at the registry."""
    return couriers.look(registry.books, file.read_bytes(), file.name, words)


def take(registry, file, words=""):
    """Take a courier file in at the registry."""
    return courier_taking.take(registry.books, look(registry, file, words))


def answer(registry, depot, file, photos=None):
    """Write the answer to a depot's courier files."""
    made = courier_answers.answer(registry.books, depot.node, photos)
    file.write_bytes(made.whole)
    return made


def bring(registry, depot, folder, name="stick"):
    """Carry a depot's record to the registry, and the answer back to it."""
    depot.pack(folder / f"{name}.courier", registry.books.key.node)
    taken = take(registry, folder / f"{name}.courier")
    answer(registry, depot, folder / f"{name} back.courier")
    depot.load(folder / f"{name} back.courier")
    return taken


def standing(depot):
    """What a clerk reads of the exchange at the foot of the window."""
    stockpile = depot.stockpile
    found = exchange_standing(stockpile.books, stockpile.keys, stockpile.photographs.photos)
    return standing_sentence(found)


def peer(depot):
    """How far a depot's exchange with its registry got."""
    (found,) = depot.stockpile.books.peers()
    return found


# --- files made by hand, of sites without books ------------------------------------------------


def a_file(registry, site, entries=None, *, words="", to=None, made=5, **inside):
    """A courier file as a site without books would write it for a registry."""
    told = tuple(site.entries if entries is None else entries)
    keys, own = site.keys, registry.books.key
    manifest = Manifest(
        1, f"file-{made}", keys.node, keys.public_key.hex(), "Its own name",
        () if words else ((own.node,) if to is None else to), made,
        courier.chain_parts(told), sum(len(one.facts) for one in told),
    )  # fmt: skip
    plain = courier.packed(Content(manifest, inside.pop("holds", ()), told, **inside))
    locked = age.lock_with(plain, words) if words else age.lock_for(plain, [own.public_key])
    return courier.sealed(manifest, locked, keys.sign)


def taken(registry, site, entries=None, **said):
    """What becomes of such a file at the registry."""
    whole = a_file(registry, site, entries, **said)
    looked = couriers.look(registry.books, whole, "a.courier", said.get("words", ""))
    return courier_taking.take(registry.books, looked)


def a_photos_file(registry, site, shown, *, to=None, words="", part=photo_courier.PART, **said):
    """A file of photos as a site without books would write it: pairs of a weapon and a photo.

    ``listed`` and ``plain`` bend the list and the parts before they are locked; ``left`` is how
    many stayed behind.
    """
    own, keys, key = registry.books.key, site.keys, age.new_key()
    receivers = () if words else ((own.node,) if to is None else to)
    parts, carried = [b""], []
    for weapon, content in shown:
        if parts[-1] and len(parts[-1]) + len(content) > part:
            parts.append(b"")
        carried.append(Carried(weapon, digest_of(content), len(parts) - 1, len(content)))
        parts[-1] += content
    listed = PhotoList(keys.node, receivers, 5, key, tuple(carried))
    plain = photo_courier.pack_list(said.get("listed", lambda one: one)(listed))
    plain = said.get("squeezed", plain)
    locked = [age.lock_by(one, key) for one in said.get("plain", lambda made: made)(parts) if one]
    locked.append(age.lock_with(plain, words) if words else age.lock_for(plain, [own.public_key]))
    manifest = PhotoManifest(
        1, keys.node, keys.public_key.hex(), "Its own name", receivers, 5,
        tuple(map(photo_courier.part_of, locked)), len(carried),
        sum(one.size for one in carried), said.get("left", 0),
    )  # fmt: skip
    end = photo_courier.sealed_end(manifest, said.get("sign", keys.sign))
    return b"".join((photo_courier.MAGIC, *locked, end))
