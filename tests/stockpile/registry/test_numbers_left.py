from __future__ import annotations

from sqlalchemy import insert

from stockpile.domain.facts import Draft
from stockpile.domain.schemes import draws_number
from stockpile.domain.seed_schemes import SEED_SCHEMES
from stockpile.registry import numbers_left
from stockpile.registry.blocks import Granting
from stockpile.registry.intake import checked
from stockpile.registry.tables import DRAWN

DRAWING = [(id_, body) for id_, body in SEED_SCHEMES if draws_number(body)]
SCHEME = DRAWING[0][0]


def schemes_known(registry, site):
    for id_, body in SEED_SCHEMES:
        site.write(Draft(id_, body))
    registry.books.take(site.node, tuple(checked(site.entries, site.node, site.keys.public_key)))


def test_schemes_that_draw_numbers(registry, site):
    with registry.database.reading() as connection:
        assert numbers_left.schemes(connection) == ()
    schemes_known(registry, site)
    Granting(registry.books).grant(site.node, SCHEME, 100)
    with registry.database.reading() as connection:
        found = {one.id: one for one in numbers_left.schemes(connection)}
    assert set(found) == {id_ for id_, _body in DRAWING}
    assert found[SCHEME].last_granted == 100
    assert found[SCHEME].left == found[SCHEME].largest - 100


def test_what_is_used_and_left_of_a_block(registry, site):
    schemes_known(registry, site)
    Granting(registry.books).grant(site.node, SCHEME, 100)
    with registry.database.writing() as connection:
        rows = [{"scheme": SCHEME, "number": number} for number in range(5, 92)]
        connection.execute(insert(DRAWN), [*rows, {"scheme": SCHEME, "number": 101}])
        (one,) = numbers_left.granted(connection)
        assert (one.used, one.left, one.size, one.is_low) == (91, 9, 100, True)
        assert numbers_left.running_out(connection, 0) == (one,)
    Granting(registry.books).grant(site.node, SCHEME, 100)
    with registry.database.reading() as connection:
        assert numbers_left.running_out(connection, 0) == ()  # the next ones are there


def test_a_block_that_is_over_runs_out_no_more(registry, site):
    schemes_known(registry, site)
    Granting(registry.books).grant(site.node, SCHEME, 1, until=50)
    with registry.database.reading() as connection:
        (one,) = numbers_left.granted(connection)
        assert one.is_over(51)
        assert not one.is_over(50)
        assert numbers_left.running_out(connection, 51) == ()
