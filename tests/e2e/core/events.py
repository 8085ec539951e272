"""What happens to a lead on its way, at instants of its own."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from coldframe.domain.lead import lead_id
from coldframe.domain.touchpoint import FORM_SUBMITTED, Touchpoint, record

KEY = b"an id key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """``after``: since the lead came in."""

    after: timedelta
    kind: str
    data: dict[str, Any] = field(default_factory=dict)


def in_days(number: int) -> str:
    """As a field's value: a date so many days after it is said."""
    return f"{number} days on"


def _on_the_day(value: str, at: datetime) -> str:
    number, later, _ = value.partition(" days on")
    return (at + timedelta(days=int(number))).date().isoformat() if later else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    name: str
    fields: dict[str, str] = field(default_factory=dict)
    consents: dict[str, str] = field(default_factory=dict)
    happenings: tuple[Happening, ...] = ()

    @property
    def address(self) -> str:
        return f"{self.name}@example.com"

    @property
    def id(self) -> str:
        return lead_id(KEY, self.address)

    def comes(self, form: str, at: datetime) -> Touchpoint:
        return self.says(form, at, self.fields)

    def says(self, form: str, at: datetime, fields: dict[str, str]) -> Touchpoint:
        said = {name: _on_the_day(value, at) for name, value in fields.items()}
        told = {"address": self.address, "fields": said, "consents": self.consents}
        return self._record(FORM_SUBMITTED, at, {"form": form, **told})

    def does(self, happening: Happening, came_at: datetime) -> Touchpoint:
        """A form again, in which it says something of itself, or anything else."""
        at = came_at + happening.after
        if happening.kind == FORM_SUBMITTED:
            return self.says("other", at, happening.data)
        return self._record(happening.kind, at, happening.data)

    def _record(self, kind: str, at: datetime, data: dict[str, Any]) -> Touchpoint:
        own_id = f"{self.name}/{kind}@{at.isoformat()}"
        return record(
            lead=self.id, kind=kind, source="test", received_at=at, data=data, own_id=own_id
        )
