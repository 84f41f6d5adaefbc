"""Offices in words: how one stands, what may be done about it, and why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from stockpile import wording
from stockpile.domain.facts import Role
from stockpile.domain.offices import Office
from stockpile.domain.people import acts_of
from stockpile.domain.values import OfficerId
from stockpile.language import _, isolated
from ui.pages.counting_words import day
from ui.theme import Ink, Tone
from ui.view_models.officers import Asked, Change
from ui.widgets.line_list import LiveLine

Say = Callable[[], str]

_STATES: Mapping[str, tuple[Say, Tone]] = {
    "in_office": (lambda: _("In office"), Tone.OK),
    "suspended": (lambda: _("Suspended"), Tone.WARN),
    "left": (lambda: _("Left office"), Tone.GREY),
}
_BUTTONS: Mapping[Change, tuple[Say, str]] = {
    "roles": (lambda: _("Change roles"), "list-checks"),
    "badge": (lambda: _("Give a badge"), "scan-barcode"),
    "pin": (lambda: _("New PIN"), "key-round"),
    "own_pin": (lambda: _("Change my PIN"), "key-round"),
    "unlock": (lambda: _("End the wait"), "lock-open"),
    "suspend": (lambda: _("Suspend"), "pause"),
    "reinstate": (lambda: _("Put back into office"), "undo-2"),
    "retire": (lambda: _("Let go"), "log-out"),
}
_TITLES: Mapping[Change, Say] = {
    "appoint": lambda: _("Appoint an officer"),
    "roles": lambda: _("Change the roles of {name}"),
    "badge": lambda: _("Give {name} a badge"),
    "pin": lambda: _("A new PIN for {name}"),
    "own_pin": lambda: _("Change my PIN"),
    "unlock": lambda: _("End the wait of {name}"),
    "suspend": lambda: _("Suspend {name}"),
    "reinstate": lambda: _("Put {name} back into office"),
    "retire": lambda: _("Let {name} go"),
}
_MEANINGS: Mapping[Change, Say] = {
    "appoint": lambda: _(
        "The officer types the PIN; nobody else sees it. Every act of theirs stands on record under"
        " this name from now on."
    ),
    "roles": lambda: _("From now on they may do what these roles include, and nothing else."),
    "badge": lambda: _(
        "A badge says who stands at a desk; the PIN is asked all the same. One given before opens"
        " nothing any more. The card is drawn as soon as this is signed; print it then."
    ),
    "pin": lambda: _(
        "The officer types the new PIN; nobody else sees it. It comes with a new key: what was"
        " signed before stays proved, and this change stands on record under your name."
    ),
    "own_pin": lambda: _(
        "The PIN alone changes; your key, and all that you signed, stay as they are."
    ),
    "unlock": lambda: _(
        "One PIN is looked at at once. If that one is wrong too, the wait is as long again."
    ),
    "suspend": lambda: _(
        "They can do nothing until they are put back into office. What they signed stays valid."
    ),
    "reinstate": lambda: _("They may act again, with the roles, the PIN and the badge of before."),
    "retire": lambda: _(
        "The office ends. What they signed stays valid and stays under their name."
    ),
}
_DONE: Mapping[Change, Say] = {
    "appoint": lambda: _("{name} is appointed and can sign in now."),
    "roles": lambda: _("The roles of {name} are changed."),
    "badge": lambda: _("{name} has a new badge. Print the card that opens now."),
    "pin": lambda: _("{name} signs in with the new PIN from now on."),
    "own_pin": lambda: _("Your new PIN holds from now on."),
    "unlock": lambda: _("{name} may try the PIN now."),
    "suspend": lambda: _("{name} is suspended."),
    "reinstate": lambda: _("{name} is in office again."),
    "retire": lambda: _("{name} left office."),
}
_BARS: Mapping[str, Say] = {
    "role": lambda: _("Your role does not include this. A commander or registrar does it."),
    "own": lambda: _("Nobody does this to themselves. Another officer does it."),
    "state": lambda: _("There is nothing to do here as the office stands now."),
}


def state_word(office: Office) -> tuple[str, Tone]:
    """Return how an office stands, and the tone it is said in."""
    say, tone = _STATES[office.state]
    return say(), tone


def roles_word(office: Office) -> str:
    """Return the roles of an office."""
    return ", ".join(wording.role(one) for one in office.body.roles)


def acts_word(role: Role) -> str:
    """Return what a role may do, as a list in words."""
    return ", ".join(wording.act(act) for act in acts_of(role))


def button_word(change: Change) -> tuple[str, str]:
    """Return the word and the icon of a button."""
    say, icon = _BUTTONS[change]
    return say(), icon


def title(change: Change, name: str) -> str:
    """Return what a change is called."""
    return _TITLES[change]().format(name=isolated(name))


def meaning(change: Change) -> str:
    """Return what a change comes to."""
    return _MEANINGS[change]()


def done_word(asked: Asked) -> str:
    """Return what came of a change."""
    return _DONE[asked.change]().format(name=isolated(asked.name))


def bar_word(bar: str) -> str:
    """Return why a change cannot be made now; nothing where it can."""
    return _BARS[bar]() if bar else ""


def what_is_signed(asked: Asked) -> str:
    """Return exactly what a signature stands under."""
    said = [title(asked.change, asked.name)]
    if asked.roles:
        roles = ", ".join(wording.role(one) for one in asked.roles)
        said.append(_("Roles: {roles}").format(roles=roles))
    if asked.reason:
        said.append(_("Reason: {reason}").format(reason=isolated(asked.reason)))
    return "\n".join(said)


def office_line(office: Office, waits: Mapping[OfficerId, int]) -> LiveLine:
    """Return an office as one line of the list."""
    word, tone = state_word(office)
    ink, icon = {Tone.OK: Ink.OK, Tone.WARN: Ink.WARN}.get(tone, Ink.MUTED), "user"
    wait = waits.get(office.id, 0)
    if wait and office.in_office:
        word, ink, icon = waiting_word(wait), Ink.BAD, "lock"
    name = isolated(office.body.name)
    return LiveLine(office.id, name, roles_word(office), word, icon, ink, plain=True)


def waiting_word(seconds: int) -> str:
    """Return that somebody waits after wrong PINs, and for how long."""
    return _("Wrong PINs: waits {time}").format(time=wording.waiting(seconds))


def since_word(office: Office) -> str:
    """Return since when an office stands as it does."""
    return day(office.since)
