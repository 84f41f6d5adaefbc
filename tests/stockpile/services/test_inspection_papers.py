"""What an inspector reads without a program: a page that asks nothing of anybody, and a paper."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from stockpile.domain.inspections import Dossier
from stockpile.domain.ledger import Tip, head_code
from stockpile.language import plain, speaking
from stockpile.services.documents import Pairs, Signatures, Words
from stockpile.services.inspection_papers import Listed, list_page, stick_paper
from stockpile.services.ports import RegisterRow
from stockpile.services.weapon_files import Printing
from tests.helpers.exports import INSPECTOR, alone

HEAD = head_code(Tip(7, 0, "5e" * 32))
ABOUT = Dossier(1, "n" * 16, "00", "Depot <North>", HEAD, 1_790_000_000_000, 1, "a" * 64, "b" * 64)
PRINTING = Printing("A. Mbuyi", 1_790_000_000_000, 180, 7, "5e" * 32)


class Reader(HTMLParser):
    """What a browser makes of a page: its tags with what they say, and its words."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags, self.words = [], []
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def all(self, name):
        return [said for tag, said in self.tags if tag == name]


def row(**said):
    given = {
        "id": "w-1", "number": "UG-1", "serial": "KB 1", "mark": "", "type": "ASR",
        "make": "Izhmash", "model": "AKM", "calibre": "7.62x39", "condition": "",
        "status": "in_store", "place": "Rack 1", "tag": "", "recorded_at": 0,
    }  # fmt: skip
    return RegisterRow(**(given | said))


def page(*rows, language="en", rtl=False):
    return Reader(list_page(Listed(ABOUT, rows, language, rtl)))


def test_each_weapon_is_a_line_of_as_many_cells_as_there_are_titles():
    read = page(row(), row(serial="KB 2"))
    titles = len(read.all("th"))
    assert len(read.all("tr")) == 3
    assert len(read.all("td")) == 2 * titles
    assert {"KB 1", "KB 2", HEAD, "Depot <North>"} <= set(read.words)


def test_whatever_is_engraved_on_a_weapon_stays_words_on_the_page():
    evil = "</td><script src=//x>\"'&amp;"
    read = page(*(row(**{name: evil}) for name in ("serial", "mark", "make", "place", "number")))
    assert read.words.count(evil) == 5
    assert not read.all("script")
    assert [said for _tag, said in read.tags if {"src", "href"} & set(said)] == []


def test_the_page_forbids_itself_the_network():
    (policy,) = (said["content"] for said in page().all("meta") if "http-equiv" in said)
    assert policy.split(";")[0] == "default-src 'none'"


def test_the_page_is_turned_with_its_language():
    with speaking("ar"):
        read = page(row(place="\u2068Rack 1\u2069"), language="ar", rtl=True)
    assert read.all("html") == [{"lang": "ar", "dir": "rtl"}]
    assert page().all("html") == [{"lang": "en", "dir": "ltr"}]
    assert "Serial number" in page().words
    assert "Serial number" not in read.words
    assert not {"\u2068", "\u2069"} & set("".join(read.words))  # marks a browser would show


def test_the_paper_bears_the_head_code_and_two_to_sign():
    paper = stick_paper(ABOUT, PRINTING)
    assert paper.code == HEAD
    (pairs,) = (one for one in paper.blocks if isinstance(one, Pairs))
    codes = {one.value for one in pairs.rows if one.code}
    assert codes == {HEAD, ABOUT.register, ABOUT.node}
    (boxes,) = (one for one in paper.blocks if isinstance(one, Signatures))
    assert [plain(one.name) for one in boxes.boxes] == ["A. Mbuyi", ""]


def test_every_command_on_the_paper_is_one_that_the_program_knows():
    steps = " ".join(
        one.text for one in stick_paper(ABOUT, PRINTING).blocks if isinstance(one, Words)
    )
    asked = re.findall(r"inspect_stockpile\.py (\w+)((?:\s+(?:--\w+|FOLDER|…))+)", steps)
    assert [command for command, _options in asked] == ["prove", "sample", "sign"]
    for command, options in asked:
        help_ = alone(command, "--help", file=INSPECTOR).stdout
        assert [one for one in re.findall(r"--\w+", options) if one not in help_] == []
