"""Who receives something from outside only writes it down."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.errors import InvalidSubmission, InvalidToken, Transient
from coldframe.domain.touchpoint import Touchpoint
from coldframe.services.capture import CaptureLead
from coldframe.services.following import FollowLink, LinkFollowing
from coldframe.services.record_event import RecordEvent
from tests.fakes.clock import MONDAY
from tests.fakes.leads import InMemoryTouchpoints
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of
from tests.unit.services.stories import ADA

LEAD = lead_of(ADA)


def test_capture_is_one_write_and_no_read(stage: Stage) -> None:
    stage.post(ADA)

    assert stage.world.writes.log == ["touchpoints.append"]
    assert stage.world.writes.operations == 1


def test_a_declared_event_is_recorded_once_by_its_senders_id(world: World) -> None:
    booked = RecordEvent(lead=LEAD, address=ADA, event="tasting.booked", own_id="7")

    assert world.event_recording()(booked)
    assert not world.event_recording()(booked)

    [row] = world.touchpoints.rows.values()
    assert (row.kind, row.data["address"]) == ("tasting.booked", ADA)


def test_an_event_from_the_future_happened_now(world: World) -> None:
    tomorrow = MONDAY + timedelta(days=1)
    booked = RecordEvent(
        lead=LEAD, address=ADA, event="tasting.booked", own_id="7", occurred_at=tomorrow
    )

    world.event_recording()(booked)

    [row] = world.touchpoints.rows.values()
    assert row.occurred_at == MONDAY


@pytest.mark.parametrize(
    ("event", "own_id", "field"),
    [("unsubscribed", "7", "event"), ("email.clicked", "7", "event"), ("tasting.booked", "", "id")],
)
def test_what_is_not_declared_or_has_no_id_is_refused_by_name(
    world: World, event: str, own_id: str, field: str
) -> None:
    with pytest.raises(InvalidSubmission) as refused:
        world.event_recording()(RecordEvent(lead=LEAD, address=ADA, event=event, own_id=own_id))

    assert list(refused.value.problems) == [field]
    assert world.writes.log == []


def test_a_followed_link_leads_to_its_signed_target_and_is_evidence(world: World) -> None:
    token = world.links.sign("go", lead=LEAD, message="m", target="https://t.example/", index=2)

    target = world.following()(FollowLink(token=token, agent="Firefox"))

    assert target == "https://t.example/"
    [row] = world.touchpoints.rows.values()
    assert (row.kind, row.data["link"], row.data["method"]) == ("link.followed", 2, "GET")


def test_a_link_for_another_purpose_leads_nowhere(world: World) -> None:
    token = world.links.sign("unsubscribe", lead=LEAD)

    with pytest.raises(InvalidToken):
        world.following()(FollowLink(token=token))

    assert world.writes.log == []


class OutOfOrder(InMemoryTouchpoints):
    def append(self, touchpoint: Touchpoint) -> bool:
        raise Transient(touchpoint.id)


def test_the_reader_gets_there_even_when_the_evidence_cannot_be_kept(world: World) -> None:
    token = world.links.sign("go", lead=LEAD, target="https://t.example/")
    broken = OutOfOrder(world.writes, world.stream)
    following = LinkFollowing(touchpoints=broken, links=world.links, clock=world.clock)

    assert following(FollowLink(token=token)) == "https://t.example/"


def test_evidence_says_who_only_asked_for_the_head(world: World) -> None:
    token = world.links.sign("go", lead=LEAD, message="m", target="https://t.example/", index=2)

    world.following()(FollowLink(token=token, agent="Firefox", method="HEAD"))

    [row] = world.touchpoints.rows.values()
    assert row.data["method"] == "HEAD"


def test_each_follow_is_evidence_of_its_own(world: World) -> None:
    token = world.links.sign("go", lead=LEAD, message="m", target="https://t.example/", index=2)

    for _ in range(3):
        world.following()(FollowLink(token=token, agent="Firefox"))
        world.clock.advance(hours=1)

    assert len(world.touchpoints.rows) == 3


def test_a_form_with_a_nonce_is_one_post_whatever_it_says(world: World) -> None:
    post = CaptureLead(
        lead=LEAD,
        form="cake-guide",
        address=ADA,
        fields={"name": "Ada"},
        consents={},
        own_id="nonce",
    )

    assert world.capture()(post)
    assert not world.capture()(replace(post, fields={"name": "Ada Lovelace"}))
    assert world.capture()(replace(post, own_id="another"))


def test_every_follow_counts_also_several_in_one_instant(world: World) -> None:
    """Three at once are a machine: if they fell together, they would look like one person."""
    token = world.links.sign("go", lead=LEAD, message="m", target="https://t.example/", index=0)

    for request in ("r1", "r2", "r3", "r3"):
        world.following()(FollowLink(token=token, agent="Firefox", request=request))

    assert len(world.touchpoints.rows) == 3
