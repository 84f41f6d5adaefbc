"""Check characters of ISO 7064: what a slip of the pen or a worn digit would betray.

Each function takes the alphabet as a string in which a character's place is its value.
"""

from __future__ import annotations

DIGITS = "0123456789"
DIGITS_AND_LETTERS = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def hybrid_check(text: str, alphabet: str = DIGITS_AND_LETTERS) -> str:
    """Return the check character of a hybrid system (ISO 7064 MOD 37,36 with the usual alphabet).

    The two moduli are the alphabet's size and one more: ten digits make MOD 11,10. Finds every
    single substitution. Raises ValueError for a character outside the alphabet.
    """
    size = len(alphabet)
    return alphabet[(1 - _hybrid_rest(text, alphabet)) % size]


def hybrid_holds(text: str, alphabet: str = DIGITS_AND_LETTERS) -> bool:
    """Say whether the last character of the text is its check character under a hybrid system."""
    if not text or any(character not in alphabet for character in text):
        return False
    return hybrid_check(text[:-1], alphabet) == text[-1]


def _hybrid_rest(text: str, alphabet: str) -> int:
    size = len(alphabet)
    rest = size
    for character in text:
        total = (rest + alphabet.index(character)) % size or size
        rest = total * 2 % (size + 1)
    return rest


def pure_check(text: str, modulus: int, radix: int, length: int, alphabet: str = DIGITS) -> str:
    """Return the check characters of a pure system: MOD 97-10 is `modulus=97, radix=10, length=2`.

    MOD 1271-36 is 1271, 36, 2 over digits and letters. Raises ValueError for a character outside
    the alphabet.
    """
    rest = _pure_rest(text, modulus, radix, alphabet) * radix**length
    value = (1 - rest) % modulus
    characters = []
    for _ in range(length):
        value, place = divmod(value, radix)
        characters.append(alphabet[place])
    return "".join(reversed(characters))


def pure_holds(text: str, modulus: int, radix: int, alphabet: str = DIGITS) -> bool:
    """Say whether the text ends with its check characters under a pure system."""
    if not text or any(character not in alphabet for character in text):
        return False
    return _pure_rest(text, modulus, radix, alphabet) == 1


def _pure_rest(text: str, modulus: int, radix: int, alphabet: str) -> int:
    rest = 0
    for character in text:
        rest = (rest * radix + alphabet.index(character)) % modulus
    return rest
