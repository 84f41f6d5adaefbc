"""Commands of the courier's counter: courier pack, open, answer, meet, receivers, introduce."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from stockpile.cli.courier_photos import (
    USUAL_LIMIT,
    Along,
    Limit,
    carried,
    carried_value,
    seen_value,
)
from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.errors import FieldUnreadable, NodeUnknown
from stockpile.domain.numbers import registry_number
from stockpile.domain.photo_courier import EXTENSION
from stockpile.domain.values import NodeId, WeaponId, search_key
from stockpile.language import _
from stockpile.services.courier_meetings import CourierMeetings, Found, Met, Refused, one_of
from stockpile.services.courier_previews import Node, Preview
from stockpile.services.courier_words import carried_sentences, seen_sentences
from stockpile.services.photo_errands import PhotosSeen
from stockpile.services.stockpile import Stockpile
from stockpile.services.transfer_papers import grouped
from stockpile.wording import error_sentence

group = typer.Typer(no_args_is_help=True, help="The exchange by hand: files on a stick.")


@group.command("pack")
def pack(
    ctx: typer.Context,
    file: Path = typer.Argument(help="The file to write, usually on a stick."),
    to: str = typer.Option("", help="The depot it is for, by code or name; else words open it."),
    photos: Along = True,
    photos_limit: Limit = USUAL_LIMIT,
) -> None:
    """Write a courier file with all that the other side is not known to hold.

    Photos go along in a file beside it, FILE.photos: carry both.
    """
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        receiver = _receiver(stockpile, to) if to else None
        about = _under_way(stockpile)
        with asked(ctx).output.progress(_("Writing the courier file")) as progress:
            packed = stockpile.couriers.pack(file, receiver, progress, by=by, about=about)
        errand = stockpile.photo_errands.of_packed([packed], about, along=photos)
        beside = carried(ctx, stockpile, errand, photos_limit, by)
    value = {
        "file": str(packed.file), "to": packed.to.id if packed.to else None, "acts": packed.acts,
        "facts": packed.facts, "size": packed.size, "words": packed.words or None,
        "photos": carried_value(beside),
    }  # fmt: skip
    shown = [_("{acts} acts, {size} bytes: {file}").format(**value), *carried_sentences(beside)]
    if packed.words:
        shown.append(_("It opens with these words: {words}").format(words=packed.words))
    asked(ctx).output.result(value, "\n".join(shown))


@group.command("open")
def open_(
    ctx: typer.Context,
    file: Path = typer.Argument(help="The courier file."),
    words: str = typer.Option("", help="The words on the paper, where it needs them."),
    preview: bool = typer.Option(False, "--preview", help="Only say what is in it."),
    answer: Path | None = typer.Option(
        None, help="Then write a signed receipt for the sender to this file."
    ),
    photos: Along = True,
    photos_file: Path | None = typer.Option(
        None, help="The photos, where they do not lie beside it."
    ),
) -> None:
    """Say what a courier file brings, and take it in; loading it twice changes nothing.

    Photos beside it (FILE.photos) come after the record. Where FILE is such a file itself, they
    come alone.
    """
    if file.suffix == EXTENSION:
        _open_photos(ctx, file, words, preview=preview)
        return
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        errands, beside = stockpile.photo_errands, photos_file or file
        with asked(ctx).output.progress(_("Reading the courier file")) as progress:
            found = stockpile.couriers.open(file, words, progress)
        value, alarm = _value(found.preview), None
        seen = errands.look(beside, words) if photos else PhotosSeen()
        value["photos"], said = seen_value(seen), seen_sentences(seen)
        if not preview:
            with asked(ctx).output.progress(_("Courier file")) as progress:
                _recorded, taken = stockpile.couriers.take(found, progress, by=by)
            value["taken"], alarm = taken.facts, taken.alarm
            value["split"] = taken.split is not None
            value["forked"] = taken.forked is not None
            value["overtaken"] = taken.overtaken is not None
            if photos:
                done = carried(ctx, stockpile, errands.of_file(beside, words), USUAL_LIMIT, by)
                value["photos"], said = carried_value(done), carried_sentences(done)
        if answer is not None and not preview:
            written = stockpile.couriers.answer(answer, found.preview.sender.id, by=by)
            value["answer"] = str(written.file)
    shown = "\n".join((_shown(found.preview, taken=not preview), *said))
    if alarm is not None:
        shown += "\n" + error_sentence(alarm)
    if "answer" in value:
        shown += "\n" + _answer_line(value["answer"])
    asked(ctx).output.result(value, shown)


def _open_photos(ctx: typer.Context, file: Path, words: str, *, preview: bool) -> None:
    """Take in photos alone: the record was loaded before."""
    with opened(ctx) as stockpile:
        by, errands = signed_in(ctx, stockpile), stockpile.photo_errands
        errand = errands.of_file(file, words)
        for one in errand.refused:
            raise one.error
        if preview:
            seen = errands.look(file, words)
            value, said = seen_value(seen), seen_sentences(seen)
        else:
            done = carried(ctx, stockpile, errand, USUAL_LIMIT, by)
            for one in done.refused:
                raise one.error
            value, said = carried_value(done), carried_sentences(done)
    nothing = [_("All photos in it are here already.")]
    asked(ctx).output.result({"photos": value}, "\n".join(said or nothing))


@group.command("answer")
def answer(
    ctx: typer.Context,
    file: Path = typer.Argument(help="The file to write, usually on the stick that came."),
    to: str = typer.Option(..., help="The depot it is for, by code or name."),
) -> None:
    """Write a signed receipt for the way back: how far its record came, and nothing else."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        packed = stockpile.couriers.answer(file, _receiver(stockpile, to), by=by)
    value = {"file": str(packed.file), "to": packed.to.id if packed.to else None,
             "size": packed.size}  # fmt: skip
    asked(ctx).output.result(value, _answer_line(value["file"]))


@group.command("meet")
def meet(
    ctx: typer.Context,
    folder: Path = typer.Argument(help="A folder that both reach: a stick, or a share by cable."),
    to: str = typer.Option("", help="The depot to write for; else whose file lies there."),
    preview: bool = typer.Option(False, "--preview", help="Only say what lies there for us."),
    photos: Along = True,
    photos_limit: Limit = USUAL_LIMIT,
) -> None:
    """Exchange with a computer beside this one: take in what lies there, write what it lacks.

    Each side once, the first one again: then both know all. Oftener, or in another order, does no
    harm.
    """
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        meetings = CourierMeetings(stockpile.couriers)
        errands = stockpile.photo_errands
        if preview:
            with asked(ctx).output.progress(_("Reading courier files")) as progress:
                found = meetings.look(folder, progress)
            value, lines = _looked(found)
            seen = errands.look_in(folder)
            value["photos"] = seen_value(seen)
            lines += seen_sentences(seen)
        else:
            receiver = _receiver(stockpile, to) if to else None
            with asked(ctx).output.progress(_("Courier files")) as progress:
                halves = one_of(progress, 0, 2), one_of(progress, 1, 2)
                met = meetings.exchange(folder, *halves, by=by, to=receiver)[1]
            value, lines = _met(met)
            errand = errands.of_meeting(folder, met.packed, along=photos)
            done = carried(ctx, stockpile, errand, photos_limit, by)
            value["photos"] = carried_value(done)
            lines += carried_sentences(done)
    asked(ctx).output.result(value, "\n".join(lines) or _("Nothing lies there for this depot."))


def _looked(found: Found) -> tuple[dict[str, object], list[str]]:
    lines = [_shown(one.preview, taken=False) for _file, one in found.opened]
    value: dict[str, object] = {
        "files": [_value(one.preview) for _file, one in found.opened],
        "refused": [str(one.file) for one in found.refused],
    }
    return value, lines + _refused(found.refused)


def _met(met: Met) -> tuple[dict[str, object], list[str]]:
    written = [
        _("{acts} acts, {size} bytes: {file}").format(acts=one.acts, size=one.size, file=one.file)
        for one in met.packed
    ]
    value: dict[str, object] = {
        "taken": met.facts,
        "split": any(one.split for one in met.taken),
        "forked": any(one.forked for one in met.taken),
        "overtaken": any(one.overtaken for one in met.taken),
        "files": [_value(one.preview) for one in met.taken],
        "written": [str(one.file) for one in met.packed],
        "refused": [str(one.file) for one in met.refused],
    }
    taken = [_shown(one.preview, taken=True) for one in met.taken]
    alarms = [error_sentence(one) for one in met.alarms]
    return value, alarms + taken + written + _refused(met.refused)


def _refused(refused: Sequence[Refused]) -> list[str]:
    return [error_sentence(one.error) for one in refused]


@group.command("receivers")
def receivers(ctx: typer.Context) -> None:
    """List the depots whose files can be locked for them alone, and what they are known to hold."""
    with opened(ctx) as stockpile:
        couriers, own = stockpile.couriers, stockpile.keys.node
        found = [
            (one, couriers.held_by(one.id).get(own, 0), couriers.heard(one.id))
            for one in couriers.receivers()
        ]
    values = [
        {"node": one.id, "name": one.name, "holds": holds,
         "heard_at": heard.heard_at, "photos_lacking": len(heard.lacks)}
        for one, holds, heard in found
    ]  # fmt: skip
    cells = [
        (one.name, grouped(one.id), str(holds), str(len(heard.lacks)))
        for one, holds, heard in found
    ]
    columns = (_("Name"), _("Code"), _("Holds our entries up to"), _("Photos it lacks"))
    asked(ctx).output.rows(values, columns, cells)


@group.command("introduce")
def introduce(
    ctx: typer.Context,
    file: Path | None = typer.Argument(
        None, help="A courier file that it signed; without one, what other depots say of it."
    ),
    code: str = typer.Option(..., help="Its code, read from the paper waybill."),
    name: str = typer.Option("", help="What it is called here; else what it calls itself."),
) -> None:
    """Vouch for the sender of a file, once the code on the paper is that of its signature."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        claimed = _claimed(stockpile, file, code)
        _recorded, node = stockpile.couriers.introduce(
            claimed.id, claimed.key, name or claimed.name, by=by
        )
    value = {"node": node.id, "name": node.name}
    shown = _("{name} ({node}) is known here from now on.").format(**value)
    asked(ctx).output.result(value, shown)


def _answer_line(file: object) -> str:
    return _("A receipt for the way back: {file}").format(file=file)


def _claimed(stockpile: Stockpile, file: Path | None, code: str) -> Node:
    """Return the node of this code; raise FieldUnreadable where the signature is another's."""
    if file is None:
        found = stockpile.couriers.hearsay(NodeId(search_key(code).lower()))
        if found is None:
            raise NodeUnknown(code)
        return found
    claimed = stockpile.couriers.introduced_by(file)
    if search_key(code) != search_key(claimed.id):
        raise FieldUnreadable("code", code)
    return claimed


def _receiver(stockpile: Stockpile, text: str) -> NodeId:
    wanted = search_key(text)
    for node in stockpile.couriers.receivers():
        said = (node.id, node.name, stockpile.couriers.name(node.id))
        if wanted in map(search_key, said):
            return node.id
    raise NodeUnknown(text)


def _under_way(stockpile: Stockpile) -> tuple[WeaponId, ...]:
    """Return the weapons on the road: their whole history goes along."""
    weapons = (one for each in stockpile.transfers.open_ones() for one in each.opened.weapons)
    return tuple(dict.fromkeys(weapons))


def _value(preview: Preview) -> dict[str, object]:
    return {
        "from": preview.sender.id,
        "name": preview.sender.name,
        "created": preview.created,
        "acts": preview.acts,
        "facts": preview.facts,
        "shipments": [
            {"number": one.number, "weapons": one.weapons, "ours": one.is_ours}
            for one in preview.shipments
        ],
        "losses": [registry_number(one) for one in preview.losses],
        "confirmed": preview.confirmed,
        "left_out": list(preview.left_out),
        "aside": list(preview.aside),
    }


def _shown(preview: Preview, *, taken: bool) -> str:
    lines = [
        _("From {name} ({node}).").format(name=preview.sender.name, node=grouped(preview.sender.id))
    ]
    if preview.losses:
        numbers = ", ".join(map(registry_number, preview.losses))
        lines.append(_("Reported lost: {numbers}.").format(numbers=numbers))
    lines += [
        _("Waybill {number}: {count} weapons.").format(number=one.number, count=one.weapons)
        for one in preview.shipments
    ]
    lines += [
        _("{name} was revoked: what it wrote after that is kept, and counts nowhere.").format(
            name=name
        )
        for name in preview.aside
    ]
    if preview.left_out:
        nodes = ", ".join(map(grouped, preview.left_out))
        lines.append(_("Left out, for nobody here vouches for them: {nodes}.").format(nodes=nodes))
    if preview.is_known:
        lines.append(_("Everything in it is on record here already."))
    else:
        done = _("{count} acts taken in.") if taken else _("{count} new acts; nothing taken in.")
        lines.append(done.format(count=preview.acts))
    if preview.confirmed:
        held = _("They hold our entries up to no. {number}.")
        lines.append(held.format(number=preview.confirmed))
    return "\n".join(lines)
