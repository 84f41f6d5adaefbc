"""In words: what stands against running a registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain import errors
from stockpile.domain.errors import StockpileError
from stockpile.language import _

SENTENCES: Mapping[type[StockpileError], Callable[[], str]] = MappingProxyType(
    {
        errors.RegistryMissing: lambda: _(
            "There is no registry in {place}; nothing was made there. Look whether --database names"
            " the right place. To begin a registry there, once: registry found, with the same"
            " --database."
        ),
        errors.RegistryThere: lambda: _(
            "There is a registry in {place} already ({node}); nothing was changed. Go on with it, or"
            " name another place."
        ),
        errors.KeyWithoutRegistry: lambda: _(
            "{path} is a registry's key, and its records are not here. Put its database back from a"
            " copy: begun anew with this key, it would contradict what it signed. Only a key that"
            " never signed for anybody may be taken away."
        ),
        errors.DatabaseShut: lambda: _(
            "The database {place} does not let this program in ({why}). Look whether role and name"
            " are right, and whether PGPASSFILE names a file with the password that this user reads"
            " and nobody else does."
        ),
        errors.DatabaseUnreadable: lambda: _(
            "{text} is no database of a registry. Give a file, sqlite:///FILE or"
            " postgresql://ROLE@HOST/NAME."
        ),
        errors.OneProcessOnly: lambda: _(
            "{workers} processes cannot share a SQLite file: it lets one write at a time. Leave"
            " --workers out, or keep the registry in PostgreSQL."
        ),
        errors.CopyThere: lambda: _(
            "{path} is there already, and a copy never overwrites one. Choose another name: with the"
            " day in it, each night has its own."
        ),
        errors.CopyByServer: lambda: _(
            "{place} is copied by PostgreSQL itself, to any moment: see Backup in"
            " packaging/registry/RUNNING.md. This command copies a registry in a SQLite file."
        ),
    }
)
