from __future__ import annotations

import re

from tests.helpers.visitors import Browser


def test_a_user_is_added_changed_suspended_and_put_back(open_page, house, amina):
    open_page.open("/users")
    told = {"name": "Maj. Kato", "login": "kato", "role": ["registrar", "inspector"]}
    page = open_page.submit("/users", **told)
    given = re.search(r'<code class="shown" dir="ltr">\W?([0-9a-f-]+)', page.text)[1]
    assert "never again" in page.text
    assert given not in open_page.open("/users").text
    kato = house.begun("kato", given)
    for path, told in (
        ("roles", {"role": "auditor", "reason": "new post"}),
        ("suspend", {"reason": "inquiry"}),
        ("put-back", {"reason": "cleared"}),
    ):
        open_page.open("/users")
        assert open_page.submit(f"/users/kato/{path}", **told).status_code == 200, path
    (member,) = [one for one in house.staff.all() if one.user.login == "kato"]
    assert (member.office.body.roles, member.office.in_office) == (("auditor",), True)
    open_page.open("/users")
    assert "first passphrase" in open_page.submit("/users/kato/reset", reason="forgotten").text
    assert house.users.by_login("kato").is_new
    assert kato.officer == member.user.officer


def test_what_cannot_be_says_why(open_page):
    for path, told in (
        ("/users", {"name": "", "login": "x1", "role": "auditor"}),
        ("/users", {"name": "X", "login": "<b>", "role": "auditor"}),
        ("/users", {"name": "X", "login": "amina", "role": "auditor"}),
        ("/users", {"name": "X", "login": "x1", "role": "god"}),
        ("/users", {"name": "X", "login": "x1"}),
        ("/users/amina/suspend", {"reason": "me"}),
        ("/users/nobody/suspend", {"reason": "x"}),
        ("/users/amina/roles", {"reason": "me", "role": "auditor"}),
    ):
        open_page.open("/users")
        answer = open_page.submit(path, **told)
        assert answer.status_code in (400, 403, 404), (path, told)
        assert 'role="alert"' in answer.text


def test_who_only_reads_changes_nobody(url, house, amina):
    reader = house.add("rita", "auditor", amina)
    with Browser(url) as visitor:
        visitor.sign_in(reader)
        page = visitor.open("/users").text
        assert "Add a user" not in page
        told = {"name": "X", "login": "x1", "role": "commander"}
        assert visitor.submit("/users", **told).status_code == 403
        visitor.open("/users")
        assert visitor.submit("/users/amina/suspend", reason="x").status_code == 403
