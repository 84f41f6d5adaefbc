"""What comes over a line, mangled: pages, entries, excerpts, messages, proofs and signed heads."""

from __future__ import annotations

import hashlib

from stockpile.domain import (
    codec,
    excerpts,
    exchange,
    finds,
    held_chains,
    history_messages,
    ledger,
    requests,
    tiles,
    tlog,
    wire,
    witnessing,
)
from stockpile.domain.errors import (
    BatchTooLarge,
    ChainBroken,
    ChainForked,
    ChainGap,
    FactUnreadable,
    MessageUnreadable,
    NoteUnreadable,
    SignatureWrong,
    TileUnknown,
)
from stockpile.domain.exchange import BlockRequest, Certificate, FeedItem, FeedPage, Receipt
from stockpile.domain.finds import FindsAsked, FindsHeard
from stockpile.domain.history_messages import EntryNamed, HistoriesAsked, HistoriesWanted
from stockpile.domain.ledger import Tip
from stockpile.domain.photo_messages import PhotoHave, PhotosAsked, PhotosWanted, PhotoWanted
from stockpile.domain.requests import Request
from stockpile.domain.sharing import ChainHeld, Shares
from stockpile.domain.values import Digest
from stockpile.domain.witnessing import CosignedHeads, InclusionProof, Offer
from tests.helpers.mangling import demand_named
from tests.helpers.naive_trees import NaiveTree
from tests.helpers.sites import AT, Site, SiteKeys, a_weapon

REGISTRY = SiteKeys(b"r" * 32)
HASH = Digest("ab" * 32)


def a_site():
    site = Site(SiteKeys(b"n" * 32))
    site.found_with_officers()
    site.by_two(a_weapon("w1"), a_weapon("w2"), a_weapon("w3"))
    return site


SITE = a_site()
KEY = SITE.keys.public_key
CUT = excerpts.excerpt_of(SITE.entries[1], [0, 2])


def a_page(*told):
    items = tuple(FeedItem(at, KEY, one) for at, one in enumerate(told, 5))
    return exchange.pack_feed(FeedPage(items, 9, 12, HASH, "KLA", 3))


PAGES = (a_page(), a_page(*SITE.entries), a_page(SITE.entries[0], CUT))


def test_a_page_of_the_feed_is_refused_by_name_whatever_was_done_to_it():
    demand_named(exchange.unpack_feed, PAGES, MessageUnreadable)
    demand_named(
        lambda raw: exchange.unpack_feed(wire.unfold(raw)),
        [wire.squeeze(one) for one in PAGES],
        MessageUnreadable,
    )


def test_entries_and_excerpts_are_proved_or_refused_by_name_whatever_was_done_to_them():
    def read_whole(raw):
        tip = Tip()
        for entry in wire.unpack(raw, 8):
            tip = ledger.check(entry, tip, KEY)
            ledger.demand_well_formed(entry)

    def read_cut(raw):
        excerpts.check(wire.read_excerpt(wire.Lines(raw).next), KEY)

    broken = (MessageUnreadable, ChainBroken)
    demand_named(
        read_whole, [wire.pack(SITE.entries)], *broken, BatchTooLarge,
        also=(ChainForked, ChainGap, FactUnreadable),
    )  # fmt: skip
    demand_named(read_cut, [wire.pack_excerpt(CUT)], *broken, also=(FactUnreadable,))


def test_facts_are_read_strictly_or_refused_by_name_whatever_was_done_to_them():
    raws = [raw for entry in SITE.entries for raw in entry.facts]
    demand_named(lambda raw: codec.decode_strictly([raw]), raws, FactUnreadable)
    demand_named(codec.decode, raws, FactUnreadable)


def test_what_is_said_to_be_held_is_refused_by_name_whatever_was_done_to_it():
    said = held_chains.held_text({SITE.node: 7, REGISTRY.node: 12}).encode()
    demand_named(lambda raw: held_chains.read_held(raw.decode("latin-1")), [said, b""],
                 MessageUnreadable)  # fmt: skip


RECEIPT = exchange.signed(Receipt(SITE.node, 3, HASH, 7, 9, HASH, AT, b""), REGISTRY.sign)
CERTIFICATE = exchange.signed(
    Certificate(SITE.node, KEY, "Kampala", REGISTRY.node, REGISTRY.public_key, AT, b""),
    REGISTRY.sign,
)
SAID = (
    (RECEIPT, lambda one: exchange.demand_receipt(one, REGISTRY.public_key)),
    (CERTIFICATE, lambda one: exchange.demand_certificate(one, SITE.node, KEY)),
    (SITE.keys.request("code"), exchange.demand_request),
    (HistoriesAsked(SITE.node, (EntryNamed(1, HASH),)), history_messages.demand_asked),
    (FindsAsked((bytes(32), bytes(32))), finds.demand_asked),
    (BlockRequest("UG_STATE", 10, 0), repr),
    (FindsHeard((bytes(32),), 1), repr),
    (HistoriesWanted((HASH,)), repr),
    (PhotosAsked((HASH,)), repr),
    (PhotosWanted((PhotoWanted(HASH, "w1", 5, 1),), 2), repr),
    (PhotoHave(HASH, "declared", 5), repr),
    (Shares("KLA", 5, 1, HASH, (ChainHeld(SITE.node, 1, HASH),)), repr),
    (InclusionProof(1, 2, (bytes(32),)), repr),
    (CosignedHeads(("note\n",)), repr),
)


def test_messages_are_refused_by_name_whatever_was_done_to_them():
    for said, demand in SAID:

        def read(raw, said=said, demand=demand):
            demand(wire.decode(raw, type(said)))

        named = (SignatureWrong,) if hasattr(said, "signature") else ()
        demand_named(read, [wire.encode(said)], MessageUnreadable, *named, times=200)


def test_who_a_request_says_is_asking_is_refused_by_name_whatever_was_done_to_it():
    request = Request("POST", "/v1/blocks", "a=b", b"body")
    heads = [value for _name, value in requests.signing(request, SITE.node, AT, "ab" * 16,
                                                        SITE.keys.sign)]  # fmt: skip

    def read(raw):
        digest, said, signature = [*raw.decode("latin-1").split("\n"), "", "", ""][:3]
        asked = requests.read_asked(request, digest, said, signature)
        requests.demand_asked(asked, KEY)

    demand_named(read, ["\n".join(heads).encode()], MessageUnreadable, also=(SignatureWrong,))


TREE = NaiveTree([hashlib.sha256(bytes([one])).digest() for one in range(20)])
LOG = tlog.log_key(tlog.origin_of(REGISTRY.node), REGISTRY.public_key)
WITNESS = tlog.witness_key(witnessing.own_name(KEY), KEY)


def an_offer(old, size):
    head = size, TREE.root(size)
    note = tlog.signed_head(REGISTRY.node, REGISTRY.public_key, head, REGISTRY.sign)
    return Offer(old, TREE.consistency(old, size), note)


def test_offers_and_heads_are_refused_by_name_whatever_was_done_to_them():
    """What ``add-checkpoint`` is sent, and what a witness sends back."""
    offers = [an_offer(old, 20) for old in (0, 5)]
    cosigned = witnessing.cosigned(offers[0], WITNESS, 1_790_000_000, SITE.keys.sign)

    def judge(raw):
        offer = witnessing.read_offer(raw)
        witnessing.judged(offer, LOG, (offer.old, TREE.root(offer.old)) if offer.old else None)

    def head(raw):
        note = tlog.read_note(raw)
        tlog.read_checkpoint(note.text)
        tlog.demand_signed(note, LOG)
        tlog.cosigned_at(note, WITNESS)

    elsewhere = (witnessing.OfferElsewhere, witnessing.LogNotExtended)
    demand_named(judge, [one.to_bytes() for one in offers[:1]], NoteUnreadable, also=elsewhere)
    demand_named(head, [cosigned.to_bytes()], NoteUnreadable)
    keys = [one.text.encode() for one in (LOG, WITNESS)]
    demand_named(lambda raw: tlog.read_key(raw.decode("latin-1")), keys, NoteUnreadable)


def test_paths_of_tiles_are_refused_by_name_whatever_was_done_to_them():
    paths = [one.path.encode() for one in tiles.tiles_of(300_000)[:3]]
    demand_named(lambda raw: tiles.read_path(raw.decode("latin-1")), paths, TileUnknown)
