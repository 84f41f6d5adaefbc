from __future__ import annotations

from typing import get_args

from stockpile.language import plain, speaking
from stockpile.registry import audit
from stockpile.registry.audit import Line
from stockpile.registry.web import audit_words
from stockpile.wording import Names


def test_every_act_has_words():
    assert set(audit_words._WORDS) == set(get_args(audit.Act)) == set(audit_words.ACTS)
    assert audit_words.words("something newer") == "something newer"


def test_a_word_that_is_no_act_means_everything():
    assert audit_words.known_act("searched") == "searched"
    assert audit_words.known_act("' OR 1=1") == ""


def told(act, about, officer="o-1", address="192.0.2.7"):
    line = Line(1, 0, officer, address, act, about, "")
    names = Names({"o-1": "Col. Amina Otieno"})
    return plain(audit_words.about(line, names)), audit_words.who(line, names)


def test_what_was_looked_at_is_said_in_words_and_names_the_weapons():
    two = f"{'7' * 64} 0000-0000-0002 0000-0000-0006"
    for act, about, said in (
        ("looked_at", "hot list", "Hot list"),
        ("looked_at", f"conflict {two}", "Conflict 777777777777 (0000-0000-0002, 0000-0000-0006)"),
        ("looked_at", f"conflict {'7' * 64}", "Conflict 777777777777"),
        ("looked_at", "photo 61096109610961 0000-0000-0002", "Photo 610961096109 (0000-0000-0002)"),
        ("settled", f"custody_fork {two}",
         "In two places at once: 777777777777 (0000-0000-0002, 0000-0000-0006)"),
        ("looked_at", "0000-0000-0002", "0000-0000-0002"),
        ("searched", "conflict of two", "conflict of two"),
        ("searched", "authority", "authority"),
    ):  # fmt: skip
        assert told(act, about)[0] == said, about
    with speaking("ar"):
        assert "Hot list" not in told("looked_at", "hot list")[0]


def test_who_did_it_is_the_officer_the_command_line_or_nobody_known():
    assert told("signed_in", "")[1] == "Col. Amina Otieno"
    assert told("user_added", "amina", "", "")[1] == "The registry's command line"
    assert told("courier_taken", "KLA 5/5", "", "console")[1] == "The registry's command line"
    assert told("refused", "nobody", "")[1] == "Nobody known"
