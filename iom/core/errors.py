"""What can go wrong in the domain: facts, not prose. The web layer turns each into a page, a form message or an exit code."""

from typing import Any


class DomainError(Exception):
    """A refusal that the person can understand; `facts` fill the sentence chosen for it."""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(", ".join(f"{name}={value!r}" for name, value in facts.items()))


class NotFound(DomainError):
    """No such object, or none that the actor may see; the two look alike from outside."""


class Forbidden(DomainError):
    """The object is visible but the action is not the actor's (`action`, `role`)."""


class InvalidMove(DomainError):
    """A workflow was asked for a step that its state does not allow (`current`, `to`)."""


class Conflict(DomainError):
    """Somebody changed the object meanwhile, or a unique fact is taken (`kind` and what identifies it)."""


class Refused(DomainError):
    """A rule of the domain refuses the command (`reason`, a StrEnum that the area's texts put into words)."""

    @property
    def reason(self) -> str:
        return str(self.facts["reason"])
