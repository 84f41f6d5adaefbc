from __future__ import annotations

import pytest

from stockpile.adapters.keys.strength import LIGHT
from stockpile.adapters.witness.folder import WitnessFolder
from stockpile.app.witness_room import make_witness
from stockpile.domain import tlog, witnessing
from stockpile.domain.errors import (
    DiskTrouble,
    FieldUnreadable,
    FileUnreadable,
    LogNotExtended,
    LogUnknown,
    NoteUnreadable,
    OfferElsewhere,
    RegistryUnreachable,
)
from stockpile.services.witnessing import WitnessDesk
from tests.helpers.logs import SignedLog
from tests.helpers.sites import SettableClock

URL = "https://registry.example"


class Served:
    """A registry's public pages over a log that grows, shrinks or is another one."""

    def __init__(self, log, size):
        self.log, self.size, self.handed, self.asked = log, size, [], []

    def offer(self, url, old):
        self.asked.append(old)
        return self.log.offer(min(old, self.size), self.size).to_bytes()

    def hand_in(self, url, note):
        self.handed.append(tlog.read_note(note))


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    folder = tmp_path_factory.mktemp("key")
    return make_witness(folder, "Inspectorate", "a passphrase", strength=LIGHT).key


@pytest.fixture
def served():
    return Served(SignedLog(), 9)


@pytest.fixture
def desk(key, served, tmp_path):
    made = WitnessDesk(key, WitnessFolder(tmp_path), served, SettableClock())
    made.follow(served.log.key.text)
    return made


def test_each_time_the_log_grew_it_is_proved_and_cosigned(desk, served):
    for before, size in ((0, 9), (9, 9), (9, 20), (20, 40)):
        served.size = size
        done = desk.cosign_by_net(URL)
        assert (done.before, done.size) == (before, size)
        note = served.handed[-1]
        tlog.demand_signed(note, served.log.key)
        assert tlog.cosigned_at(note, desk.note_key) == desk.files.logs()[0].at // 1000
    (seen,) = desk.followed()
    assert seen.head == (40, served.log.tree.root(40))


def test_a_rewritten_log_is_refused_and_both_heads_are_kept(desk, served, tmp_path):
    desk.cosign_by_net(URL)
    before = desk.followed()
    honest, served.log, served.size = served.log, served.log.rewritten(), 20
    for _time in range(2):
        with pytest.raises(LogNotExtended):
            desk.cosign_by_net(URL)
    assert len(served.handed) == 1
    assert desk.followed() == before
    kept = sorted((tmp_path / "evidence").iterdir())
    assert len(kept) == 2
    seen = tlog.read_note((kept[0] / "seen-before.note").read_bytes())
    shown = witnessing.read_offer((kept[0] / "shown.offer").read_bytes())
    for note in (seen, shown.note):
        tlog.demand_signed(note, honest.key)
    assert tlog.read_checkpoint(seen.text).head == (9, honest.tree.root(9))
    served.log = honest
    assert desk.cosign_by_net(URL).size == 20


def test_a_log_that_was_rolled_back_is_refused(desk, served):
    served.size = 20
    desk.cosign_by_net(URL)
    served.size = 9
    with pytest.raises(LogNotExtended) as refused:
        desk.cosign_by_net(URL)
    assert (refused.value.had, refused.value.shown) == (20, 9)


def test_the_same_size_with_another_root_is_refused(desk, served):
    desk.cosign_by_net(URL)
    served.log = served.log.rewritten()
    with pytest.raises(LogNotExtended):
        desk.cosign_by_net(URL)


def test_a_log_that_is_not_followed_is_not_cosigned(desk, served):
    served.log = SignedLog(seed=2)
    with pytest.raises(LogUnknown):
        desk.cosign_by_net(URL)


def test_who_takes_a_logs_name_with_another_key_is_refused(desk, served):
    false = tlog.log_key(served.log.key.name, SignedLog(seed=2).public_key)
    with pytest.raises(FieldUnreadable):
        desk.follow(false.text)
    assert desk.follow(served.log.key.text) == desk.followed()[0]
    with pytest.raises(NoteUnreadable):
        desk.follow(desk.note_key.text)


def test_a_log_that_answers_when_it_handed_nothing_in_is_proved_again(desk, served):
    """The line breaks after the head was remembered: the next time is the same as the first."""

    def cut(_url, _note):
        raise RegistryUnreachable(URL, "cut")

    whole, served.hand_in = served.hand_in, cut
    with pytest.raises(RegistryUnreachable):
        desk.cosign_by_net(URL)
    served.hand_in = whole
    assert desk.cosign_by_net(URL).before == 9
    assert len(served.handed) == 1


def test_what_was_not_brought_to_the_disk_is_not_cosigned(desk, served, tmp_path):
    (tmp_path / "logs.json").unlink()
    desk.follow(served.log.key.text)
    (tmp_path / "logs.json").rename(tmp_path / "kept.json")
    (tmp_path / "logs.json").mkdir()
    with pytest.raises(DiskTrouble):
        desk.cosign_by_net(URL)
    assert served.handed == []


def test_an_offer_on_a_stick_is_answered_on_it(desk, served, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "offer").write_bytes(served.log.offer(0, 9).to_bytes())
    assert desk.cosign_file(stick / "offer", stick / "answer").size == 9
    note = tlog.read_note((stick / "answer").read_bytes())
    assert tlog.cosigned_at(note, desk.note_key)
    (stick / "offer").write_bytes(served.log.offer(3, 20).to_bytes())
    with pytest.raises(OfferElsewhere):
        desk.cosign_file(stick / "offer", stick / "answer")
    for raw in (b"", b"noise", bytes(witnessing.MOST_OFFER + 1)):
        (stick / "offer").write_bytes(raw)
        with pytest.raises((NoteUnreadable, FileUnreadable)):
            desk.cosign_file(stick / "offer", stick / "answer")
    with pytest.raises(FileUnreadable):
        desk.cosign_file(stick / "nothing", stick / "answer")
    assert tlog.read_note((stick / "answer").read_bytes()) == note
