"""A form post becomes a touchpoint: one conditional put, nothing read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.domain.touchpoint import FORM_SUBMITTED, record

if TYPE_CHECKING:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadCapture:
    touchpoints: Touchpoints
    clock: Clock

    def __call__(self, command: CaptureLead) -> bool:
        """False: the same post is there already, which its sender needn't know."""
        return self.touchpoints.append(
            record(
                lead=command.lead,
                kind=FORM_SUBMITTED,
                source=f"form:{command.form}",
                received_at=self.clock.now(),
                data={
                    "form": command.form,
                    "address": command.address,
                    "fields": dict(command.fields),
                    "consents": dict(command.consents),
                },
                own_id=command.own_id,
            )
        )
