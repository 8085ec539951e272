"""At most once each, and never lost: whatever crashes, comes again or gives no answer."""

from datetime import timedelta

import pytest

from coldframe.domain.errors import MailRefused, NotYet, UnknownOutcome
from coldframe.domain.replies.inbound import Delivery, InboundMail
from tests.fakes.writes import Crash
from tests.unit.replies.mails import NOW, delivery, read
from tests.unit.replies.office import Office, furnished


@pytest.mark.parametrize("words", ["Do you bake?", "Please stop"])
def test_whatever_crashes_the_next_try_ends_the_same(words: str) -> None:
    whole = furnished()
    whole.receive(read(words), delivery("r:ada:m1"))

    for point in range(whole.world.writes.points):
        crashed = furnished(crash_at=point)
        mail, told = read(words), delivery("r:ada:m1")
        with pytest.raises(Crash):
            crashed.receive(mail, told)
        again(crashed, mail, told)

        assert crashed.gate() == whole.gate()
        assert crashed.kept() == whole.kept()
        between = crashed.world.writes.log[point // 2] in ("mailer.send", "ledger.sent _reply")
        assert len(crashed.world.mailer.sent) == 1 or between


def again(office: Office, mail: InboundMail, told: Delivery) -> None:
    """Lambda's own retry comes while the forward may be on its way; a person's, later."""
    try:
        office.receive(mail, told)
    except NotYet as later:
        office.world.clock.at = later.until
        office.receive(mail, told)


def test_a_forward_on_its_way_is_not_sent_again_until_silence_has_settled_it(
    office: Office,
) -> None:
    office.world.mailer.answers = [UnknownOutcome("timeout")]
    with pytest.raises(NotYet):
        office.receive(read(), delivery("r:ada:m1"))

    with pytest.raises(NotYet):
        office.receive(read(), delivery("r:ada:m1"))
    assert office.world.mailer.sent == []

    office.world.clock.at = NOW + timedelta(minutes=15)
    office.receive(read(), delivery("r:ada:m1"))
    assert len(office.world.mailer.sent) == 1


def test_a_forward_that_ses_tells_of_is_not_sent_again(office: Office) -> None:
    office.world.mailer.answers = [UnknownOutcome("timeout")]
    with pytest.raises(NotYet):
        office.receive(read(), delivery("r:ada:m1"))
    (forward,) = office.letters.written
    office.world.ledger.update("ada", forward.id, {"sent_at": NOW.isoformat()})

    office.world.clock.at = NOW + timedelta(minutes=15)
    office.receive(read(), delivery("r:ada:m1"))

    assert office.world.mailer.sent == []


def test_a_forward_that_ses_refuses_rings_each_time_and_is_asked_for_once(office: Office) -> None:
    office.world.mailer.answers = [MailRefused("MessageRejected")]
    for _ in range(2):
        with pytest.raises(MailRefused):
            office.receive(read(), delivery("r:ada:m1"))

    assert office.world.mailer.sent == []
    assert office.kinds() == ["email.replied"]
