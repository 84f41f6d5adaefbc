"""In words: what can be wrong with a statement of the authority's officials."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.AttestationMissing: lambda: _(
            "This wants the signatures of {needs} keys of the authority, and {have} hold. Carry the"
            " statement to another official: stockpile authority sign. Nothing was changed."
        ),
        errors.StatementInvalid: lambda: _(
            "The statement would change nothing: {fault}. Nothing was written."
        ),
        errors.StatementDamaged: lambda: _(
            "{path} is no file of the authority, or was changed on the way ({why}). Nothing was"
            " taken in. Ask for it again."
        ),
        errors.LastGoodUnknown: lambda: _(
            "Entry {number} of node {node} is another one here than the statement says is the last"
            " good one. Look again at what is held of it, and make the statement anew."
        ),
        errors.EvidenceUnknown: lambda: _(
            "No entry {digest} is kept beside the chain of this node. Look in the list again."
        ),
        errors.NodeTrusted: lambda: _(
            "Node {node} is neither revoked nor set apart: its entries count as they are."
        ),
        errors.CertificateForOther: lambda: _(
            "The certificate is for node {node}, not for this computer. Nothing was taken in."
        ),
        errors.CertifierUnknown: lambda: _(
            "Nobody who may enrol signed the certificate of node {node}: no registry known here and"
            " no key that the authority named. Nothing was taken in."
        ),
        errors.EntriesUnsent: lambda: _(
            "The registry has not heard of the last entries yet ({count}), and another key cannot"
            " send them. Exchange first (Sync), then go on. Nothing was changed."
        ),
    }
)
FAULTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "no_roots": lambda: _("no officials' keys were set yet"),
        "too_few": lambda: _("too few of the authority's keys signed it"),
        "version": lambda: _("it is not the next version of the officials' keys"),
        "weak": lambda: _("it names fewer keys than it wants, a key twice, or wants one alone"),
        "withdrawn": lambda: _("the key was withdrawn, and a key that was withdrawn is never back"),
        "repeated": lambda: _("it was made before; say the reason in other words"),
        "registry": lambda: _("it names the registry itself; withdraw its key instead"),
        "another": lambda: _("the two files hold two different statements"),
    }
)
