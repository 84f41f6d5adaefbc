"""What is said of backups, on screens and by commands: how the safe stands, what a restore does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from stockpile import wording
from stockpile.domain.restoring import Matter, Told
from stockpile.domain.values import Instant
from stockpile.language import _, isolated, ngettext
from stockpile.services.backups import Failed, Safe
from stockpile.services.ports import Backup
from stockpile.services.restoring import Preview, Restored

_DAY_MS: Final = 24 * 60 * 60 * 1000
_MATTERS: Mapping[Matter, Callable[[], str]] = MappingProxyType(
    {
        "weapons": lambda: _("Weapons put on record"),
        "marks": lambda: _("Marks"),
        "counts": lambda: _("Counts"),
        "issues": lambda: _("Issues and returns"),
        "transfers": lambda: _("Transfers and moves"),
        "photos": lambda: _("Photos"),
        "people": lambda: _("Holders"),
        "officers": lambda: _("Officers and their offices"),
        "other": lambda: _("Everything else"),
    }
)
_FAILED: Mapping[Failed, Callable[[], str]] = MappingProxyType(
    {
        "": lambda: "",
        "missing": lambda: _(
            "The disk or stick for backups is not here. Plug it in: the backup is written by"
            " itself then."
        ),
        "full": lambda: _(
            "The disk for backups is full. Make room on it or choose another one; older backups"
            " stay until a new one is good."
        ),
        "damaged": lambda: _(
            "The last backup did not read back as it was written, so it does not count. The disk"
            " may be failing: use another one."
        ),
        "trouble": lambda: _(
            "The last backup could not be written. Look whether the disk is plugged in and may be"
            " written to."
        ),
    }
)


def matter(code: Matter) -> str:
    """Return what a matter is called."""
    return _MATTERS[code]()


def failure(code: Failed) -> str:
    """Return why no backup was written and what to do; empty where nothing failed."""
    return _FAILED[code]()


def good_sentence(safe: Safe, now: Instant) -> str:
    """Return when the last good backup was written, in words."""
    if not safe.good_at:
        return _("No backup was written and found whole yet.")
    days = max(0, (now - safe.good_at) // _DAY_MS)
    if days == 0:
        said = _("The last good backup was written on {at} (UTC), up to entry {number}.")
    else:
        said = ngettext(
            "The last good backup is {count} day old: {at} (UTC), up to entry {number}.",
            "The last good backup is {count} days old: {at} (UTC), up to entry {number}.",
            days,
        )
    return said.format(
        count=isolated(str(days)),
        at=isolated(wording.instant(safe.good_at)),
        number=isolated(str(safe.good_number)),
    )


def safe_sentence(safe: Safe, now: Instant) -> str:
    """Return how the safe stands: the last good backup, and what is missing."""
    said = [good_sentence(safe, now)]
    if not safe.is_here:
        said.append(failure("missing"))
    elif safe.failed:
        said.append(failure(safe.failed))
    elif safe.is_same_disk:
        said.append(_("They lie on the same disk as the record: when it dies, both are gone."))
    return " ".join(said)


def preview_lines(found: Preview) -> tuple[str, ...]:
    """Return what a restore would bring and lose, a sentence or a matter on each line."""
    lines = [stands_sentence(found)]
    lines += [_("{matter}: {told}.").format(matter=matter(one.matter), told=told_sentence(one))
              for one in found.matters]  # fmt: skip
    if found.later_officers:
        lines.append(officers_sentence(found))
    if found.backup.photos_missing:
        lines.append(photos_sentence(found.backup))
    return tuple(lines)


def stands_sentence(found: Preview) -> str:
    """Return how a backup stands to the record here, in entries."""
    entries = found.entries
    if not entries.is_ours:
        return _("This backup is not of the stockpile that stands here, so nothing is compared.")
    if not entries.later:
        return _("Nothing was written after this backup: nothing would be lost.")
    said = ngettext(
        "{count} entry was written after this backup.",
        "{count} entries were written after this backup.",
        entries.later,
    ).format(count=isolated(str(entries.later)))
    if entries.comes_back:
        said += " " + ngettext(
            "{count} of them comes back from the registry.",
            "{count} of them come back from the registry.",
            entries.comes_back,
        ).format(count=isolated(str(entries.comes_back)))
    if entries.lost:
        said += " " + ngettext(
            "{count} was never sent: it is lost unless this disk can still be read.",
            "{count} were never sent: they are lost unless this disk can still be read.",
            entries.lost,
        ).format(count=isolated(str(entries.lost)))
    return said


def told_sentence(one: Told) -> str:
    """Return what of a matter is in the backup, what comes back, and what would be lost."""
    said = [_("{count} in the backup").format(count=isolated(str(one.held)))]
    if one.confirmed:
        said.append(_("{count} come back").format(count=isolated(str(one.confirmed))))
    if one.lost:
        said.append(_("{count} at risk").format(count=isolated(str(one.lost))))
    return ", ".join(said)


def officers_sentence(found: Preview) -> str:
    """Return who took office after the backup, and so has no key in it."""
    names = ", ".join(isolated(one) for one in found.later_officers)
    return _("Took office after it, and must be appointed again: {names}.").format(names=names)


def photos_sentence(backup: Backup) -> str:
    """Return how many photos are missing beside the backup."""
    return ngettext(
        "{count} photo is not beside the backup and would be missing.",
        "{count} photos are not beside the backup and would be missing.",
        backup.photos_missing,
    ).format(count=isolated(str(backup.photos_missing)))


def restored_lines(made: Restored) -> tuple[str, ...]:
    """Return what was restored, where the old home lies, and what is to be done next."""
    lines = [
        _(
            "The stockpile is restored up to entry {number} and goes on as a new node, {node}, that"
            " continues the old one."
        ).format(number=isolated(str(made.backup.tip.number)), node=isolated(made.node))
    ]
    if made.salvaged:
        lines.append(
            ngettext(
                "{count} later entry was read from the old disk and proved.",
                "{count} later entries were read from the old disk and proved.",
                made.salvaged,
            ).format(count=isolated(str(made.salvaged)))
        )
    if made.aside is not None:
        lines.append(
            _("The stockpile before it lies in {folder}. Keep it.").format(
                folder=isolated(str(made.aside))
            )
        )
    if made.waits:
        lines.append(_("It takes its place when the program is started again: close it now."))
    lines.append(
        _(
            "Enrol it with the registry by a new code and send: what the old computer had sent"
            " comes back. Marking numbers are granted anew. Never use the old computer again."
        )
    )
    return tuple(lines)
