"""Which touchpoints a rule of the playbook means."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMatch:
    """A touchpoint's kind, and values that its data must hold."""

    kind: str
    where: Mapping[str, str] = field(default_factory=dict)

    def matches(self, kind: str, data: Mapping[str, object]) -> bool:
        return kind == self.kind and all(data.get(key) == want for key, want in self.where.items())
