"""What can go wrong, sorted by what the user can do about it.

Errors carry values, never prose: ``stockpile.wording`` turns class and values into a sentence.

A new one is written in the room of its matter, and shows at this door by itself:

families: the four families of errors, sorted by what the user can do about them.
ledger: what can be wrong with a chain of entries, and with what a registry signed for of it.
homes: what can be wrong with a home: its books, its disk, its backups.
keys: what can be wrong with passphrases, PINs, keys and the ways back to them.
people: who may do what, who signs with them, and who holds what.
guard: acts that want a second officer, and entries written without the right to them.
weapons: what stands against putting a weapon on record, finding it or changing its record.
places: what stands against opening, changing or filling a place.
marking: why a weapon is not marked, and what is not settled about a mark.
machines: what a marking machine, a scanner or its port does not do.
labels: why labels and papers are not printed, or do not count.
files: why a file or a list does not come in.
photos: what can be wrong with a photo.
exchange: what can go wrong between a node and its registry.
logs: what can be wrong with a registry's log and with what its witnesses sign.
couriers: what can be wrong with a courier file.
custody: why a weapon or rounds do not change hands at the counter.
transfers: what stands against a transfer, a hand-in or a gate pass.
tracing: what stands against tracing a weapon, and against saying that one is lost.
disposal: what stands against destroying a weapon or making it useless.
counting: what stands against a stocktake, its counters and its investigations.
registries: what stands against running a registry: none there, no way in, one process too many.
registry_pages: what the registry's pages refuse to whoever sits before them.
authority: what can be wrong with a statement of the authority's officials.
"""

from __future__ import annotations

from stockpile.domain.errors.authority import *
from stockpile.domain.errors.counting import *
from stockpile.domain.errors.couriers import *
from stockpile.domain.errors.custody import *
from stockpile.domain.errors.disposal import *
from stockpile.domain.errors.exchange import *
from stockpile.domain.errors.families import *
from stockpile.domain.errors.files import *
from stockpile.domain.errors.guard import *
from stockpile.domain.errors.homes import *
from stockpile.domain.errors.keys import *
from stockpile.domain.errors.labels import *
from stockpile.domain.errors.ledger import *
from stockpile.domain.errors.logs import *
from stockpile.domain.errors.machines import *
from stockpile.domain.errors.marking import *
from stockpile.domain.errors.people import *
from stockpile.domain.errors.photos import *
from stockpile.domain.errors.places import *
from stockpile.domain.errors.registries import *
from stockpile.domain.errors.registry_pages import *
from stockpile.domain.errors.tracing import *
from stockpile.domain.errors.transfers import *
from stockpile.domain.errors.weapons import *
