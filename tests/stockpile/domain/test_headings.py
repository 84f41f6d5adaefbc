from __future__ import annotations

import pytest

from stockpile.domain.headings import FIELDS, field_headed, is_column_word

HEADINGS = [
    ("Número de Série", "serial"), ("SERIAL NO.", "serial"), ("N° de série", "serial"),
    ("Серийный номер", "serial"), ("الرقم التسلسلي", "serial"), ("Tipo", "type"),
    ("ESPECIE_ARMA", "type"), ("Type d'arme", "type"), ("Тип оружия", "type"), ("Marca", "make"),
    ("Manufacturer", "make"), ("Марка", "make"), ("Modelo", "model"), ("Calibre", "calibre"),
    ("CALIBER", "calibre"), ("Калибр", "calibre"), ("العيار", "calibre"), ("País", "country"),
    ("Pays d’origine", "country"), ("quantidade", "quantity"), ("Qty.", "quantity"),
    ("Data Registro", "date"), ("fecha", "date"), ("Дата", "date"), ("Bairro", "where"),
    ("Classe", "class"), ("controle", "control"), ("Número Procedimento", "case"),
    ("TIPO_OCORRENCIA", "event"), ("NSN", "stock_number"), ("Observações", "remarks"),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "field"), HEADINGS)
def test_headings_in_many_languages(heading, field):
    assert field_headed(heading) == (field, 1.0)
    assert is_column_word(heading)


@pytest.mark.parametrize(
    ("heading", "field"),
    [("Número de série da arma apreendida", "serial"), ("Weapon make", "make")],
)
def test_a_longer_heading_is_less_sure(heading, field):
    found, sure = field_headed(heading)
    assert found == field
    assert 0.4 < sure < 1.0


@pytest.mark.parametrize(
    "heading", ["País Importador", "Tipo Delito", "Número Lacre", "Origem Arma"]
)
def test_headings_that_mean_another_thing(heading):
    assert field_headed(heading) == (None, 0.0)
    assert is_column_word(heading)


@pytest.mark.parametrize("heading", ["", "Restrita", "xyz", "K1", "9 mm"])
def test_no_heading_of_ours(heading):
    assert field_headed(heading)[0] is None
    assert not is_column_word(heading)


def test_every_field_can_be_headed():
    assert {field_headed(one.replace("_", " "))[0] for one in FIELDS} == set(FIELDS)
