"""A statement of the authority in plain words: all that is signed, before anybody signs it."""

from __future__ import annotations

from stockpile.domain import authority, courier
from stockpile.domain.authority import Statement
from stockpile.domain.facts import KeyNamed, NodeCertified, NodeReadmitted, NodeRevoked, RootsSet
from stockpile.language import _, isolated

Line = tuple[str, str]


def title(statement: Statement) -> str:
    """Return in one sentence what a statement does."""
    match statement:
        case RootsSet():
            first = _("These officials' keys speak for the country from now on.")
            later = _("These officials' keys take the place of those before.")
            return first if statement.version == 1 else later
        case KeyNamed():
            gone = _("This key is trusted no more, for good.")
            return gone if statement.withdrawn else _DUTIES[statement.duty]()
        case NodeCertified():
            return _("This computer is enrolled.")
        case NodeRevoked():
            return _("This computer is trusted no more after its last good entry.")
        case NodeReadmitted():
            return _("This computer is trusted again, with all that it wrote meanwhile.")


def lines(statement: Statement) -> tuple[Line, ...]:
    """Return everything that is signed, line by line: what it is, and its value."""
    match statement:
        case RootsSet():
            return _roots(statement)
        case KeyNamed():
            return (
                (_("Keeper"), isolated(statement.name)),
                (_("Key"), isolated(statement.key)),
                (_("Its words"), isolated(key_words(statement.key))),
            )
        case NodeCertified():
            return (
                (_("Name"), isolated(statement.name)),
                (_("Site"), isolated(statement.site) if statement.site else _("none")),
                (_("Told of"), _scope(statement.scope)),
                (_("Node"), isolated(statement.node)),
                (_("Key"), isolated(statement.public_key)),
                (_("Its words"), isolated(key_words(statement.public_key))),
            )
        case NodeRevoked():
            return (
                (_("Node"), isolated(statement.node)),
                (_("Last good entry"), isolated(str(statement.number))),
                (_("Its hash"), isolated(statement.digest)),
                (_("Why"), isolated(statement.reason)),
            )
        case NodeReadmitted():
            return (
                (_("Node"), isolated(statement.node)),
                (_("Why"), isolated(statement.reason)),
            )


def signed_by(statement: Statement) -> tuple[str, ...]:
    """Return the keys whose signature under the statement holds."""
    return tuple(sorted(authority.signers(statement)))


def key_words(key: str) -> str:
    """Return the words that stand for a key, or the text itself where it is none."""
    raw = authority.read_key(key)
    return courier.words_of(authority.fingerprint(raw)) if raw is not None else key


def tidied(words: str) -> str:
    """Return words as they were made, however they were typed."""
    return courier.tidied_words(words)


def _roots(statement: RootsSet) -> tuple[Line, ...]:
    said = _("{count} of {all}").format(count=statement.threshold, all=len(statement.roots))
    keys = [(isolated(one.name), isolated(one.key)) for one in statement.roots]
    return (
        (_("Version"), isolated(str(statement.version))),
        (_("Signatures that a statement needs"), isolated(said)),
        *keys,
    )


def _scope(scope: tuple[str, ...]) -> str:
    return isolated(", ".join(scope)) if scope else _("the whole country")


_DUTIES = {
    "registry": lambda: _("This key is the registry's: it signs receipts and grants numbers."),
    "enrolment": lambda: _("This key enrols computers."),
    "witness": lambda: _("This key is a witness's: it signs the heads of the registry's log."),
}
