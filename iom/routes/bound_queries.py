"""An actor whose keys are parameters, so that a page's statement is put together once for all who wear a role.

Putting a statement with its rules together costs more than running it; what differs between two people of a role is only who they are.
"""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import bindparam

from iom.core.actor import UNIT_OF_ROLE, Actor, Role, UnitKind

ME, REGION, MUNICIPALITY, SCHOOL = "actor_person_id", "actor_region_id", "actor_municipality_id", "actor_school_id"


def bound_actor(role: Role) -> Actor:
    """Return somebody in the role, as rules meet them while a statement is put together."""
    unit = UNIT_OF_ROLE[role]
    return Actor(
        person_id=cast("int", bindparam(ME)),
        region_id=cast("int", bindparam(REGION)),
        role=role,
        municipality_id=cast("int", bindparam(MUNICIPALITY)) if unit is UnitKind.MUNICIPALITY else None,
        school_id=cast("int", bindparam(SCHOOL)) if unit is UnitKind.SCHOOL else None,
    )


def keys_of(actor: Actor) -> Mapping[str, Any]:
    """Return the parameters that make such a statement this actor's."""
    return {ME: actor.person_id, REGION: actor.region_id, MUNICIPALITY: actor.municipality_id, SCHOOL: actor.school_id}
