"""A batch at the marking station in the real window: two scans and one pedal for each weapon.

Each walk prints its line of the table beside the target that it has to meet.
"""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest

from stockpile.app import Simulator
from stockpile.domain.facts import MachineSet
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.receiving import Description
from tests.helpers.desktops import PATIENCE, sign_in
from tests.helpers.fingers import Fingers, Key, focused, report
from tests.helpers.guns import gun
from tests.helpers.wires import needs_ptys, wire
from ui.__main__ import Desktop
from ui.pages.marking import MarkingPage
from ui.view_models.marking_state import Stage

__all__ = ["gun"]

WEAPONS, EACH = 5, 3
SERIALS = [f"WT{n:05d}" for n in range(WEAPONS)]


class Call:
    def __init__(self, do):
        self.do = do


@pytest.fixture
def machine(tmp_path):
    with Simulator("tl07", **wire(tmp_path / "walk"), speed=20) as sim:
        yield sim


@pytest.fixture
def window(desktop, machine, qtbot):
    """The practice depot, a machine of our own, and an order for some rifles in hand."""
    window = sign_in(desktop, qtbot)
    desktop.resize(1366, 768)
    session = window._session

    def arrange():
        stockpile, by = session.stockpile, session.officer
        said = [Description(serial=one, type="ASR", make="Izhmash", model="AKM") for one in SERIALS]
        _, ids = stockpile.receiving.register_several(said, stockpile.people.site(), by=by)
        stockpile.marking.set_machine(MachineSet("walk", "tl07", machine.url, "A.tml"), by=by)
        return stockpile.marking_orders.opened("Walk", ids, MOSAIC_IMPORT, by=by)[1].id

    order = window._desk.on_books(Call(arrange)).do()
    session.remember(machine="walk", marking_order=order)
    return window


@pytest.fixture
def fingers():
    fingers = Fingers()
    yield fingers
    fingers.rest()


def at_the_station(window, qtbot):
    window.open("marking")
    page = window.page("marking")
    qtbot.waitUntil(lambda: page.orders.in_hand is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: page.model.machine == "walk", timeout=PATIENCE)
    # The platform without a screen deactivates a window that was not served for some seconds.
    with qtbot.waitActive(window.window()):
        window.window().activateWindow()
    QTest.keyClick(page, Key.Key_F4)  # what the practice depot left open is not of this batch
    page._focus()
    qtbot.waitUntil(page._weapon.edit.hasFocus)
    return page


def reach(page, qtbot, stage):
    qtbot.waitUntil(lambda: page.model.state.stage is stage, timeout=PATIENCE)


def test_a_batch_takes_two_scans_and_one_pedal_a_weapon(window, machine, fingers, qtbot):
    page = at_the_station(window, qtbot)
    qtbot.waitUntil(page._weapon.edit.hasFocus)
    fingers.begin()
    pedals = 0
    for serial in SERIALS:
        fingers.scan(serial)
        reach(page, qtbot, Stage.READY)
        qtbot.waitUntil(lambda: page._since_scan.elapsed() > 300)
        QTest.keyClick(focused(), Key.Key_Return)  # the pedal sends it
        pedals += 1
        reach(page, qtbot, Stage.READ_BACK)
        fingers.scan(page.model.state.text)
        reach(page, qtbot, Stage.VERIFIED)
    counted = fingers.counted
    said = f"{pedals} starts + {counted}"
    report(3, f"Mark {WEAPONS}", f"{EACH} each, 0 K: {EACH * WEAPONS}", said)
    assert pedals + counted.units == EACH * WEAPONS
    assert (counted.keys, counted.clicks) == (0, 0)
    assert machine.truth.count("start") == machine.truth.count("done") == WEAPONS
    qtbot.waitUntil(lambda: page.orders.in_hand.state.done == WEAPONS)


@needs_ptys
def test_a_scanner_on_its_own_port_marks_a_weapon_and_is_let_go_with_the_page(
    window, machine, gun, qtbot
):
    page = at_the_station(window, qtbot)
    window._session.remember(scanner=gun.url)
    qtbot.waitUntil(lambda: page.scanner.is_listening, timeout=PATIENCE)
    window._topbar.setFocus()
    gun.read(SERIALS[0])
    reach(page, qtbot, Stage.READY)
    page._start()
    reach(page, qtbot, Stage.READ_BACK)
    window._topbar.setFocus()
    gun.read(page.model.state.text)
    reach(page, qtbot, Stage.VERIFIED)
    window.open("register")
    assert not page.scanner.is_listening
    window.open("marking")
    qtbot.waitUntil(lambda: page.scanner.is_listening, timeout=PATIENCE)
    window._session.leave()  # the officer stands up: whoever is next opens the page anew
    assert not page.scanner.is_listening


def test_after_an_interruption_the_doubt_comes_first_and_the_order_goes_on(
    window, machine, fingers, qtbot
):
    page = at_the_station(window, qtbot)
    qtbot.waitUntil(page._weapon.edit.hasFocus)
    machine.order("fault", "estop-mid")
    fingers.scan(SERIALS[0])
    reach(page, qtbot, Stage.READY)
    page._start()
    reach(page, qtbot, Stage.DOUBT)
    again = MarkingPage(window._desk, window._session, window._notices)
    qtbot.addWidget(again)
    reach(again, qtbot, Stage.DOUBT)  # nobody had to look for it
    assert again.model.state.weapon.serial == SERIALS[0]
    qtbot.waitUntil(lambda: again.orders.in_hand is not None)
    state = again.orders.in_hand.state
    assert (state.open_questions, state.done, state.left) == (1, 0, WEAPONS)
    assert machine.truth.count("start") == 1


def test_a_program_closed_while_the_machine_runs_is_opened_with_the_doubt_before_it(
    desktop, window, machine, fingers, light, qtbot, tmp_path
):
    page = at_the_station(window, qtbot)
    machine.order("fault", "pull-mid")  # the cable goes and the machine marks on
    fingers.scan(SERIALS[0])
    reach(page, qtbot, Stage.READY)
    page._start()
    qtbot.waitUntil(lambda: machine.truth.count("start") == 1, timeout=PATIENCE)
    desktop.end()  # waits for what is under way, so that its outcome is written
    machine.order("fault", "")
    qtbot.waitUntil(lambda: machine.truth.count("done") == 1, timeout=PATIENCE)

    opened = Desktop(tmp_path / "home", tmp_path / "practice", light)
    qtbot.addWidget(opened)
    opened.show()
    try:
        anew = sign_in(opened, qtbot)
        anew.open("marking")
        again = anew.page("marking")
        reach(again, qtbot, Stage.DOUBT)  # nobody had to look for it
        qtbot.waitUntil(lambda: again.orders.in_hand is not None, timeout=PATIENCE)
        assert again.model.state.weapon.serial == SERIALS[0]
        assert again.orders.in_hand.state.open_questions == 1
        again._ask_settle("marked")
        again.dialog.hear(again.model.state.text)
        again.dialog._reason.set_text("The whole mark is on the receiver.")
        again.dialog.accept()
        qtbot.waitUntil(lambda: again.orders.in_hand.state.open_questions == 0, timeout=PATIENCE)
        assert again.orders.in_hand.state.done == 1
        assert machine.truth.count("start") == 1
    finally:
        opened.end()
