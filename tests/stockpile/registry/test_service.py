from __future__ import annotations

import pytest

from stockpile.domain.errors import FieldUnreadable, OneProcessOnly, RegistryMissing
from stockpile.registry.limits import Limits
from stockpile.registry.metrics import Figures
from stockpile.registry.service import Service, application, opened


def test_one_process_opens_and_answers(tmp_path):
    service = Service(str(tmp_path / "registry.db"), founds=True, limits=Limits(turns=1))
    with opened(service) as (books, reading):
        app = application(service, books, reading, Figures())
        assert app.state.books is books
        assert app.state.reading is reading


@pytest.mark.parametrize(("workers", "refusal"), [(0, FieldUnreadable), (2, OneProcessOnly)])
def test_sqlite_is_served_by_one_process(tmp_path, workers, refusal):
    service = Service(str(tmp_path / "registry.db"), workers=workers, founds=True)
    with pytest.raises(refusal), opened(service):
        pass
    assert list(tmp_path.iterdir()) == []


def test_to_serve_begins_no_registry(tmp_path):
    with pytest.raises(RegistryMissing), opened(Service(str(tmp_path / "registry.db"))):
        pass
    assert list(tmp_path.iterdir()) == []
