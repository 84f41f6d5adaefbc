"""The rules: values in, facts out or a refusal; no files, no clock, no network, no Qt.

Glossary (one word for one thing, the field's own terms):

weapon       what is accounted for; known by our own registry id and a set of marks
mark         any sign on a weapon, as it was read; an *applied* mark is one that we made
serial       the maker's number: evidence, never an identity, never unique
fact         something that happened, written once: an address, an author, a body
entry        one act of one node: one to a thousand facts, sealed and signed, a link of its chain
node         one installation with its own key and its own chain
head         a fact that no other known fact replaces, in one aspect of one weapon
custody      where a weapon is and who answers for it
place        a site, building, room, rack or crate where a weapon may be
officer      a person who acts in an official capacity
person       a holder, participant or witness: personal data, kept beside the chain
lot          ammunition made together, accounted by quantity
tag          our own opaque code on a label, bound to a weapon
scheme       the rule by which a country writes its applied marks
registry     the national centre that collects every node's chain
"""
