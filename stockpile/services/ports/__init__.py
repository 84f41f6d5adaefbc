"""The sockets in the wall: what the work needs from outside, named by role.

Each port has one contract suite in ``tests/contracts`` that every implementation passes.

A new one is written in the room of its matter, and shows at this door by itself:

machine: what every program needs of its computer: the time, chance, and an ear for progress.
keys: the keys of the node and its officers, and of the authority's officials.
books: the ledger and the register in one.
backups: backups, and what is remembered of them.
register: the register as lists, filtered, ordered and counted.
journal: the journal of marking jobs, and the bytes that went over the cable.
marking: marking machines.
reading: what reads symbols: pictures and handheld scanners.
labels: labels: drawn, read back, printed.
printing: label printers.
files: lists that come in, and extracts that go out.
registry: the line to a registry, and what is kept of what it said.
witnessing: what a witness keeps, and where it looks.
photos: photos by their content.
couriers: courier files.
practice: what a practice depot has beside its weapons.
"""

from __future__ import annotations

from stockpile.services.ports.backups import *
from stockpile.services.ports.books import *
from stockpile.services.ports.couriers import *
from stockpile.services.ports.files import *
from stockpile.services.ports.journal import *
from stockpile.services.ports.keys import *
from stockpile.services.ports.labels import *
from stockpile.services.ports.machine import *
from stockpile.services.ports.marking import *
from stockpile.services.ports.photos import *
from stockpile.services.ports.practice import *
from stockpile.services.ports.printing import *
from stockpile.services.ports.reading import *
from stockpile.services.ports.register import *
from stockpile.services.ports.registry import *
from stockpile.services.ports.witnessing import *
