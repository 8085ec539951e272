"""A form post becomes a touchpoint: one conditional put, nothing read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coldframe.domain.touchpoint import FORM_QUARANTINED, FORM_SUBMITTED, content_of, record

if TYPE_CHECKING:
    from coldframe.domain.touchpoint import Touchpoint
    from coldframe.services.ports import Clock, Touchpoints


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureLead:
    """A checked submission; ``own_id`` is the form's nonce, if it had one."""

    lead: str
    form: str
    address: str
    fields: Mapping[str, str]
    consents: Mapping[str, str]
    own_id: str = ""
    noticed: Mapping[str, object] = field(default_factory=dict)
    """What is kept of the post beside what it says: marks, signs, result."""
    suspect: bool = False


QUARANTINED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadCapture:
    touchpoints: Touchpoints
    clock: Clock

    def __call__(self, command: CaptureLead) -> bool:
        """False: the same post is there already, which its sender needn't know.

        A repeat is known by what it says, whatever was noticed of how it came.
        """
        said = {
            "form": command.form,
            "address": command.address,
            "fields": dict(command.fields),
            "consents": dict(command.consents),
        }
        touchpoint = record(
            lead=command.lead,
            kind=FORM_SUBMITTED,
            source=f"form:{command.form}",
            received_at=self.clock.now(),
            data={**said, **command.noticed},
            own_id=command.own_id or content_of(said),
        )
        if not command.suspect:
            return self.touchpoints.append(touchpoint)
        return self.touchpoints.quarantine(suspected(touchpoint), until=kept_until(touchpoint))


def suspected(post: Touchpoint, signs: Collection[str] = ()) -> Touchpoint:
    """``signs``: those that were found after it came."""
    told = {**post.data, "signs": [*post.data.get("signs", ()), *signs]} if signs else post.data
    return replace(post, kind=FORM_QUARANTINED, data=told)


def kept_until(post: Touchpoint) -> datetime:
    return post.received_at + QUARANTINED_FOR
