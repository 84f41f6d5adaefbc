"""The bench: marks and numbers by one journal, labels by one shelf of layouts."""

from __future__ import annotations


def test_what_is_struck_and_what_is_numbered_go_by_the_same_books(ground, bench):
    assert bench.machines.journal is ground.opened.journal
    assert bench.campaigns.journal is ground.opened.journal
    assert bench.marking.numbers is bench.numbers
    assert bench.label_printing.layouts is bench.label_layouts


def test_a_new_home_has_no_machine_yet_and_every_ready_label(bench):
    assert bench.machines.all() == ()
    assert bench.label_layouts.all()
