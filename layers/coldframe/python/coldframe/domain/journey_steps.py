"""What a journey's steps do, and what is waited for after them: plain data, fit for JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from coldframe.domain.conditions.nodes import Condition, Scalar
from coldframe.domain.event_match import EventMatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """A mail to the lead."""

    mail: str
    do: str = field(default="send", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendText:
    """A text message to the lead's phone."""

    text: str
    do: str = field(default="text", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One way out of a branch: ``when`` None is the way of all others, and comes last."""

    name: str
    when: Condition | None
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """The first arm that holds, decided once: entered again, the recorded arm is taken."""

    arms: tuple[Arm, ...]
    do: str = field(default="branch", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One way of a split: leads whose draw is below ``below`` and not below the one before."""

    name: str
    below: str
    """Eight hexadecimal digits, or `g` for the last share: above every draw."""
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """By the lead alone, so that no state is needed to fall into the same share again."""

    shares: tuple[Share, ...]
    holdout: str = ""
    """The name of the share that gets requested mails only, from here on; empty: none."""
    do: str = field(default="split", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFields:
    """Fields of the lead, to literal values or to what an expression gives."""

    values: Mapping[str, Scalar | Condition]
    do: str = field(default="set", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveScore:
    points: int
    why: str
    do: str = field(default="score", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopMarketing:
    """No marketing goes to the lead any more, from any journey, until it comes back by itself."""

    why: str
    do: str = field(default="stop_marketing", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """Tells the client's people; ``task``: something for them to do, ``within`` seconds."""

    to: str
    text: str
    task: bool = False
    within: int | None = None
    do: str = field(default="notify", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOff:
    to: str
    do: str = field(default="hand_off", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWebhook:
    webhook: str
    """A name of client.yaml's `webhooks`."""
    do: str = field(default="webhook", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolIn:
    journey: str
    do: str = field(default="enrol", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Ends the enrolment with this reason; `completed` is what the end of the steps is."""

    reason: str
    do: str = field(default="exit", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """Does nothing itself: the step is its pause."""

    do: str = field(default="pass", init=False)


Action: TypeAlias = (
    Send
    | SendText
    | Branch
    | Split
    | SetFields
    | GiveScore
    | StopMarketing
    | Notify
    | HandOff
    | CallWebhook
    | EnrolIn
    | Leave
    | Pass
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTime:
    """A time of day on the lead's wall: minutes after midnight, on these weekdays (0 = Monday)."""

    minute: int
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMark:
    """A date field of the lead, some days before (negative) or after it, at a time of day."""

    field: str
    days: int
    minute: int
    if_past: str
    """go_on: what follows happens at once · skip: the step after the wait is left out · exit.

    A lead without the date is treated likewise.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One of ``seconds``, ``computed`` and ``date``, or none; then, if there is one, ``until``."""

    seconds: int | None = None
    computed: Condition | None = None
    """An expression that gives a duration."""
    until: LocalTime | None = None
    date: DateMark | None = None
    may_park: bool = False
    """It can take longer than an execution is kept waiting."""
    skip_to: str | None = None
    """Where `if_past: skip` leads."""
    wait: str = field(default="time", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitFor:
    when: EventMatch
    limit: int
    """Seconds."""
    since: str = "send"
    """send: since the mail before · enrolment · now."""
    condition: Condition | None = None
    """What must hold of the lead when the event comes."""
    then: str = ""
    otherwise: str = ""
    wait: str = field(default="event", init=False)


Pause: TypeAlias = Wait | WaitFor
