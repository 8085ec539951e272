"""How long a step's own wait lasts for one lead, given what follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coldframe.domain.journey_steps import Send, SendText, Split
from coldframe.domain.knowing.rules import Knowing
from coldframe.domain.known_facts import facts_of
from coldframe.domain.message import MailKind
from coldframe.domain.resumption import Resumption, resume_at
from coldframe.domain.sending_hours import ANY_TIME, Hours, hours_of
from coldframe.domain.splitting import share_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from coldframe.domain.journey import Journey, Step
    from coldframe.domain.journey_steps import Wait
    from coldframe.domain.playbook import Client, Mail
    from coldframe.domain.profile import Profile


def wait_ends(
    wait: Wait,
    *,
    step: Step,
    journey: Journey,
    client: Client,
    profile: Profile | None,
    lead: str,
    since: datetime,
    mail: Callable[[str], Mail],
    knowing: Knowing | None = None,
) -> Resumption:
    """``mail`` finds a mail of the playbook; asked for at most one, the next to go.

    A wait before marketing ends when that may go, so that the send isn't put off once more.
    """
    dated = profile.fields.get(wait.date.field) if profile and wait.date else None
    concluded = knowing if wait.computed else None
    return resume_at(
        wait,
        since=since,
        lead=lead,
        step=step.id,
        facts=facts_of(profile, client=client, knowing=concluded, now=since),
        hours=_hours(next_for(step.next, journey, lead), journey, client, mail, profile),
        told_at=dated.at if dated else None,
    )


def next_for(step: str | None, journey: Journey, lead: str) -> Step | None:
    """The step that acts next: a split only shows the way, and a lead's way is always the same."""
    follows = journey.steps.get(step) if step else None
    while follows is not None and isinstance(follows.action, Split):
        share = share_of(follows.action, lead=lead, journey=journey.journey, step=follows.id)
        follows = journey.steps.get(share.to)
    return follows


def _hours(
    follows: Step | None,
    journey: Journey,
    client: Client,
    mail: Callable[[str], Mail],
    profile: Profile | None,
) -> Hours:
    match follows.action if follows else None:
        case Send(mail=name):
            asked_for = mail(name).kind is MailKind.REQUESTED
            return ANY_TIME if asked_for else hours_of(client, journey, profile)
        case SendText():
            return hours_of(client, journey, profile)
    return ANY_TIME
