"""What a journey may name: what else the client's folder holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from coldframe.domain.conditions.nodes import Type
from coldframe.domain.event_match import EventMatch
from coldframe.domain.knowing.rules import since_when
from coldframe.domain.limits import CapRule, QuietHours
from coldframe.domain.message import MailKind
from coldframe.domain.touchpoint import (
    ALERT_RAISED,
    EMAIL_CLICKED,
    EMAIL_REPLIED,
    FORM_SUBMITTED,
    JOURNEY_REQUESTED,
    SALES_CONTACTED,
    SEGMENT_ENTERED,
    SEGMENT_LEFT,
)
from infra.reading.nodes import Located
from infra.reading.problems import did_you_mean

if TYPE_CHECKING:
    from infra.journeys.journey_source import JourneySource
    from infra.playbook.conditions.catalogue import FieldSpec

OUR_EVENTS: Final[Mapping[str, frozenset[str]]] = {
    EMAIL_CLICKED: frozenset({"mail", "target"}),
    EMAIL_REPLIED: frozenset({"mail"}),
    SALES_CONTACTED: frozenset(),
    FORM_SUBMITTED: frozenset({"form"}),
}
"""Built-in events that a journey may wait for, with what `where` may ask of them."""

_OWN_KEYS: Final[Mapping[str, frozenset[str]]] = {
    **OUR_EVENTS,
    SEGMENT_ENTERED: frozenset({"segment"}),
    SEGMENT_LEFT: frozenset({"segment"}),
    ALERT_RAISED: frozenset({"alert"}),
    JOURNEY_REQUESTED: frozenset({"journey"}),
}
ABOUT_A_MAIL: Final = frozenset({EMAIL_CLICKED, EMAIL_REPLIED})
OWNER: Final = "owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMail:
    kind: MailKind
    topic: str | None
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """None stands for what couldn't be read: nothing is said against it."""

    mails: Mapping[str, KnownMail | None]
    forms: frozenset[str]
    events: Mapping[str, frozenset[str] | None] | None
    """Declared event → the texts that `where` may ask of it; None: whatever its source sends."""
    topics: frozenset[str] | None
    fields: "Mapping[str, FieldSpec] | None" = None
    segments: frozenset[str] | None = frozenset()
    texts: frozenset[str] = frozenset()
    webhooks: frozenset[str] | None = frozenset()
    people: Mapping[str, str] = field(default_factory=dict)
    """What notices may be addressed to → the address; `owner` is known to everybody."""
    journeys: "Mapping[str, JourneySource | None]" = field(default_factory=dict)
    caps: tuple[CapRule, ...] = ()
    quiet_hours: QuietHours | None = None
    value_between: int = 1
    """Mails that are no promotions between two that are."""

    def check_mail(self, mail: Located[str]) -> None:
        if mail.value not in self.mails:
            hint = did_you_mean(mail.value, self.mails) or f"; write emails/{mail.value}.md"
            mail.spot.report(f"there is no mail {mail.value!r}{hint}")

    def check_text(self, text: Located[str]) -> None:
        if text.value not in self.texts:
            hint = did_you_mean(text.value, self.texts) or f"; write texts/{text.value}.txt"
            text.spot.report(f"there is no text {text.value!r}{hint}")

    def check_topic(self, topic: Located[str]) -> None:
        if self.topics is not None and topic.value not in self.topics:
            hint = did_you_mean(topic.value, self.topics)
            topic.spot.report(f"there is no topic {topic.value!r} in client.yaml{hint}")

    def check_webhook(self, name: Located[str]) -> None:
        if self.webhooks is not None and name.value not in self.webhooks:
            hint = did_you_mean(name.value, self.webhooks) or (
                f"; write `webhooks: {{{name.value}: {{url: https://…}}}}` there"
            )
            name.spot.report(f"there is no webhook {name.value!r} in client.yaml{hint}")

    def check_person(self, to: Located[str]) -> None:
        if to.value != OWNER and to.value not in self.people:
            hint = did_you_mean(to.value, {OWNER, *self.people})
            to.spot.report(f"{to.value!r} is none of the client's people{hint}")

    def check_date(self, name: Located[str]) -> None:
        if self.fields is None:
            return
        told = self.fields.keys() - _CONCLUDED
        dates = {each for each in told if self.fields[each].type in _DATES}
        if name.value not in self.fields:
            hint = did_you_mean(name.value, dates)
            name.spot.report(f"no field {name.value!r} is declared in fields.yaml{hint}")
        elif name.value not in dates:
            hint = did_you_mean(name.value, dates)
            name.spot.report(
                f"{name.value!r} is {self.fields[name.value].type}, and a date is needed here{hint}"
            )

    def check_event(self, event: Located[EventMatch]) -> None:
        kind, where = event.value.kind, event.value.where
        if self.events is None and kind not in _OWN_KEYS:
            return
        declared = self.events or {}
        if kind not in {*declared, *_OWN_KEYS}:
            hint = did_you_mean(kind, {*declared, *OUR_EVENTS})
            event.spot.report(f"no event {kind!r} is declared in events.yaml{hint}")
            return
        asked = self.asked(kind)
        for key in sorted(where.keys() - (where.keys() if asked is None else asked)):
            event.spot.report(
                f"`where` can't ask for {key!r} of {kind}{did_you_mean(key, asked or ())}"
            )
        self._check_values(event)

    def asked(self, kind: str) -> frozenset[str] | None:
        """What `where` may ask of an event; None: anything, or nobody knows."""
        return _OWN_KEYS[kind] if kind in _OWN_KEYS else (self.events or {}).get(kind)

    def _check_values(self, event: Located[EventMatch]) -> None:
        kind, where = event.value.kind, event.value.where
        if kind == FORM_SUBMITTED and where.get("form", "") not in self.forms:
            form = where.get("form", "")
            event.spot.report(f"there is no form {form!r}{did_you_mean(form, self.forms)}")
        if kind in ABOUT_A_MAIL and "mail" in where:
            self.check_mail(Located(where["mail"], event.spot))
        segment = where.get("segment")
        ours = kind in {SEGMENT_ENTERED, SEGMENT_LEFT}
        if ours and segment and self.segments is not None and segment not in self.segments:
            hint = did_you_mean(segment, self.segments) or "; write it in segments.yaml"
            event.spot.report(f"there is no segment {segment!r}{hint}")


_DATES: Final = frozenset({Type.DATE, Type.INSTANT})
_CONCLUDED: Final = frozenset(map(since_when, ("stage", "tier", "status", "lifecycle")))
"""Nobody is told in advance when these will be another: ask for them in a segment."""
