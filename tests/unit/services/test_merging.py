"""Two addresses turn out to be one person's: nothing is lost, and nothing comes twice."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldframe.domain.email_event import EmailEvent, EmailEventKind
from coldframe.domain.enrolment import EndReason, EnrolmentStatus
from coldframe.domain.erasure import tombstone
from coldframe.domain.gate import Prohibition
from coldframe.domain.merging import MOST_IDENTITIES, elder_first, linked
from coldframe.domain.profile import Profile
from coldframe.domain.touchpoint import FORM_SUBMITTED
from tests.fakes.clock import MONDAY
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of
from tests.unit.services.stories import ADA, END, GRACE, WORK

A, W, G = lead_of(ADA), lead_of(WORK), lead_of(GRACE)


def asking_twice(stage: Stage) -> Stage:
    """By two addresses, a day apart, with other things told."""
    stage.post(ADA, name="Ada")
    stage.advance(MONDAY + timedelta(days=1))
    stage.post(WORK, name="Ada Lovelace")
    stage.advance(MONDAY + timedelta(days=1, hours=6))
    return stage


def as_one_lead(profile: Profile) -> Profile:
    """Without what says under which ids it came to be known."""
    return replace(profile, aliases=(), revision=0)


def test_the_older_survives_and_knows_what_both_did(stage: Stage) -> None:
    asking_twice(stage).merge(WORK, ADA)

    stage.advance(MONDAY + timedelta(days=1, hours=7))

    world = stage.world
    person, mark = world.profiles.rows[A], world.profiles.rows[W]
    assert person.aliases == (W,)
    assert person.fields["name"].value == "Ada Lovelace"
    assert len(person.seen[FORM_SUBMITTED]) == 2
    assert (mark.moved_to, mark.address, mark.fields) == (A, "", {})


def test_all_that_the_other_did_stands_under_the_survivor_with_its_origin(stage: Stage) -> None:
    asking_twice(stage).merge(ADA, WORK)

    stage.advance(MONDAY + timedelta(days=2))

    rows = stage.world.touchpoints.rows
    posts = [row for row in rows.values() if row.kind == FORM_SUBMITTED and row.lead == A]
    assert sorted(row.origin for row in posts) == ["", W]
    moved = next(row for row in posts if row.origin)
    assert rows[W, moved.id] == replace(moved, lead=W, origin="", history=False)


def test_of_two_passages_of_a_journey_the_first_goes_on_and_no_mail_comes_twice(
    stage: Stage,
) -> None:
    stage.world.playbook.without_limits()
    asking_twice(stage).merge(WORK, ADA)

    stage.advance(END)

    held = {row.lead: row for row in stage.world.enrolments.rows.values()}
    assert held[A].reason == EndReason.COMPLETED
    assert (held[W].status, held[W].reason) == (EnrolmentStatus.CLOSED, EndReason.MERGED)
    assert [mail for _, mail, _ in stage.mails()].count("case-study") == 1


def test_a_mail_that_the_other_address_had_already_is_left_out(stage: Stage) -> None:
    """Merged when one was behind the case study, and the one that goes on before it."""
    stage.world.playbook.without_limits()
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(hours=1))
    stage.post(WORK)
    stage.advance(MONDAY + timedelta(days=2, minutes=30))
    rows = stage.world.enrolments.rows
    (behind,) = (key for key in rows if key[0] == W)
    rows[behind] = replace(rows[behind], started_at=MONDAY - timedelta(days=1))
    assert [who for who, mail, _ in stage.mails() if mail == "case-study"] == [A]

    stage.merge(WORK, ADA)
    stage.advance(END)

    assert [who for who, mail, _ in stage.mails() if mail == "case-study"] == [A]
    assert [who for who, mail, _ in stage.mails() if mail == "reminder"] == [W]
    refused = [row for row in stage.world.ledger.rows.values() if row.why == "had_already"]
    assert [(row.lead, row.mail) for row in refused] == [(W, "case-study")]


def test_a_later_post_by_the_old_address_is_the_persons(stage: Stage) -> None:
    asking_twice(stage).merge(WORK, ADA)
    stage.advance(MONDAY + timedelta(days=3))

    stage.post(WORK, name="Countess Lovelace")
    stage.advance(MONDAY + timedelta(days=3, hours=1))

    world = stage.world
    assert world.profiles.rows[A].fields["name"].value == "Countess Lovelace"
    assert world.profiles.rows[W].fields == {}
    assert {row.journey for row in world.enrolments.of(A)} == {"welcome"}
    assert len(world.enrolments.of(A)) == 2


def test_old_links_of_the_other_address_act_on_the_person(stage: Stage) -> None:
    stage.world.playbook.without_limits()
    asking_twice(stage).merge(WORK, ADA)
    stage.advance(MONDAY + timedelta(days=1, hours=7))
    of_work = next(mail for mail in stage.world.mailer.sent if dict(mail.tags)["lead"] == W)

    stage.unsubscribe(of_work)
    stage.advance(END)

    gate = stage.world.gates.get(W)
    assert gate.lead == A
    assert gate.unsubscribed_at is not None
    assert "case-study" not in [mail for _, mail, _ in stage.mails()]
    assert stage.world.profiles.rows[A].consents == {}


def test_the_stricter_gate_wins(stage: Stage) -> None:
    asking_twice(stage)
    gates, at = stage.world.gates, stage.world.clock.now()
    gates.forbid(A, Prohibition.UNSUBSCRIBED, at - timedelta(hours=3))
    gates.lift(A, Prohibition.UNSUBSCRIBED, at - timedelta(hours=1))
    gates.forbid(W, Prohibition.UNSUBSCRIBED, at - timedelta(hours=2), "said so")
    gates.forbid(W, Prohibition.WITH_SALES, at)
    gates.forbid(W, Prohibition.BOUNCED, at)

    stage.merge(ADA, WORK)
    stage.settle()

    gate = gates.get(A)
    assert gate.unsubscribed_at == at - timedelta(hours=2)
    assert gate.with_sales_at == at
    assert gate.bounced_at is None, "another mailbox than the one that is mailed"
    assert gate.aliases == (W,)


def test_a_bounce_of_a_mail_to_the_old_address_forbids_nothing_at_the_new(stage: Stage) -> None:
    asking_twice(stage)
    before = stage.world.clock.now()
    stage.merge(ADA, WORK)
    stage.advance(before + timedelta(hours=1))
    bounce = EmailEvent(
        id="late",
        lead=W,
        message="m",
        mail="guide",
        kind=EmailEventKind.BOUNCED,
        at=stage.world.clock.now(),
        hard=True,
    )

    stage.world.email_event_recording()([replace(bounce, mailed_at=before - timedelta(hours=1))])
    assert stage.world.gates.get(A).bounced_at is None

    stage.world.email_event_recording()([replace(bounce, mailed_at=stage.world.clock.now())])
    assert stage.world.gates.get(A).bounced_at is not None


@pytest.mark.parametrize("pairs", list(permutations([(ADA, WORK), (WORK, GRACE), (GRACE, ADA)])))
def test_merges_in_a_circle_make_one_person_and_marks_never_chain(
    pairs: tuple[tuple[str, str], ...],
) -> None:
    stage = Stage(World())
    asking_twice(stage)
    stage.post(GRACE)
    stage.advance(MONDAY + timedelta(days=1, hours=8))

    for one, other in pairs:
        stage.merge(one, other)
    stage.advance(MONDAY + timedelta(days=2))

    profiles = stage.world.profiles.rows
    assert profiles[A].aliases == tuple(sorted((W, G)))
    assert {profiles[W].moved_to, profiles[G].moved_to} == {A}
    assert {each.id for each in stage.world.identities.of(A)} == {W, G}


def test_what_came_just_before_the_merge_is_reacted_to_after_it(stage: Stage) -> None:
    """The guide that was asked for in that very second goes out."""
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(days=1))
    stage.merge(ADA, WORK)
    stage.settle()
    stage.post(WORK, name="Ada L.")
    world = stage.world
    row = next(row for row in world.touchpoints.rows.values() if row.lead == W)
    world.touchpoints.rows[A, row.id] = replace(row, lead=A, origin=W, history=True)

    stage.advance(MONDAY + timedelta(days=1, hours=1))

    assert world.profiles.rows[A].fields["name"].value == "Ada L."
    assert any(each.cause == row.id for each in world.profiles.decisions.values())


def test_an_identity_that_nobody_has_heard_of_is_marked_in_advance(stage: Stage) -> None:
    stage.post(ADA)
    stage.merge(ADA, WORK)
    stage.advance(MONDAY + timedelta(hours=1))

    stage.post(WORK, name="Ada")
    stage.advance(MONDAY + timedelta(hours=2))

    assert stage.world.profiles.rows[A].fields["name"].value == "Ada"
    assert stage.world.profiles.rows[W].moved_to == A


def test_a_crowd_is_not_one_person(stage: Stage) -> None:
    for number in range(MOST_IDENTITIES + 1):
        stage.merge(ADA, f"ada{number}@example.com", why=str(number))
    stage.post(ADA)
    stage.advance(MONDAY + timedelta(hours=1))
    for number in range(MOST_IDENTITIES + 1):
        stage.merge(ADA, f"ada{number}@example.com", why=f"again {number}")

    stage.advance(MONDAY + timedelta(hours=2))

    assert len(stage.world.profiles.rows[A].aliases) < MOST_IDENTITIES
    assert "TooManyIdentities" in stage.world.touchpoints.parked.values()


def test_a_broadcast_reaches_a_person_once(stage: Stage) -> None:
    asking_twice(stage)
    at = stage.world.clock.now()
    stage.merge(ADA, WORK)
    stage.settle()

    for lead in (None, A, W):
        stage.broadcast("letter", at, lead)

    assert [mail for _, mail, _ in stage.mails()].count("letter") == 1


def test_nobody_is_merged_by_what_was_said_before_it_was_erased(stage: Stage) -> None:
    """It came anew since, as somebody of whom we know nothing."""
    world = stage.world
    asking_twice(stage)
    asked = linked(W, A, why="same person", by="person", at=world.clock.now())
    world.clock.at += timedelta(hours=1)
    gone = tombstone(W, world.clock.now(), revision=world.profiles.rows[W].revision + 1)
    world.profiles.rows[W] = gone
    world.clock.at += timedelta(hours=1)
    stage.post(WORK, name="Anew")
    stage.settle()

    world.touchpoints.append(asked)
    stage.settle()

    assert world.profiles.rows[W].fields["name"].value == "Anew"
    assert (world.profiles.rows[W].moved_to, world.profiles.rows[A].aliases) == ("", ())


def test_the_older_is_the_survivor_then_the_smaller_id() -> None:
    one = Profile(lead="b", address="b@example.com", created_at=MONDAY)
    same = Profile(lead="a", address="a@example.com", created_at=MONDAY)
    younger = Profile(lead="0", address="0@example.com", created_at=MONDAY + timedelta(days=1))

    assert elder_first(one, same) == (same, one)
    assert elder_first(younger, one) == (one, younger)


PEOPLE = ("ada@example.com", "ada@work.example", "ada@home.example", "ada@old.example")


def all_known(shuffle: Random | None) -> Stage:
    stage = Stage(World(), order=shuffle)
    stage.world.playbook.without_limits()
    for number, each in enumerate(PEOPLE):
        stage.world.clock.at = MONDAY + timedelta(minutes=number)
        stage.post(each)
    stage.settle()
    return stage


@settings(max_examples=20, deadline=None)
@given(
    posts=st.lists(st.tuples(st.sampled_from(PEOPLE), st.integers(0, 200)), min_size=4, max_size=9),
    order=st.permutations([(0, 1), (2, 3), (1, 3), (0, 2)]),
    seed=st.integers(),
    merged_first=st.booleans(),
)
def test_the_same_deeds_and_merges_make_the_same_person_in_any_order(
    posts: list[tuple[str, int]], order: list[tuple[int, int]], seed: int, *, merged_first: bool
) -> None:
    def life(merges: list[tuple[int, int]], shuffle: Random | None) -> Profile:
        stage = all_known(shuffle)
        said = [partial(stage.merge, PEOPLE[one], PEOPLE[other]) for one, other in merges]
        done = [partial(stage.post, address, name=f"Ada {name}") for address, name in posts]
        stage.world.clock.at = MONDAY + timedelta(hours=1)
        happenings: list[partial[Any]] = [*done, *said]
        if merged_first and shuffle:
            happenings = [*said, *done]
        for happens in happenings:
            happens()
            if shuffle and shuffle.random() < 0.5:
                stage.settle()
        stage.advance(MONDAY + timedelta(hours=5))
        return stage.world.profiles.rows[lead_of(PEOPLE[0])]

    in_order = life([(0, 1), (1, 3), (2, 3), (0, 2)], None)

    disturbed = life(order, Random(seed))  # noqa: S311 - a shuffle

    assert set(disturbed.aliases) == {lead_of(each) for each in PEOPLE[1:]}
    known, again = as_one_lead(in_order), as_one_lead(disturbed)
    assert known == again


def test_asking_again_is_asking_once() -> None:
    asked = linked(A, W, why="same person", by="rosa", at=MONDAY)

    assert linked(A, W, why="same person", by="rosa", at=MONDAY).id == asked.id
