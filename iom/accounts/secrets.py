"""One-time secrets: random tokens for links, and codes printed on paper for people without e-mail."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from iom.accounts import passwords
from iom.accounts.texts import LOOK_ALIKES

TOKEN_BYTES = 32
CODE_LENGTH = 16
CODE_GROUP = 4
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""32 signs, 5 bits each: no I, L, O that look like 1 and 0, and no U that could make words."""

_SEPARATORS = re.compile(r"[\s\-–—_.]+")
_LATIN_LOOK_ALIKES = {"O": "0", "I": "1", "L": "1"}


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A fresh token for a link, shown once, and the hash to keep of it."""

    token: str
    token_hash: str


def new_token() -> IssuedToken:
    """Return a token of 256 random bits, safe in an address."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return IssuedToken(token, hash_token(token))


def hash_token(token: str) -> str:
    """Return what the database keeps of a token, 64 hex digits; 256 random bits need no salt."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def matches_token(kept: str, token: str) -> bool:
    """Tell in constant time whether the token is the one behind the kept hash."""
    return hmac.compare_digest(kept.encode(), hash_token(token).encode())


def new_code() -> str:
    """Return a code of 80 random bits for paper, `XXXX-XXXX-XXXX-XXXX`."""
    return group_code("".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH)))


def group_code(code: str) -> str:
    """Return the code in groups of four, as it is printed."""
    return "-".join(code[start : start + CODE_GROUP] for start in range(0, len(code), CODE_GROUP))


def normalise_code(typed: str) -> str | None:
    """Return the 16 signs meant by what was typed, or None if it cannot be a code.

    Case, spaces and dashes do not matter; letters that look like signs of the code, Russian ones too, are read as those.
    """
    code = _SEPARATORS.sub("", typed[:100]).upper()
    code = "".join(_LATIN_LOOK_ALIKES.get(sign, sign) for sign in (LOOK_ALIKES.get(sign, sign) for sign in code))
    return code if len(code) == CODE_LENGTH and all(sign in CODE_ALPHABET for sign in code) else None


def hash_code(code: str) -> str:
    """Return what the database keeps of a printed code: a hash as slow as a password's.

    Raises
    ------
    ValueError : the text is no code
    """
    signs = normalise_code(code)
    if signs is None:
        raise ValueError("not a one-time code")
    return passwords.hash_password(signs)


def verify_code(kept: str, typed: str) -> bool:
    """Tell whether what was typed is the code behind the kept hash; takes as long for a text that is no code."""
    signs = normalise_code(typed)
    is_same = passwords.verify_password(kept, signs or typed[:100])
    return signs is not None and is_same


def code_fingerprint(code: str) -> str:
    """Return 64 hex digits of a recovery code, by which its row is found among the ten of an account.

    Raises
    ------
    ValueError : the text is no code
    """
    signs = normalise_code(code)
    if signs is None:
        raise ValueError("not a one-time code")
    return hash_token(signs)
