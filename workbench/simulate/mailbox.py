"""What becomes of a mail at its lead's: a scanner's visit, an open, a click, an answer, an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from coldframe.domain.click import click, evidence_in
from coldframe.domain.enrolment import message_id
from coldframe.domain.evidence import WINDOW
from coldframe.domain.message import TRAP, WAY_OUT, MailKind, Message, MessageState
from coldframe.domain.observation import Observation, human_follows, observed
from coldframe.domain.telling import NO_VISIBLE_LINK
from coldframe.domain.touchpoint import (
    EMAIL_BOUNCED,
    EMAIL_COMPLAINED,
    EMAIL_REPLIED,
    LINK_FOLLOWED,
    UNSUBSCRIBED,
    Touchpoint,
    record,
)
from workbench.simulate.people import after

if TYPE_CHECKING:
    from coldframe.domain.playbook import Mail
    from coldframe.domain.position import Action
    from workbench.simulate.ride import Ride

AGENT: Final = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0"
"""Scanners call themselves browsers too."""
PAGE: Final = "page.viewed"
HASTE: Final = 0.25
"""Seconds from link to link, when a scanner follows them."""
READING: Final = timedelta(seconds=12)
"""The least time from a mail's coming to a person's click."""


class Mailbox:
    def __init__(self, ride: Ride) -> None:
        self._ride = ride
        self._follows: dict[str, list[Touchpoint]] = {}
        self._clicked: set[tuple[str, int]] = set()
        self._machine: set[str] = set()

    def receive(self, action: Action) -> None:
        ride, dice = self._ride, self._ride.dice
        mail = ride.scene.mails[action.what]
        message = self._message(action, mail)
        tally = ride.story.tally
        if ride.person.bounces:
            tally.happened["bounced"] += 1
            ride.later(message.delivered_at or ride.now, lambda: self._bounce(message))
            return
        if ride.person.scanned and mail.links:
            self._scan(message, mail)
        came = message.delivered_at or ride.now
        if dice.random() < ride.scene.behaviour.open:
            opens = came + after(ride.scene.behaviour.open_after, dice)
            ride.later(opens, lambda: self._open(message, mail))
        self._answer(message, came)

    def _message(self, action: Action, mail: Mail) -> Message:
        ride = self._ride
        journey = ride.scene.journey
        enrolment = ride.position.enrolment.id if ride.position else ""
        comes = action.at + timedelta(seconds=1 + int(ride.dice.random() * 20))
        return Message(
            lead=ride.person.lead,
            id=message_id(enrolment, journey.steps[action.step].claim),
            mail=mail.mail,
            enrolment=enrolment,
            journey=journey.journey,
            step=action.step,
            state=MessageState.SENT,
            at=action.at,
            sent_at=action.at,
            delivered_at=comes,
            links=len(mail.links),
            requested=mail.kind is MailKind.REQUESTED,
        )

    def _answer(self, message: Message, came: datetime) -> None:
        """What a mail may make a lead do, apart from reading it."""
        ride, behaviour, dice = self._ride, self._ride.scene.behaviour, self._ride.dice
        if dice.random() < behaviour.reply:
            ride.later(came + after(behaviour.reply_after, dice), lambda: self._reply(message))
        if dice.random() < behaviour.unsubscribe:
            ride.later(came + after(behaviour.open_after, dice), self._unsubscribe)
        if dice.random() < behaviour.complain:
            ride.later(came + after(behaviour.open_after, dice), lambda: self._complain(message))
        ride.whims.may_reach_goal(behaviour.goal, after=after(behaviour.goal_after, dice))

    # what a machine does

    def _scan(self, message: Message, mail: Mail) -> None:
        """Every link, one after another, as soon as the mail is there; also the one nobody sees.

        The last one of a mail leads out of it.
        """
        dice = self._ride.dice
        at = (message.delivered_at or message.at) + timedelta(seconds=dice.random() * 3)
        unseen = [TRAP] if mail.format == "html" else []
        for number, link in enumerate([*range(message.links), *unseen, WAY_OUT]):
            visit = at + timedelta(seconds=number * HASTE)
            self._ride.later(visit, lambda link=link: self._follow(message, link, machine=True))  # type: ignore[misc]  # bound now

    # what a person does

    def _open(self, message: Message, mail: Mail) -> None:
        ride, behaviour, dice = self._ride, self._ride.scene.behaviour, self._ride.dice
        ride.story.tally.opened[message.step] += 1
        ride.story.tell(ride.now, "lead", f"opens {mail.mail}")
        if mail.links and dice.random() < behaviour.click:
            link = int(dice.random() * len(mail.links))
            at = ride.now + READING + after(behaviour.click_after, dice)
            ride.later(at, lambda: self._follow(message, link))

    def _reply(self, message: Message) -> None:
        ride, replies = self._ride, self._ride.scene.client.replies
        ride.story.tally.happened["replied"] += 1
        if replies is not None:
            until = ride.now + timedelta(seconds=replies.hold)
            ride.gate = replace(ride.gate, held_until=max(ride.gate.held_until or until, until))
        ride.does(EMAIL_REPLIED, _about(message), text=f"answers {message.mail}")

    def _unsubscribe(self) -> None:
        ride = self._ride
        ride.story.tally.happened["unsubscribed"] += 1
        ride.gate = replace(ride.gate, unsubscribed_at=ride.gate.unsubscribed_at or ride.now)
        ride.does(UNSUBSCRIBED, text="unsubscribes")

    def _complain(self, message: Message) -> None:
        ride = self._ride
        ride.story.tally.happened["complained"] += 1
        ride.gate = replace(ride.gate, complained_at=ride.gate.complained_at or ride.now)
        ride.does(EMAIL_COMPLAINED, _about(message), text="reports it as spam")

    def _bounce(self, message: Message) -> None:
        ride = self._ride
        ride.gate = replace(ride.gate, bounced_at=ride.gate.bounced_at or ride.now)
        bounce = {**_about(message), "type": "hard"}
        ride.does(EMAIL_BOUNCED, bounce, text=f"{message.mail} bounces for good")

    # evidence, and what counts

    def _follow(self, message: Message, link: int, *, machine: bool = False) -> None:
        ride = self._ride
        who = "machine" if machine else "lead"
        name = NO_VISIBLE_LINK.get(link, f"link {link + 1}")
        ride.story.tell(ride.now, who, f"follows {name} of {message.mail}")
        target = ride.scene.mails[message.mail].links[link] if link >= 0 else ""
        follow = record(
            lead=ride.person.lead,
            kind=LINK_FOLLOWED,
            source="links",
            received_at=ride.now,
            data={"message": message.id, "link": link, "target": target, "agent": AGENT},
            own_id=f"{message.id}#{link}@{ride.now.isoformat()}#{who}",
        )
        known = self._follows.setdefault(message.id, [])
        known.append(follow)
        if machine:
            self._machine.add(follow.id)
            ride.story.tally.happened["followed by machines"] += 1
        ride.later(ride.now + WINDOW, lambda: self._judge(message))

    def _judge(self, message: Message) -> None:
        """By the rules that judge real follows, 20 s after each."""
        ride = self._ride
        follows = {each.id: each for each in self._follows[message.id]}
        seen = Observation(lead=ride.person.lead, message=message.id)
        seen = observed(seen, evidence_in(follows.values(), message.id))
        for link, found in human_follows(seen, message, ride.now).items():
            if (message.id, link) not in self._clicked:
                self._clicked.add((message.id, link))
                self._click(message, follows[found.touchpoint], human=found.human)

    def _click(self, message: Message, follow: Touchpoint, *, human: float) -> None:
        ride, behaviour = self._ride, self._ride.scene.behaviour
        counted = click(follow, message, human=human, received_at=ride.now, depth=0)
        if follow.id in self._machine:
            ride.story.tally.happened["machines taken for people"] += 1
        else:
            ride.story.tally.clicked[message.step] += 1
            gone = after(behaviour.goal_after, ride.dice)
            ride.whims.may_reach_goal(behaviour.goal_after_click, after=gone)
        ride.story.tell(ride.now, "journey", f"counts a click on {message.mail}")
        ride.feed(counted)
        target = urlsplit(str(follow.data["target"]))
        if target.netloc:
            path = target.path or "/"
            ride.does(PAGE, {"path": path}, text=f"sees {path}")


def _about(message: Message) -> dict[str, str]:
    return {
        "message": message.id,
        "mail": message.mail,
        "enrolment": message.enrolment,
        "journey": message.journey,
    }
