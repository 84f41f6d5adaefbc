"""What the contradictions are narrowed to is remembered, but for the weapon."""

from __future__ import annotations

from ui.view_models.conflicts_among import Among


def test_class_and_site_are_remembered_and_the_weapon_is_not():
    among = Among("custody_fork", "0f" * 8, "KB4471902")
    assert "KB4471902" not in among.kept()
    assert Among.remembered(among.kept()) == Among("custody_fork", "0f" * 8)
    assert Among("", "", "KB4471902").kept() == ""
    assert Among.remembered("").is_all


def test_what_cannot_be_read_narrows_nothing():
    for broken in ("{", "[]", "7", '{"kind": "no such class"}', '{"kind": 3}'):
        assert Among.remembered(broken).is_all, broken
