"""In words: acts that want a second officer, and entries written without the right to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.SecondOfficerMissing: lambda: _(
            "This act ({act}) needs a second officer. Let them confirm with their own PIN."
        ),
        errors.NeverLater: lambda: _(
            "This act ({act}) cannot be left for a second officer to confirm later: {at_once}. Nothing"
            " was written."
        ),
        errors.ActUnsigned: lambda: _(
            "This act ({act}) needs the officer's own signature, and it has none that holds."
            " Nothing was written. Sign in again and repeat it."
        ),
        errors.PlanTooLarge: lambda: _(
            "This act is about {count} things at once; a second officer can confirm at most {most}"
            " later. Do it in parts, or let the second officer sign now."
        ),
        errors.ProposalUnknown: lambda: _(
            "No act that waits for a second officer answers to {text}. Look in the list."
        ),
        errors.ProposalSettled: lambda: _(
            "Somebody settled this act already. Look at the list again."
        ),
        errors.ProposalStale: lambda: _(
            "Something changed since the first officer signed this ({act}), so it can no longer be"
            " confirmed. Nothing was written. Refuse it, and let it be done anew."
        ),
        errors.HistoryUndecided: lambda: _(
            "The computer {node} wrote two histories from entry {number} on, and others hold the"
            " other one: what is accepted of this one would count here alone. Enter again what was"
            " rightly done; it counts everywhere then."
        ),
        errors.EntryNotInDoubt: lambda: _(
            "No entry {text} waits for a decision. Look in the list again."
        ),
        errors.InspectionUnproved: lambda: _(
            "{path} does not hold: {unproved}. Nothing of it was taken in. Keep the stick as evidence."
        ),
        errors.InspectionKnown: lambda: _(
            "This result of {inspector}, signed on {on}, is on record already."
        ),
    }
)
ACTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "register": lambda: _("put weapons on record"),
        "correct": lambda: _("correct records"),
        "move": lambda: _("move weapons"),
        "import": lambda: _("take in lists"),
        "take_back": lambda: _("take lists back"),
        "label": lambda: _("print labels"),
        "mark": lambda: _("mark weapons"),
        "verify_mark": lambda: _("read marks back"),
        "resolve_mark": lambda: _("settle doubtful marks"),
        "sync": lambda: _("exchange with the registry"),
        "open_place": lambda: _("open places"),
        "set_machine": lambda: _("set up machines"),
        "appoint": lambda: _("appoint officers"),
        "enrol": lambda: _("enrol with a registry"),
        "withdraw": lambda: _("withdraw records"),
        "merge": lambda: _("join records"),
        "tell_apart": lambda: _("tell records apart"),
        "reinstate": lambda: _("put records back into account"),
        "settle": lambda: _("settle contradictions"),
        "photograph": lambda: _("add photos"),
        "read_back": lambda: _("read serials a second time"),
        "inspect": lambda: _("inspect weapons"),
        "repair": lambda: _("repair weapons"),
        "catalogue": lambda: _("add to the catalogue"),
        "issue": lambda: _("issue weapons and take them back"),
        "override": lambda: _("issue against a warning"),
        "hold": lambda: _("keep the list of holders"),
        "erase_person": lambda: _("erase what is recorded of persons"),
        "dispatch": lambda: _("send weapons away"),
        "receive": lambda: _("receive shipments"),
        "count": lambda: _("count"),
        "close_count": lambda: _("close counts"),
        "investigate": lambda: _("close investigations"),
        "set_rule": lambda: _("set rules for counts"),
        "hand_over": lambda: _("hand over custody"),
        "report_loss": lambda: _("report losses"),
        "recover": lambda: _("report weapons recovered"),
        "close_day": lambda: _("close the day"),
        "back_up": lambda: _("make backups"),
        "set_scheme": lambda: _("set marking schemes"),
        "set_mark_layout": lambda: _("set marking layouts"),
        "set_label_layout": lambda: _("set label layouts"),
        "order_marking": lambda: _("order markings"),
        "grant_numbers": lambda: _("grant marking numbers"),
        "void_mark": lambda: _("void marks"),
        "collect": lambda: _("take in what is handed in"),
        "pass_gate": lambda: _("let weapons through the gate"),
        "ineligible": lambda: _("not eligible"),
        "unsigned": lambda: _("not signed"),
        "order_destruction": lambda: _("order destructions"),
        "request_trace": lambda: _("ask for traces and answer them"),
        "destroy": lambda: _("destroy weapons"),
        "deactivate": lambda: _("deactivate weapons"),
        "keep_back": lambda: _("keep a weapon from destruction"),
        "suspend": lambda: _("suspend officers and let them go"),
        "set_guard": lambda: _("set the rules of the guard"),
        "confirm": lambda: _("confirm what another officer does"),
        "judge_entry": lambda: _("decide about entries written without the right to it"),
        "disclose_person": lambda: _("hand out what is held about a person"),
        "rotate_keys": lambda: _("change the keys of the stockpile"),
        "restore": lambda: _("restore a backup"),
        "sign_inspection": lambda: _("take in an inspection"),
        "issue_crew_served": lambda: _("issue crew-served weapons"),
    }
)
UNPROVED: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "dossier": lambda: _("the dossier is not as this node signed it"),
        "register": lambda: _("the list of weapons is not the one of the dossier"),
        "head": lambda: _("the record here does not have the entry that its head code names"),
        "result": lambda: _("it is no inspector's result, or not a whole one"),
        "other_dossier": lambda: _("the result is of another dossier"),
        "sample": lambda: _("the sample is not the one that its seed draws"),
        "inspector": lambda: _("the inspector's signature does not cover it"),
    }
)
AT_ONCE: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "rotate_keys": lambda: _(
            "keys change while both officers see it, else one would do it alone and unseen"
        ),
        "restore": lambda: _(
            "before it there are no books in which it could wait; both give their PINs at once"
        ),
        "disclose_person": lambda: _(
            "what is handed out leaves the program at once; both officers see it go"
        ),
        "issue_crew_served": lambda: _("the weapon leaves the counter at once"),
        "suspend": lambda: _("it holds at once, and one officer is enough"),
        "other": lambda: _("whoever signs it signs now, at this desk"),
    }
)
