"""A mail that its journey left behind is told as what it came to, not as one that still comes."""

from dataclasses import replace
from datetime import timedelta

from starlette.testclient import TestClient

from coldframe.domain.enrolment import EnrolmentStatus
from coldframe.domain.message import MessageState
from tests.fakes.town.people import mail_to
from tests.fakes.town.town import FakeTown


def test_a_mail_put_off_beyond_the_end_of_its_journey_is_told_as_refused(
    town: FakeTown, browser: TestClient
) -> None:
    mail = mail_to(town, "Grace", "case-study")
    client = town.clients()["bakery"]
    record, now = client.record(mail.lead), town.now()
    put_off = [
        replace(each, state=MessageState.DEFERRED, why="capped", until=now + timedelta(days=1))
        if each.id == mail.message
        else each
        for each in record.messages
    ]
    ended = [
        replace(each, status=EnrolmentStatus.CLOSED, reason="converted", ended_at=now)
        for each in record.enrolments
    ]
    held = replace(record, messages=tuple(put_off), enrolments=tuple(ended))
    client._ledger.records[mail.lead] = held  # type: ignore[attr-defined]  # the fake's

    page = browser.get(f"/clients/bakery/leads/{mail.lead}").text

    assert "the goal was reached" in page
    assert "again at" not in page
