from __future__ import annotations

from stockpile.domain.facts import nodes
from tests.helpers.rooms import says_still


def test_kinds_and_fields_are_for_ever():
    says_still(
        nodes,
        {
            "NodeFounded": "node.founded: public_key name country site",
            "RootKey": ": name key",
            "Attested": ": key signature",
            "RootsSet": "roots.set: version threshold roots attested",
            "KeyNamed": "key.named: duty name key withdrawn attested",
            "NodeCertified": "node.certified: node public_key name site scope attested",
            "NodeRevoked": "node.revoked: node number digest reason attested",
            "NodeReadmitted": "node.readmitted: node reason attested",
            "AuditSealed": "audit.sealed: number digest",
            "NodeSucceeded": "node.succeeded: node number digest",
            "NodeClosed": "node.closed: reason",
            "ClockObserved": "clock.observed: offset source",
        },
    )
