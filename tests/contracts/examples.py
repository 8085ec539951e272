"""Ada's things, as the contracts store them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from coldframe.domain.consent import Consent
from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.enrolment import Claim, Enrolment, EnrolmentStatus, Waiting
from coldframe.domain.knowing.points import Given
from coldframe.domain.knowing.standing import Held, Reached, Standing
from coldframe.domain.message import Message, MessageState
from coldframe.domain.profile import Profile
from coldframe.domain.told import Known
from coldframe.domain.touchpoint import Touchpoint, record

AT = datetime(2026, 11, 16, 10, 0, 0, 250_000, tzinfo=UTC)
LATER = AT + timedelta(minutes=5)
ADA = "ada0000000000000000000000a"


def touchpoint(kind: str = "tasting.booked", *, at: datetime = AT, **data: Any) -> Touchpoint:
    return record(lead=ADA, kind=kind, source="server", received_at=at, data=data)


def profile(lead: str = ADA, **consents: str) -> Profile:
    return Profile(
        lead=lead,
        address="ada@example.com",
        created_at=AT,
        fields={"name": Known(value="Ada", at=AT, by="t")},
        consents={
            topic: Consent(at=AT, by="t", source="form:guide", text=text)
            for topic, text in consents.items()
        },
        seen={"form.submitted": ((LATER, "b"), (AT, "a"))},
    )


def learned_profile() -> Profile:
    """Ada with a memory, points, and all that can be concluded."""
    return replace(
        profile(),
        last_seen=LATER,
        memory={'page.viewed {"path": "/p*"}': ((LATER, "b"), (AT, "a"))},
        given={"t": Given(points=-2.5, at=AT, why="no show")},
        standing=Standing(
            at=AT,
            version="0123456789ab",
            due_at=LATER,
            segments={"engaged": AT},
            held={"tier": Held(value="warm", since=AT)},
            reached={"mql": Reached(at=AT, why="because score is 55 (needs at least 50)")},
            alerted=frozenset({"tier.hot"}),
        ),
    )


def decision(subject: str = "welcome") -> Decision:
    return Decision(
        lead=ADA,
        id=f"2026-11-16#abc#enrol#{subject}",
        kind=DecisionKind.ENROL,
        cause="2026-11-16#abc",
        at=AT,
        journey="welcome",
        data={"enrolment": "e1", "first": "guide"},
    )


def enrolment(name: str = "e1", **changes: Any) -> Enrolment:
    values: dict[str, Any] = {
        "lead": ADA,
        "id": name,
        "journey": "welcome",
        "status": EnrolmentStatus.OPEN,
        "step": "guide",
        "since": AT,
        "generation": 1,
        "started_at": AT,
        "requested_at": AT,
    }
    return Enrolment(**{**values, **changes})


def claim(mail: str = "guide", *, at: datetime = LATER) -> Claim:
    return Claim(mail=mail, message=f"message-of-{mail}", at=at)


def waiting(number: int = 1) -> Waiting:
    return Waiting(step="case-study", token=f"token-{number}", since=AT, generation=1)


def message(state: MessageState = MessageState.SENDING, **changes: Any) -> Message:
    values: dict[str, Any] = {
        "lead": ADA,
        "id": "m1",
        "mail": "case-study",
        "enrolment": "e1",
        "journey": "welcome",
        "step": "case-study",
        "state": state,
        "at": AT,
        "content_hash": "hash",
        "links": 3,
        "requested": True,
    }
    return Message(**{**values, **changes})
