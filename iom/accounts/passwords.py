"""Keeps passwords as Argon2id hashes."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # S-01: at least 19 MiB, t=2, p=1
_NOBODY = _HASHER.hash("a password that nobody has")


def hash_password(password: str) -> str:
    """Return the Argon2id hash to keep."""
    return _HASHER.hash(_typed(password))


def verify_password(kept: str, password: str) -> bool:
    """Tell whether the password is the one behind the kept hash."""
    try:
        return _HASHER.verify(kept, _typed(password))
    except (VerificationError, InvalidHashError):
        return False


def verify_nobody(password: str) -> None:
    """Spend the time of a check for an unknown person, so that the answer does not tell who exists."""
    verify_password(_NOBODY, password)


def needs_rehash(kept: str) -> bool:
    """Tell whether the hash was made with older parameters."""
    return _HASHER.check_needs_rehash(kept)


def _typed(password: str) -> bytes:
    """Return the bytes that are hashed: everything that was typed, nothing trimmed.

    Composed and decomposed letters become one: «й» comes as one sign from some keyboards and as two from others.
    """
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
