"""Who holds an office here, and the way to the page where that is changed."""

from __future__ import annotations

from stockpile import wording
from stockpile.domain.people import Officer
from tests.helpers.readable import bare, displayed, faults
from ui.pages.settings_officers import OfficersSection
from ui.view_models.settings import SettingsModel, SetUp
from ui.widgets.chip import Chip

NARROW = 520  # pixels: what the smallest window leaves for a section
OFFICERS = (
    Officer("o1", "A. Mbuyi", ("commander", "registrar"), b""),
    Officer("o2", "J. N'Diaye-Okonkwo", ("inspector",), b""),
)


def shown(seat, qtbot, *officers):
    model = SettingsModel(*seat.made_with)
    section = OfficersSection(model)
    section.model = model
    model.came.emit(SetUp(officers=officers))
    displayed(section, qtbot, NARROW, 800)
    return section


def test_each_officer_stands_with_every_role_in_words(seat, qtbot):
    section = shown(seat, qtbot, *OFFICERS)
    chips = [one.text for one in section.findChildren(Chip) if one.isVisible()]
    assert chips == [wording.role(one) for one in ("commander", "registrar", "inspector")]
    assert bare(section, "A. Mbuyi", "J. N'Diaye-Okonkwo") == []


def test_the_page_of_officers_is_a_key_away(seat, tongue, qtbot):
    section = shown(seat, qtbot, *OFFICERS)
    with qtbot.waitSignal(section.page_wanted):
        section.open.click()
    assert faults(section) == []


def test_a_long_name_with_many_roles_takes_lines_and_no_width(seat, tongue, qtbot):
    roles = ("storekeeper", "inspector", "marking_operator", "field_team", "auditor")
    section = shown(seat, qtbot, Officer("o3", "Capt. Marie-Louise Nzuzi-Lukoki", roles, b""))
    assert faults(section) == []
