"""What lists call weapons, ammunition and parts, in the languages that they come in.

A word decides by where it stands: a "pistola semiautomática" is a pistol because it begins so, a
"semi-automatic pistol" because it ends so, and a "slide, pistol" is a part.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal

from stockpile.domain.weapon_types import TYPES

Kind = Literal["weapon", "ammunition", "part", "other", ""]
"""What a row is about; empty where its words tell nothing."""

_TYPES: Final = {
    "REV": "revolver, revolveres, revolvers, revolver pistol, револьвер, مسدس دوار",
    "PST": """
        pistol, pistols, pistola, pistolas, pistolet, pistolets, handgun, handguns, arme de
        poing, self loading pistol, semi automatic pistol, пистолет, مسدس, tabanca
    """,
    "PSS": """
        derringer, garrucha, garruchao, pistolao, single shot pistol, pistolete
    """,
    "RIF": """
        rifle, rifles, carbine, carbines, carabina, carabinas, carabine, fuzil, fuzis, fusil,
        fusiles, fusils, carabina fuzil, винтовка, карабин, بندقية
    """,
    "SNP": """
        sniper rifle, precision rifle, fuzil de precisao, rifle de precision, fusil de
        precision, fusil de francotirador, снайперская винтовка, بندقية قنص
    """,
    "SMG": """
        submachine gun, sub machine gun, machine pistol, smg, submetralhadora, subfusil,
        subametralladora, pistolet mitrailleur, пистолет пулемет, رشاش قصير
    """,
    "ASR": """
        assault rifle, assault rifles, fuzil de assalto, fusil de asalto, fusil d assaut, fusil
        automatico, автомат, بندقية هجومية, بندقية آلية
    """,
    "LMG": """
        light machine gun, lmg, fusil mitrailleur, fuzil metralhador, fusil ametrallador,
        mitrailleuse legere, ametralladora ligera, metralhadora leve, ручной пулемет, رشاش خفيف
    """,
    "GPM": """
        machine gun, machine guns, general purpose machine gun, gpmg, metralhadora,
        ametralladora, mitrailleuse, пулемет, رشاش
    """,
    "HMG": """
        heavy machine gun, hmg, metralhadora pesada, ametralladora pesada, mitrailleuse lourde,
        крупнокалиберный пулемет, رشاش ثقيل
    """,
    "SHG": """
        shotgun, shotguns, espingarda, espingardas, escopeta, escopetas, fusil de chasse, fusil
        a pompe, дробовик, ружье, بندقية صيد, بندقية خرطوش
    """,
    "CMB": """
        combination gun, drilling, arma combinada, espingarda combinada, fusil mixte
    """,
    "GRL": """
        grenade launcher, lanca granadas, lancador de granadas, lanzagranadas, lance grenades,
        launcher grenade, гранатомет, قاذف قنابل
    """,
    "ATL": """
        rocket launcher, rpg, lanca rojao, lanzacohetes, lance roquettes, anti tank launcher
    """,
    "RCL": """
        recoilless rifle, canhao sem recuo, canon sans recul, canon sin retroceso, безоткатное
        орудие
    """,
    "MAN": "manpads, man portable air defence system, пзрк",
    "PAA": "anti aircraft gun",
    "PAT": "anti tank rifle, fusil antichar, противотанковое ружье",
    "MO1": "mortar 60mm, mortar 60 mm, morteiro 60mm",
    "MO2": """
        mortar 81mm, mortar 82mm, mortar 81 mm, mortar 82 mm, morteiro 81mm
    """,
    "MO3": "mortar 120mm, mortar 120 mm, morteiro 120mm",
    "CRF": """
        arma de fabricacao caseira, arma caseira, arma artesanal, fabricacao artesanal, craft
        made, craft, home made, homemade, arma hechiza, hechiza, arme artisanale, fabrication
        artisanale, самодельное оружие, самодельный, سلاح محلي الصنع
    """,
    "REP": """
        replica, simulacro, replique, blank firing, alarm pistol, pistola de alarme, pistola de
        fogueo, airsoft
    """,
}
_AMMUNITION: Final = """
    ammunition, ammo, munition, munitions, municao, municoes, municion, municiones, cartridge,
    cartridges, cartucho, cartuchos, cartouche, cartouches, round, rounds, bala, balas,
    projectile, projetil, estojo, grenade, grenades, granada, granadas, боеприпасы, патрон,
    патроны, ذخيرة, طلقة
"""
_PARTS: Final = """
    part, parts, prt, peca, pecas, pieza, piezas, piece, pieces, component, componente,
    acessorio, acessorios, accessory, accessories, accesorio, accesorios, accessoire,
    accessoires, magazine, magazines, carregador, cargador, chargeur, mount, slide, barrel,
    receiver, bolt, stock, buttstock, sight, sights, optical sight, suppressor, silenciador,
    silencer, silencieux, bipod, tripod, sling, conversion kit, parts kit, modification kit,
    cleaning kit, kit, trigger, hammer, grip, handguard, guard, rail cover, adapter rail, buffer
    assembly, handle assembly, carrier assembly, upper receiver, forward assist assembly,
    compensator, firing attachment, firing device, weapon parts, weapon accessories, extractor,
    spring, pin, sear, holster, cano, ferrolho, culasse, canon, запасные части, магазин, قطع
    غيار, مخزن
"""
_CLASSES: Final[dict[Kind, str]] = {
    "weapon": """
        arma de fogo, armas de fogo, arma, armas, firearm, firearms, weapon, weapons, gun, arma
        de fuego, armas de fuego, arme a feu, arme, armes, оружие, огнестрельное оружие, سلاح,
        small arm, small arms, light weapon, salw
    """,
    "ammunition": _AMMUNITION,
    "part": """
        acessorio, acessorios, accessory, accessories, part, parts, peca, pecas, accesorios,
        accessoires, componente, component, components
    """,
    "other": """
        explosivo, explosivos, explosive, explosives, explosif, arma branca, vehicle, veiculo,
        drug, droga, взрывчатка
    """,
}
_JOINING: Final = frozenset(
    {"com", "with", "con", "avec", "w", "de", "da", "do", "para", "for", "для", "مع"}
)
_MARKS: Final = re.compile(r"[^\w]+|_")


def _phrases(words: str) -> dict[str, None]:
    return dict.fromkeys(plain(one) for one in words.split(","))


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """Return words as they are compared: lower case, no accents, single spaces between."""
    loose = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in loose if not unicodedata.combining(one))
    return _MARKS.sub(" ", bare).strip()


_CODE_OF: Final = {phrase: code for code, words in _TYPES.items() for phrase in _phrases(words)}
_AMMUNITION_WORDS: Final = _phrases(_AMMUNITION)
_PART_WORDS: Final = _phrases(_PARTS)
_CLASS_OF: Final = {
    phrase: kind for kind, words in _CLASSES.items() for phrase in _phrases(words)
}  # fmt: skip


@lru_cache(maxsize=4_096)
def type_said(text: str) -> str:
    """Return the code of the type that the words mean, PRT for a part, or empty for none known."""
    words = plain(text)
    if words.upper() in TYPES:
        return words.upper()
    if words in _CODE_OF:
        return _CODE_OF[words]
    if _is_part(words):
        return "PRT"
    known = _beginning(words, _CODE_OF) or _ending(words, _CODE_OF)
    return _CODE_OF[known] if known else ""


@lru_cache(maxsize=4_096)
def kind_said(class_text: str, type_text: str) -> Kind:
    """Return what a row is about: its class column decides, else the words of its type."""
    if kind := _CLASS_OF.get(plain(class_text), ""):
        return kind
    words = plain(type_text)
    if words in _AMMUNITION_WORDS or _beginning(words, _AMMUNITION_WORDS):
        return "ammunition"
    code = type_said(type_text)
    if code == "PRT":
        return "part"
    return "weapon" if code else ""


def _is_part(words: str) -> bool:
    if words in _PART_WORDS or _beginning(words, _PART_WORDS):
        return True
    return bool(_ending(words, _PART_WORDS)) and not _JOINING.intersection(words.split())


def _beginning(words: str, phrases: dict[str, str] | dict[str, None]) -> str:
    """Return the longest phrase with which the words begin."""
    parts = words.split()
    candidates = (" ".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((one for one in candidates if one in phrases), "")


def _ending(words: str, phrases: dict[str, str] | dict[str, None]) -> str:
    """Return the longest phrase with which the words end."""
    parts = words.split()
    candidates = (" ".join(parts[start:]) for start in range(len(parts)))
    return next((one for one in candidates if one in phrases), "")
