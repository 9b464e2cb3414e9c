"""One-time codes of an authenticator application (RFC 6238): 6 digits, steps of 30 seconds."""

import hmac

import pyotp

STEP_SECONDS = 30
STEPS_BACK = 1  # a clock may be one step late (S-08)


def new_secret() -> str:
    """Return a fresh random secret in base 32, 160 bits."""
    return pyotp.random_base32()


def link(secret: str, login: str, issuer: str) -> str:
    """Return the otpauth:// address that fills an authenticator application."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer)


def grouped(secret: str) -> str:
    """Return the secret in groups of four, to be typed by hand."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def step_of(secret: str, code: str, unix_seconds: float) -> int | None:
    """Return the time step that the code belongs to, or None when it is not a code of now.

    Parameters
    ----------
    secret : base 32
    code : as typed, spaces allowed
    unix_seconds : the present moment
    """
    typed = "".join(code.split())
    now = int(unix_seconds) // STEP_SECONDS
    found = None
    for step in range(now - STEPS_BACK, now + 1):
        # Both steps are always compared, in constant time, so that timing tells nothing.
        if hmac.compare_digest(pyotp.TOTP(secret).generate_otp(step).encode(), typed.encode()):
            found = step
    return found
