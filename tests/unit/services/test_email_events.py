"""What SES tells of our mails: one write per message, the gate first, notices apart."""

from datetime import timedelta
from typing import Any

import pytest

from coldframe.domain.email_event import EmailEvent, EmailEventKind
from coldframe.domain.message import HAND_OFF_MAIL
from tests.fakes.clock import MONDAY
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of
from tests.unit.services.stories import ADA, END

LEAD = lead_of(ADA)
K = EmailEventKind


@pytest.fixture
def sent(stage: Stage) -> Stage:
    stage.silent = True
    stage.post(ADA)
    stage.settle()
    return stage


def event(stage: Stage, kind: EmailEventKind, **told: Any) -> EmailEvent:
    [message] = stage.world.ledger.rows.values()
    values: dict[str, Any] = {
        "id": f"{kind}",
        "lead": LEAD,
        "message": message.id,
        "mail": "guide",
        "kind": kind,
        "at": MONDAY + timedelta(seconds=3),
    }
    return EmailEvent(**{**values, **told})


def record(stage: Stage, *events: EmailEvent) -> list[str]:
    before = len(stage.world.writes.log)
    assert stage.world.email_event_recording()(events) == {}
    return stage.world.writes.log[before:]


def test_all_facts_of_a_message_in_a_batch_are_one_write(sent: Stage) -> None:
    written = record(sent, event(sent, K.SENT), event(sent, K.DELAYED), event(sent, K.DELIVERED))

    assert written == ["email_events.update"]
    [message] = sent.world.ledger.rows.values()
    assert message.delivered_at == MONDAY + timedelta(seconds=3)


@pytest.mark.parametrize(("kind", "flag"), [(K.BOUNCED, "bounced"), (K.COMPLAINED, "complained")])
def test_what_forbids_mail_shuts_the_gate_first(
    sent: Stage, kind: EmailEventKind, flag: str
) -> None:
    written = record(sent, event(sent, K.SENT), event(sent, kind, hard=True))

    assert written == [f"gates.forbid {flag}", "touchpoints.append", "email_events.update"]
    sent.advance(END)
    assert sent.world.mailer.mails() == ["guide"]
    assert [row.reason for row in sent.world.enrolments.rows.values()] == ["suppressed"]


def test_a_soft_bounce_is_remembered_and_forbids_nothing(sent: Stage) -> None:
    record(sent, event(sent, K.BOUNCED, hard=False, detail="MailboxFull"))
    sent.advance(END)

    assert sent.world.gates.get(LEAD).bounced_at is None
    assert "case-study" in sent.world.mailer.mails()
    assert "email.bounced" in sent.world.profiles.rows[LEAD].seen


def test_what_becomes_of_a_notice_says_nothing_about_the_lead(sent: Stage) -> None:
    notice: dict[str, Any] = {"mail": HAND_OFF_MAIL, "hard": True}

    written = record(
        sent, event(sent, K.BOUNCED, **notice), event(sent, K.OPENED, id="2", **notice)
    )

    assert written == ["email_events.update"]
    assert sent.world.gates.get(LEAD).bounced_at is None


def test_an_event_told_twice_is_one_touchpoint(sent: Stage) -> None:
    for _ in range(2):
        record(sent, event(sent, K.OPENED, agent="Mozilla/5.0"))

    opened = [row for row in sent.world.touchpoints.rows.values() if row.kind == "email.opened"]
    assert len(opened) == 1


def test_one_message_in_trouble_holds_up_no_other(sent: Stage) -> None:
    good = event(sent, K.DELIVERED)
    bad = event(sent, K.DELIVERED, id="bad", lead="", message="x", at=None)

    failed = sent.world.email_event_recording()([bad, good])

    assert list(failed) == ["bad"]
    [message] = sent.world.ledger.rows.values()
    assert message.delivered_at is not None


def test_an_event_about_a_message_we_do_not_know_is_let_go(world: World) -> None:
    unknown = EmailEvent(id="1", lead=LEAD, message="m", mail="guide", kind=K.SENT, at=MONDAY)

    assert world.email_event_recording()([unknown]) == {}
    assert world.ledger.rows == {}
