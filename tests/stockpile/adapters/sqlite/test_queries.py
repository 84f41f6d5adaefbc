"""Lists and search over the register."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite import likeness_keeping
from stockpile.adapters.sqlite.queries import SqliteRegister
from stockpile.domain.errors import WeaponUnknown
from stockpile.domain.facts import (
    Draft,
    Mark,
    MarkingBegun,
    MarkingEnded,
    PlaceOpened,
    TagBound,
    WeaponAbsorbed,
    WeaponCounted,
    WeaponIssued,
    WeaponRelocated,
    WeaponsDistinct,
)
from stockpile.domain.numbers import registry_number
from stockpile.domain.values import PlaceId
from stockpile.services.ports import RegisterFilter
from tests.helpers.books import desk, registration

ALL = RegisterFilter()


@pytest.fixture
def rack(depot):
    return depot.found("Rack 4")


def serials(rows):
    return [row.serial for row in rows]


def found(depot, text, **options):
    return [(hit.why, hit.row.serial) for hit in depot.register.find(text, 20, **options)]


def marked(depot, weapon, text="XX 26 000001", number=1, outcome="marked"):
    begun = Draft(
        weapon.id, MarkingBegun("j" + text, "s1", text, number, "m"), weapon.heads.marking
    )
    (fact,) = depot.books.record([begun], by=None).facts
    depot.books.record([Draft(weapon.id, MarkingEnded("j" + text, outcome), (fact.hash,))], by=None)


def test_what_was_joined_to_a_record_is_found_by_its_own_word(depot):
    kept, gone, disputed, parted, other = (
        depot.register_weapon(f"KB {number}") for number in range(5)
    )
    absorbed = WeaponAbsorbed(kept.id, "one weapon")
    for one in (gone, disputed, parted):
        depot.books.record([Draft(one.id, absorbed, one.heads.custody)], by=None)
    stray = Draft(disputed.id, WeaponRelocated(PlaceId("p1")), disputed.heads.custody)
    depot.books.record([stray, Draft(parted.id, WeaponsDistinct(kept.id, "two weapons"))], by=None)
    assert depot.register.rows([disputed.id])[0].status == "disputed"
    assert depot.register.joined_to(kept.id) == tuple(sorted((gone.id, disputed.id)))
    assert depot.register.joined_to(other.id) == ()


# --- lists --------------------------------------------------------------------------------------


def test_a_line_says_what_the_weapon_is(depot, rack):
    weapon = depot.register_weapon("KB 4471902", place=rack, condition="serviceable")
    marked(depot, weapon)
    depot.books.record([Draft(weapon.id, TagBound("W7K3-M9PX"))], by=None)
    (row,) = depot.register.rows([weapon.id])
    assert row.number == registry_number(weapon.id)
    assert (row.serial, row.mark, row.tag) == ("KB 4471902", "XX 26 000001", "W7K3-M9PX")
    assert (row.type, row.make, row.model, row.calibre) == ("rifle", "Izhmash", "AKM", "7.62x39")
    assert (row.condition, row.status, row.place) == ("serviceable", "in_store", "Rack 4")
    assert row.recorded_at == weapon.recorded_at


def test_lines_come_in_the_order_asked(depot):
    one, two = depot.register_weapon("A"), depot.register_weapon("B")
    assert serials(depot.register.rows([two.id, one.id, two.id])) == ["B", "A", "B"]
    with pytest.raises(WeaponUnknown):
        depot.register.rows([depot.id()])


def test_each_order_sorts_by_its_own_key(depot, rack):
    shelf = depot.id()
    depot.books.record([Draft(shelf, PlaceOpened("Armoury"))], by=None)
    one = depot.register_weapon("B1", model="AK", place=rack)
    two = depot.register_weapon("", model="Zastava", place=shelf)
    three = depot.register_weapon("A1", model="M16", place=shelf)
    marked(depot, two, "XX 1")
    marked(depot, one, "XX 2", 2)
    by = {order: [row.id for row in depot.register.page(order, 0, 9, ALL)]
          for order in ("serial", "mark", "model", "place", "recorded")}  # fmt: skip
    assert by["serial"] == [three.id, one.id, two.id]
    assert by["mark"] == [two.id, one.id, three.id]
    assert by["model"] == [one.id, three.id, two.id]
    assert by["place"] == [two.id, three.id, one.id]
    assert by["recorded"] == [one.id, two.id, three.id]


def test_filters_narrow_the_list(depot, rack):
    one = depot.register_weapon("A1", place=rack)
    two = depot.register_weapon("A2", place=rack)
    depot.register_weapon("B3", model="FAL")
    depot.books.record([Draft(two.id, WeaponIssued("p1"), two.heads.custody)], by=None)
    marked(depot, one)
    for among, expected in (
        (ALL, ["A1", "A2", "B3"]),
        (RegisterFilter(status="issued"), ["A2"]),
        (RegisterFilter(place=rack), ["A1"]),
        (RegisterFilter(place="Rack 4"), ["A1"]),
        (RegisterFilter(unmarked=True), ["A2", "B3"]),
        (RegisterFilter(text="fal"), ["B3"]),
        (RegisterFilter(text="a2 akm"), ["A2"]),
        (RegisterFilter(status="in_store", unmarked=True), ["B3"]),
        (RegisterFilter(text="nothing of the kind"), []),
    ):
        rows = depot.register.page("serial", 0, 9, among)
        assert serials(rows) == expected, among
        assert depot.register.count(among) == len(expected)


def test_the_tally_counts_by_status(depot, rack):
    for n in range(3):
        depot.register_weapon(f"A{n}", place=rack)
    issued = depot.register_weapon("B1")
    depot.books.record([Draft(issued.id, WeaponIssued("p1"), issued.heads.custody)], by=None)
    assert depot.register.tally() == (("in_store", 3), ("issued", 1))


def test_what_is_written_shows_at_once(depot, rack):
    weapon = depot.register_weapon("A1", place=rack)
    assert serials(depot.register.page("serial", 0, 9, ALL)) == ["A1"]
    depot.books.record(
        [Draft(rack, PlaceOpened("Vault"), depot.books.reference(rack).heads)], by=None
    )
    assert depot.register.rows([weapon.id])[0].place == "Vault"
    depot.books.record(
        [Draft(weapon.id, WeaponRelocated(depot.id()), weapon.heads.custody)], by=None
    )
    assert depot.register.rows([weapon.id])[0].place == ""


def test_a_weapon_that_is_not_registered_yet_is_in_no_list(depot):
    depot.books.record([Draft(depot.id(), WeaponCounted("s", "p"))], by=None)
    assert depot.register.count(ALL) == 0
    assert depot.register.tally() == ()


MANY = 2400


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """Two thousand weapons, several with the same key; only read by its tests."""
    with desk(tmp_path_factory.mktemp("full") / "home") as one:
        numbers = ((n * 7919) % 977 for n in range(MANY))
        one.books.record(
            [registration(one.id(), f"S{n:04}", model=f"M{n % 5}") for n in numbers], by=None
        )
        yield one


@pytest.mark.parametrize("order", ["serial", "mark", "model", "place", "recorded"])
def test_pages_cut_the_whole_list_without_a_gap_or_a_repeat(full, order):
    whole = full.register.page(order, 0, 9_999, ALL)
    assert len({row.id for row in whole}) == MANY
    for size in (100, 1024, 333):
        pages = [full.register.page(order, n, size, ALL) for n in range(MANY // size + 2)]
        assert [row for page in pages for row in page] == list(whole)


def test_a_page_may_be_asked_for_from_anywhere(full):
    whole = full.register.page("serial", 0, 9_999, ALL)
    for index in (22, 3, 11, 0, 20, 23):
        assert (
            full.register.page("serial", index, 100, ALL) == whole[index * 100 : index * 100 + 100]
        )
    assert full.register.page("serial", 400, 100, ALL) == ()


def test_pages_of_a_narrowed_list(full):
    among = RegisterFilter(text="m3")
    whole = full.register.page("serial", 0, 9_999, among)
    pages = [full.register.page("serial", n, 64, among) for n in range(9)]
    assert [row for page in pages for row in page] == list(whole)
    assert full.register.count(among) == len(whole)


def test_a_list_moves_on_when_something_is_written(depot):
    drafts = [registration(depot.id(), f"S{n:04}") for n in range(1123)]
    depot.books.record(drafts, by=None)
    before = depot.register.page("serial", 10, 100, ALL)
    depot.register_weapon("A0000")
    after = depot.register.page("serial", 10, 100, ALL)
    assert after[1:] == before[:-1]


# --- search -------------------------------------------------------------------------------------


def test_a_registry_number_is_found_as_it_is_spoken(depot):
    weapon = depot.register_weapon("A1")
    number = registry_number(weapon.id)
    for text in (number, number.lower().replace("-", " "), number.replace("0", "O"), weapon.id):
        assert found(depot, text)[0] == ("number", "A1"), text
    assert ("part", "A1") in found(depot, number[:6])


def test_a_tag_is_found(depot):
    weapon = depot.register_weapon("A1")
    depot.books.record([Draft(weapon.id, TagBound("W7K3M9PX"))], by=None)
    assert found(depot, "w7k3m9px") == [("tag", "A1")]


def test_a_replaced_tag_finds_its_weapon_and_says_that_it_was_replaced(depot):
    weapon = depot.register_weapon("A1")
    for tag in ("K8Z1PN3K1VKND", "KXDHCMH5HDWHB"):
        depot.books.record([Draft(weapon.id, TagBound(tag))], by=None)
    assert found(depot, "k8z1-pn3k-1vkn-d") == [("old_tag", "A1")]
    assert found(depot, "]d1K8Z1PN3K1VKNDABCDEFGH") == [("old_tag", "A1")]
    assert found(depot, "KXDHCMH5HDWHB") == [("tag", "A1")]


def test_exact_marks_come_before_look_alikes_and_parts(depot):
    depot.register_weapon("KA 0044-721")
    depot.register_weapon("KA OO44-721")
    depot.register_weapon("XKA 0044-7219")
    ours = depot.register_weapon("S9")
    marked(depot, ours, "KA-0044-721")
    assert found(depot, "ka0044721") == [
        ("applied_mark", "S9"),
        ("serial", "KA 0044-721"),
        ("serial_looks_alike", "KA OO44-721"),
    ]


def test_marks_beside_the_serial_are_found(depot):
    marks = (Mark("serial", "A1", is_identity=True), Mark("import", "CAI GEORGIA VT"))
    depot.register_weapon(marks=marks)
    assert found(depot, "cai georgia vt")[0] == ("mark", "A1")
    assert found(depot, "georgia") == [("part", "A1")]


@pytest.mark.parametrize("text", ["4471", "902", "KB447", "71902", "b 4471-9"])
def test_any_part_of_a_serial_finds_it(depot, text):
    depot.register_weapon("KB4471902")
    depot.register_weapon("ZZ9999999")
    assert found(depot, text) == [("part", "KB4471902")]


def test_one_or_two_characters_are_beginnings(depot):
    depot.register_weapon("KB4471902", make="", model="", type="", calibre="")
    depot.register_weapon("AKB1", make="", model="", type="", calibre="")
    assert found(depot, "kb")[0] == ("part", "KB4471902")


def test_words_are_sought_in_make_model_and_place(depot, rack):
    depot.register_weapon("A1", make="Izhmash", model="AKM", place=rack)
    depot.register_weapon("A2", make="Norinco", model="Type 56", place=rack)
    assert found(depot, "akm rack") == [("words", "A1")]
    assert found(depot, "norinco 56") == [("words", "A2")]
    assert {serial for _, serial in found(depot, "rack 4")} == {"A1", "A2"}
    assert found(depot, "akm norinco") == []


def test_what_is_only_similar_is_found_when_asked(depot):
    depot.register_weapon("KB4471902")
    depot.register_weapon("ZZ9999999")
    assert found(depot, "KB4717902") == [("similar", "KB4471902")]
    assert found(depot, "KB9917777") == []
    assert found(depot, "KB4471992", fuzzy=True) == [("similar", "KB4471902")]


def test_other_scripts_are_found_as_written_and_by_their_looks(depot):
    depot.register_weapon("МН 1234")
    assert found(depot, "мн1234") == [("serial", "МН 1234")]
    assert found(depot, "MH1234") == [("serial_looks_alike", "МН 1234")]


@pytest.mark.parametrize(
    "text", ["", "   ", "-", '"', "' OR 1=1 --", "%", "_", "*", 'a"b c"d*', "(NEAR)", "\u0000"]
)
def test_odd_texts_find_nothing_and_break_nothing(depot, text):
    depot.register_weapon("KB4471902")
    assert found(depot, text, fuzzy=True) == []
    assert depot.register.page("serial", 0, 9, RegisterFilter(text=text or " ")) is not None


def test_a_corrected_serial_is_found_by_its_new_reading_only(depot):
    weapon = depot.register_weapon("KB4471902")
    fixed = (Mark("serial", "XX55555", is_identity=True),)
    from_now = registration(weapon.id).body
    depot.books.record(
        [Draft(weapon.id, type(from_now)(marks=fixed), weapon.heads.identity)], by=None
    )
    assert found(depot, "KB4471902") == []
    assert found(depot, "5555") == [("part", "XX55555")]


def test_look_alikes_of_a_serial(depot):
    depot.register_weapon("KA OO44")
    depot.register_weapon("KA 0044")
    depot.register_weapon("KA 0045")
    hits = depot.register.look_alikes("ka-0044", 9)
    assert [(hit.why, hit.row.serial) for hit in hits] == [
        ("serial", "KA 0044"),
        ("serial_looks_alike", "KA OO44"),
    ]
    assert depot.register.look_alikes("no number", 9) == ()


def test_a_limit_is_kept(depot):
    for n in range(30):
        depot.register_weapon(f"KB44{n:02}")
    assert len(depot.register.find("KB44", 7)) == 7
    assert len(depot.register.find("44", 7)) <= 7


def test_what_took_long_to_learn_is_kept_for_the_next_opening(depot):
    depot.register_weapon("KB4471902")
    store = depot.open().store
    few = SqliteRegister(store, worth_keeping=2)
    while not few.prepare():
        assert few.look_alikes("KB4471902", 9)
    assert likeness_keeping.read(store.connection) is None
    many = SqliteRegister(store, worth_keeping=1)
    while not many.prepare():
        continue
    kept = likeness_keeping.read(store.connection)
    assert kept is not None
    assert kept.last == 1
    assert SqliteRegister(store).look_alikes("KB44719O2", 9) == few.look_alikes("KB44719O2", 9)
