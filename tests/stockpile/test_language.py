from __future__ import annotations

import gettext
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from stockpile import language
from stockpile.language import _, isolated, ngettext, plain, use_language
from stockpile.paths import root


@pytest.fixture(autouse=True)
def _english_again():
    yield
    use_language("en")


def test_seven_languages_each_by_its_own_name():
    assert set(language.LANGUAGES) == {"ar", "en", "es", "fr", "pt", "ru", "zh"}
    assert language.LANGUAGES["fr"] == "Français"


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        ("fr", "fr"),
        ("pt_BR", "pt"),
        ("zh-CN", "zh"),
        ("ru_RU.UTF-8", "ru"),
        ("de", "en"),
        ("", "en"),
    ],
)
def test_a_language_is_chosen_by_its_base(wanted, spoken):
    assert use_language(wanted) == spoken
    assert language.current_language() == spoken


def test_the_environment_names_the_language(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "de:es_MX:fr")
    assert language.environment_language() == "es"


def test_words_are_looked_up_when_asked_for():
    assert _("Search") == "Search"
    use_language("x_pseudo")
    assert _("Search").startswith("Š")
    use_language("en")
    assert _("Search") == "Search"


def test_a_paper_speaks_another_language_than_the_screen_and_only_on_its_own_thread():
    with language.speaking("ar") as code:
        assert (code, language.is_right_to_left()) == ("ar", True)
        with ThreadPoolExecutor(1) as screen:
            assert screen.submit(language.current_language).result() == "en"
        with language.speaking(""):
            assert language.current_language() == "ar"
    assert language.current_language() == "en"


def test_every_language_answers_even_for_a_word_it_lacks():
    for code in language.LANGUAGES:
        use_language(code)
        assert _("no such words, ever") == "no such words, ever"
        assert language.pgettext("nowhere", "no such words") == "no such words"


@pytest.mark.parametrize(("code", "forms"), [("ar", 6), ("ru", 3), ("fr", 2), ("zh", 1)])
def test_each_language_counts_in_its_own_plurals(code, forms):
    catalogue = root() / "resources" / "locale" / code / "LC_MESSAGES" / "stockpile.po"
    assert f"nplurals={forms}" in catalogue.read_text("utf-8")


def test_arabic_counts_stand_in_the_order_of_their_rule():
    """From 11 to 99 a thing stands in the accusative, as a round hundred it does not."""
    translation = gettext.translation("stockpile", root() / "resources" / "locale", ["ar"])
    turned = []
    for single, several in _counted():
        hundred, eleven = (translation.ngettext(single, several, count) for count in (100, 11))
        if _accusatives(hundred) > _accusatives(eleven):
            turned.append(several)
    assert turned == []


def _counted() -> list[tuple[str, str]]:
    file = root() / "resources" / "locale" / "stockpile.pot"
    with file.open("rb") as template:
        messages = list(read_po(template))
    return [message.id for message in messages if isinstance(message.id, tuple)]


def _accusatives(sentence: str) -> int:
    return sum(word.strip("،.؛:").endswith("ا") for word in sentence.split())


def test_english_counts():
    assert ngettext("{n} weapon", "{n} weapons", 1) == "{n} weapon"
    assert ngettext("{n} weapon", "{n} weapons", 2) == "{n} weapons"


def test_arabic_is_written_from_the_right():
    assert language.is_right_to_left("ar")
    assert not language.is_right_to_left("fr")
    use_language("ar")
    assert language.is_right_to_left()


def test_the_pseudo_locale_is_longer_and_keeps_its_placeholders():
    use_language("x_pseudo")
    said = _("Saved {count} weapons of &lot {lot}")
    assert len(said) > len("Saved {count} weapons of &lot {lot}") * 1.25
    assert "{count}" in said
    assert "&l" in said
    assert said.format(count=3, lot="A") != said
    assert "{n}" in ngettext("{n} weapon", "{n} weapons", 5)
    assert language.pgettext("verb", "Mark").startswith("Má")


@given(st.text())
def test_isolating_can_be_undone_and_done_twice(text):
    bare = plain(text)
    assert plain(isolated(text)) == bare
    assert isolated(isolated(text)) == isolated(text)


def test_isolates_are_the_two_of_the_standard():
    assert isolated("7.62x39") == "\u20667.62x39\u2069"
    assert isolated("") == ""


def test_a_text_that_begins_in_arabic_runs_from_the_right():
    assert isolated("وجد في مخبأ.") == "\u2067وجد في مخبأ.\u2069"
    assert isolated("7 وجد") == "\u20677 وجد\u2069"
    assert isolated("Ижмаш 1974") == "\u2066Ижмаш 1974\u2069"
    assert isolated("٤٥٦-٧") == "\u2066٤٥٦-٧\u2069"


def test_things_are_listed_without_what_is_empty():
    assert language.listed(("AKM", "", "PKM")) == "AKM, PKM"


def test_a_deferred_word_is_itself_until_it_is_shown():
    assert language.deferred("In store") == "In store"


def test_every_compiled_catalogue_is_the_one_its_words_give():
    command = [sys.executable, str(root() / "packaging" / "catalogue.py"), "check"]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
