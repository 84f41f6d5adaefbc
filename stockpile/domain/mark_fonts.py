"""Our own letters for metal: a pin's dots on a grid of 5 by 7, single strokes for scribe and laser.

Capitals of the Latin, Greek and Cyrillic alphabets and Arabic figures, as the Implementing
Directive (EU) 2019/68 allows them (Roman numerals are Latin letters), the signs that marks use,
and a star. No two letters look alike: the zero has a bar, the one a foot, the three a flat top (the
Cyrillic Ze a round one) and the eight crosses itself, so that worn or half filled dots still read
as themselves. Drawn for this program.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

COLUMNS: Final = 5
ROWS: Final = 7
SPACE: Final = " "

STROKE_WIDTH: Final = 8
"""Steps across a stroke letter: two of them are one column of the dots."""
STROKE_HEIGHT: Final = 12
"""Steps up a stroke letter: two of them are one row of the dots."""

Strokes = tuple[tuple[tuple[int, int], ...], ...]

# Twelve letters side by side: their names above their first column, then seven rows of dots.
_SHEETS: Final = """
A     B     C     D     E     F     G     H     I     J     K     L
.###. ####. .###. ###.. ##### ##### .###. #...# .###. ..### #...# #....
#...# #...# #...# #..#. #.... #.... #...# #...# ..#.. ...#. #..#. #....
#...# #...# #.... #...# #.... #.... #.... #...# ..#.. ...#. #.#.. #....
##### ####. #.... #...# ####. ####. #.### ##### ..#.. ...#. ##... #....
#...# #...# #.... #...# #.... #.... #...# #...# ..#.. ...#. #.#.. #....
#...# #...# #...# #..#. #.... #.... #...# #...# ..#.. #..#. #..#. #....
#...# ####. .###. ###.. ##### #.... .#### #...# .###. .##.. #...# #####

M     N     O     P     Q     R     S     T     U     V     W     X
#...# #...# .###. ####. .###. ####. .#### ##### #...# #...# #...# #...#
##.## #...# #...# #...# #...# #...# #.... ..#.. #...# #...# #...# #...#
#.#.# ##..# #...# #...# #...# #...# #.... ..#.. #...# #...# #...# .#.#.
#.#.# #.#.# #...# ####. #...# ####. .###. ..#.. #...# #...# #.#.# ..#..
#...# #..## #...# #.... #.#.# #.#.. ....# ..#.. #...# #...# #.#.# .#.#.
#...# #...# #...# #.... #..#. #..#. ....# ..#.. #...# .#.#. ##.## #...#
#...# #...# .###. #.... .##.# #...# ####. ..#.. .###. ..#.. #...# #...#

Y     Z     0     1     2     3     4     5     6     7     8     9
#...# ##### .###. ..#.. .###. ##### ...#. ##### ..##. ##### .###. .###.
#...# ....# #...# .##.. #...# ...#. ..##. #.... .#... ....# #...# #...#
.#.#. ...#. #..## #.#.. ....# ..#.. .#.#. ####. #.... ...#. .#.#. #...#
..#.. ..#.. #.#.# ..#.. ...#. ...#. #..#. ....# ####. ..#.. ..#.. .####
..#.. .#... ##..# ..#.. ..#.. ....# ##### ....# #...# .#... .#.#. ....#
..#.. #.... #...# ..#.. .#... #...# ...#. #...# #...# .#... #...# ...#.
..#.. ##### .###. ##### ##### .###. ...#. .###. .###. .#... .###. .##..

-     .     ,     /     +     :     (     )     #     _     &     *
..... ..... ..... ....# ..... ..... ...#. .#... .#.#. ..... .##.. .....
..... ..... ..... ....# ..#.. .##.. ..#.. ..#.. .#.#. ..... #..#. #.#.#
..... ..... ..... ...#. ..#.. .##.. .#... ...#. ##### ..... #.#.. .###.
.###. ..... ..... ..#.. ##### ..... .#... ...#. .#.#. ..... .#... #####
..... ..... .##.. .#... ..#.. .##.. .#... ...#. ##### ..... #.#.# .###.
..... .##.. ..#.. #.... ..#.. .##.. ..#.. ..#.. .#.#. ..... #..#. #.#.#
..... .##.. .#... #.... ..... ..... ...#. .#... .#.#. ##### .##.# .....

★     Γ     Δ     Θ     Λ     Ξ     Π     Σ     Φ     Ψ     Ω     Б
..#.. ##### ..#.. .###. ..#.. ##### ##### ##### ..#.. #.#.# .###. #####
..#.. #.... ..#.. #...# ..#.. ..... #...# #.... .###. #.#.# #...# #....
##### #.... .#.#. #...# .#.#. ..... #...# .#... #.#.# #.#.# #...# #....
.###. #.... .#.#. ##### .#.#. .###. #...# ..#.. #.#.# .###. #...# ####.
.###. #.... #...# #...# #...# ..... #...# .#... #.#.# ..#.. .#.#. #...#
##.## #.... #...# #...# #...# ..... #...# #.... .###. ..#.. .#.#. #...#
#...# #.... ##### .###. #...# ##### #...# ##### ..#.. ..#.. ##.## ####.

Ґ     Ѓ     Д     Ђ     Ё     Є     Ж     З     И     Й     Ї     Ќ
....# ...#. ..##. ####. .#.#. ..### #.#.# .###. #...# .#.#. .#.#. ...#.
##### ..#.. .#.#. .#... ..... .#... #.#.# #...# #...# ..#.. ..... ..#..
#.... ##### .#.#. .#... ##### #.... .###. ....# #..## #...# .###. #...#
#.... #.... .#.#. .###. #.... ####. ..#.. ..##. #.#.# #..## ..#.. #..#.
#.... #.... .#.#. .#..# ####. #.... .###. ....# ##..# #.#.# ..#.. ###..
#.... #.... ##### ....# #.... .#... #.#.# #...# #...# ##..# ..#.. #..#.
#.... #.... #...# ..##. ##### ..### #.#.# .###. #...# #...# .###. #...#

Л     Љ     Њ     Ћ     У     Ў     Ц     Ч     Џ     Ш     Щ     Ъ
..### .##.. #.#.. ####. #...# .#.#. #..#. #...# #...# #.#.# #.#.# ##...
.#..# #.#.. #.#.. .#... #...# ..#.. #..#. #...# #...# #.#.# #.#.# .#...
.#..# #.#.. #.#.. .#... #...# #...# #..#. #...# #...# #.#.# #.#.# .#...
.#..# #.##. ####. .###. .#### #...# #..#. .#### #...# #.#.# #.#.# .###.
.#..# #.#.# #.#.# .#..# ....# .#### #..#. ....# #...# #.#.# #.#.# .#..#
.#..# #.#.# #.#.# .#..# ...#. ....# ##### ....# ##### #.#.# ##### .#..#
#...# #.##. #.##. .#..# .##.. .###. ....# ....# ..#.. ##### ....# .###.

Ы     Ь     Э     Ю     Я
#...# #.... ###.. #..#. .####
#...# #.... ...#. #.#.# #...#
#...# #.... ....# #.#.# #...#
##..# ####. .#### ###.# .####
#.#.# #...# ....# #.#.# ..#.#
#.#.# #...# ...#. #.#.# .#..#
##..# ####. ###.. #..#. #...#
"""

# Strokes parted by commas, points by spaces: steps right, then up (a, b, c: 10, 11, 12).
_STROKES: Final = """
A 00 07 4c 87 80,05 85
B 00 0c 6c 8a 88 66 06,66 84 82 60 00
C 8a 6c 2c 0a 02 20 60 82
D 00 0c 4c 88 84 40 00
E 8c 0c 00 80,06 66
F 8c 0c 00,06 66
G 7c 2c 0a 02 20 60 82 86 46
H 0c 00,8c 80,06 86
I 2c 6c,4c 40,20 60
J 4c 8c,6c 62 40 20 02
K 0c 00,8c 06 80
L 0c 00 80
M 00 0c 46 8c 80
N 00 0c 80 8c
O 2c 0a 02 20 60 82 8a 6c 2c
P 00 0c 6c 8a 88 66 06
Q 2c 0a 02 20 60 82 8a 6c 2c,44 80
R 00 0c 6c 8a 88 66 06,46 80
S 8a 6c 2c 0a 08 26 66 84 82 60 20 02
T 0c 8c,4c 40
U 0c 02 20 60 82 8c
V 0c 40 8c
W 0c 20 46 60 8c
X 0c 80,00 8c
Y 0c 46 8c,46 40
Z 0c 8c 00 80
0 2c 0a 02 20 60 82 8a 6c 2c,02 8a
1 09 4c 40,00 80
2 0a 2c 6c 8a 87 00 80
3 0c 8c 47 67 85 82 60 20 02
4 60 6c 04 84
5 8c 0c 07 67 85 82 60 20 02
6 6c 4c 08 02 20 60 82 84 66 06
7 0c 8c 30
8 2c 6c 8a 89 03 02 20 60 82 83 09 0a 2c
9 20 40 84 8a 6c 2c 0a 08 26 86
- 26 66
. 30 50 52 32 30
, 42 20
/ 00 8c
+ 4a 42,06 86
: 38 58 5a 3a 38,32 52 54 34 32
( 6c 39 33 60
) 2c 59 53 20
# 2c 20,6c 60,08 88,04 84
_ 00 80
& 80 08 0a 2c 4c 6a 68 04 02 20 50 84
* 4a 42,08 84,04 88
★ 10 4c 70 08 88 10
Γ 00 0c 8c
Δ 00 4c 80 00
Θ 2c 0a 02 20 60 82 8a 6c 2c,06 86
Λ 00 4c 80
Ξ 0c 8c,26 66,00 80
Π 00 0c 8c 80
Σ 8c 0c 46 00 80
Φ 4c 40,2a 08 04 22 62 84 88 6a 2a
Ψ 0c 08 26 66 88 8c,4c 40
Ω 00 20 24 07 0a 2c 6c 8a 87 64 60 80
Б 8c 0c 00 60 82 84 66 06
Ґ 00 0a 8a 8c
Ѓ 00 08 88,4a 6c
Д 00 02 82 80,12 3c 7c 72
Ђ 0c 6c,2c 20,27 67 85 82 60 40
Ё 88 08 00 80,04 64,2b 2c,6b 6c
Є 8c 4c 08 04 40 80,06 66
Ж 00 46 0c,80 46 8c,4c 40
З 0a 2c 6c 8a 88 66 46,66 84 82 60 20 02
И 0c 00 8c 80
Й 08 00 88 80,2c 3a 5a 6c
Ї 28 68,48 40,20 60,2b 2c,6b 6c
Ќ 08 00,88 04 80,4a 6c
Л 00 12 3c 8c 80
Љ 00 12 2c 5c 50 70 82 84 76 56
Њ 0c 00,4c 40 70 82 84 76 06
Ћ 0c 6c,2c 20,27 67 85 80
У 0c 56,8c 20 00
Ў 08 64,88 40 20,2c 3a 5a 6c
Ц 0c 02 82 80,6c 62
Ч 0c 08 26 86,8c 80
Џ 0c 02 82 8c,42 40
Ш 0c 00 80 8c,4c 40
Щ 0c 02 82 80,3c 32,6c 62
Ъ 0c 2c 20 60 82 84 66 26
Ы 0c 00 30 52 54 36 06,8c 80
Ь 0c 00 60 82 84 66 06
Э 0c 4c 88 84 40 00,86 26
Ю 0c 00,06 36,5c 3a 32 50 60 82 8a 6c 5c
Я 80 8c 2c 0a 08 26 86,46 00
"""

# Greek and Cyrillic capitals with the shape of another letter are cut with that letter's dots.
_SAME_SHAPE: Final = str.maketrans(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХЅІЈГПФ",
    "ABEZHIKMNOPTYXABEKMHOPCTXSIJΓΠΦ",
)


def _dots_read() -> Mapping[str, tuple[str, ...]]:
    letters: dict[str, tuple[str, ...]] = {}
    for sheet in _SHEETS.strip().split("\n\n"):
        names, *rows = sheet.splitlines()
        for place in range(0, len(names), COLUMNS + 1):
            letters[names[place]] = tuple(row[place : place + COLUMNS] for row in rows)
    return MappingProxyType(letters)


def _strokes_read() -> Mapping[str, Strokes]:
    letters: dict[str, Strokes] = {}
    for line in _STROKES.strip().splitlines():
        name, drawn = line[0], line[2:]
        letters[name] = tuple(
            tuple((int(point[0], 16), int(point[1], 16)) for point in stroke.split())
            for stroke in drawn.split(",")
        )
    return MappingProxyType(letters)


_DOTS: Final = _dots_read()
_LINES: Final = _strokes_read()


def letters() -> str:
    """Return every character that can be cut, each shape once; the space is not among them."""
    return "".join(_DOTS)


def alphabet() -> str:
    """Return every character that can be cut, look-alikes of other alphabets and space included."""
    return letters() + "".join(map(chr, _SAME_SHAPE)) + SPACE


def shape_of(character: str) -> str:
    """Return the character whose shape stands for this one: itself, or its Latin or Greek twin."""
    return character.translate(_SAME_SHAPE)


def dots_of(character: str) -> tuple[str, ...] | None:
    """Return the letter as seven rows from the top, ``#`` a dot; None for what cannot be cut."""
    if character == SPACE:
        return ("." * COLUMNS,) * ROWS
    return _DOTS.get(shape_of(character))


def strokes_of(character: str) -> Strokes | None:
    """Return the letter's strokes in steps right and up; None for what cannot be cut."""
    if character == SPACE:
        return ()
    return _LINES.get(shape_of(character))
