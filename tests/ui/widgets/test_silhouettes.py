from __future__ import annotations

import pytest

from stockpile.domain.vocabulary import ACTIONS, COMPONENTS
from stockpile.domain.weapon_types import TYPES
from tests.helpers.every import every
from ui.widgets.outlines import outline
from ui.widgets.silhouettes import DRAWINGS, drawing, silhouette


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_names_parts_of_the_record_only_and_is_of_handy_size(name):
    drawn = drawing(name)
    named = {part.component for part in drawn.parts} - {""}
    assert named
    assert named <= set(COMPONENTS)
    assert 200 < drawn.room.width() < 520
    assert 60 < drawn.room.height() < 240
    assert all(not part.path.isEmpty() for part in drawn.parts)


def test_every_drawing_is_of_its_own():
    rooms = {(drawing(name).room.width(), len(drawing(name).parts)) for name in DRAWINGS}
    assert len(rooms) == len(DRAWINGS)


@every(TYPES, ["", *ACTIONS])
def test_every_type_has_a_drawing_whatever_its_action(code, action):
    assert silhouette(code, action).name in DRAWINGS


def test_each_type_looks_as_one_expects():
    assert silhouette("ASR").name == "assault_rifle"
    assert silhouette("RIF").name == "rifle"
    assert silhouette("RIF", "bolt").name == "bolt_rifle"
    assert silhouette("SHG", "pump").name == "shotgun"
    assert silhouette("CRF", "revolver_single").name == "revolver"
    assert {silhouette(code).name for code in ("MO1", "MO2", "MO3")} == {"mortar"}
    assert silhouette("").name == silhouette("PRT").name == "part"


def test_what_ships_with_own_numbers_is_drawn():
    launcher = silhouette("MAN")
    assert all(launcher.of(one) for one in ("missile", "launch_tube", "gripstock"))
    assert all(silhouette("MO1").of(one) for one in ("tube", "baseplate", "bipod"))
    assert all(silhouette("PST").of(one) for one in ("frame", "slide", "barrel"))
    assert all(silhouette("REV").of(one) for one in ("frame", "cylinder", "barrel", "crane"))


def test_a_drawing_is_made_once():
    assert silhouette("LMG") is silhouette("GPM")
    assert outline("x", "- 1 0,0 1,0 1,1").parts
