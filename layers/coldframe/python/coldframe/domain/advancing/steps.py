"""What a step does, in the order in which it asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from coldframe.domain import journey_steps as does
from coldframe.domain.advancing.walk import COMPLETED, Walk
from coldframe.domain.deciding import arm_of, values_of
from coldframe.domain.derived import (
    fields_set,
    journey_requested,
    marketing_stopped,
    score_given,
)
from coldframe.domain.enrolment import EndReason
from coldframe.domain.gate import counted
from coldframe.domain.limits import MAILS, TEXTS
from coldframe.domain.local_time import spread
from coldframe.domain.message import TEXT, WEBHOOK, MailKind
from coldframe.domain.position import Deed, Position
from coldframe.domain.sending import Answer, Word, may_send
from coldframe.domain.splitting import HOLDOUT, share_of

PHONE_FIELD: Final = "phone"
"""The field that tells where texts go."""


def do_step(walk: Walk) -> bool:
    """True: it is done, and its pause follows; False: the lead is elsewhere, put off or out."""
    match walk.step.action:
        case does.Send(mail=mail):
            return _send(walk, mail)
        case does.SendText(text=text):
            return _text(walk, text)
        case does.Branch() as branch:
            return _branch(walk, branch)
        case does.Split() as split:
            return _split(walk, split)
        case does.Leave(reason=reason):
            then = "" if reason == COMPLETED else walk.journey.at_end.get(reason, "")
            walk.close(reason, then=then)
            return False
        case does.SetFields() | does.GiveScore() | does.StopMarketing() | does.EnrolIn() if (
            walk.held_out
        ):
            walk.did(walk.action(Deed.LEFT_OUT, what=walk.step.kind, why=HOLDOUT))
        case _:
            _tell(walk)
    return True


def _send(walk: Walk, name: str) -> bool:
    mail = walk.script.mail(name)
    if walk.step.claim in walk.enrolment.claims:
        return True
    answer = _ask(walk, mail.kind, mail.topic, valid_until=mail.valid_until)
    if answer.word is Word.GO:
        walk.claim(walk.step.claim, name)
        caps = walk.script.client.caps
        walk.gate = counted(walk.gate, mail.kind, caps, now=walk.now, topic=mail.topic)
        walk.did(walk.action(Deed.MAILED, what=name))
    return _heard(walk, answer, name)


def _text(walk: Walk, name: str) -> bool:
    """Texts are marketing of the journey's topic, and counted apart."""
    if walk.step.claim in walk.enrolment.claims:
        return True
    topic = walk.journey.topic
    answer = _ask(walk, MailKind.VALUE, topic, channel=TEXTS)
    if answer.word is Word.GO:
        caps, kind = walk.script.client.caps, MailKind.VALUE
        walk.gate = counted(walk.gate, kind, caps, now=walk.now, topic=topic, channel=TEXTS)
        walk.claim(walk.step.claim, f"{TEXT}{name}")
        phone = walk.profile.fields.get(PHONE_FIELD) if walk.profile else None
        if phone is None or not phone.value:
            return _heard(walk, Answer(word=Word.REFUSED, why="no_phone"), name)
        walk.did(walk.action(Deed.TEXTED, what=name))
    return _heard(walk, answer, name)


def _ask(
    walk: Walk,
    kind: MailKind,
    topic: str | None,
    *,
    valid_until: str = "",
    channel: str = MAILS,
) -> Answer:
    lead = walk.enrolment.lead
    return may_send(
        kind,
        topic=topic,
        gate=walk.gate,
        profile=walk.profile,
        client=walk.script.client,
        requested_at=walk.enrolment.requested_at,
        now=walk.now,
        channel=channel,
        facts=lambda: walk.facts,
        ahead=walk.ahead,
        valid_until=valid_until,
        journey=walk.journey,
        held_out=walk.held_out,
        spread=spread(lead, walk.step.id),
        due_since=walk.enrolment.since,
    )


def _heard(walk: Walk, answer: Answer, name: str) -> bool:
    if answer.word is Word.GO:
        return True
    if answer.word is Word.NOT_YET:
        put_off = walk.action(Deed.PUT_OFF, what=name, why=answer.why)
        walk.did(replace(put_off, until=answer.until))
        walk.rest(Position(enrolment=walk.enrolment, due=answer.until))
        return False
    walk.did(walk.action(Deed.WITHHELD, what=name, why=answer.why))
    if answer.word is Word.FORBIDDEN:
        walk.close(EndReason.SUPPRESSED.value, why=answer.why)
    return answer.word is Word.REFUSED


def _branch(walk: Walk, branch: does.Branch) -> bool:
    step = walk.step
    arm, because = arm_of(branch, walk.facts, now=walk.now)
    name = arm.name if arm else ""
    walk.did(walk.action(Deed.DECIDED, what=name, why=because))
    arms = {**walk.enrolment.arms, step.id: name}
    walk.position = replace(walk.position, enrolment=replace(walk.enrolment, arms=arms))
    walk.go_to(arm.to if arm else step.next)
    return False


def _split(walk: Walk, split: does.Split) -> bool:
    lead, step = walk.enrolment.lead, walk.step.id
    share = share_of(split, lead=lead, journey=walk.journey.journey, step=step)
    walk.did(walk.action(Deed.DREW, what=share.name))
    walk.go_to(share.to)
    return False


def _tell(walk: Walk) -> None:
    enrolment, step, now = walk.enrolment, walk.step.id, walk.now
    match walk.step.action:
        case does.EnrolIn(journey=journey):
            walk.did(walk.action(Deed.ENROLLED, what=journey))
            at = enrolment.since
            walk.told.append(journey_requested(enrolment, journey, own=step, at=at, now=now))
        case does.Notify(to=to):
            _once(walk, Deed.NOTIFIED, to)
        case does.HandOff(to=to):
            _once(walk, Deed.HANDED_OFF, to)
        case does.CallWebhook(webhook=webhook):
            _once(walk, Deed.CALLED, webhook)
        case _:
            _teach(walk)


def _teach(walk: Walk) -> None:
    """What the lead's own record says from now on."""
    enrolment, step, now = walk.enrolment, walk.step.id, walk.now
    match walk.step.action:
        case does.SetFields() as fields:
            values = values_of(fields, walk.facts, now=now)
            walk.did(replace(walk.action(Deed.FIELDS_SET), values=values))
            walk.tell(fields_set(enrolment, values, step=step, at=enrolment.since, now=now))
        case does.GiveScore() as given:
            scored = walk.action(Deed.SCORED, why=given.why)
            walk.did(replace(scored, values={"points": given.points}))
            walk.tell(score_given(enrolment, given, step=step, at=enrolment.since, now=now))
        case does.StopMarketing() as stops:
            walk.did(walk.action(Deed.STOPPED, why=stops.why))
            walk.tell(marketing_stopped(enrolment, stops, step=step, at=enrolment.since, now=now))


def _once(walk: Walk, deed: Deed, what: str) -> None:
    key = walk.step.claim or f"{walk.step.kind}:{walk.step.id}"
    if key in walk.enrolment.claims:
        return
    if walk.held_out:
        walk.did(walk.action(Deed.WITHHELD, what=what, why=HOLDOUT))
    else:
        mail = f"{WEBHOOK}{what}" if deed is Deed.CALLED else f"_{walk.step.kind}"
        walk.claim(key, mail)
        walk.did(walk.action(deed, what=what))
