from __future__ import annotations

import numpy as np
import pyotp
import zxingcpp

from stockpile.registry import second_factor
from stockpile.registry.second_factor import STEP
from tests.helpers.every import every

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B: "12345678901234567890"
AT = 1_234_567_890_000


@every([(59_000, "287082"), (1_111_111_109_000, "081804"), (20_000_000_000_000, "353130")])
def test_the_digits_of_the_standard(pair):
    """RFC 6238 appendix B, its last six of eight digits."""
    at, digits = pair
    assert second_factor.step_of(SECRET, digits, at, 0) == at // STEP


def test_the_step_before_and_after_are_taken_and_no_other():
    shown, now = pyotp.TOTP(SECRET), AT // STEP
    for drift in range(-3, 4):
        step = second_factor.step_of(SECRET, shown.generate_otp(now + drift), AT, 0)
        assert step == (now + drift if abs(drift) <= 1 else None)


def test_a_used_step_and_those_before_are_gone():
    shown, now = pyotp.TOTP(SECRET), AT // STEP
    assert second_factor.step_of(SECRET, shown.generate_otp(now), AT, now) is None
    assert second_factor.step_of(SECRET, shown.generate_otp(now - 1), AT, now) is None
    assert second_factor.step_of(SECRET, shown.generate_otp(now + 1), AT, now) == now + 1


@every(["", " ", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "²²²²²²", "0" * 5_000, "\0" * 6])
def test_what_is_no_six_digits(typed):
    assert second_factor.step_of(SECRET, typed, AT, 0) is None


def test_nobody_without_a_factor_has_one():
    assert second_factor.step_of("", "123456", AT, 0) is None


def test_digits_may_be_typed_with_a_space():
    digits = pyotp.TOTP(SECRET).generate_otp(AT // STEP)
    assert second_factor.step_of(SECRET, f" {digits[:3]} {digits[3:]} ", AT, 0)


def test_what_is_drawn_is_what_a_phone_reads():
    secret = second_factor.new_secret()
    address = second_factor.address_of(secret, "amina", "registry.example")
    size, path = second_factor.drawn(address)
    pixels = np.full((size, size), 255, np.uint8)
    for row in path.replace("Z", "").split("M")[1:]:
        corner, _, rest = row.partition("h")
        wide, _, tall = rest.partition("v")
        (x, y), w = map(int, corner.split()), int(wide)
        h = int(tall.partition("h")[0])
        pixels[y : y + h, x : x + w] = 0
    read = zxingcpp.read_barcode(np.kron(pixels, np.ones((4, 4), np.uint8)))
    assert read.text == address
    assert pyotp.parse_uri(read.text).secret == secret


def test_ten_codes_each_its_own():
    codes = second_factor.new_codes()
    assert len({second_factor.code_hash(one) for one in codes}) == 10
    shown = codes[0]
    assert second_factor.code_hash(shown) == second_factor.code_hash(shown.lower().replace("-", ""))
    assert shown not in second_factor.code_hash(shown)
    second_factor.code_hash("\ud800")
