"""SES at its worst: whatever it does, no mail goes out twice and none is lost from the books."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from coldframe.domain.message import MessageState
from tests.e2e.people import mails_to, names_of, post, record
from workbench.cloud.mail.ses import Fault
from workbench.local.deployed import DeployedTown

pytestmark = pytest.mark.xdist_group("local cloud")


@pytest.fixture(autouse=True)
def healthy(town: DeployedTown) -> Iterator[None]:
    before = town.cloud.faults
    yield
    town.cloud.faults = before


def test_an_answer_that_is_lost_is_no_second_mail(town: DeployedTown) -> None:
    """SES takes the mail, the caller hears nothing: its Send event settles it."""
    lost = iter([Fault.LOST_ANSWER])
    town.cloud.faults = lambda _message: next(lost, None)

    post(town, "lost@example.com")
    town.advance(timedelta(hours=1))

    assert names_of(mails_to(town, "lost@example.com")) == ["cake-guide"]
    (message,) = record(town, "lost@example.com").messages
    assert message.state is MessageState.SENT


def test_a_throttled_mail_goes_out_later_and_once(town: DeployedTown) -> None:
    throttled = iter([Fault.THROTTLED] * 3)
    town.cloud.faults = lambda _message: next(throttled, None)

    post(town, "slow@example.com")
    town.advance(timedelta(hours=1))

    assert names_of(mails_to(town, "slow@example.com")) == ["cake-guide"]


def test_a_broken_ses_is_an_unknown_outcome_and_is_not_repeated(town: DeployedTown) -> None:
    """A 500 may have sent: after 15 silent minutes the mail's own rule holds, here: drop."""
    broken = iter([Fault.BROKEN])
    town.cloud.faults = lambda message: next(broken, None) if message.tags else None

    post(town, "broken@example.com")
    town.advance(timedelta(hours=1))

    (message,) = record(town, "broken@example.com").messages
    assert message.mail == "cake-guide"
    assert len(mails_to(town, "broken@example.com")) <= 1
    assert message.state in {MessageState.UNKNOWN, MessageState.SENT}


def test_one_call_reaches_ses_once(town: DeployedTown) -> None:
    before = town.cloud.sent.requests
    broken = iter([Fault.BROKEN])
    town.cloud.faults = lambda _message: next(broken, None)

    post(town, "once@example.com")
    town.settle()

    assert town.cloud.sent.requests == before + 1
