"""The core alone, driven by a clock of paper."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from coldframe.domain.advance import advance
from coldframe.domain.advancing.walk import Script
from coldframe.domain.decision import DecisionKind
from coldframe.domain.enrolment import Enrolment, EnrolmentStatus, enrolment_id
from coldframe.domain.gate import Gate
from coldframe.domain.position import Action, Deed, Position
from coldframe.domain.profile import Profile
from coldframe.domain.react import react
from coldframe.domain.touchpoint import UNSUBSCRIBED, Touchpoint
from tests.e2e.core.events import Lead
from tests.e2e.core.telling import Told, Visit, minute, once_each, said
from tests.fakes.playbook import InMemoryPlaybook
from workbench.simulate.transitions import Meter

SENT: Mapping[Deed, str] = dict.fromkeys(
    (Deed.MAILED, Deed.TEXTED, Deed.NOTIFIED, Deed.HANDED_OFF, Deed.CALLED), "sent"
)


class OnPaper:
    def __init__(self, playbook: InMemoryPlaybook, journey: str, lead: Lead) -> None:
        self.playbook, self.lead = playbook, lead
        self.script = Script(
            journey=playbook.journey(journey),
            client=playbook.client(),
            mail=playbook.mail,
            reactions=playbook.reactions(),
        )
        self.profile: Profile | None = None
        self.gate = Gate(lead=lead.id)
        self.history: list[Touchpoint] = []
        self.position: Position | None = None
        self.visits: list[Visit] = []
        self.told = Told()
        self.meter = Meter(self.script.journey)

    def happen(self, touchpoint: Touchpoint) -> None:
        at = touchpoint.occurred_at
        self.pass_time(at)
        if touchpoint.kind == UNSUBSCRIBED:
            self.gate = replace(self.gate, unsubscribed_at=at)
        entered = self._learn(touchpoint)
        if self.position is not None:
            self._move(at, touchpoint)
        elif entered is not None:
            self._enrol(entered, at)

    def pass_time(self, until: datetime) -> None:
        while self.open and self.position and self.position.due and self.position.due <= until:
            self._move(self.position.due, None)

    @property
    def open(self) -> bool:
        return self.position is not None and self.position.enrolment.status is EnrolmentStatus.OPEN

    def tell(self) -> Told:
        if self.position is not None:
            enrolment = self.position.enrolment
            self.told.arms = {name: arm for name, arm in enrolment.arms.items() if arm}
            ended_at = enrolment.ended_at
            self.told.ended = enrolment.reason, minute(ended_at) if ended_at else ""
        self.told.visits = once_each(self.visits)
        return self.told

    def _learn(self, touchpoint: Touchpoint) -> datetime | None:
        self.history.append(touchpoint)
        reaction = react(self.profile, touchpoint, self.playbook.reactions())
        self.profile = reaction.profile
        journey = self.script.journey.journey
        enrols = [e for e in reaction.decisions if e.kind is DecisionKind.ENROL]
        return next((each.at for each in enrols if each.journey == journey), None)

    def _enrol(self, at: datetime, now: datetime) -> None:
        journey = self.script.journey
        enrolment = Enrolment(
            lead=self.lead.id,
            id=enrolment_id(self.lead.id, journey.journey),
            journey=journey.journey,
            status=EnrolmentStatus.OPEN,
            step=journey.first,
            since=at,
            generation=1,
            started_at=at,
            requested_at=at,
        )
        self.position = Position(enrolment=enrolment)
        self._move(now, None)

    def _move(self, now: datetime, event: Touchpoint | None) -> None:
        while self.position is not None:
            done = advance(
                self.position,
                self.script,
                profile=self.profile,
                gate=self.gate,
                now=now,
                event=event,
                history=self.history,
            )
            self.position, self.gate, event = done.position, done.gate, None
            self.meter.count(done)
            self.visits += [(step, now) for step in done.visited]
            for touchpoint in done.told:
                self._tell(touchpoint)
            for action in done.actions:
                self._follow(action)
            if done.due is None or done.due > now:
                return

    def _follow(self, action: Action) -> None:
        at = minute(action.at)
        if action.deed in SENT:
            self.told.effects.add((action.step, "sent", "", at))
        elif action.deed is Deed.WITHHELD:
            self.told.effects.add((action.step, "refused", action.why, at))

    def _tell(self, touchpoint: Touchpoint) -> None:
        told = (touchpoint.kind, said(touchpoint.data), minute(touchpoint.occurred_at))
        self.told.derived.add(told)
        self._learn(touchpoint)
