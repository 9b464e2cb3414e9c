"""The most used pages against the floor of the same run: time, queries, weight."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, select

from iom.accounts.models import Account
from iom.cli.bench import child
from iom.cli.bench.child import Server
from iom.cli.bench.counting import count_queries
from iom.cli.bench.figures import Figure, Row, Table, Unit
from iom.cli.bench.floor import PAGE_PATH, SIGN_IN_PATH
from iom.cli.bench.load import Page, fetch, measure, quantile
from iom.cli.bench.visitor import Visitor
from iom.cli.bench.weight import weigh
from iom.cli.demo.command import demo_settings
from iom.cli.demo.region import PASSWORD
from iom.core.config import Settings
from iom.core.database import make_engine, open_session
from iom.diagnostics.models import Diagnostic
from iom.organizations.models import Employee
from iom.routes.models import Route
from iom.routes.workflow import RouteStatus
from iom.web.app import create_app

FLOOR = "floor"
ROUNDS = 10  # floor and pages take turns, so that a noisy minute falls on all of them
WARM_UP = 20
QUERIES_BAR = 12
FIRST_BAR_KB, NEXT_BAR_KB = 150, 30
RATIO_BAR, LARGE_RATIO_BAR = 3.0, 4.0
BYTES_IN_KB = 1024
MS = 1000

STEPS = ROUNDS * 10  # turns of the floor and the pages
TEACHER, TUTOR, HEAD, METHODIST = "t0001", "s0001", "t0003", "s0007"


@dataclass(frozen=True, slots=True)
class Asked:
    """A page, who serves it, and the bar of its ratio to the floor."""

    server: Server
    page: Page
    ratio_bar: float


@dataclass(slots=True)
class Spent:
    """What the requests for a page cost: seconds that each took, and the server's processor time for all of them."""

    seconds: list[float] = field(default_factory=list)
    processor_s: float | None = 0.0

    def add(self, seconds: list[float], before: float | None, after: float | None) -> None:
        self.seconds += seconds
        known = None not in (before, after, self.processor_s)
        self.processor_s = (self.processor_s or 0.0) + (after or 0.0) - (before or 0.0) if known else None

    @property
    def processor_ms(self) -> float | None:
        """The processor time of one request."""
        return None if self.processor_s is None else MS * self.processor_s / len(self.seconds)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much to measure, and on which demo region; without one a new region is made."""

    requests: int
    region: Path | None = None


def measure_pages(wanted: Wanted, advance: Callable[[int], object]) -> Table:
    """Return a row for the floor and one a page."""
    with _region(wanted.region) as settings, tempfile.TemporaryDirectory() as folder:
        engine = make_engine(settings.database_url)
        with child.floor(Path(folder)) as floor, child.product(settings) as product:
            asked = [_floor_page(floor), *most_used(product, engine)]
            spent = _in_turns(asked, wanted.requests, advance)
            app = create_app(settings, engine)
            rows = [_row(one, spent[one.page.name], spent[FLOOR], count_queries(app, engine, one.page)) for one in asked[1:]]
        engine.dispose()
    return Table("pages", (Row(FLOOR, _times(spent[FLOOR])), *rows))


def _floor_page(server: Server) -> Asked:
    name, _, value = fetch(Page(FLOOR, server.url + SIGN_IN_PATH)).headers["Set-Cookie"].split(";")[0].partition("=")
    return Asked(server, Page(FLOOR, server.url + PAGE_PATH, {name: value}), 1.0)


@contextmanager
def _region(given: Path | None) -> Iterator[Settings]:
    """Give the settings of a demo region: the one given, or a new one that disappears afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        place = (given or Path(folder)).resolve()
        child.prepare_demo(place)  # a region that is there already is left as it is
        yield demo_settings(place, "127.0.0.1", 0)


def most_used(server: Server, engine: Engine) -> list[Asked]:
    """Return the pages, each as somebody who uses it opens it."""
    url = server.url
    with open_session(engine, writes=False) as session:
        diagnostic = session.scalars(select(Diagnostic.id).order_by(Diagnostic.id)).first()
        draft, planner_login = session.execute(
            select(Route.id, Account.login)
            .join(Employee, Employee.id == Route.employee_id)
            .join(Account, Account.person_id == Employee.person_id)
            .where(Route.status == RouteStatus.DRAFT)
            .order_by(Route.id)
            .limit(1)
        ).one()
    teacher, planner, tutor, head, methodist = (_signed_in(url, login) for login in (TEACHER, planner_login, TUTOR, HEAD, METHODIST))
    attempt = teacher.send("/account", f"/diagnostics/{diagnostic}/attempts")
    block = fetch(teacher.page("attempt", attempt)).headers["Location"]
    pages = [
        (Visitor(url).page("sign_in", "/login"), RATIO_BAR),
        (teacher.page("home", "/routes/"), RATIO_BAR),
        (planner.page("build", f"/routes/{draft}/build"), RATIO_BAR),
        (teacher.page("profile", "/profile/"), RATIO_BAR),
        (teacher.page("block", block), RATIO_BAR),
        (teacher.page("catalog", "/catalog/"), RATIO_BAR),
        (tutor.page("people", "/support/people"), LARGE_RATIO_BAR),
        (head.page("orders", "/orders/"), RATIO_BAR),
        (methodist.page("monitoring", "/monitoring/"), LARGE_RATIO_BAR),
    ]
    return [Asked(server, page, bar) for page, bar in pages]


def _signed_in(url: str, login: str) -> Visitor:
    visitor = Visitor(url)
    visitor.sign_in(login, PASSWORD)
    return visitor


def _in_turns(asked: Sequence[Asked], requests: int, advance: Callable[[int], object]) -> dict[str, Spent]:
    """Return what was spent on each page."""
    spent = {one.page.name: Spent() for one in asked}
    for one in asked:
        measure(one.page, WARM_UP)
    for _ in range(ROUNDS):
        for one in asked:
            before = one.server.processor_s()
            seconds = measure(one.page, requests // ROUNDS)
            spent[one.page.name].add(seconds, before, one.server.processor_s())
            advance(1)
    return spent


def _times(spent: Spent) -> tuple[Figure, ...]:
    figures = (
        Figure("p50", MS * quantile(spent.seconds, 0.5), Unit.MILLISECONDS),
        Figure("p95", MS * quantile(spent.seconds, 0.95), Unit.MILLISECONDS),
    )
    return figures if spent.processor_ms is None else (*figures, Figure("processor", spent.processor_ms, Unit.MILLISECONDS))


def _row(one: Asked, spent: Spent, floor: Spent, n_queries: int) -> Row:
    weight = weigh(one.page)
    ratios = [Figure("ratio", quantile(spent.seconds, 0.95) / quantile(floor.seconds, 0.95), Unit.RATIO, one.ratio_bar)]
    if spent.processor_ms is not None and floor.processor_ms:
        ratios.append(Figure("ratio_processor", spent.processor_ms / floor.processor_ms, Unit.RATIO))
    return Row(
        one.page.name,
        (
            *_times(spent),
            *ratios,
            Figure("queries", n_queries, Unit.COUNT, QUERIES_BAR),
            Figure("first_visit", weight.first / BYTES_IN_KB, Unit.KILOBYTES, FIRST_BAR_KB),
            Figure("next_visit", weight.next / BYTES_IN_KB, Unit.KILOBYTES, NEXT_BAR_KB),
        ),
    )
