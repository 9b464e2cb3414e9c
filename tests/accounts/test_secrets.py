"""Tokens and printed codes: enough bits, forgiving to the hand, useless when stolen from the database."""

import hashlib
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iom.accounts.secrets import (
    CODE_ALPHABET,
    code_fingerprint,
    group_code,
    hash_code,
    hash_token,
    matches_token,
    new_code,
    new_token,
    normalise_code,
    verify_code,
)

CODE = "7K3M-9QXW-0TB1-HYE5"


def test_token_has_256_bits_and_goes_into_an_address() -> None:
    tokens = {new_token().token for _ in range(200)}

    assert len(tokens) == 200
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)  # 43 signs of 6 bits hold 32 bytes


def test_only_the_hash_of_a_token_is_kept() -> None:
    issued = new_token()

    assert issued.token_hash == hashlib.sha256(issued.token.encode()).hexdigest()
    assert issued.token not in issued.token_hash


def test_token_is_matched_as_a_whole() -> None:
    issued = new_token()

    assert matches_token(issued.token_hash, issued.token)
    for wrong in ("", issued.token[:-1], issued.token + "x", issued.token.swapcase(), issued.token_hash, "\ud800", "ключ"):
        assert not matches_token(issued.token_hash, wrong)


def test_hash_of_a_token_is_the_published_one() -> None:
    # SHA-256 of "abc", FIPS 180-4 example.
    assert hash_token("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_code_holds_80_bits_in_unambiguous_signs() -> None:
    assert len(set(CODE_ALPHABET)) == 32
    assert 16 * math.log2(32) == 80
    assert not set("ILOU") & set(CODE_ALPHABET)


def test_code_is_printed_in_four_groups_of_four() -> None:
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(re.fullmatch(rf"[{CODE_ALPHABET}]{{4}}(-[{CODE_ALPHABET}]{{4}}){{3}}", code) for code in codes)


def test_every_sign_is_drawn_about_as_often_as_the_others() -> None:
    drawn = "".join(new_code().replace("-", "") for _ in range(500))

    # 8 000 draws of 32 signs: 250 each, standard deviation 15.6; six deviations are crossed once in millions of runs.
    assert all(156 < drawn.count(sign) < 344 for sign in CODE_ALPHABET)


@pytest.mark.parametrize(
    "typed",
    [
        "7K3M-9QXW-0TB1-HYE5",
        "7k3m9qxw0tb1hye5",
        " 7K3M 9QXW 0TB1 HYE5 ",
        "7K3M–9QXW—0TB1_HYE5",
        "7K3M-9QXW-OTBI-HYE5",  # the letters O and I
        "7k3m-9qxw-otbl-hye5",
        "7КЗМ-9QХW-ОТВ1-НУЕ5",  # Russian letters that look alike
        "7K3M\u00a09QXW\n0TB1\tHYE5",
    ],
)
def test_code_is_understood_as_people_type_it(typed: str) -> None:
    assert normalise_code(typed) == "7K3M9QXW0TB1HYE5"


@pytest.mark.parametrize(
    "typed", ["", "7K3M-9QXW-0TB1", CODE + "7", "7K3M-9QXW-0TB1-HYEU", "7K3M-9QXW-0TB1-HYE!", "Ж" * 16, "٣" * 16, "x" * 10_000]
)
def test_what_is_no_code_is_told_apart(typed: str) -> None:
    assert normalise_code(typed) is None


@given(st.text(alphabet=CODE_ALPHABET, min_size=16, max_size=16))
def test_grouping_and_reading_are_inverse(signs: str) -> None:
    assert normalise_code(group_code(signs)) == signs
    assert normalise_code(group_code(signs).lower()) == signs


def test_printed_code_is_kept_like_a_password() -> None:
    kept = hash_code(CODE)

    assert kept.startswith("$argon2id$")
    assert kept != hash_code(CODE)
    assert "7K3M" not in kept


def test_printed_code_is_recognised_however_it_is_typed() -> None:
    kept = hash_code(CODE)

    assert verify_code(kept, "7k3m 9qxw otbl hye5")
    for wrong in ("7K3M-9QXW-0TB1-HYE6", "", "нет", "7K3M-9QXW-0TB1-HYE5-7K3M", kept):
        assert not verify_code(kept, wrong)


def test_text_that_is_no_code_has_no_hash() -> None:
    with pytest.raises(ValueError, match="not a one-time code"):
        hash_code("short")
    with pytest.raises(ValueError, match="not a one-time code"):
        code_fingerprint("short")


def test_recovery_code_has_a_fingerprint_of_64_digits_that_ignores_typing() -> None:
    assert re.fullmatch("[0-9a-f]{64}", code_fingerprint(CODE))
    assert code_fingerprint(CODE) == code_fingerprint(" 7k3m9qxw otb1 hye5")
    assert code_fingerprint(CODE) == hashlib.sha256(b"7K3M9QXW0TB1HYE5").hexdigest()
