"""Who may do what, and the only place that says so."""

from iom.policy.actions import Action
from iom.policy.decisions import allows, may_ever, may_for_others, require, require_role, target_of, target_of_person, visible_employees
from iom.policy.relations import Target

__all__ = [
    "Action",
    "Target",
    "allows",
    "may_ever",
    "may_for_others",
    "require",
    "require_role",
    "target_of",
    "target_of_person",
    "visible_employees",
]
