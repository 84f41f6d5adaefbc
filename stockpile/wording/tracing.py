"""In words: what stands against tracing a weapon, and against saying that one is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.TraceRequestUnknown: lambda: _(
            "There is no request to trace, and no answer, {number} on record here."
        ),
        errors.TraceRequestClosed: lambda: _(
            "Request {number} is closed: it was answered or withdrawn. Make a new one."
        ),
        errors.TraceRequestSent: lambda: _(
            "Request {number} was sent or acknowledged, so its words stand. Withdraw it and make a new"
            " one to say something else."
        ),
        errors.TraceRequestUnsent: lambda: _(
            "Request {number} was not sent yet. Note first that it was sent."
        ),
        errors.TraceRequestIncomplete: lambda: _(
            "Request {number} cannot be sent yet. Complete it: {lacking}."
        ),
        errors.TraceAskedAlready: lambda: _(
            "This State was asked to trace {weapon} with request {number}, which is open. Remind them,"
            " or withdraw it first."
        ),
        errors.TracingForbidden: lambda: _(
            "The rules of this site forbid tracing: no request goes out, and none is answered but"
            " with a refusal. Who sets the rules of the guard can allow it, where the agreement"
            " does."
        ),
        errors.AlreadyLost: lambda: _(
            "The weapon is reported lost or stolen already, as {number}. Open that report and amend"
            " it."
        ),
        errors.NotLost: lambda: _(
            "The weapon is not reported lost or stolen, so there is nothing to recover or to amend."
            " Look at its page: it may be recovered already."
        ),
        errors.ReportUnknown: lambda: _(
            "No weapon that is lost now was reported as {number}. Look at the list of open reports."
        ),
        errors.HotListForged: lambda: _(
            "The list of lost and stolen weapons is not what the registry signed ({why}). The one"
            " held before goes on. Synchronise again, and tell the registrar if it happens again."
        ),
    }
)
