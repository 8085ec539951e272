from dataclasses import replace

import pytest

from coldframe.domain.decision import DecisionKind
from coldframe.domain.knowing.learning import needs_of
from coldframe.domain.knowing.relearning import outdated, relearned
from coldframe.domain.playbook import DateEntry, Reactions
from coldframe.domain.react import react
from tests.unit.knowing.happening import FIRST, day, happened, posted, viewed
from tests.unit.knowing.living import Life, reactions_of, tick
from tests.unit.knowing.test_membership import BAKERY

QUIET = {"s0": "since(last_seen) >= days(30)"}


def dated(reactions: Reactions, *entries: DateEntry) -> Reactions:
    found = replace(reactions, dates=entries)
    return replace(found, needs=tuple(needs_of(found)))


def test_who_does_nothing_enters_a_segment_by_the_clock_alone() -> None:
    life = Life(reactions_of(QUIET, BAKERY))
    life.hear(posted())

    life.sweep(day(30) - (day(1) - day(0)) / 86_400)
    assert life.segments == set()
    life.sweep(day(30))

    assert life.segments == {"s0"}
    assert [(each.kind, each.occurred_at) for each in life.told] == [("segment.entered", day(30))]


def test_who_comes_back_leaves_it_at_once() -> None:
    life = Life(reactions_of(QUIET, BAKERY))
    life.hear(posted())
    life.sweep(day(30))

    life.hear(viewed("/", 40))

    assert life.segments == set()
    assert [each.kind for each in life.told] == ["segment.entered", "segment.left"]


def test_what_came_late_is_concluded_at_its_own_instants_and_in_order() -> None:
    """The sweep was away for a hundred days."""
    segments = {
        "s0": "since(last_seen) >= days(30) and since(last_seen) < days(60)",
        "s1": "since(last_seen) >= days(45)",
    }
    life = Life(reactions_of(segments, BAKERY))
    life.hear(posted())

    life.hear(tick(day(30), day(130)))

    assert [(each.data["segment"], each.kind, each.occurred_at) for each in life.told] == [
        ("s0", "segment.entered", day(30)),
        ("s1", "segment.entered", day(45)),
        ("s0", "segment.left", day(60)),
    ]


def test_what_time_brought_comes_before_what_the_lead_then_does() -> None:
    """Her visit on day 40 is heard of before the tick of day 30."""
    life = Life(reactions_of(QUIET, BAKERY))
    life.hear(posted())

    life.hear(viewed("/", 40))
    life.hear(tick(day(30), day(41)))

    assert [(each.kind, each.occurred_at) for each in life.told] == [
        ("segment.entered", day(30)),
        ("segment.left", day(40)),
    ]


def test_a_change_within_one_touchpoint_is_one_change() -> None:
    """The second segment asks for the first; both follow from the same post, once."""
    life = Life(reactions_of({"s0": "vip", "s1": 'in_segment("s0")'}, BAKERY))

    life.hear(posted(vip="true"))
    life.hear(posted(vip="true"))

    assert [each.data["segment"] for each in life.told] == ["s0", "s1"]


def test_what_follows_is_deeper_than_its_cause_and_named_after_it() -> None:
    reactions = reactions_of({"s0": "vip"}, BAKERY)
    cause = posted(vip="true")

    one, other = (react(None, cause, reactions).derived for _ in range(2))

    assert one == other
    assert [each.depth for each in one] == [1]


def test_a_repeat_or_a_stale_tick_changes_nothing() -> None:
    life = Life(reactions_of(QUIET, BAKERY))
    life.hear(posted())
    life.sweep(day(30))
    stands, saved = life.profile, life.saved

    life.hear(posted())
    life.hear(tick(day(30), day(31)))
    for each in life.told:
        life.hear(each)

    assert life.profile is stands
    assert life.saved == saved


def test_a_visit_that_changes_no_answer_leaves_the_due_instant_alone() -> None:
    """It moves once the old instant comes, not with each visit: an index entry costs."""
    life = Life(reactions_of(QUIET, BAKERY))
    life.hear(posted())
    for number in range(1, 20):
        life.hear(viewed("/", number))

    assert life.due_at == day(30)
    life.sweep(day(30))
    assert life.due_at == day(49)
    assert life.segments == set()


def test_a_field_that_a_journey_sets_is_known_like_any_other() -> None:
    life = Life(reactions_of({"s0": "vip"}, BAKERY))
    life.hear(posted())

    life.hear(happened("fields.set", 1, fields={"vip": True}))

    assert life.segments == {"s0"}


def test_what_a_machine_or_we_do_is_no_sign_of_the_lead() -> None:
    life = Life(reactions_of(QUIET, BAKERY))
    life.hear(posted())

    for kind in ("link.followed", "email.opened", "sales.contacted", "journey.requested"):
        life.hear(happened(kind, 20))

    assert life.profile
    assert life.profile.last_seen == FIRST


def test_other_definitions_are_applied_without_anybody_entering() -> None:
    before = reactions_of({"s0": 'industry == "retail"'}, BAKERY)
    after = reactions_of({"s0": 'did("page.viewed", path="/p*") >= 1'}, BAKERY)
    life = Life(before)
    did = [posted(industry="food"), viewed("/p", 1)]
    for each in did:
        life.hear(each)
    assert life.profile

    assert outdated(life.profile, after)
    profile = relearned(life.profile, did, after, day(5))

    assert not outdated(profile, after)
    assert set(profile.standing.segments) == {"s0"}
    assert react(profile, tick(day(5), day(6)), after).derived == ()


def test_what_was_overdue_when_definitions_changed_still_happens() -> None:
    entry = DateEntry(journey="renewal", first="note", date="wedding", days=-90, minute=540)
    before = dated(reactions_of({}, BAKERY), entry)
    after = dated(reactions_of({"s0": "vip"}, BAKERY), entry)
    after = replace(after, knowing=replace(after.knowing, version="other"))
    life = Life(before)
    life.hear(posted(wedding="2027-03-01"))
    due_at = life.due_at
    assert life.profile
    assert due_at

    profile = relearned(life.profile, [posted(wedding="2027-03-01")], after, due_at)
    reaction = react(profile, tick(due_at, due_at), after)

    assert [each.journey for each in reaction.decisions] == ["renewal"]


def test_a_date_starts_its_journey_at_the_leads_own_morning() -> None:
    entry = DateEntry(journey="renewal", first="note", date="wedding", days=-90, minute=540)
    reactions = dated(reactions_of({}, BAKERY, zone="America/New_York"), entry)
    life = Life(reactions)
    life.hear(posted(wedding="2027-03-01"))
    assert life.profile

    due_at = life.due_at
    assert due_at
    reaction = react(life.profile, tick(due_at, due_at), reactions)

    assert due_at.isoformat() == "2026-12-01T14:00:00+00:00"
    (enrolment,) = reaction.decisions
    assert (enrolment.kind, enrolment.journey, enrolment.at) == (
        DecisionKind.ENROL,
        "renewal",
        due_at,
    )
    assert reaction.profile
    assert reaction.profile.standing.due_at is None
    assert react(reaction.profile, tick(due_at, day(90)), reactions).decisions == ()


@pytest.mark.parametrize("field", ["created_at", "tasting"])
def test_an_instant_starts_a_journey_so_many_days_after_it(field: str) -> None:
    entry = DateEntry(journey="check-in", first="note", date=field, days=30, minute=540)
    reactions = dated(reactions_of({}, BAKERY), entry)
    life = Life(reactions)
    life.hear(posted(tasting="2026-11-02T09:00:00Z"))
    assert life.profile
    due_at = life.due_at
    assert due_at

    reaction = react(life.profile, tick(due_at, due_at), reactions)

    assert due_at.isoformat() == "2026-12-02T08:00:00+00:00"
    assert [each.journey for each in reaction.decisions] == ["check-in"]


def test_a_date_that_is_past_when_we_hear_of_it_starts_nothing() -> None:
    entry = DateEntry(journey="renewal", first="note", date="wedding", days=-90, minute=540)
    life = Life(dated(reactions_of({}, BAKERY), entry))

    life.hear(posted(wedding="2026-12-01"))

    assert life.due_at is None
