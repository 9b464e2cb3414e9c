"""Password hashes: parameters of the bar, nothing trimmed, equal time for nobody."""

import re
import time
import unicodedata
from statistics import median

import pytest
from argon2 import PasswordHasher

from iom.accounts import passwords
from iom.accounts.passwords import hash_password, needs_rehash, verify_nobody, verify_password


def test_hash_names_argon2id_with_the_parameters_of_the_bar() -> None:
    kept = hash_password("семь жёлтых лодок")

    memory, rounds, lanes = map(int, re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$", kept).groups())  # type: ignore[union-attr]
    assert memory >= 19 * 1024
    assert (rounds, lanes) == (2, 1)


def test_same_password_has_a_hash_of_its_own_each_time() -> None:
    assert hash_password("семь жёлтых лодок") != hash_password("семь жёлтых лодок")


@pytest.mark.parametrize(
    "password", ["семь жёлтых лодок", " с пробелом впереди", "в конце ", "😀" * 128, "x" * 1_000, "\ud800 half", "a\x00b"]
)
def test_password_is_recognised_as_typed(password: str) -> None:
    assert verify_password(hash_password(password), password)


@pytest.mark.parametrize(
    ("password", "other"),
    [
        ("семь лодок", "Семь лодок"),
        ("семь лодок", "семь лодок "),
        (" семь", "семь"),
        ("x" * 100, "x" * 99),
        ("a\x00b", "a\x00c"),
        ("ё", "е"),
        ("K", "\u212a\u212a"),
    ],
)
def test_anything_else_is_not_recognised(password: str, other: str) -> None:
    assert not verify_password(hash_password(password), other)


def test_two_ways_to_write_a_letter_are_one_password() -> None:
    composed, decomposed = "мой йогурт", unicodedata.normalize("NFD", "мой йогурт")

    assert composed != decomposed
    assert verify_password(hash_password(composed), decomposed)


@pytest.mark.parametrize("kept", ["", "!", "$argon2id$broken", "plain text"])
def test_broken_hash_recognises_nothing(kept: str) -> None:
    assert not verify_password(kept, "plain text")


def test_older_parameters_ask_for_a_new_hash() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash("семь жёлтых лодок")

    assert verify_password(weak, "семь жёлтых лодок")
    assert needs_rehash(weak)
    assert not needs_rehash(hash_password("семь жёлтых лодок"))


def test_unknown_person_costs_as_much_time_as_a_known_one() -> None:
    kept = hash_password("семь жёлтых лодок")
    known, unknown = [], []
    for _ in range(15):
        started = time.perf_counter()
        verify_password(kept, "не тот пароль")
        known.append(time.perf_counter() - started)
        started = time.perf_counter()
        verify_nobody("не тот пароль")
        unknown.append(time.perf_counter() - started)

    # A tenth is asked for over 200 tries on a quiet machine; a missing check would be a hundred times faster.
    assert 0.5 < median(unknown) / median(known) < 2


def test_nobody_has_the_strength_of_everybody() -> None:
    assert not needs_rehash(passwords._NOBODY)
