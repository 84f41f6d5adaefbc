from __future__ import annotations

from ui.pages.trace_form import TraceForm


def test_what_is_typed_is_told_as_a_request(light, qtbot):
    form = TraceForm()
    qtbot.addWidget(form)
    told = []
    form.decided.connect(told.append)
    form.of_state.set_text("Belgium")
    form.basis.set_text("Act 4")
    form.marks.set_text("KB 1\nIzhmash")
    form.decide()
    assert (told[0].of_state, told[0].basis) == ("Belgium", "Act 4")
    assert [one.text for one in told[0].marks] == ["KB 1", "Izhmash"]
