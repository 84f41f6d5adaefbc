"""The four families of errors, sorted by what the user can do about them."""

from __future__ import annotations

from dataclasses import dataclass, fields


class StockpileError(Exception):
    """An expected error; its fields are the values that its sentence needs."""

    def details(self) -> dict[str, object]:
        """Return the values by name, for logs and for machines that read our output."""
        names = (field.name for field in fields(self))  # type: ignore[arg-type]  # every child is a dataclass
        return {name: getattr(self, name) for name in names}

    def __reduce__(self) -> tuple[type[StockpileError], tuple[object, ...], dict[str, object]]:
        return type(self), tuple(self.details().values()), dict(vars(self))

    def __str__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self.details().items())
        return f"{type(self).__name__}({values})"


@dataclass(eq=False)
class Refused(StockpileError):
    """The rules say no; the user can put it right."""


@dataclass(eq=False)
class Unavailable(StockpileError):
    """Something outside does not answer; trying again may help."""


@dataclass(eq=False)
class Damaged(StockpileError):
    """The record contradicts itself; stop and keep the evidence."""


@dataclass(eq=False)
class Cancelled(StockpileError):
    """The user changed their mind."""
