"""What a journey may name: the mails, forms, events and topics of the client's folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from coldframe.domain.message import MailKind
from coldframe.domain.playbook import EventMatch
from coldframe.domain.touchpoint import EMAIL_CLICKED, FORM_SUBMITTED
from infra.reading.nodes import Located
from infra.reading.problems import did_you_mean

OUR_EVENTS: Final[Mapping[str, frozenset[str]]] = {
    EMAIL_CLICKED: frozenset({"mail", "target"}),
    FORM_SUBMITTED: frozenset({"form"}),
}
"""Built-in events that a journey may wait for, with what `where` may ask of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMail:
    kind: MailKind
    topic: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """None stands for what couldn't be read: nothing is said against it."""

    mails: Mapping[str, KnownMail | None]
    forms: frozenset[str]
    events: frozenset[str] | None
    topics: frozenset[str] | None

    def check_mail(self, mail: Located[str]) -> None:
        if mail.value not in self.mails:
            hint = did_you_mean(mail.value, self.mails) or f"; write emails/{mail.value}.md"
            mail.spot.report(f"there is no mail {mail.value!r}{hint}")

    def check_topic(self, topic: Located[str]) -> None:
        if self.topics is not None and topic.value not in self.topics:
            hint = did_you_mean(topic.value, self.topics)
            topic.spot.report(f"there is no topic {topic.value!r} in client.yaml{hint}")

    def check_event(self, event: Located[EventMatch]) -> None:
        kind, where = event.value.kind, event.value.where
        if self.events is not None and kind not in {*self.events, *OUR_EVENTS}:
            hint = did_you_mean(kind, {*self.events, *OUR_EVENTS})
            event.spot.report(f"no event {kind!r} is declared in events.yaml{hint}")
        for key in where.keys() - OUR_EVENTS.get(kind, where.keys()):
            hint = did_you_mean(key, OUR_EVENTS[kind])
            event.spot.report(f"`where` can't ask for {key!r} of {kind}{hint}")
        if kind == FORM_SUBMITTED and where.get("form", "") not in self.forms:
            form = where.get("form", "")
            event.spot.report(f"there is no form {form!r}{did_you_mean(form, self.forms)}")
        if kind == EMAIL_CLICKED and "mail" in where:
            self.check_mail(Located(where["mail"], event.spot))
