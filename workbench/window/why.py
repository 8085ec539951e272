"""Why one mail came: what led to it, and what allows it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from coldframe.domain import touchpoint as kinds
from coldframe.domain.decision import DecisionKind
from coldframe.domain.enrolment import Enrolment
from coldframe.domain.journey import Journey, Step
from coldframe.domain.message import MailKind, Message
from coldframe.domain.playbook import Client, Mail
from coldframe.domain.reasons import reason
from coldframe.domain.record import LeadRecord
from coldframe.domain.touchpoint import Touchpoint
from workbench.window.wording import duration, event


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """One reason; ``at`` is when it came about."""

    text: str
    at: datetime | None = None
    then: str = ""
    """What happened between that and the mail."""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Reads a lead's record for the reasons of its messages."""

    record: LeadRecord
    client: Client
    journey: Callable[[str], Journey]
    mail: Callable[[str], Mail]

    def of(self, message: str) -> tuple[Because, ...]:
        """Causes first, permission last; empty for a message that the record doesn't hold."""
        found = next((one for one in self.record.messages if one.id == message), None)
        if found is None:
            return ()
        return (*self._course(found), *self._permission(found))

    def shortly(self, message: Message) -> str:
        """The last thing that led to it."""
        *_, last = self._course(message)
        return f"{last.text}; {last.then}" if last.then else last.text

    def _course(self, message: Message) -> Iterator[Because]:
        enrolment = self._enrolment(message)
        if enrolment is None:
            yield Because(text=f"“{message.mail}” goes to everyone who agreed to its topic")
            return
        cause = self._cause(enrolment)
        if cause is not None:
            yield Because(text=f"The lead {_deed(cause)}", at=cause.occurred_at)
        journey = self._journey(enrolment.journey)
        title = journey.title if journey else enrolment.journey
        yield Because(text=f"So it entered the journey “{title}”", at=enrolment.started_at)
        if journey is not None:
            yield from self._before(message, enrolment, journey)

    def _before(
        self, message: Message, enrolment: Enrolment, journey: Journey
    ) -> Iterator[Because]:
        """The step that led here: of several, the one whose mail went out last."""
        known = {one.id: one for one in self.record.messages}
        led = [
            (known[claim.message], step, how)
            for step in journey.steps.values()
            if (how := _leads(step, message.step))
            and (claim := step.mail and enrolment.claims.get(step.claim))
            and claim.message in known
        ]
        if led:
            before, _, how = max(led, key=lambda one: one[0].at)
            at = before.sent_at or before.at
            yield Because(text=f"“{before.mail}” came first", at=at, then=how)
            return
        pauses = [how for step in journey.steps.values() if (how := _leads(step, message.step))]
        if pauses:
            yield Because(text=f"{pauses[0][0].upper()}{pauses[0][1:]}")

    def _permission(self, message: Message) -> Iterator[Because]:
        mail = self._mail(message.mail)
        if mail is None or mail.kind is MailKind.NOTICE:
            yield Because(text="It is a notice to the client's own people, not to the lead")
        elif mail.kind is MailKind.REQUESTED:
            yield Because(text="The lead asked for it: it needs no consent and goes at any hour")
        elif mail.topic is not None:
            yield self._consent(mail.topic)
        if message.why:
            yield Because(text=f"Noted with it: {reason(message.why)}")

    def _consent(self, topic: str) -> Because:
        label = self.client.topics.get(topic, topic)
        consent = self.record.profile.consents.get(topic) if self.record.profile else None
        if consent is None:
            return Because(text=f"Its topic is “{label}”")
        return Because(text=f"The lead agreed to “{label}”", at=consent.at, quote=consent.text)

    def _enrolment(self, message: Message) -> Enrolment | None:
        held = self.record.enrolments
        return next((one for one in held if one.id == message.enrolment), None)

    def _cause(self, enrolment: Enrolment) -> Touchpoint | None:
        causes = {
            decision.cause
            for decision in self.record.decisions
            if decision.kind is DecisionKind.ENROL and decision.journey == enrolment.journey
        }
        asked = (one for one in self.record.touchpoints if one.id in causes)
        return min(asked, key=lambda one: one.occurred_at, default=None)

    def _journey(self, name: str) -> Journey | None:
        try:
            return self.journey(name)
        except KeyError:
            return None

    def _mail(self, name: str) -> Mail | None:
        try:
            return self.mail(name)
        except KeyError:
            return None


def _deed(cause: Touchpoint) -> str:
    if cause.kind == kinds.FORM_SUBMITTED:
        return f"filled in the form {cause.data.get('form')}"
    return f"did {cause.kind}"


def _leads(step: Step, to: str) -> str:
    """How one step leads to another, in words; "" when it doesn't."""
    wait_for = step.wait_for
    if wait_for is not None and to in {wait_for.then, wait_for.otherwise}:
        what = event(wait_for.when)
        if to == wait_for.then:
            return f"{what} came within {duration(wait_for.limit)}"
        return f"no {what.removeprefix('a ').removeprefix('an ')} within {duration(wait_for.limit)}"
    if step.next != to:
        return ""
    if step.wait is None:
        return "this follows at once"
    if step.wait.seconds is None or step.wait.until is not None:
        return "then a wait"
    return f"then a wait of {duration(step.wait.seconds)}"
