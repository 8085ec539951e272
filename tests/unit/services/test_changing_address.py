"""Another address: asked of few, confirmed by who reads it, and taken back by who read the old."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.address_change import MOST_ASKED, SETTLING
from coldframe.domain.asked_for import DATA_MAIL, FRESH, NEW_ADDRESS_MAIL, OLD_ADDRESS_MAIL
from coldframe.domain.erasure import tombstone
from coldframe.domain.gate import NOT_ME, Prohibition
from coldframe.domain.instants import text_of
from coldframe.domain.merging import linked
from coldframe.domain.profile import Profile
from coldframe.services.changing_address import ADDRESS, Asked, NewAddress
from coldframe.services.undoing_address import UNDO, Undo, Undoing
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of

ADA, HOME, MALLORY = "ada@example.com", "ada@home.example", "mallory@evil.example"
LEAD = lead_of(ADA)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def stage() -> Stage:
    stage = Stage(World())
    stage.post(ADA)
    stage.settle()
    stage.world.clock.at += timedelta(hours=1)
    return stage


def ask(stage: Stage, address: str, *, lead: str = LEAD) -> Asked:
    token = stage.world.links.sign("preferences", lead=lead)
    asked = stage.world.changing_address().ask(token, address)
    stage.settle()
    stage.world.clock.at += MINUTE
    return asked


def link(stage: Stage, address: str) -> str:
    """As the mail that asks at this address holds it."""
    world = stage.world
    (offered,) = [each for each in profile(stage).offers if each.value == address]
    target = f"{text_of(world.clock.now() + FRESH)} {offered.by} {lead_of(address)}"
    return world.links.sign(ADDRESS, lead=LEAD, target=target)


def confirm(stage: Stage, token: str) -> NewAddress:
    told = stage.world.changing_address().confirm(token)
    stage.settle()
    stage.world.clock.at += MINUTE
    return told


def change(stage: Stage, address: str) -> None:
    ask(stage, address)
    assert confirm(stage, link(stage, address)).fresh


def undo_link(stage: Stage, was: str) -> str:
    """As the notice to the old address holds it."""
    change = next(each for each in profile(stage).changes if each.was == was)
    target = f"{text_of(change.at + SETTLING)} {change.by}"
    return stage.world.links.sign(UNDO, lead=LEAD, target=target)


def undo_link_to(stage: Stage, to: str) -> str:
    change = next(each for each in profile(stage).changes if each.to == to)
    target = f"{text_of(change.at + SETTLING)} {change.by}"
    return stage.world.links.sign(UNDO, lead=LEAD, target=target)


def undo(stage: Stage, token: str) -> Undo:
    told = stage.world.undoing_address().undo(token)
    stage.settle()
    stage.world.clock.at += MINUTE
    return told


def profile(stage: Stage) -> Profile:
    found = stage.world.profiles.get(LEAD)
    assert found
    return found


def mailed(stage: Stage, mail: str) -> list[str]:
    sent = stage.world.mailer.sent
    return [each.recipient for each in sent if dict(each.tags)["mail"] == mail]


def test_a_lead_whose_address_bounced_can_change_it(stage: Stage) -> None:
    stage.world.gates.forbid(LEAD, Prohibition.BOUNCED, stage.world.clock.now())

    change(stage, HOME)

    assert mailed(stage, NEW_ADDRESS_MAIL) == [HOME]
    assert profile(stage).address == HOME
    assert stage.world.gates.get(LEAD).bounced_at is None


def test_no_notice_goes_to_where_all_mails_come_back(stage: Stage) -> None:
    stage.world.gates.forbid(LEAD, Prohibition.BOUNCED, stage.world.clock.now())

    change(stage, HOME)

    assert mailed(stage, OLD_ADDRESS_MAIL) == []


def test_after_a_complaint_nothing_is_asked_anywhere(stage: Stage) -> None:
    stage.world.gates.forbid(LEAD, Prohibition.COMPLAINED, stage.world.clock.now())

    assert ask(stage, HOME) is Asked.REFUSED
    assert mailed(stage, NEW_ADDRESS_MAIL) == []


def test_who_said_that_it_was_never_them_is_asked_nowhere_else(stage: Stage) -> None:
    stage.world.gates.forbid(LEAD, Prohibition.UNSUBSCRIBED, stage.world.clock.now(), NOT_ME)

    assert ask(stage, HOME) is Asked.REFUSED


def test_who_left_may_still_get_what_it_asks_for_elsewhere(stage: Stage) -> None:
    stage.world.gates.forbid(LEAD, Prohibition.UNSUBSCRIBED, stage.world.clock.now())
    stage.world.clock.at += MINUTE

    change(stage, HOME)

    assert profile(stage).address == HOME
    assert stage.world.gates.get(LEAD).unsubscribed_at is not None


@pytest.mark.parametrize("of_theirs", ["bounced", "complained", "unsubscribed"])
def test_who_wants_no_mails_of_ours_is_not_asked_and_the_asker_learns_nothing(
    stage: Stage, of_theirs: str
) -> None:
    stage.world.gates.forbid(lead_of(HOME), Prohibition(of_theirs), stage.world.clock.now())

    assert ask(stage, HOME) is Asked.SENT
    assert mailed(stage, NEW_ADDRESS_MAIL) == []


def test_one_link_asks_few_strangers_a_day(stage: Stage) -> None:
    asked = [ask(stage, f"stranger{number}@example.com") for number in range(6)]

    assert asked == [Asked.SENT] * MOST_ASKED + [Asked.TOO_MANY] * 3
    assert len(mailed(stage, NEW_ADDRESS_MAIL)) == MOST_ASKED
    stage.world.clock.at += timedelta(days=1)
    assert ask(stage, HOME) is Asked.SENT


def test_also_of_those_who_are_named_all_at_once_few_are_asked(stage: Stage) -> None:
    """Each post is written before any is reacted to."""
    token = stage.world.links.sign("preferences", lead=LEAD)
    for number in range(6):
        stage.world.changing_address().ask(token, f"stranger{number}@example.com")
        stage.world.clock.at += timedelta(seconds=1)
    stage.settle()

    assert len(mailed(stage, NEW_ADDRESS_MAIL)) <= MOST_ASKED
    assert len(profile(stage).offers) == MOST_ASKED


def test_the_same_address_is_asked_again_an_hour_later(stage: Stage) -> None:
    first = ask(stage, HOME)
    token = link(stage, HOME)
    at_once = ask(stage, HOME)
    stage.world.clock.at += timedelta(hours=1)
    later = ask(stage, HOME)

    assert (first, at_once, later) == (Asked.SENT, Asked.AGAIN, Asked.SENT)
    assert mailed(stage, NEW_ADDRESS_MAIL) == [HOME, HOME]
    assert confirm(stage, token).fresh


def test_each_old_address_is_told_of_its_own_change(stage: Stage) -> None:
    """Also where the second change is known before the first notice goes out."""
    for was, to in ((ADA, HOME), (HOME, MALLORY)):
        at = stage.world.clock.now()
        told = linked(
            LEAD, lead_of(to), why="moved", by="page", at=at, address=to, was=was, own_id=to
        )
        stage.world.touchpoints.append(told)
        stage.world.clock.at += MINUTE
    stage.settle()

    assert profile(stage).address == MALLORY
    assert sorted(mailed(stage, OLD_ADDRESS_MAIL)) == sorted([ADA, HOME])


def test_the_old_address_takes_the_change_back(stage: Stage) -> None:
    change(stage, MALLORY)
    token = undo_link(stage, ADA)

    shown = stage.world.undoing_address().look(token)
    assert (shown.state, shown.back, profile(stage).address) == (Undoing.OPEN, ADA, MALLORY)
    undo(stage, token)
    writes = len(stage.world.writes.log)

    assert profile(stage).address == ADA
    assert undo(stage, token).state is Undoing.DONE
    assert len(stage.world.writes.log) == writes
    assert mailed(stage, OLD_ADDRESS_MAIL) == [ADA]


def test_looking_at_the_way_back_writes_nothing(stage: Stage) -> None:
    change(stage, MALLORY)
    writes = len(stage.world.writes.log)

    stage.world.undoing_address().look(undo_link(stage, ADA))

    assert len(stage.world.writes.log) == writes


def test_the_way_back_goes_as_far_as_the_address_that_it_was_sent_to(stage: Stage) -> None:
    change(stage, HOME)
    first = undo_link(stage, ADA)
    change(stage, MALLORY)
    second = undo_link(stage, HOME)

    undo(stage, first)

    assert profile(stage).address == ADA
    assert undo(stage, second).state is Undoing.STALE
    assert profile(stage).address == ADA


def test_an_earlier_address_outranks_a_later_one_also_afterwards(stage: Stage) -> None:
    change(stage, HOME)
    first = undo_link(stage, ADA)
    change(stage, MALLORY)
    undo(stage, undo_link(stage, HOME))
    assert profile(stage).address == HOME

    undo(stage, first)

    assert profile(stage).address == ADA


def test_what_was_taken_back_can_not_be_confirmed_once_more(stage: Stage) -> None:
    ask(stage, MALLORY)
    token = link(stage, MALLORY)
    confirm(stage, token)
    undo(stage, undo_link(stage, ADA))

    assert not confirm(stage, token).fresh
    assert profile(stage).address == ADA


def test_for_a_week_after_it_nobody_names_another_address(stage: Stage) -> None:
    change(stage, MALLORY)
    undo(stage, undo_link(stage, ADA))

    assert ask(stage, "mallory@elsewhere.example") is Asked.TAKEN_BACK
    stage.world.clock.at += SETTLING
    assert ask(stage, HOME) is Asked.SENT


def test_the_way_back_is_open_for_a_week(stage: Stage) -> None:
    change(stage, MALLORY)
    token = undo_link(stage, ADA)
    stage.world.clock.at += SETTLING

    assert undo(stage, token).state is Undoing.STALE
    assert profile(stage).address == MALLORY


def test_what_bounced_elsewhere_forbids_nothing_where_the_lead_is_back(stage: Stage) -> None:
    change(stage, MALLORY)
    mailed_at = stage.world.clock.now()
    stage.world.gates.forbid(LEAD, Prohibition.BOUNCED, mailed_at, mailed_at=mailed_at)
    stage.world.clock.at += MINUTE

    undo(stage, undo_link(stage, ADA))

    assert stage.world.gates.get(LEAD).bounced_at is None
    late = stage.world.clock.now()
    stage.world.gates.forbid(LEAD, Prohibition.BOUNCED, late, mailed_at=mailed_at)
    assert stage.world.gates.get(LEAD).bounced_at is None


def test_an_erased_lead_is_brought_back_by_no_link(stage: Stage) -> None:
    change(stage, MALLORY)
    token = undo_link(stage, ADA)
    now = stage.world.clock.now()
    stage.world.profiles.rows[LEAD] = tombstone(LEAD, now, revision=99)

    assert undo(stage, token).state is Undoing.STALE


def test_what_is_confirmed_in_the_instant_of_taking_back_is_void_as_well(stage: Stage) -> None:
    """Neither has been heard of when the other is posted."""
    change(stage, MALLORY)
    ask(stage, "mallory@elsewhere.example")
    token, first = link(stage, "mallory@elsewhere.example"), undo_link(stage, ADA)

    stage.world.undoing_address().undo(first)
    stage.world.clock.at += timedelta(seconds=1)
    assert stage.world.changing_address().confirm(token).fresh
    stage.settle()

    assert profile(stage).address == ADA
    assert mailed(stage, OLD_ADDRESS_MAIL) == [ADA]
    assert undo(stage, undo_link(stage, MALLORY)).state is Undoing.STALE
    assert profile(stage).address == ADA


def test_of_two_who_take_back_at_once_the_earlier_address_wins(stage: Stage) -> None:
    change(stage, HOME)
    first = undo_link(stage, ADA)
    change(stage, MALLORY)
    second = undo_link(stage, HOME)

    for token in (first, second):
        assert stage.world.undoing_address().undo(token).state is Undoing.OPEN
        stage.world.clock.at += timedelta(seconds=1)
    stage.settle()

    assert profile(stage).address == ADA


def test_an_address_named_in_the_instant_of_taking_back_is_never_confirmed(stage: Stage) -> None:
    change(stage, HOME)
    ask(stage, MALLORY)
    token, first = link(stage, MALLORY), undo_link(stage, ADA)
    stage.world.clock.at += timedelta(hours=1)

    stage.world.undoing_address().undo(first)
    stage.world.clock.at += timedelta(seconds=1)
    page = stage.world.links.sign("preferences", lead=LEAD)
    assert stage.world.changing_address().ask(page, MALLORY) is Asked.SENT
    stage.settle()

    assert not confirm(stage, token).fresh
    assert profile(stage).address == ADA


def test_an_address_may_be_changed_again_a_week_after_it_was_taken_back(stage: Stage) -> None:
    change(stage, MALLORY)
    undo(stage, undo_link(stage, ADA))
    stage.world.clock.at += SETTLING

    change(stage, HOME)

    assert profile(stage).address == HOME
    assert mailed(stage, OLD_ADDRESS_MAIL) == [ADA, ADA]
    undo(stage, undo_link_to(stage, HOME))
    assert profile(stage).address == ADA


def test_the_way_to_the_data_never_goes_where_it_was_not_asked_for(stage: Stage) -> None:
    """The address is changed between the question and its mail."""
    ask(stage, MALLORY)
    token = link(stage, MALLORY)

    page = stage.world.links.sign("preferences", lead=LEAD)
    assert stage.world.preferring().ask_for_data(page)
    stage.world.clock.at += timedelta(milliseconds=1)
    confirm(stage, token)

    assert profile(stage).address == MALLORY
    assert mailed(stage, DATA_MAIL) == []


def test_a_link_confirms_no_other_address_than_the_one_it_was_mailed_to(stage: Stage) -> None:
    ask(stage, MALLORY)
    token = link(stage, MALLORY)
    ask(stage, HOME)

    assert not confirm(stage, token).fresh
    assert profile(stage).address == ADA


def test_confirmed_again_it_is_told_once_also_on_another_day(stage: Stage) -> None:
    stage.world.clock.at = stage.world.clock.at.replace(hour=20)
    ask(stage, HOME)
    token = link(stage, HOME)
    confirm(stage, token)
    stage.world.clock.at += timedelta(hours=12)

    assert confirm(stage, token).fresh
    assert len(profile(stage).changes) == 1


def test_a_link_to_a_new_address_and_the_way_back_end_to_the_minute(stage: Stage) -> None:
    ask(stage, HOME)
    token = link(stage, HOME)
    stage.world.clock.at += FRESH
    assert not stage.world.changing_address().look(token).fresh
    stage.world.clock.at -= timedelta(milliseconds=1)
    assert confirm(stage, token).fresh

    back = undo_link(stage, ADA)
    stage.world.clock.at = profile(stage).changes[0].at + SETTLING
    assert stage.world.undoing_address().look(back).state is Undoing.STALE
    stage.world.clock.at -= timedelta(milliseconds=1)
    assert stage.world.undoing_address().look(back).state is Undoing.OPEN


def test_who_left_is_asked_at_its_own_other_address_and_a_stranger_after_a_month(
    stage: Stage,
) -> None:
    change(stage, HOME)
    for address in (HOME, MALLORY):
        left = stage.world.clock.now()
        stage.world.gates.forbid(lead_of(address), Prohibition.UNSUBSCRIBED, left)
    stage.world.clock.at += MINUTE

    ask(stage, ADA)
    ask(stage, MALLORY)
    assert mailed(stage, NEW_ADDRESS_MAIL) == [HOME, ADA]
    stage.world.clock.at += timedelta(days=30)
    ask(stage, MALLORY)
    assert mailed(stage, NEW_ADDRESS_MAIL) == [HOME, ADA, MALLORY]


def test_who_is_being_erased_is_asked_nowhere(stage: Stage) -> None:
    stage.world.gates.forbid(LEAD, Prohibition.ERASED, stage.world.clock.now())

    assert ask(stage, HOME) is Asked.REFUSED


def test_who_came_anew_after_its_erasure_is_moved_by_no_link_from_before(stage: Stage) -> None:
    change(stage, MALLORY)
    token = undo_link(stage, ADA)
    anew = replace(profile(stage), changes=(), erased_at=stage.world.clock.now())
    stage.world.profiles.rows[LEAD] = anew

    assert undo(stage, token).state is Undoing.STALE
