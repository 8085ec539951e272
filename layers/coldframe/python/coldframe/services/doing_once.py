"""An effect on the outside that a step has once: claimed first, and never lost.

The other side can bear a repeat (a person who is told twice, a service that knows the call by its
id), so what is in doubt is done again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from coldframe.domain.enrolment import Claim, Stand, message_id
from coldframe.domain.errors import AlreadyClaimed, Left, StaleLead
from coldframe.domain.message import SETTLED, Message, MessageState
from coldframe.domain.profile import Profile
from coldframe.domain.splitting import HOLDOUT, held_out
from coldframe.domain.waiting import waiting_for
from coldframe.services.dispatching import REPEAT, Dispatching
from coldframe.services.known_leads import KnownLeads
from coldframe.services.steps import Standing

if TYPE_CHECKING:
    from coldframe.services.ports import Clock, Enrolments, Ledger

Load = TypeVar("Load")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    message: Message
    claimed_at: datetime
    profile: Profile | None
    """If it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoingOnce(Generic[Load]):
    enrolments: Enrolments
    leads: KnownLeads
    ledger: Ledger
    dispatching: Dispatching[Load]
    clock: Clock

    def __call__(
        self,
        at: Standing,
        *,
        mail: str,
        token: str | None,
        load: Callable[[Profile, Message], Load],
    ) -> Done:
        """``mail``: what the message item is called. ``load``: what goes, from the lead's profile.

        Raises what dispatching does, and Left for a lead that is gone.
        """
        claim, notice = at.enrolment.claims.get(at.step.claim), self._new(at, mail)
        if claim is None and held_out(at.step, journey=at.journey, lead=at.enrolment.lead):
            return self._withheld(at, notice, token)
        known = self.ledger.message(at.enrolment.lead, notice.id) if claim else None
        if known is not None:
            notice = self.dispatching.free(known, on_unknown=REPEAT)
        if claim is not None:
            self._stand_again(at, claim, token, begun=notice.sent_at or notice.at)
            if notice.state in SETTLED:
                return Done(message=notice, claimed_at=claim.at, profile=None)
        profile = self._lead(at)
        what = load(profile, notice)
        if claim is None:
            self._claim(at, mail, notice, token)
        done = self.dispatching(notice, what, claimed_at=claim.at if claim else None)
        return Done(message=done, claimed_at=claim.at if claim else notice.at, profile=profile)

    def _withheld(self, at: Standing, notice: Message, token: str | None) -> Done:
        """Once held out at a step, always since the same instant."""
        known = self.ledger.message(at.enrolment.lead, notice.id)
        if known is None:
            known = replace(notice, state=MessageState.REFUSED, why=HOLDOUT)
        stand = self._stand(at, token, entered=known.at, begun=known.at)
        self.enrolments.stand(at.enrolment, stand)
        self.ledger.settle(known)
        return Done(message=known, claimed_at=known.at, profile=None)

    def _lead(self, at: Standing) -> Profile:
        profile = self.leads(at.enrolment.lead, at.journey)
        if profile is None:
            raise Left(at.enrolment.id)
        return profile

    def _stand_again(
        self, at: Standing, claim: Claim, token: str | None, *, begun: datetime
    ) -> None:
        """Only a new token has to be known."""
        if token is not None:
            stand = self._stand(at, token, entered=claim.at, begun=begun)
            self.enrolments.stand(at.enrolment, stand)

    def _claim(self, at: Standing, mail: str, notice: Message, token: str | None) -> None:
        try:
            self.ledger.claim(
                Claim(mail=mail, message=notice.id, at=notice.at),
                None,
                enrolment=at.enrolment,
                key=at.step.claim,
                stand=self._stand(at, token, entered=notice.at, begun=notice.at),
            )
        except AlreadyClaimed as error:
            raise StaleLead(at.enrolment.id) from error

    def _stand(
        self, at: Standing, token: str | None, *, entered: datetime, begun: datetime
    ) -> Stand:
        now = self.clock.now()
        waiting = token and waiting_for(
            at.step, at.enrolment, token=token, entered=entered, begun=begun, now=now
        )
        return Stand(step=at.step.id, at=now, waiting=waiting or None)

    def _new(self, at: Standing, mail: str) -> Message:
        return Message(
            lead=at.enrolment.lead,
            id=message_id(at.enrolment.id, at.step.claim),
            mail=mail,
            enrolment=at.enrolment.id,
            journey=at.enrolment.journey,
            step=at.step.id,
            state=MessageState.DEFERRED,
            at=self.clock.now(),
        )
