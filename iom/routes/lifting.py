"""What an instance would be without one of its rules: the question behind every «why not»."""

from dataclasses import replace

from iom.routes.instance import Instance
from iom.routes.rules import Rule


def lifted(instance: Instance, rule: Rule) -> Instance:
    """Return the instance as if one of its rules did not exist; dates fall away with the order of items and with the load."""
    match rule:
        case Rule.HOURS_MAX:
            return replace(instance, hours_max=sum(item.hours for item in instance.items))
        case Rule.HOURS_MIN:
            return replace(instance, hours_min=0)
        case Rule.MONEY:
            return replace(instance, money_max=None)
        case Rule.ITEMS:
            return replace(instance, items_max=None)
        case Rule.LOAD | Rule.ORDER:
            return replace(instance, load_max=None, items=tuple(replace(item, start=None, end=None) for item in instance.items))
        case Rule.REQUIRES:
            return replace(instance, items=tuple(replace(item, requires=()) for item in instance.items))
        case Rule.GROUP:
            return replace(instance, items=tuple(replace(item, group=None) for item in instance.items))
        case Rule.KIND_MIN:
            return replace(instance, kind_min={})
        case Rule.KIND_MAX:
            return replace(instance, kind_max={})
        case Rule.MUST:
            return replace(instance, must=())
        case Rule.FORBIDDEN:
            return replace(instance, forbidden=())
