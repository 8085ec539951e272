"""Second pass: what can't be right in a journey, though each line by itself may be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from coldframe.domain.message import MailKind
from coldframe.domain.touchpoint import EMAIL_CLICKED
from infra.journeys.known import Known
from infra.journeys.plan import END
from infra.journeys.source import HandOff, JourneySource, Send, Step, Wait, WaitFor, paired
from infra.reading.problems import Spot
from infra.reading.values import in_words

LONGEST: Final = timedelta(days=30)
LONGEST_ID: Final = 60
"""State names hold at most 80 characters, and ours may put a few words before the id."""

Sent = frozenset[str]


def check_journey(journey: JourneySource, known: Known) -> None:
    """Reports to the journey's own places."""
    if not journey.entries and not journey.spot.reported():
        journey.spot.report("needs a way in, e.g. `enter: {form: cake-guide}`")
    if not journey.steps and not journey.spot.reported():
        journey.spot.report("needs at least one step")
    if journey.topic:
        known.check_topic(journey.topic)
    for event in (*journey.entries, *journey.exits):
        known.check_event(event)
    topic = journey.topic.value if journey.topic else None
    path = _Path(known=known, topic=topic if topic in (known.topics or ()) else None)
    path.walk(journey.steps, sent=frozenset(), followed=False)
    _check_ids(journey.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Path:
    """Walks every way through the journey, knowing what was sent before."""

    known: Known
    topic: str | None

    def walk(self, steps: Sequence[Step], *, sent: Sent, followed: bool) -> Sent:
        """What may have been sent when the steps are through."""
        for number, step in enumerate(steps, start=1):
            goes_on = followed or number < len(steps)
            if isinstance(step, Send):
                sent = self._send(step, sent)
            elif isinstance(step, WaitFor):
                sent = self._wait_for(step, sent, goes_on=goes_on)
            elif isinstance(step, Wait):
                _check_wait(step, goes_on=goes_on)
            elif isinstance(step, HandOff) and goes_on:
                step.spot.report(
                    "must be the last step of its way: the lead is in sales' hands then, and what"
                    " follows would never be sent"
                )
        return sent

    def _send(self, step: Send, sent: Sent) -> Sent:
        if step.mail is None:
            return sent
        self.known.check_mail(step.mail)
        mail = step.mail.value
        if mail in sent:
            step.mail.spot.report(
                f"{mail!r} was sent before on this way, and a lead gets a journey's mail once;"
                " send another"
            )
        self._check_topic(step.mail.spot, mail)
        return sent | {mail}

    def _check_topic(self, spot: Spot, mail: str) -> None:
        about = self.known.mails.get(mail)
        if not about or about.kind is MailKind.REQUESTED:
            return
        if self.topic and about.topic not in {None, self.topic}:
            spot.report(
                f"{mail!r} is of the topic {about.topic!r}, the journey of {self.topic!r};"
                " make them one"
            )

    def _wait_for(self, step: WaitFor, sent: Sent, *, goes_on: bool) -> Sent:
        if step.event:
            self.known.check_event(step.event)
            self._check_click(step, sent)
        if step.limit:
            _check_bounded(step.limit.spot, step.limit.value)
        if not (goes_on or step.then or step.otherwise):
            step.spot.report("leads nowhere: say what follows in `then` or `else`, or leave it out")
        then = self.walk(step.then, sent=sent, followed=goes_on)
        return then | self.walk(step.otherwise, sent=sent, followed=goes_on)

    def _check_click(self, step: WaitFor, sent: Sent) -> None:
        if step.event is None or step.event.value.kind != EMAIL_CLICKED:
            return
        mail = step.event.value.where.get("mail")
        if mail is None:
            step.event.spot.report("a click in which mail? add `where: {mail: …}`")
        elif mail in self.known.mails and mail not in sent:
            step.event.spot.report(f"{mail!r} is not sent before this step, so nobody can click it")


def _check_wait(step: Wait, *, goes_on: bool) -> None:
    if step.time:
        _check_bounded(step.spot, step.time)
    if not goes_on:
        step.spot.report("nothing follows this wait; leave it out or say what comes after")


def _check_bounded(spot: Spot, time: timedelta) -> None:
    if time > LONGEST:
        spot.report(
            f"{in_words(time)} is too long: waits over {LONGEST.days} days are not built yet"
        )


def _check_ids(steps: Sequence[Step]) -> None:
    lines: dict[str, int] = {END: 0}
    for step in _tasks(steps):
        if not step.id or step.spot.reported():
            continue
        if len(step.id) > LONGEST_ID:
            step.spot.report(
                f"its name is too long; give it an `id` of at most {LONGEST_ID} letters"
            )
        elif step.id == END:
            step.spot.report(f"{END!r} is the name of a step of ours; give it another `id`")
        elif step.id in lines:
            step.spot.report(
                f"is called {step.id!r} like the step on line {lines[step.id]}; give one of them"
                " an `id` of its own"
            )
        lines.setdefault(step.id, step.spot.line)


def _tasks(steps: Sequence[Step]) -> Iterator[Step]:
    """The steps that need a name: a pause right after a `send` goes by the name of that."""
    for step, pause in paired(steps):
        yield step
        for part in (step, pause):
            if isinstance(part, WaitFor):
                yield from _tasks(part.then)
                yield from _tasks(part.otherwise)
