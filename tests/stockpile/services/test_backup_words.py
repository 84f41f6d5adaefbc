from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from stockpile.domain.ledger import Tip
from stockpile.domain.restoring import MATTERS, Entries, Told
from stockpile.domain.values import NodeId
from stockpile.services import backup_words
from stockpile.services.backups import Failed, Safe
from stockpile.services.ports import Backup
from stockpile.services.restoring import Preview, Restored
from tests.helpers.every import every

DAY = 24 * 60 * 60 * 1000
BACKUP = Backup(Path("x.backup"), NodeId("n"), DAY, Tip(3), 3, 9, 4, 0, 0)


def plain(text):
    return text.replace("\u2066", "").replace("\u2068", "").replace("\u2069", "")


@every(MATTERS)
def test_every_matter_has_its_words(matter):
    assert backup_words.matter(matter)


@every([one for one in get_args(Failed) if one])
def test_every_failure_says_what_to_do(failed):
    assert len(backup_words.failure(failed)) > 40


@pytest.mark.parametrize(
    ("safe", "said"),
    [
        (Safe(Path("f")), "No backup was written"),
        (Safe(Path("f"), good_at=9 * DAY, good_number=7), "up to entry 7"),
        (Safe(Path("f"), good_at=6 * DAY, good_number=7), "3 days old"),
        (Safe(Path("f"), is_here=False, good_at=9 * DAY), "Plug it in"),
        (Safe(Path("f"), failed="full", good_at=9 * DAY), "is full"),
        (Safe(Path("f"), is_same_disk=True, good_at=9 * DAY), "same disk"),
    ],
)
def test_the_safe_says_in_words_how_it_stands(safe, said):
    assert said in plain(backup_words.safe_sentence(safe, 9 * DAY + 5))


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (Entries(NodeId("n"), 3, 3), "nothing would be lost"),
        (Entries(NodeId("n"), 3, 0, is_ours=False), "not of the stockpile"),
        (Entries(NodeId("n"), 3, 8, 6), "3 of them come back"),
        (Entries(NodeId("n"), 3, 8, 6), "2 were never sent"),
        (Entries(NodeId("n"), 3, 4), "1 was never sent"),
    ],
)
def test_a_preview_says_what_comes_back_and_what_is_lost(entries, said):
    assert said in plain(backup_words.stands_sentence(Preview(BACKUP, entries)))


def test_a_matter_is_told_by_what_is_there_comes_back_and_is_at_risk():
    said = plain(backup_words.told_sentence(Told("weapons", 7, 3, 2)))
    assert said == "7 in the backup, 2 come back, 1 at risk"


def test_what_was_restored_says_where_the_old_one_lies_and_what_is_next():
    made = Restored(BACKUP, Path("home"), NodeId("new"), 2, Path("aside"))
    said = [plain(one) for one in backup_words.restored_lines(made)]
    assert "new" in said[0]
    assert "2 later entries" in said[1]
    assert "aside" in said[2]
    assert "code" in said[-1]
    assert (
        len(backup_words.restored_lines(Restored(BACKUP, Path("h"), NodeId("n"), waits=True))) == 3
    )
