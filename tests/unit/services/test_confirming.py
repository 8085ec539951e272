"""Double opt-in: a form asks, a mail asks back, a posted link confirms; a look never does."""

from datetime import datetime, timedelta

import pytest

from coldframe.domain.enrolment import EnrolmentStatus
from coldframe.domain.errors import InvalidToken
from coldframe.domain.gate import Prohibition
from coldframe.domain.preferences import Preferences
from coldframe.services.capture import CaptureLead
from tests.fakes.clock import MONDAY
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of

ADA = "ada@example.com"
LEAD = lead_of(ADA)
YES = "Yes, send me baking tips."
HOUR = timedelta(hours=1)


@pytest.fixture
def stage() -> Stage:
    return Stage(World())


def post(stage: Stage, *, confirm: bool = True, own_id: str = "", visitor: str = "") -> None:
    """A form that asks back, or one that doesn't."""
    command = CaptureLead(
        lead=LEAD,
        form="cake-guide",
        address=ADA,
        fields={"email": ADA},
        consents={"baking": YES},
        own_id=own_id,
        noticed={
            **({"confirm": True} if confirm else {}),
            **({"visitor": visitor} if visitor else {}),
        },
    )
    stage.world.capture()(command)
    stage.settle()


def link(stage: Stage, number: int = -1) -> str:
    """Of the mail that asks back."""
    asking = [each for each in stage.world.mailer.sent if dict(each.tags)["mail"] == "_confirm"]
    message = dict(asking[number].tags)["message"]
    return stage.world.links.sign("confirm", lead=LEAD, message=message)


def confirm(stage: Stage, token: str) -> None:
    stage.world.clock.at += HOUR
    stage.world.confirming().confirm(token)
    stage.settle()


def topics(stage: Stage) -> set[str]:
    return set(stage.world.profiles.rows[LEAD].consents)


def unsubscribe(stage: Stage) -> None:
    stage.world.clock.at += HOUR
    stage.unsubscribe(stage.world.mailer.sent[0])
    stage.settle()
    stage.world.clock.at += HOUR


def test_the_guide_comes_at_once_and_beside_it_one_mail_that_asks_back(stage: Stage) -> None:
    post(stage)

    assert sorted(stage.world.mailer.mails(ADA)) == ["_confirm", "guide"]
    assert topics(stage) == set()


def test_looking_shows_what_is_asked_and_changes_nothing(stage: Stage) -> None:
    post(stage)
    written = len(stage.world.writes.log)

    asked = stage.world.confirming().look(link(stage))

    assert asked.topics == {"baking": YES}
    assert len(stage.world.writes.log) == written
    assert topics(stage) == set()


def test_posting_confirms_with_proof(stage: Stage) -> None:
    post(stage)
    token = link(stage)

    confirm(stage, token)

    consent = stage.world.profiles.rows[LEAD].consents["baking"]
    assert (consent.text, consent.confirmed, consent.source) == (YES, True, "form:cake-guide")
    assert consent.at == MONDAY + HOUR
    assert consent.proof == stage.world.links.read("confirm", token).message


def test_confirmed_twice_is_confirmed_once(stage: Stage) -> None:
    post(stage)
    confirm(stage, link(stage))
    written = len(stage.world.writes.log)

    confirm(stage, link(stage))

    assert len(stage.world.writes.log) == written


@pytest.mark.parametrize("end", [Prohibition.UNSUBSCRIBED, Prohibition.COMPLAINED])
def test_the_gate_alone_takes_a_link_back_before_anything_is_reacted_to(
    stage: Stage, end: Prohibition
) -> None:
    post(stage)
    token = link(stage)
    stage.world.gates.forbid(LEAD, end, MONDAY + HOUR)
    written = len(stage.world.writes.log)

    stage.world.clock.at += 2 * HOUR
    asked = stage.world.confirming().confirm(token)

    assert asked.topics == {}
    assert len(stage.world.writes.log) == written


def test_a_topic_switched_off_at_the_gate_since_the_post_is_not_confirmed(stage: Stage) -> None:
    post(stage)
    stage.world.gates.prefer(LEAD, Preferences(at=MONDAY + HOUR, off=("baking",)))

    assert stage.world.confirming().confirm(link(stage)).topics == {}


def test_confirming_lifts_nothing_that_came_after_the_post(stage: Stage) -> None:
    post(stage)
    token = link(stage)

    confirm(stage, token)
    stage.world.gates.forbid(LEAD, Prohibition.UNSUBSCRIBED, MONDAY + HOUR / 2)

    assert stage.world.gates.get(LEAD).unsubscribed_at == MONDAY + HOUR / 2


def test_without_confirmation_no_marketing_comes(stage: Stage) -> None:
    post(stage)

    stage.advance(MONDAY + timedelta(days=20))

    assert sorted(stage.world.mailer.mails(ADA)) == ["_confirm", "guide"]


def test_confirmed_in_time_the_journey_goes_on(stage: Stage) -> None:
    post(stage)
    confirm(stage, link(stage))

    stage.advance(MONDAY + timedelta(days=20))

    assert "case-study" in stage.world.mailer.mails(ADA)


def test_a_form_that_does_not_ask_back_sends_no_such_mail(stage: Stage) -> None:
    post(stage, confirm=False)

    assert stage.world.mailer.mails(ADA) == ["guide"]
    assert topics(stage) == {"baking"}


def test_who_confirmed_before_is_not_asked_again(stage: Stage) -> None:
    post(stage)
    confirm(stage, link(stage))

    post(stage, own_id="another")

    assert stage.world.mailer.mails(ADA).count("_confirm") == 1


def test_a_new_post_by_an_unsubscribed_address_is_asked_back_whatever_the_form(
    stage: Stage,
) -> None:
    post(stage, confirm=False)
    unsubscribe(stage)

    post(stage, confirm=False, own_id="again")

    assert stage.world.mailer.mails(ADA).count("_confirm") == 1
    assert topics(stage) == set()
    assert stage.world.gates.get(LEAD).unsubscribed_at is not None


def test_confirming_lifts_the_unsubscribe(stage: Stage) -> None:
    post(stage, confirm=False)
    unsubscribe(stage)
    post(stage, confirm=False, own_id="again")

    confirm(stage, link(stage))

    assert stage.world.gates.get(LEAD).unsubscribed_at is None
    assert topics(stage) == {"baking"}


def test_a_link_from_before_the_unsubscribe_confirms_nothing_any_more(stage: Stage) -> None:
    post(stage)
    unsubscribe(stage)

    confirm(stage, link(stage))

    assert stage.world.gates.get(LEAD).unsubscribed_at is not None
    assert topics(stage) == set()


def test_a_complaint_is_not_lifted_by_confirming(stage: Stage) -> None:
    post(stage)
    complained = stage.world.clock.now() - HOUR
    forbid(stage, "complained", complained)

    confirm(stage, link(stage))

    assert stage.world.gates.get(LEAD).complained_at == complained


def forbid(stage: Stage, what: str, at: datetime) -> None:
    from coldframe.domain.gate import Prohibition

    stage.world.gates.forbid(LEAD, Prohibition(what), at)


def test_a_link_for_another_purpose_confirms_nothing(stage: Stage) -> None:
    post(stage)
    other = stage.world.links.sign("unsubscribe", lead=LEAD)

    with pytest.raises(InvalidToken):
        stage.world.confirming().confirm(other)


@pytest.mark.parametrize("crash", range(4))
def test_a_crash_anywhere_is_mended_by_posting_again(stage: Stage, crash: int) -> None:
    post(stage, confirm=False)
    unsubscribe(stage)
    post(stage, own_id="again")
    stage.world.writes.crash_at = len(stage.world.writes.log) * 2 + crash

    stage.survive(lambda: stage.world.confirming().confirm(link(stage)))
    stage.settle()

    assert topics(stage) == {"baking"}
    assert stage.world.gates.get(LEAD).unsubscribed_at is None


def test_the_mail_that_asks_back_belongs_to_no_journey(stage: Stage) -> None:
    post(stage)

    closed = [row for row in stage.world.enrolments.rows.values() if not row.journey]
    assert [row.status for row in closed] == [EnrolmentStatus.CLOSED]


def test_a_confirmed_post_says_whose_browser_it_came_from(stage: Stage) -> None:
    """The mail that asked back went to the address: the poster reads what comes there."""
    post(stage, visitor="v00000000000000000000000ada")

    confirm(stage, link(stage))

    (told,) = [
        each for each in stage.world.touchpoints.rows.values() if each.kind == "consent.confirmed"
    ]
    assert told.data["visitor"] == "v00000000000000000000000ada"
