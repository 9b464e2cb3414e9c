"""Words of accounts."""

from iom.core.format import plural

SIGN_IN_REFUSED = "Не удалось войти. Проверьте адрес или код и пароль."
SIGNED_OUT = "Вы вышли."


def too_many_tries(seconds: int) -> str:
    """Return the sentence for a limit of sign-ins."""
    wait = plural(-(-seconds // 60), "минуту", "минуты", "минут")
    return f"Слишком много попыток. Повторите через {wait}."
