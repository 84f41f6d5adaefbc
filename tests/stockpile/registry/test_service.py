from __future__ import annotations

import pytest

from stockpile.domain.errors import FieldUnreadable
from stockpile.registry.limits import Limits
from stockpile.registry.metrics import Figures
from stockpile.registry.service import Service, application, opened


def test_one_process_opens_and_answers(tmp_path):
    service = Service(str(tmp_path / "registry.db"), limits=Limits(turns=1))
    with opened(service) as (books, reading):
        app = application(service, books, reading, Figures())
        assert app.state.books is books
        assert app.state.reading is reading


@pytest.mark.parametrize("workers", [0, 2])
def test_sqlite_is_served_by_one_process(tmp_path, workers):
    service = Service(str(tmp_path / "registry.db"), workers=workers)
    with pytest.raises(FieldUnreadable) as refused, opened(service):
        pass
    assert refused.value.field == "workers"
