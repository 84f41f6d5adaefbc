"""What lists call their columns, in the languages that they come in."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, get_args

from stockpile.domain.type_words import plain

Field = Literal[
    "serial", "type", "class", "make", "model", "calibre", "country", "year", "quantity", "unit",
    "case", "control", "date", "where", "event", "condition", "lot", "stock_number", "remarks",
]  # fmt: skip
"""What a column can mean; ``control`` is the list's own number for the row."""

FIELDS: Final[tuple[Field, ...]] = get_args(Field)

_HEADINGS: Final[dict[Field, str]] = {
    "serial": """
        serial, serial number, serial no, serial nr, serial num, serialnumber, serial #, s n,
        weapon number, weapon no, gun number, numero de serie, n de serie, serie, num serie, n
        serie, no serie, nr serie, numero serie, numero da arma, numero arma, numeracao, n da
        arma, numero de serie da arma, numero del arma, no de serie, numero de l arme,
        matricule, numero, заводской номер, серийный номер, номер оружия, номер, الرقم التسلسلي,
        رقم السلاح, رقم القطعة
    """,
    "type": """
        type, weapon type, type of weapon, firearm type, gun type, tipo, tipo arma, tipo de
        arma, tipo da arma, especie, especie arma, especie de arma, type d arme, type arme,
        item, item name, nomenclature, description, descricao, descripcion, designation, тип,
        тип оружия, вид оружия, вид, наименование, نوع, النوع, نوع السلاح
    """,
    "class": """
        class, category, classe, categoria, clase, categorie, kind, класс, категория, الفئة
    """,
    "make": """
        make, maker, manufacturer, brand, marca, marca arma, marca da arma, fabricante, marque,
        fabricant, марка, производитель, изготовитель, الصنع, الماركة, الشركة المصنعة
    """,
    "model": """
        model, modelo, modele, model name, modelo da arma, modelo arma, модель, образец, الطراز,
        الموديل, طراز
    """,
    "calibre": """
        calibre, caliber, cal, calibre arma, calibre da arma, calibre de arma, gauge, gage,
        калибр, العيار, عيار
    """,
    "country": """
        country, country of origin, country of manufacture, made in, pais, pais de origem, pais
        de origen, pais fabricacao, pays, pays d origine, страна, страна изготовления, البلد,
        بلد المنشأ, بلد الصنع
    """,
    "year": """
        year, year of manufacture, ano, ano de fabricacao, ano fabricacao, ano de fabricacion,
        annee, annee de fabrication, год, год выпуска, سنة الصنع, السنة
    """,
    "quantity": """
        quantity, qty, quantidade, qtd, qtde, cantidad, quantite, qte, count, rounds,
        количество, кол во, الكمية, العدد
    """,
    "unit": """
        unit, ui, u i, unit of issue, unidade, unidad, unite, единица, ед изм, الوحدة
    """,
    "case": """
        case, case number, case no, case id, incident number, report number, numero
        procedimento, procedimento, numero do procedimento, inquerito, ocorrencia, numero
        ocorrencia, boletim, processo, expediente, numero de caso, caso, affaire, dossier,
        numero de dossier, дело, номер дела, رقم القضية, القضية
    """,
    "control": """
        control, control number, controle, numero de controle, controle interno, controle
        interno sco, record id, id, record number, reference, ref, item number, evidence number,
        property number, tag, registro, numero de registro, no, nr, n, п п, учетный номер,
        الرقم, رقم
    """,
    "date": """
        date, seizure date, date seized, recovery date, date recovered, date recorded, date
        received, ship date, data, data registro, data apreensao, data da apreensao, data
        ocorrencia, data do fato, fecha, fecha de incautacion, fecha registro, date de saisie,
        date d enregistrement, mes ocorrencia, дата, дата изъятия, дата регистрации, التاريخ,
        تاريخ الضبط
    """,
    "where": """
        where, place, location, city, state, municipality, district, station, station name, station
        name lea, address, local, municipio, bairro, cidade, circunscricao, delegacia, lugar,
        ciudad, distrito, lieu, ville, commune, место, город, место изъятия, المكان, المدينة
    """,
    "event": """
        event, event type, occurrence type, tipo ocorrencia, tipo de ocorrencia, mode, mode of
        acquisition, how acquired, evento, tipo de evento, type d evenement, событие, الحدث
    """,
    "condition": """
        condition, serviceability, estado, estado de conservacao, condicao, etat, состояние,
        الحالة
    """,
    "lot": """
        lot, lot number, batch, lote, numero de lote, numero do lote, партия, رقم الدفعة
    """,
    "stock_number": "nsn, stock number, national stock number, nato stock number",
    "remarks": """
        remarks, notes, comments, comment, observacoes, observacao, obs, observaciones,
        observacion, remarques, observations, примечание, примечания, ملاحظات
    """,
}
_SOMETHING_ELSE: Final = frozenset(
    {
        "pais importador", "tipo delito", "origem arma", "numero lacre", "lacre", "laudo",
        "acquisition value", "demil code", "demil ic", "station type", "data laudo",
    }
)  # fmt: skip
"""Headings that hold a word of ours and mean another thing."""

_FIELD_OF: Final[dict[str, Field]] = {
    plain(one): name for name, words in _HEADINGS.items() for one in words.split(",")
}
_LONG_ENOUGH: Final = 4


def is_column_word(text: str) -> bool:
    """Say whether columns are called so in any list we know of."""
    words = plain(text) if text else ""
    return words in _FIELD_OF or words in _SOMETHING_ELSE


@lru_cache(maxsize=1_024)
def field_headed(name: str) -> tuple[Field | None, float]:
    """Return the field that a heading names and how plainly: whole, or as part of a longer one."""
    words = plain(name)
    if words in _FIELD_OF:
        return _FIELD_OF[words], 1.0
    if words in _SOMETHING_ELSE:
        return None, 0.0
    inside = [one for one in _FIELD_OF if len(one) >= _LONG_ENOUGH and f" {one} " in f" {words} "]
    if not inside:
        return None, 0.0
    longest = max(inside, key=len)
    return _FIELD_OF[longest], 0.4 + 0.5 * len(longest) / len(words)
