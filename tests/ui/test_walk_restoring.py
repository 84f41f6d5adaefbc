"""The record is damaged: from the way in, past the backup and two officers, back to work."""

from __future__ import annotations

from stockpile.app import restored_up_to
from tests.helpers.house import PASSPHRASE, PIN, SECOND, TOLD, copied_house
from tests.helpers.patience import PATIENCE


def test_a_clerk_is_led_from_a_damaged_record_back_to_work(desktop, qtbot, tmp_path):
    house = copied_house(tmp_path / "home")
    assert house.second
    house.register("KB1")
    backups = house.stockpile.backups
    backups.write(backups.usual_folder(), by=house.officer)
    house.stockpile.close()
    (house.home / "stockpile.db").write_bytes(bytes(8192))

    with qtbot.waitSignal(desktop.model.opened, timeout=PATIENCE):
        desktop.start()
    page = desktop.sign_in
    assert page.restore.isHidden()
    page._passphrase.set_text(PASSPHRASE)
    with qtbot.waitSignal(desktop.model.refused, timeout=PATIENCE):
        page._open()
    qtbot.waitUntil(page.restore.isVisible)
    page.restore.click()
    dialog = desktop.restoring
    qtbot.waitUntil(lambda: dialog._preview is not None, timeout=PATIENCE)
    fields = dialog.approval
    qtbot.keyClicks(fields.passphrase.edit, PASSPHRASE)
    qtbot.keyClicks(fields.first.edit, TOLD.officer)
    qtbot.keyClicks(fields.first_pin.edit, PIN)
    qtbot.keyClicks(fields.second.edit, SECOND)
    qtbot.keyClicks(fields.second_pin.edit, PIN)
    dialog.confirm.click()
    qtbot.waitUntil(dialog.leave.isVisible, timeout=PATIENCE)
    dialog.leave.click()

    page._passphrase.set_text(PASSPHRASE)
    with qtbot.waitSignal(desktop.model.opened, timeout=PATIENCE):
        page._open()
    page._officer.set_value(TOLD.officer)
    page._pin.set_text(PIN)
    with qtbot.waitSignal(page.signed_in, timeout=PATIENCE):
        page._sign_in()
    assert restored_up_to(house.home) > 0
    today = desktop.window_.page("today")
    qtbot.waitUntil(lambda: today._standing is not None and today._standing.restored > 0)
    assert today._standing.day.on_record == 1
