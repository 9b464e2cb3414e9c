"""Words of `iom bench`."""

FLOOR_PAGE = """<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><title>Задачи</title></head><body>
<h1>{{ current_user.name }}: открыто {{ open_count }}</h1><p>{{ note.text }}</p>
<table><tr><th>№</th><th>Задача</th><th>Часы</th><th>Сделано</th></tr>
{% for task in tasks %}
<tr><td>{{ task.id }}</td><td>{{ task.title }}</td><td>{{ task.hours }}</td><td>{{ "да" if task.is_done else "нет" }}</td></tr>
{% endfor %}
</table></body></html>"""


LETTERS = "абвгдежзиклмнопрстуфхцчшщэюя"

TITLE = {
    "pages": "Страницы",
    "optimiser": "Оптимизатор маршрута",
    "matching": "Подбор в каталоге",
    "scoring": "Профиль одного человека",
    "plan": "Маршруты подряд",
}
FIRST_COLUMN = {
    "pages": "Страница",
    "optimiser": "Кандидаты × дефициты",
    "matching": "Программ в каталоге",
    "scoring": "Ответов + результатов",
    "plan": "Человек",
}
ROW = {
    "floor": "уровень отсчёта",
    "sign_in": "вход",
    "home": "мой маршрут",
    "build": "подбор маршрута",
    "profile": "профиль",
    "block": "блок вопросов",
    "catalog": "каталог",
    "people": "список тьютора",
    "orders": "приказы",
    "monitoring": "показатели",
}
COLUMN = {
    "p50": "p50, мс",
    "p95": "p95, мс",
    "processor": "процессор, мс",
    "ratio": "p95 / уровень",
    "ratio_processor": "процессор / уровень",
    "queries": "запросов",
    "first_visit": "первый визит, КБ",
    "next_visit": "следующий, КБ",
    "median": "медиана, мс",
    "optimal": "доказано, %",
    "build": "подготовка, мс",
    "routes": "маршрутов в секунду процессора",
    "routes_wall": "маршрутов в секунду",
    "region": "20 000 на двух ядрах, мин",
}
MET = "✓"
NOT_MET = "сверх"


def machine(processors: object, load: object, python: object) -> str:
    """Return the line that says what the figures were measured on."""
    return f"Процессоров: {processors}, средняя загрузка перед началом: {load}, Python {python}. Уровень отсчёта измерен в том же прогоне."
