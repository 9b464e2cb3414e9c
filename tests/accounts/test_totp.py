"""Codes of an authenticator against the published vectors of RFC 6238, appendix B (SHA-1, their last six digits)."""

import pytest

from iom.accounts import totp

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890" in base 32
VECTORS = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


@pytest.mark.parametrize(("moment", "code"), VECTORS)
def test_published_codes_belong_to_their_step(moment: int, code: str) -> None:
    assert totp.step_of(SECRET, code, moment) == moment // 30


@pytest.mark.parametrize(("moment", "code"), VECTORS)
def test_one_step_late_is_accepted_two_are_not(moment: int, code: str) -> None:
    assert totp.step_of(SECRET, code, moment + 30) == moment // 30
    assert totp.step_of(SECRET, code, moment + 60) is None


def test_a_code_of_the_future_is_refused() -> None:
    assert totp.step_of(SECRET, "081804", 1111111109 - 30) is None


@pytest.mark.parametrize("typed", ["", "28708", "2870822", "abcdef", "２８７０８２", "287082\x00"])
def test_what_is_not_the_code_is_refused(typed: str) -> None:
    assert totp.step_of(SECRET, typed, 59) is None


def test_spaces_do_not_matter() -> None:
    assert totp.step_of(SECRET, " 287 082 ", 59) == 1


def test_the_link_names_the_site_and_the_login() -> None:
    assert totp.link(SECRET, "a@example.org", "Маршрут") == (
        "otpauth://totp/%D0%9C%D0%B0%D1%80%D1%88%D1%80%D1%83%D1%82:a%40example.org?secret="
        f"{SECRET}&issuer=%D0%9C%D0%B0%D1%80%D1%88%D1%80%D1%83%D1%82"
    )


def test_new_secrets_differ_and_hold_160_bits() -> None:
    secrets = {totp.new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert all(len(secret) == 32 for secret in secrets)  # 32 signs of 5 bits
