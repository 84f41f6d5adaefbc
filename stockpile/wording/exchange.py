"""In words: what can go wrong between a node and its registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.RegistryUnreachable: lambda: _(
            "The registry {url} cannot be reached ({why}). Nothing is lost: it is sent next time."
        ),
        errors.RegistryUntrusted: lambda: _(
            "The certificate that {url} shows is not trusted by this computer ({why}). Nothing was sent."
            " See that the clock of this computer is right; then ask who looks after it to install"
            " the certificate of the authority."
        ),
        errors.RegistryAsksToWait: lambda: _(
            "The registry {url} has much to do and asks to come again in {seconds} s. Nothing is lost:"
            " what waits here is sent then."
        ),
        errors.RegistryNonsense: lambda: _(
            "{url} answered something that is not a registry's answer ({why}). Nothing was changed."
        ),
        errors.RegistryRefused: lambda: _("The registry {url} refused: {reason}."),
        errors.NotEnrolled: lambda: _(
            "This stockpile is not enrolled with a registry yet. Ask the registry for a code, then:"
            " stockpile registry enrol"
        ),
        errors.CodeUnknown: lambda: _(
            "The enrolment code is wrong or was used. Ask for a new one."
        ),
        errors.NodeUnknown: lambda: _("The registry knows no node {node}."),
        errors.NodeQuarantined: lambda: _(
            "The registry set node {node} apart: what it sends is kept as evidence and not counted."
            " Ask the registrar."
        ),
        errors.ProtocolTooOld: lambda: _(
            "This program and the registry speak no common version ({ours}, {theirs}). Update one."
        ),
        errors.SignatureWrong: lambda: _(
            "The signature of {node} does not fit. Nothing was accepted."
        ),
        errors.RegistrySlow: lambda: _(
            "The registry {url} is slow to answer ({why}). Nothing is lost: it is sent next time."
        ),
        errors.RegistryRolledBack: lambda: _(
            "The registry {url} has forgotten entries that it had confirmed: it held {had} and holds {has}. Tell the registrar; this computer sends them again."
        ),
        errors.RegistryRewritten: lambda: _(
            "The registry {url} shows another history than the one it signed before (up to {size})."
            " It was put back to an earlier day from a backup, or somebody shows two histories; no"
            " program can tell which. Nothing was sent or taken, nothing is lost here, and work goes"
            " on. Call the registrar by a number that you know. If the registry was put back, ask for"
            " a new one-time code and enrol again with it: all that is on record here is then sent,"
            " and what others wrote comes in."
        ),
        errors.SharesDiffered: lambda: _(
            "This computer and the registry {url} did not hold the same (here and there: {lacking})."
            " Everything was read anew, and now they do. Nothing is lost."
        ),
        errors.RegistryWithholds: lambda: _(
            "ALARM: the registry {url} says that it holds records which it does not give (here and"
            " there: {lacking}). Nothing is lost here. Tell the registrar: the registry is damaged,"
            " or somebody withholds records."
        ),
        errors.RegistryContradicts: lambda: _(
            "ALARM: the registry {url} holds other records than this computer under the same numbers"
            " ({lacking}). Both are signed by the same node. Nothing is lost here. Tell the"
            " registrar and the authority."
        ),
        errors.OfferElsewhere: lambda: _(
            "The offer of {origin} begins at {begins}, and this witness last saw {had}. Ask the"
            " registry for an offer from {had}."
        ),
        errors.MessageUnreadable: lambda: _(
            "A message is not readable ({why}). Nothing of it was used."
        ),
        errors.BatchTooLarge: lambda: _(
            "Too much was sent at once. It is sent again in smaller parts."
        ),
        errors.TooManyTries: lambda: _("Too many wrong tries. Wait a minute and try again."),
        errors.AskedTooOften: lambda: _(
            "The registry is asked too often from here. Wait {seconds} seconds and try again."
        ),
        errors.RequestTooSlow: lambda: _(
            "The line stopped for {seconds} seconds in the middle of a message. Nothing of it was used; it is sent again."
        ),
        errors.RequestStale: lambda: _(
            "The request was too old or was sent twice. Check the date and time of this computer, and try again."
        ),
        errors.RegistryBusy: lambda: _("The registry is busy ({why}). Try again."),
    }
)
