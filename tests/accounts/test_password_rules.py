"""What a new password may and may not be, by tables of real habits."""

import socket
import time
import unicodedata
from importlib.resources import files

import pytest

from iom.accounts import texts
from iom.accounts.password_rules import MAX_LENGTH, PasswordContext, PasswordProblem, common_passwords, find_problem, is_common

PROBLEM = PasswordProblem
CONTEXT = PasswordContext.of(
    "Образцова Анна Сергеевна",
    "anna.obraztsova@lesogorsk-school3.example.org",
    "МБОУ «Средняя школа № 3 города Лесогорска»",
    years=[1985, None],
)
LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"


def in_latin_layout(text: str) -> str:
    return text.translate(str.maketrans(RUSSIAN, LATIN))


FORTY = [
    # password, problem: the bar's table, length and composition first
    ("", PROBLEM.TOO_SHORT),
    ("abc", PROBLEM.TOO_SHORT),
    ("K7#mQz!pLw2", PROBLEM.TOO_SHORT),  # 11 characters
    ("K7#mQz!pLw2x", None),  # 12 characters
    ("кпшдрузвмлёт", None),
    ("only lower letters", None),
    ("ТОЛЬКО ЗАГЛАВНЫЕ", None),
    ("84 71 20 93 65 18", None),
    (" leading space kept", None),
    ("trailing space kept ", None),
    ("пароль          ", None),  # spaces count, nothing is trimmed
    ("😀" * 128, None),
    ("👩‍👩‍👧‍👦" * 128, None),
    ("x" + "длинная фраза " * 20, None),
    ("tab\tinside it too", None),
    ("смесь language и цифр 7", None),
    ("!?;:%№*()_+=~", None),
    ("é ü ñ ø å ç ß œ", None),
    ("漢字かな交じり文の合言葉です", None),
    ("q" * 12, PROBLEM.COMMON),
    ("😀" * 12, PROBLEM.PATTERN),
    ("абвабвабвабв", PROBLEM.PATTERN),
    ("xyxyxyxyxyxyxy", PROBLEM.PATTERN),
    ("  .  .  .  .", PROBLEM.PATTERN),
    ("abcdefghijkl", PROBLEM.COMMON),
    ("mnopqrstuvwxy", PROBLEM.PATTERN),
    ("йцукенгшщзхъ", PROBLEM.COMMON),
    ("ячсмитьбюёйцу", PROBLEM.PATTERN),
    ("1234567890123", PROBLEM.COMMON),
    ("2345678909876", PROBLEM.PATTERN),
    ("password1234", PROBLEM.COMMON),
    ("P@ssw0rd!!!!", PROBLEM.COMMON),
    ("Пароль2026!!", PROBLEM.COMMON),
    ("ghbdtn123456", PROBLEM.COMMON),  # «привет» on the other layout
    ("ПАРОЛЬПАРОЛЬ", PROBLEM.COMMON),
    ("gfhjkmgfhjkm", PROBLEM.COMMON),
    ("я люблю тебя", PROBLEM.COMMON),
    ("сезамоткройся", PROBLEM.COMMON),
    ("z" * (MAX_LENGTH + 1), PROBLEM.TOO_LONG),
    ("аб вг" * (MAX_LENGTH // 5), None),
]


@pytest.mark.parametrize(("password", "problem"), FORTY)
def test_forty_passwords_are_judged(password: str, problem: PasswordProblem | None) -> None:
    assert find_problem(password, CONTEXT) == problem


def test_table_of_passwords_has_forty_rows() -> None:
    assert len(FORTY) == 40


GOOD = """
кофе остыл пока шёл дождь
семь жёлтых лодок у причала
Лампа светит, кот не спит
гречка и варенье на завтрак
мой трамвай опять уехал
облака похожи на верблюдов
в чемодане поёт скрипка
синий чайник варит гвозди
Пятница! Рыбу купили?
бегемот читает расписание
три ступеньки до чердака
письмо лежит под крыльцом
ёжик забыл про туман вчера
школа ремонтирует крышу в августе
учитель физики печёт пироги
пароль придумала бабушка Зина
маршрут через овраг и мост
анна варит борщ по средам
лесогорская зима длиннее лета
кто взял мою красную кружку
вода камень точит медленно
двадцать шесть пуговиц в банке
никому не скажу где ключ от сарая
левый носок всегда теряется
посмотри в окно там олень
снег идёт а мы идём домой
каша без соли не еда
мамонт вышел из музея
сорок писем без ответа
фонарь горит вполнакала
rainy tram smells of oranges
my umbrella is still in Tver
seven spoons and no fork
green bicycle near the lake
the cat reads only poetry
never trust a quiet kettle
blue paint on the ceiling
old radio sings at noon
borrowed ladder, broken step
pancakes without a recipe
k9Tz-vm2Q-x7Lp
Zw!4rTq&8mNb
9f3c71b2e8a04d65
Vt7$kd02 jq
хв7-Кр!ум49тэ
тыква_и_скрипка_42
Молоко+кирпич=73
ОкноДверьЛампаКот
grusha-tramvay-sova
zontik v avtobuse 19
""".strip().split("\n")


@pytest.mark.parametrize("password", [line for line in GOOD if len(line) >= 12])
def test_good_phrase_is_accepted(password: str) -> None:
    assert find_problem(password, CONTEXT) is None


def test_fifty_good_phrases_are_tried() -> None:
    assert len(GOOD) >= 50
    assert sum(len(line) >= 12 for line in GOOD) >= 49


def test_list_is_long_sorted_and_in_lower_case() -> None:
    lines = files("iom.accounts").joinpath("data", "common_passwords.txt").read_text("utf-8").splitlines()

    assert len(lines) >= 10_000
    assert lines == sorted(set(lines))
    assert all(line == line.casefold().strip() and len(line) >= 3 for line in lines)


def test_two_hundred_listed_words_are_refused() -> None:
    long = sorted(word for word in common_passwords() if len(word) >= 12)
    tried = long[:: max(1, len(long) // 200)][:200]

    assert len(tried) == 200
    assert [word for word in tried if find_problem(word) not in {PROBLEM.COMMON, PROBLEM.PATTERN}] == []


@pytest.mark.parametrize(
    "word", ["пароль", "привет", "солнышко", "учитель", "любимая", "маршрут", "александр", "спартак", "россия", "педагог"]
)
def test_russian_words_are_on_the_list_with_their_wrong_layout_twins(word: str) -> None:
    assert {word, in_latin_layout(word)} <= common_passwords()


@pytest.mark.parametrize("word", ["password", "qwerty", "sunshine", "letmein", "iloveyou", "1qaz2wsx", "welcome", "dragon"])
def test_english_words_are_on_the_list(word: str) -> None:
    assert word in common_passwords()


@pytest.mark.parametrize(
    "password",
    [
        "sunshine-2026!!",
        "!!солнышко!!",
        "12345солнышко",
        "солнышко123456789",
        "s0lnyshk0_777",
        "vfhihen-2026",
        "СОЛНЫШКО2026",
        "Dragon987654321",
        "солнышкосолнышко",
    ],
)
def test_tails_case_layout_and_signs_do_not_make_a_word_rare(password: str) -> None:
    assert find_problem(password) == PROBLEM.COMMON


def test_word_with_ten_random_digits_is_no_common_password() -> None:
    assert find_problem("солнышко7391846205") is None


@pytest.mark.parametrize(
    "password",
    [
        "Образцова2026",
        "АннаСергеевна",
        "анна-образцова-1985",
        "obraztsova1985",
        "Obraztsova.Anna",
        "J,hfpwjdf2026",  # the surname typed on the other layout
        "анна.образцова@",
        "anna.obraztsova@lesogorsk",
        "школа3лесогорска",
        "Школа № 3 Лесогорска",
        "МБОУ Лесогорска 12",
        "Маршрут ЦНППМ 2026",
        "тьюторАнна2026",
        "1985 2026 Анна",
        "lesogorskschool3",
    ],
)
def test_words_around_the_person_make_no_password(password: str) -> None:
    assert find_problem(password, CONTEXT) == PROBLEM.CONTEXT


def test_same_words_are_free_for_another_person() -> None:
    assert find_problem("Образцова2026") is None


def test_product_words_are_refused_without_any_context() -> None:
    assert find_problem("ЦНППМ маршрут 26") == PROBLEM.CONTEXT


def test_decomposed_letters_count_as_composed_ones() -> None:
    word = unicodedata.normalize("NFD", "йцукенйцукен")

    assert find_problem(word) == PROBLEM.COMMON
    assert find_problem(unicodedata.normalize("NFD", "ёйёйёйёйё")) == PROBLEM.TOO_SHORT


def test_check_makes_no_outside_call(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "socket", refuse)
    common_passwords.cache_clear()

    assert is_common("пароль")


@pytest.mark.parametrize("password", ["a1" * 500, "1!" * 500, " " * 1_000, "ё" * 999 + "1", "x" * 500 + "y" * 500, "1900" * 250])
def test_hostile_password_is_judged_quickly(password: str) -> None:
    started = time.perf_counter()
    find_problem(password, CONTEXT)

    assert time.perf_counter() - started < 0.05


def test_every_problem_has_one_plain_sentence() -> None:
    assert set(texts.PASSWORD_PROBLEM) == set(PasswordProblem)
    assert all(text.endswith(".") for text in texts.PASSWORD_PROBLEM.values())


def test_layouts_have_one_sign_for_each_key() -> None:
    assert (texts.KEYBOARD_LATIN, texts.KEYBOARD_RUSSIAN) == (LATIN, RUSSIAN)
    assert len(set(LATIN)) == len(set(RUSSIAN)) == 33
