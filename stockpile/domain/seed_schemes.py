"""The marking schemes that ship: what conventions and laws say of a mark, each with its source.

None is a rule by itself. Where a source leaves order, separators or width open, or was only found
in reports, the words of its source say so: the nation sets its own scheme from it.
"""

from __future__ import annotations

from typing import Final

from stockpile.domain.facts import Glyph, SchemeSet, SchemeWord
from stockpile.domain.values import SchemeId

MOSAIC_IMPORT_FULL: Final = SchemeId("MOSAIC_IMPORT_FULL")
"""The scheme that is used where nobody chose another."""
PRESSURE_PARTS: Final = ("barrel", "bolt", "cylinder", "slide", "breech_block")
"""Parts that MOSAIC 05.30 recommends to mark as well."""
LIMITS_SOURCE: Final = (
    "1.6 mm high, 0.0762 mm deep: Implementing Directive (EU) 2019/68 as amended by 2024/325; meets"
    " 27 CFR 478.92 (1/16 in, 0.003 in) and SOR/2004-275 of Canada (1.58 mm, 0.076 mm) too. Values"
    " of MOSAIC 05.30, clause 5.3.4, were not found"
)
_NATIONAL: Final = "separators, order and width are to be set nationally"

SEED_SCHEMES: Final[tuple[tuple[SchemeId, SchemeSet], ...]] = (
    (
        MOSAIC_IMPORT_FULL,
        SchemeSet(
            name="MOSAIC import mark",
            pattern="{iso2} {yy} {seq}",
            digits=6,
            source="MOSAIC 05.30: country and year of import and a unique serial number on weapons"
            " not adequately marked; height and depth: Directive (EU) 2019/68 as amended 2024/325",
            limits_source=LIMITS_SOURCE,
            also=PRESSURE_PARTS,
        ),
    ),
    (
        SchemeId("MOSAIC_IMPORT"),
        SchemeSet(
            name="MOSAIC import mark, adequately marked weapon",
            pattern="{iso2} {yy}",
            source="MOSAIC 05.30 (overview slides): country and year of import on a weapon that is"
            " adequately marked already; next to the marks there and distinct from them",
            reasons=("import",),
            limits_source=LIMITS_SOURCE,
            also=PRESSURE_PARTS,
        ),
    ),
    (
        SchemeId("MOSAIC_MFR"),
        SchemeSet(
            name="MOSAIC mark at manufacture",
            pattern="{iso2} {maker} {yy} {model} {serial} {cal}",
            source="MOSAIC 05.30 (overview slides), in this order: country, manufacturer, year,"
            " type or model code, serial number, calibre; for who marks where and when it is made",
            reasons=("manufacture",),
            limits_source=LIMITS_SOURCE,
            also=PRESSURE_PARTS,
        ),
    ),
    (
        SchemeId("RECSA_STATE"),
        SchemeSet(
            name="RECSA mark of a State's weapon",
            pattern="{star} {iso2} {force} {seq}",
            source="Layout common in the RECSA region (press and conference reports, 2009 to 2014):"
            " star, country, force code where a State uses one (POL is the one example shown),"
            f" number apart from the factory's; {_NATIONAL}",
            words=(SchemeWord("force", "POL", "Police"), SchemeWord("force", "", "No force code")),
            glyphs=(
                Glyph(
                    "star",
                    ("...#...", "...#...", "#######", ".#####.", "..###..", ".##.##.", "#.....#"),
                ),
            ),
            reasons=("state_stock",),
            limits_source=LIMITS_SOURCE,
        ),
    ),
    (
        SchemeId("ECOWAS_STATE"),
        SchemeSet(
            name="ECOWAS mark of a State's weapon",
            pattern="{logo} {iso2} {agency} {date} {serial}",
            source="As Sierra Leone is reported to mark: logo, country, security agency, date,"
            " serial of the weapon; the exact layout of the ECOWAS mark was not found and is to be"
            " set nationally, with the logo and the agencies' codes",
            reasons=("state_stock",),
            limits_source=LIMITS_SOURCE,
        ),
    ),
    (
        SchemeId("CIFTA_IMPORT"),
        SchemeSet(
            name="CIFTA import mark",
            pattern="{importer} {city} {country}",
            source="CIFTA, article VI: the importer's name and address",
            reasons=("import",),
            limits_source=LIMITS_SOURCE,
        ),
    ),
    (
        SchemeId("CA_IMPORT"),
        SchemeSet(
            name="Canada: import mark",
            pattern="CA {yy}",
            country="CA",
            source="SOR/2004-275 of Canada: Canada or CA, and the last two digits of the year of"
            " import",
            reasons=("import",),
            limits_source=LIMITS_SOURCE,
        ),
    ),
    (
        SchemeId("US_PMF"),
        SchemeSet(
            name="United States: privately made firearm",
            pattern="{lic8}-{serial}",
            country="US",
            source="27 CFR 478.92 as of 24 August 2022: the licence's first three and last five"
            " digits, a hyphen and a number unique to the licensee",
            limits_source=LIMITS_SOURCE,
        ),
    ),
    (
        SchemeId("GRIP_DEMO"),
        SchemeSet(
            name="Example printed by GRIP",
            pattern="{serial}/{made_in}/{maker}/{model}/{importer}/{cal}",
            source="An example printed by GRIP (1234567 / CH / SIG / 090 / SAU / calibre): country"
            " of manufacture by two letters, importing State by three; an example, not a standard",
            reasons=("import",),
            limits_source=LIMITS_SOURCE,
        ),
    ),
)
