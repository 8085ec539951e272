"""One move of a lead through a journey: the position changes from step to step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.conditions.facts import Facts
from coldframe.domain.derived import journey_requested
from coldframe.domain.enrolment import Claim, EndReason, Enrolment, EnrolmentStatus, message_id
from coldframe.domain.gate import Gate
from coldframe.domain.knowing.learning import learn
from coldframe.domain.known_facts import facts_of
from coldframe.domain.playbook import Reactions
from coldframe.domain.position import Action, Deed, Position
from coldframe.domain.splitting import held_out

if TYPE_CHECKING:
    from coldframe.domain.giving_way import Due
    from coldframe.domain.journey import Journey, Step
    from coldframe.domain.playbook import Client, Mail
    from coldframe.domain.profile import Profile
    from coldframe.domain.touchpoint import Touchpoint

COMPLETED = EndReason.COMPLETED.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A journey with what it refers to."""

    journey: Journey
    client: Client
    mail: Callable[[str], Mail]
    reactions: Reactions = field(default_factory=Reactions)
    """What ends the journey early, and what is concluded of a lead."""


@dataclass(slots=True, kw_only=True)
class Walk:
    script: Script
    position: Position
    profile: Profile | None
    gate: Gate
    now: datetime
    history: tuple[Touchpoint, ...]
    ahead: Callable[[], Sequence[Due]] | None = None
    actions: list[Action] = field(default_factory=list)
    told: list[Touchpoint] = field(default_factory=list)
    visited: list[str] = field(default_factory=list)
    resting: bool = False

    @property
    def enrolment(self) -> Enrolment:
        return self.position.enrolment

    @property
    def journey(self) -> Journey:
        return self.script.journey

    @property
    def step(self) -> Step:
        return self.journey.steps[self.enrolment.step]

    @property
    def held_out(self) -> bool:
        step = self.journey.steps.get(self.enrolment.step)
        return held_out(step, journey=self.journey, lead=self.enrolment.lead)

    @property
    def facts(self) -> Facts:
        knowing, now = self.script.reactions.knowing, self.now
        return facts_of(self.profile, client=self.script.client, knowing=knowing, now=now)

    def tell(self, touchpoint: Touchpoint) -> None:
        """What the journey brings about is known to its next step."""
        self.told.append(touchpoint)
        learned = learn(self.profile, touchpoint, self.script.reactions, rules=())
        self.profile = learned.profile or self.profile

    def did(self, action: Action) -> None:
        self.actions.append(action)

    def action(self, deed: Deed, *, what: str = "", why: str = "") -> Action:
        return Action(deed=deed, step=self.enrolment.step, at=self.now, what=what, why=why)

    def go_to(self, step: str | None) -> None:
        """None: the journey is over."""
        if step:
            self.position = Position(enrolment=replace(self.enrolment, step=step, since=self.now))
        else:
            self.close(COMPLETED)

    def rest(self, position: Position) -> None:
        self.position = position
        self.resting = True

    def claim(self, key: str, mail: str) -> None:
        enrolment = self.enrolment
        claim = Claim(mail=mail, message=message_id(enrolment.id, key), at=self.now)
        claims = {**enrolment.claims, key: claim}
        self.position = replace(self.position, enrolment=replace(enrolment, claims=claims))

    def close(self, reason: str, *, then: str = "", why: str = "") -> None:
        """``then``: the journey that follows this ending, but for a lead that is held out."""
        then = "" if self.held_out else then
        if then:
            own = f"end:{reason}"
            asked = journey_requested(self.enrolment, then, own=own, at=self.now, now=self.now)
            self.told.append(asked)
        closes = self.action(Deed.CLOSED, what=reason, why=why)
        self.did(replace(closes, values={"then": then}) if then else closes)
        closed = replace(
            self.enrolment, status=EnrolmentStatus.CLOSED, reason=reason, ended_at=self.now
        )
        self.rest(Position(enrolment=closed))
