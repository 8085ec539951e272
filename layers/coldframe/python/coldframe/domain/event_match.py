"""Which touchpoints a rule of the playbook means."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMatch:
    """A touchpoint's kind, and values that its data must hold, each as its author wrote it."""

    kind: str
    where: Mapping[str, str] = field(default_factory=dict)

    def matches(self, kind: str, data: Mapping[str, object]) -> bool:
        return kind == self.kind and all(
            _is(data.get(key), wanted) for key, wanted in self.where.items()
        )


def _is(value: object, wanted: str) -> bool:
    """A server tells numbers and truths as such; ``12`` and ``true`` mean those, too."""
    if isinstance(value, bool):
        return wanted == ("true" if value else "false")
    if isinstance(value, str) or value is None:
        return value == wanted
    try:
        return float(value) == float(wanted)  # type: ignore[arg-type]  # what can't be a number is caught
    except (TypeError, ValueError, OverflowError):
        return False
