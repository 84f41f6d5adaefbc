"""The words of calibres, in many languages and shortenings, each brought to one form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from stockpile.domain.normalising.wordings import all_of, plainly

_SAME: Final = {
    "special": "spl spec special sp especial esp spezial speciale спешл спец",
    "magnum": "mag magn mgn magnum магнум ماغنوم ماجنوم magnun magnum's maq",
    "auto": "auto acp automatic automatica automatico automatique aut autom automatik",
    "lr": "lr lrifle lfb lrf lrhv лр",
    "long": "long longo longa lang longue",
    "short": "short curto curta corto corta court courte kurz kurtz krz sht shrt",
    "winchester": "winchester win winch wincherster wincester винчестер",
    "remington": "remington rem ремингтон remigton",
    "parabellum": "parabellum para parabelum luger lugar luguer lugger парабеллум пара люгер "
    "парабелум بارابيلوم بارا pb parabell lug",
    "nato": "nato otan нато ناتو nat",
    "s&w": "s&w sw smith&wesson s&wesson",
    "browning": "browning brow browing браунинг",
    "makarov": "makarov mak makarow макаров макарова пм pm ماكاروف",
    "tokarev": "tokarev tokarew tokareff tok токарев токарева tt тт توكاريف",
    "kalashnikov": "kalashnikov kalachnikov kalasnikov kalashnikow калашников калашникова",
    "russian": "russian russe ruso russo russa rusa russisch русский",
    "soviet": "soviet sovietico sovietica sovietique советский",
    "carbine": "carbine carabine carabina carb карабин",
    "government": "government govt gov gvt gouvernement",
    "springfield": "springfield sprg sprng spring spr spfd",
    "weatherby": "weatherby wby wthby wetherby",
    "blackout": "blackout blk bo",
    "creedmoor": "creedmoor creedmore creedmor creed cm",
    "flobert": "flobert флобер флобера floberto",
    "nagant": "nagant наган нагана ناغان",
    "mauser": "mauser маузер موزر",
    "mosin": "mosin мосин мосина moisin",
    "traumatic": "traumatic traumatico traumatica traumatique травматический травматика травм",
    "rubber": "rubber borracha goma gom резина резиновая",
    "blank": "blank fogueo festim salva blanc холостой холост detonadora",
    "air": "air chumbinho",
    "lancaster": "lancaster ланкастер lanc",
    "tkm": "tkm ткм", "tk": "tk тк",
    "pa": "pa pak \u0440\u0430 па", "largo": "largo larga",
    "express": "express expr", "federal": "federal fed", "british": "british brit ingles inglesa",
    "swedish": "swedish swede sueco sueca suedois", "swiss": "swiss suisse suico suizo schweizer",
    "french": "french francais frances", "italian": "italian italiano italienne italien",
    "japanese": "japanese japones japonais jap", "spanish": "spanish espanol espanhol espagnol",
    "argentine": "argentine argentino argentina arg",
    "mortar": "mortar morteiro mortero mortier миномет",
    "rocket": "rocket foguete cohete roquette", "grenade": "grenade granada granadas grenades",
    "ultra": "ultra", "police": "police policia polizei", "holland": "holland",
    "t": "t т",
    "ga": "ga g gauge gage bore guage gauges gua gague jauge galga галга",
    "pellet": "pellet pellets diabolo", "nitro": "nitro", "recoilless": "recoilless",
}  # fmt: skip
_FORM: Final = {word: form for form, words in _SAME.items() for word in words.split()}
_IDLE: Final = all_of("""
    c
        mm millimeter millimeters millimetre millimetres milimetro milimetros millimetri mms мм ملم
    مم ملمتر 毫米 公厘 cal calibre calibres caliber calibers calibro calibrul calib calibr kal
    kaliber kalibre kalibr калибр калибра калибре кал к калібр калібру عيار 口径 口徑 cap capi gun
    guns pistol pistols pistola pistolet pistolas rifle rifles revolver shotgun fuzil espingarda
    escopeta fusil handgun firearm weapon arma armas de da do del du des la le el the a an of e
    y et and и for type tipo round rounds rd rds cartridge cartridges cartucho cartuchos
    cartouche cartouches munition ammo ammunition municao municion p hyper hv sv subsonic sub
    fmj jhp hp fn soft point velocity high match inch inches in pol polegada polegadas pulgada
    pulgadas pouce pouces duplo dupla cano canos multicalibre expo knock bagos military approx
    aprox tactical hunting chamber chambered camara chambre nominal o wadcutter wc riot semi x
    патрон патрона патроны под пистолет револьвер ружье винтовка автомат охотничье طلقة بندقية
    مسدس 号 號 弹 弹药 手枪 步枪
"""
)  # fmt: skip
_LETTERS: Final = (
    (re.compile(r"s(?:mith)?[\s.]*(?:&|and|e|y|et|\+|-)?[\s.]*w(?:es?son|elson|esso)\b"), "s&w"),
    (re.compile(r"\bs\s*[.&/]?\s*w\b\.?"), "s&w "),
    (re.compile(r"\bsw(?=l\b|spl\b)"), "s&w "),
    (re.compile(r"\bh\s*&\s*(?=[rh]\b)"), "h&"),
    (re.compile(r"\bh\.?\s*and\s*(?=[rh]\b)"), "h&"),
    (re.compile(r"\bl\.?\s*r\.?(?![^\W\d_])|\blong[\s.-]*rifle|\b(?:rifle|r)\s*l(?:ongo|argo)\b"
                r"|\blargo\s*rifle|\blang\s*f\w*\s*b\w*"), " lr "),
    (re.compile(r"(?<=\d)\s*[p\u0440]\.\s*[a\u0430]\.?(?:\s*[k\u043a]\.?)?(?!\w)"), " pa "),
    (re.compile(r"\bw\.\s*m\.\s*r\.?"), "wmr "),
    (re.compile(r"\ba\.\s*c\.\s*p\.?"), "acp "),
    (re.compile(r"\bspl\s*\.?\s*(?=long\b)"), "special "),
)  # fmt: skip
_POINT: Final = re.compile(r"^\s*p[.\s]*(?=\d{2,3}\b)")
"""Brazil's lists write P.40 and P 380: ponto, the point of an inch calibre."""
_JOINED: Final = re.compile(
    r"\b(sp|сп|vz|wz|mk|gp|гп|ss|pab|vog|вог|ags|\u0430\u0433\u0441|zu|зу|ks|кс|dap|dbp|qlz|gm|rpg|рпг|spg|спг|ak"
    r"|type|ppsh|tt|svt|psm|m)[\s.\-]{1,2}(?=\d{1,4}(?![\d.,x])(?!\s*(?:mm|мм)))"
)
_HYPHENED: Final = re.compile(r"\b((?!cal|kal|кал)[^\W\d_]{2,})-(?=\d)")
_MILLIMETRES: Final = r"(?:mm|мм|ملم|مم|毫米|millim\w*|milim\w*)"
_TIMES: Final = re.compile(
    rf"(?<=\d)\s*{_MILLIMETRES}?\.?\s*[x×\u0445*✕✖]\s*\.?(?=\d)"  # noqa: RUF001
)
_RIMMED: Final = re.compile(r"(?<=\d)\s*mmr\b")
_UNIT_BETWEEN: Final = re.compile(rf"(?<=\d)\s*{_MILLIMETRES}(?=-\d)")
_COMMA: Final = re.compile(r"(?<=\d)\s?[,\u066b\u060c]\s?(?=\d)|(?<![\d.])[,\u066b](?=\d{2,3}\b)")
_CALIBRE: Final = re.compile(
    r"(cal(?:ib(?:re|er|ro)?)?|kal(?:iber)?|кал(?:ибр)?|عيار|口径)(?=[.\d])[.:]?(?=\.?\d)"
)


@lru_cache(maxsize=16_384)
def prepared(text: str) -> str:
    """Return a calibre's text with one sign for each thing: a decimal point, an x, joined names."""
    plain = _COMMA.sub(".", plainly(text))
    plain = _UNIT_BETWEEN.sub("", _TIMES.sub("x", plain))
    plain = _CALIBRE.sub(r"\1 ", _RIMMED.sub("r", plain))
    plain = _POINT.sub(".", plain)
    for pattern, meaning in _LETTERS:
        plain = pattern.sub(meaning, plain)
    return _HYPHENED.sub(r"\1", _JOINED.sub(r"\1", plain))


def form_of(word: str) -> str:
    """Return the one form of a calibre's word; empty for a word that says nothing."""
    form = _FORM.get(word, word)
    return "" if form in _IDLE else form


def known_forms() -> frozenset[str]:
    """Return every word that has a meaning here, for correcting the spelling of others."""
    return frozenset(_FORM)
