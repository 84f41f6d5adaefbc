"""Words by which lists say that a value is not known, in the languages that they come in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from stockpile.domain.normalising.answers import Why
from stockpile.domain.normalising.wordings import folded

_NOTHING: Final = re.compile(r"[\W_]*|[\W_]*(?:x{2,}|0+|n[\W_]*[ai]|s[\W_]*[dim]|\?+)[\W_]*")
"""Dashes, question marks, XXX, zeros, N/A, N/I, S/D, S/I, S/M."""
_WORDS: Final = """
    unknown, unk, multi, multiple, various calibers, multi caliber, multi calibre, multicalibre,
    multicaliber, unkn, ukn, unknow, uknown, not known, unidentified, not identified,
    unidentifiable, undetermined, indeterminate, not determined, not stated, not specified,
    unspecified, unmarked, no mark, no marks, no marking, no markings, not marked, not visible,
    not legible, illegible, unreadable, none, nil, null, nan, blank, missing, other, others,
    other make, various, misc, miscellaneous, mixed, not applicable, not available,
    not recorded, not provided, not listed, not reported, no data, to be determined, tbd,
    no make, no brand, unbranded, no name, generic, unknown make, unknown model,
    unknown caliber, unknown calibre, unknown manufacturer, unknown type, unknown country,
    make unknown, model unknown, caliber unknown, manufacturer unknown, zzz, other type,
    other caliber, other calibre, other country, unlisted, not found, no calibre, no caliber,
    no model, indeterminado, indeterminada, indefinido, indefinida, nao identificado,
    nao identificada, nao indentificado, nao indentificada, nao identif, nao ident,
    marca nao identificada, modelo nao identificado, calibre nao identificado, nao informado,
    nao informada, nao consta, nao especificado, nao especificada, nao aparente, nao visivel,
    nao possui, nao tem, nao ha, nao determinado, nao encontrado, nao localizado, nao sabe,
    nao se aplica, ignorado, ignorada, desconhecido, desconhecida, marca desconhecida,
    sem marca, sem marca aparente, s marca, sem modelo, sem identificacao, sem informacao,
    sem inf, sem calibre, sem pais, sem pais de origem, sem dados, outro, outra, outros, outras,
    outras marcas, outra marca, outros calibres, outro calibre, outros modelos, outro modelo,
    outros paises, outro pais, diversos, diversas, variados, nenhum, nenhuma, prejudicado,
    prejudicada, ilegivel, inexistente, suprimido, suprimida, raspado, raspada, marca ilegivel,
    a apurar, a definir, em branco, vazio, tipo indeterminado, nao cadastrado, nao cadastrada,
    marca indeterminada, calibre indeterminado, modelo indeterminado, nao classificado,
    desconocido, desconocida, no identificado, no identificada, no identificable, no visible,
    sin marca, sin marca visible, sin modelo, sin calibre, sin datos, sin dato, sin identificar,
    sin informacion, sin especificar, no especificado, no especificada, no consta, no registra,
    no aplica, no determinado, no indica, no posee, no tiene, se desconoce, se ignora, otro,
    otra, otros, otras, otras marcas, otros calibres, varios, varias, ninguno, ninguna,
    ilegible, borrado, borrada, por determinar, sin pais, no informado, no informada,
    s marca visible, sin referencia, inconnu, inconnue, inconnus, inconnues, non identifie,
    non identifiee, non identifiable, indetermine, indeterminee, non determine, non determinee,
    non precise, non precisee, non renseigne, non renseignee, non specifie, non connu,
    non connue, non communique, pas de marque, sans marque, sans marque apparente,
    marque inconnue, modele inconnu, calibre inconnu, origine inconnue, pays inconnu,
    sans modele, sans calibre, sans indication, sans objet, autre, autres, autre marque,
    autres marques, autre calibre, divers, diverses, aucun, aucune, neant, illisible,
    a determiner, non lisible, ras, nc, np, nr, неизвестно, неизвестен, неизвестна, неизвестный,
    неизвестная, неизвестное, не известно, не известна, не известен, не установлено,
    не установлен, не установлена, неустановлен, неустановленный, неустановленная,
    неустановленной модели, не определено, не определен, не определена, не указано, не указан,
    не указана, без марки, без модели, без маркировки, нет, нет данных, нет сведений,
    отсутствует, прочее, прочие, другое, другие, иное, иная, иной, разное, бн,
    \u0431 н, \u0431 м, н д,
    н \u0443, не опознан, не читается, нечитаемо,
    невідомо, невідома, невідомий, невідоме, не відомо,
    невідомої моделі, не встановлено, не встановлена, не встановлений, невстановлено,
    невстановлена, невстановлений, невстановленої моделі, не визначено, не вказано, не вказана,
    без моделі, немає, немає даних, відсутня, відсутній, інше, інша, інші, інший,
    невідомої марки, без назви, غير معروف, غير معروفة, غير معلوم, غير معلومة, غير محدد,
    غير محددة, مجهول, مجهولة, مجهول الهوية, لا يوجد, لا توجد, بدون, بدون ماركة, بلا, بلا ماركة,
    غير مقروء, غير واضح, غير متوفر, اخرى, أخرى, آخر, اخر, غير ذلك, متنوع, متفرقات, غير مسجل,
    بدون علامة, 未知, 不详, 不詳, 不明, 无, 無, 没有, 其他, 其它,
    无标识, 无标记, 未标明, 未识别, 不清, 未查明, 不适用,
    bilinmiyor,
    belirsiz, bilinmeyen, markasiz, diger, yok, tespit edilemedi, belirtilmemis, okunamiyor,
    unbekannt, ohne, ohne marke, keine, keine angabe, sonstige, andere, nicht bekannt,
    sconosciuto, sconosciuta, non identificato, non identificata, altro, altri, ignoto, ignota
"""
_SAID: Final = frozenset(folded(one) for one in _WORDS.split(","))


@lru_cache(maxsize=4_096)
def nothing_said(text: str) -> Why | None:
    """Return why a text names nothing: empty or said_unknown; None where it names something."""
    if not text.strip():
        return "empty"
    if _NOTHING.fullmatch(text.strip().casefold()) or folded(text) in _SAID:
        return "said_unknown"
    return None
