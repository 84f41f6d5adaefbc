"""What a practice depot has beside its weapons."""

from __future__ import annotations

from typing import Protocol


class PracticeRoom(Protocol):
    """What a practice depot has beside its weapons, on real ports of this computer."""

    def drivers(self) -> tuple[str, ...]:
        """Return which machines can be practised on, by the names of their drivers."""
        ...

    def machine(self, driver: str = "tl07") -> str:
        """Start a simulated machine and return its address; another one than before replaces it.

        Raises PortMissing, MachineUnknown.
        """
        ...

    def order(self, order: str, spec: str = "") -> None:
        """Have the machine carry out an order: fault, pull, plug, pedal, restart, bare.

        Raises FieldUnreadable for one that it does not know.
        """
        ...

    def picture(self) -> bytes:
        """Return a photo (PNG) of the metal as it is cut until now; nothing without a machine."""
        ...

    def registry(self, url: str = "") -> str:
        """Start a registry, where it answered before if told; raises RegistryUnreachable."""
        ...

    def code(self) -> str:
        """Return a one-time enrolment code of that registry; raises RegistryUnreachable."""
        ...
