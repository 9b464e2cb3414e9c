"""Made-up people with needs and candidates for whole proposals."""

from datetime import date, timedelta
from random import Random

from iom.profiles.kinds import DeficitKind
from iom.profiles.priority import Need
from iom.routes.candidates import Candidate, Conditions
from iom.routes.made import made_instance

SEPTEMBER = date(2026, 9, 1)
YEAR = Conditions(hours_max=72, starts_on=SEPTEMBER, ends_on=date(2027, 5, 31))


def made_person(seed: int, candidates: int, needs: int = 5) -> tuple[list[Need], list[Candidate]]:
    """Needs C0, C1, … of all kinds, and candidates with the proportions of a real catalog, about a third of them barred."""
    rng = Random(seed)
    instance = made_instance(seed, candidates, needs)
    kinds = [DeficitKind.DEFICIT, DeficitKind.DEFICIT, DeficitKind.CLAIM]
    asked = [Need(f"C{number}", rng.choice(kinds), severity=rng.uniform(0.05, 0.6)) for number in range(needs)]
    offered = [
        Candidate(
            item.id,
            item.kind,
            item.hours,
            cover={f"C{need}": percent for need, percent in item.cover.items()},
            hours_estimated=rng.random() < 0.2,
            price=item.price,
            load=item.load,
            start=None if item.start is None else SEPTEMBER + timedelta(item.start - 5),
            end=None if item.end is None else SEPTEMBER + timedelta(item.end - 5),
            seats_left=rng.choice((None, None, 0, 3, 7)),
            requires=item.requires,
            group=item.group,
            obstacles=rng.choice(((), (), (), (), (), ("subject",))),
        )
        for item in instance.items
    ]
    return asked, offered
