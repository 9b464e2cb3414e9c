"""Numbers that do not belong into free text: caught by check digits and shape, without crying wolf at ordinary numbers."""

import random

import pytest

from iom.support.private_numbers import has_private_number, is_snils


def check_digits(nine: str) -> str:
    """By the published rule, step by step: below 100 the sum itself, 100 and 101 give 00, above that the remainder by 101."""
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(nine))
    if total > 101:
        total %= 101
    return "00" if total in {100, 101} else f"{total:02d}"


def test_the_published_example() -> None:
    assert check_digits("112233445") == "95"
    assert is_snils("11223344595")
    assert not is_snils("11223344596")


@pytest.mark.parametrize("seed", range(30))
def test_thirty_numbers_with_right_digits_are_caught_in_any_writing(seed: int) -> None:
    rng = random.Random(seed)
    nine = f"{rng.randint(2_000_000, 999_999_999):09d}"
    digits = nine + check_digits(nine)
    for text in (
        digits,
        f"{digits[:3]}-{digits[3:6]}-{digits[6:9]} {digits[9:]}",
        f"{digits[:3]} {digits[3:6]} {digits[6:9]} {digits[9:]}",
    ):
        assert has_private_number(f"Мой номер {text}, приложу."), text


@pytest.mark.parametrize("text", ["45 10 123456", "4510 123456", "паспорт 45 10 № 123456", "4510 №123456"])
def test_passports_are_caught_by_their_shape(text: str) -> None:
    assert has_private_number(text)


def test_a_hundred_ordinary_numbers_pass() -> None:
    rng = random.Random(5)
    texts = [f"Провела {rng.randint(1, 99)} уроков в 7–9 классах, {rng.randint(10, 40)} детей" for _ in range(40)]
    texts += [f"Удостоверение 78{rng.randint(0, 9)} № 0{rng.randint(10000, 99999)} от 20.11.2026" for _ in range(20)]
    texts += [f"Телефон +7 900 {rng.randint(100, 999)}-{rng.randint(10, 99)}-{rng.randint(10, 99)}" for _ in range(20)]
    texts += [f"Приказ {rng.randint(1, 500)}-од, {rng.randint(1, 28)}.11.2026, 72 ч, 4 200 ₽" for _ in range(20)]
    assert [text for text in texts if has_private_number(text)] == []


def test_a_long_run_of_digits_is_read_quickly() -> None:
    assert not has_private_number("1" * 50_000)
