"""Sentences of `iom users`."""

ROLE_GIVEN = "Роль выдана и уже действует."
ROLE_TAKEN = "Роль отозвана."


def link(login: str, lives: str) -> str:
    """Return the line before a one-time link."""
    return f"Логин {login}. Ссылка действует {lives} и один раз, больше она нигде не покажется:"


def no_region(code: str) -> str:
    """Return the sentence for an unknown region."""
    return f"Региона с кодом {code} нет. Чтобы завести его, добавьте --region-name."


def no_unit(text: str) -> str:
    """Return the sentence for an unknown organisation."""
    return f"Организации {text} нет. Пишите school:КОД, municipality:КОД или provider:НАЗВАНИЕ."


def no_login(login: str) -> str:
    """Return the sentence for an unknown login."""
    return f"Логина {login} нет."
