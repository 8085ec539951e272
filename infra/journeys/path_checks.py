"""Walks every way through a journey, knowing what was sent before: what can't be on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from coldframe.domain.event_match import EventMatch
from coldframe.domain.message import MailKind
from coldframe.domain.touchpoint import EMAIL_CLICKED
from infra.journeys.defaults import passes_by
from infra.journeys.known import ABOUT_A_MAIL, Known
from infra.journeys.source import (
    Branch,
    CallWebhook,
    HandOff,
    Leave,
    Notify,
    Send,
    SendText,
    Split,
    Step,
    Wait,
    WaitFor,
    may_skip,
    ways,
)
from infra.journeys.steps_reader import HOLDOUT
from infra.reading.nodes import Located
from infra.reading.problems import Spot
from infra.reading.values import in_words

LONGEST: Final = timedelta(days=731)
"""More is most likely a slip; and what a lead said so long ago is hardly true any more."""
_WHOLE: Final = 100

Sent = frozenset[str]


def claim_of(name: str, step: Step) -> str:
    """What an enrolment may send once: the mail, or the mail in this round."""
    return f"{name}~{step.round}" if step.round > 1 else name


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    known: Known
    topic: str | None
    has_topic: bool = False
    has_goal: bool = False
    exits: tuple[EventMatch, ...] = ()
    followed: bool = False
    """Something comes after the last of the steps."""

    def walk_all(self, steps: Sequence[Step]) -> bool:
        """Whether some way leads to the end of the steps."""
        return self._walk(steps, sent=frozenset(), followed=False, nested=False) is not None

    def _walk(
        self, steps: Sequence[Step], *, sent: Sent, followed: bool, nested: bool
    ) -> Sent | None:
        """What may have been sent when the steps are through; None: no way leads so far."""
        here: Sent | None = sent
        for number, step in enumerate(steps, start=1):
            if here is None:
                step.spot.report("is never reached: every way before it has ended")
                return None
            goes_on = followed or number < len(steps)
            if isinstance(step, Wait) and may_skip(step) and number == len(steps):
                step.spot.report("`if_past: skip` leaves out the step that follows, and none does")
            here = self._step(step, here, goes_on=goes_on, nested=nested)
        return here

    def _step(self, step: Step, sent: Sent, *, goes_on: bool, nested: bool) -> Sent | None:
        match step:
            case Send():
                return self._send(step, sent)
            case SendText():
                return self._text(step, sent)
            case Wait():
                self._wait(step, goes_on=goes_on)
            case HandOff() if goes_on:
                step.spot.report(
                    "must be the last step of its way: the lead is in sales' hands then, and what"
                    " follows would never be sent"
                )
            case Leave():
                return None
            case WaitFor() | Branch() | Split():
                return self._fork(step, sent, goes_on=goes_on, nested=nested)
            case _:
                self._check_named(step)
        return sent

    def _check_named(self, step: Step) -> None:
        if isinstance(step, Notify) and step.to:
            self.known.check_person(step.to)
        elif isinstance(step, CallWebhook) and step.webhook:
            self.known.check_webhook(step.webhook)

    def _fork(
        self, step: WaitFor | Branch | Split, sent: Sent, *, goes_on: bool, nested: bool
    ) -> Sent | None:
        if isinstance(step, WaitFor):
            self._wait_for(step, sent, goes_on=goes_on)
        elif isinstance(step, Split):
            self._split(step, nested=nested)
        ends = [self._walk(way, sent=sent, followed=goes_on, nested=True) for way in ways(step)]
        if passes_by(step):
            ends.append(sent)
        through = [end for end in ends if end is not None]
        return frozenset[str]().union(*through) if through or not ends else None

    def _send(self, step: Send, sent: Sent) -> Sent:
        if step.mail is None:
            return sent
        self.known.check_mail(step.mail)
        mail = step.mail.value
        claim = claim_of(mail, step)
        if claim in sent:
            step.mail.spot.report(
                f"{mail!r} was sent before on this way, and a lead gets a journey's mail once;"
                " send another"
            )
        self._check_topic(step.mail.spot, mail)
        return sent | {claim}

    def _text(self, step: SendText, sent: Sent) -> Sent:
        if step.text is None:
            return sent
        self.known.check_text(step.text)
        if not self.has_topic:
            step.spot.report("needs the journey's `topic`: only leads who said yes get the text")
        claim = claim_of(step.text.value, step)
        if claim in sent:
            step.text.spot.report(
                f"{step.text.value!r} was sent before on this way, and a lead gets a journey's"
                " text once; send another"
            )
        return sent | {claim}

    def _check_topic(self, spot: Spot, mail: str) -> None:
        about = self.known.mails.get(mail)
        if not about or about.kind is MailKind.REQUESTED:
            return
        if self.topic and about.topic not in {None, self.topic}:
            spot.report(
                f"{mail!r} is of the topic {about.topic!r}, the journey of {self.topic!r};"
                " make them one"
            )

    def _wait(self, step: Wait, *, goes_on: bool) -> None:
        if step.time:
            _check_bounded(step.spot, step.time)
        if step.date:
            self.known.check_date(step.date.field)
        if not (goes_on or self.followed or step.round):
            step.spot.report("nothing follows this wait; leave it out or say what comes after")

    def _wait_for(self, step: WaitFor, sent: Sent, *, goes_on: bool) -> None:
        if step.event:
            self.known.check_event(step.event)
            self._check_mail_asked(step, sent)
            self._check_not_an_exit(step.event)
        if step.limit:
            _check_bounded(step.limit.spot, step.limit.value)
        if step.since and step.since.value == "send" and not sent:
            step.since.spot.report("nothing is sent before this step; write `since: enrolment`")
        if not (goes_on or self.followed or step.round or step.then or step.otherwise):
            step.spot.report("leads nowhere: say what follows in `then` or `else`, or leave it out")

    def _check_not_an_exit(self, event: Located[EventMatch]) -> None:
        """Of an event that both exits and is waited for, the exit wins."""
        for out in self.exits:
            asked = event.value.where.items()
            if out.kind == event.value.kind and out.where.items() <= asked:
                event.spot.report(
                    f"is waited for in vain: {out.kind} makes leads exit the journey (`exit_when`),"
                    " so that `then` is never reached"
                )

    def _check_mail_asked(self, step: WaitFor, sent: Sent) -> None:
        if step.event is None or step.event.value.kind not in ABOUT_A_MAIL:
            return
        mail = step.event.value.where.get("mail")
        if mail is None:
            if step.event.value.kind == EMAIL_CLICKED:
                step.event.spot.report("a click in which mail? add `where: {mail: …}`")
        elif mail in self.known.mails and mail not in {claim.partition("~")[0] for claim in sent}:
            does = "click" if step.event.value.kind == EMAIL_CLICKED else "answer"
            step.event.spot.report(
                f"{mail!r} is not sent before this step, so nobody can {does} it"
            )

    def _split(self, step: Split, *, nested: bool) -> None:
        if not step.shares and not step.spot.reported():
            step.spot.report("shares out nothing; write e.g. `- {share: 50%, label: story}`")
        whole = sum(share.percent for share in step.shares) + step.holdout
        names = [share.name for share in step.shares]
        if step.shares and whole != _WHOLE and not step.spot.reported():
            step.spot.report(f"shares out {whole}%; the shares and the holdout must make 100%")
        for number, share in enumerate(step.shares):
            if share.name in {*names[:number], HOLDOUT}:
                share.spot.report(f"{share.name!r} is taken; give each share a label of its own")
        if step.holdout and not self.has_goal:
            step.spot.report(
                "has a holdout, but the journey no `goal`: there is nothing to measure it by"
            )
        if step.holdout and (nested or step.round):
            step.spot.report(
                "has a holdout, so it must stand on the journey's main way: what is held back"
                " is all that comes after it"
            )


def _check_bounded(spot: Spot, time: timedelta) -> None:
    if time > LONGEST:
        spot.report(f"{in_words(time)} is too long: at most two years")
