"""Freezes the indicators of a day: values of the region and of its municipalities with the fingerprints of their rows."""

from collections import defaultdict
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iom import policy
from iom.core import audit, clock
from iom.core.actor import Actor
from iom.core.errors import Refused
from iom.monitoring import figures, queries
from iom.monitoring.figures import Figure
from iom.monitoring.kinds import IndicatorCode
from iom.monitoring.models import IndicatorValue
from iom.monitoring.queries import Fact
from iom.monitoring.reasons import MonitoringRefusal
from iom.monitoring.scoping import territory_of
from iom.monitoring.statements import Scope
from iom.policy import Action


def freeze(session: Session, actor: Actor, day: date | None) -> list[IndicatorValue]:
    """Freeze the four indicators of the whole region as they are on the day, never to be recomputed.

    Raises
    ------
    Forbidden : another role's action
    Refused : frozen on this day already, or the words of indicators are not loaded
    """
    policy.require_role(actor, Action.INDICATOR_FREEZE)
    scope = territory_of(session, actor, None, None).scope(day)
    known = queries.indicators_by_code(session)
    if any(code not in known for code in IndicatorCode):
        raise Refused(reason=MonitoringRefusal.NOT_LOADED)
    made: list[IndicatorValue] = []
    for code in IndicatorCode:
        if queries.find_frozen(session, actor.region_id, known[code].id, scope.as_of):
            raise Refused(reason=MonitoringRefusal.ALREADY_FROZEN)
        made += _values(session, actor, code, scope, known[code].id)
    try:
        with session.begin_nested():
            session.add_all(made)
            session.flush()  # another officer may be freezing the same day
    except IntegrityError as error:
        raise Refused(reason=MonitoringRefusal.ALREADY_FROZEN) from error
    audit.record(session, actor, Action.INDICATOR_FREEZE, object_type="indicator_values", reason=scope.as_of.isoformat())
    return made


def _values(session: Session, actor: Actor, code: IndicatorCode, scope: Scope, indicator_id: int) -> list[IndicatorValue]:
    facts = queries.list_facts(session, actor, code, scope)
    parts: dict[int | None, list[Fact]] = defaultdict(list, {None: facts})
    if code is not IndicatorCode.METHODIST_LOAD:  # the load is the region's
        for fact in facts:
            parts[fact.municipality_id].append(fact)
    now = clock.now()
    return [
        IndicatorValue(
            region_id=actor.region_id,
            indicator_id=indicator_id,
            municipality_id=municipality_id,
            as_of=scope.as_of,
            numerator=figure.numerator,
            denominator=figure.denominator,
            value=figure.value,
            rows_hash=figures.fingerprint((fact.employee_id, fact.on) for fact in part),
            frozen_at=now,
            frozen_by_id=actor.person_id,
        )
        for municipality_id, part in parts.items()
        for figure in (_figure(session, actor, code, scope, part),)
    ]


def _figure(session: Session, actor: Actor, code: IndicatorCode, scope: Scope, part: list[Fact]) -> Figure:
    if code is IndicatorCode.METHODIST_LOAD:
        return queries.load_figure(queries.methodist_loads(session, actor, scope))
    return figures.share(sum(fact.on is not None for fact in part), len(part))
