"""Takes the place of the world behind SES: keeps what was sent, and tells what became of it."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

import json
import uuid
from typing import Any

from workbench.cloud import emulated as em
from workbench.cloud.clock import VirtualClock
from workbench.cloud.mail import events
from workbench.cloud.mail.message import Message
from workbench.cloud.stdlib import VirtualStdlib

SUBJECT = "Amazon SES Email Event Notification"
HARD, SOFT = ("Permanent", "General"), ("Transient", "MailboxFull")
Record = dict[str, Any]


class Post:
    """The mails that were sent, and the events a mailbox can cause."""

    def __init__(self, clock: VirtualClock, stdlib: VirtualStdlib) -> None:
        self._clock = clock
        self._thread = stdlib.thread
        self._messages: dict[str, Message] = {}
        self.accepted = 0
        self.requests = 0
        """SendEmail requests that reached SES, refused and failed ones included."""
        self.on_sent: list[Any] = []
        """Called with every message as it is sent."""

    def __iter__(self) -> Any:
        return iter(list(self._messages.values()))

    def __len__(self) -> int:
        return len(self._messages)

    def __getitem__(self, message_id: str) -> Message:
        return self._messages[message_id]

    def to(self, address: str) -> list[Message]:
        """What was sent to an address, oldest first."""
        return [message for message in self if message.addressed_to(address)]

    def clear(self) -> None:
        """Forget the mails sent so far; events about them can still be made."""
        self._messages.clear()

    def remember(self, message: Message) -> None:
        """A mail of an earlier run: it is there, and nothing follows from it."""
        self._messages[message.id] = message

    def accept(self, message: Message) -> None:
        """Keep the message, and let SES's own events follow in the background."""
        self.accepted += 1
        self._messages[message.id] = message
        for hear in self.on_sent:
            hear(message)
        self._thread(target=self._travel, name="mail on its way", args=(message,)).start()

    def delivered(self, message: Message) -> Record:
        return self._tell("Delivery", message, events.delivery(self._clock.now(), message))

    def delayed(self, message: Message) -> Record:
        return self._tell("DeliveryDelay", message, events.delay(self._clock.now(), message))

    def opened(
        self,
        message: Message,
        *,
        bot: str = "Unlikely",
        user_agent: str = events.BROWSER,
        address: str = events.ADDRESS,
    ) -> Record:
        """The tracking pixel was fetched; `bot` is SES's own guess."""
        now = self._clock.now()
        content = events.engagement(now, bot=bot, user_agent=user_agent, address=address)
        return self._tell("Open", message, content)

    def clicked(
        self,
        message: Message,
        link: str,
        *,
        bot: str = "Unlikely",
        user_agent: str = events.BROWSER,
        address: str = events.ADDRESS,
        link_tags: dict[str, list[str]] | None = None,
    ) -> Record:
        """A link that SES tracks was followed."""
        now = self._clock.now()
        content = events.engagement(now, bot=bot, user_agent=user_agent, address=address)
        return self._tell("Click", message, {**content, "link": link, "linkTags": link_tags or {}})

    def bounced(
        self, message: Message, *, hard: bool = True, sub_type: str | None = None
    ) -> Record:
        kind, usual = HARD if hard else SOFT
        content = events.bounce(self._clock.now(), message, kind, sub_type or usual)
        return self._tell("Bounce", message, content)

    def complained(self, message: Message, *, feedback: str = "abuse") -> Record:
        content = events.complaint(self._clock.now(), message, feedback)
        return self._tell("Complaint", message, content)

    def rejected(self, message: Message) -> Record:
        return self._tell("Reject", message, {"reason": "Bad content"})

    def _travel(self, message: Message) -> None:
        """Send, then what the simulator's addresses ask for, else delivery."""
        self._tell("Send", message, {})
        whim = message.to[0].partition("@simulator.")[0] if message.to else ""
        match whim.partition("+")[0]:
            case "bounce":
                self.bounced(message)
            case "suppressionlist":
                self.bounced(message, sub_type="OnAccountSuppressionList")
            case "complaint":
                self.delivered(message)
                self.complained(message)
            case _:
                self.delivered(message)

    def _tell(self, kind: str, message: Message, content: Record) -> Record:
        """Publish an event to every destination of the message's configuration set."""
        record = events.record(kind, message, content)
        with em.responses.request_scope(message.account, message.region):
            chosen = em.ses_v2._config_sets.get(message.configuration_set or "") or {}
            for destination in (chosen.get("EventDestinations") or {}).values():
                if destination.get("Enabled") and _wants(destination, kind):
                    _publish(destination, kind, record)
        return record


def _wants(destination: Record, kind: str) -> bool:
    return events.MATCHING.get(kind, kind.upper()) in destination.get("MatchingEventTypes", [])


def _publish(destination: Record, kind: str, record: Record) -> None:
    if topic := (destination.get("SnsDestination") or {}).get("TopicArn"):
        em.sns._fanout(topic, str(uuid.uuid4()), json.dumps(record), SUBJECT, "", {})
    if destination.get("EventBridgeDestination"):
        name = record["mail"]["tags"]["ses:configuration-set"][0]
        place = f"{em.responses.get_region()}:{em.responses.get_account_id()}"
        entry = {
            "Source": "aws.ses",
            "DetailType": events.DETAIL_TYPES[kind],
            "Detail": json.dumps(record),
            "Resources": [f"arn:aws:ses:{place}:configuration-set/{name}"],
        }
        em.eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)
