"""Moves of a lead through a journey, rule by rule."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain import journey_steps as does
from coldframe.domain.event_match import EventMatch
from coldframe.domain.journey import ReEntry, Step
from coldframe.domain.touchpoint import EMAIL_BOUNCED
from tests.unit.core.asked import DAY, said
from tests.unit.core.drive import START, Drive, told, touchpoint
from tests.unit.core.written import CALM, LEFT, asks, journey, sends, waits_for

DAYS = does.Wait(seconds=3 * DAY)


def test_steps_without_a_wait_between_them_are_one_move() -> None:
    drive = Drive(journey(sends("guide"), sends("tips", does.Wait(seconds=DAY))), client=CALM)

    assert [each.what for each in drive.move()] == ["guide", "tips", ""]
    assert drive.position.due == START + timedelta(days=1)


def test_nothing_happens_before_it_is_due_nor_twice() -> None:
    drive = Drive(journey(sends("tips", does.Wait(seconds=DAY)), sends("more")), client=CALM)
    drive.move()

    drive.now += timedelta(hours=23)
    assert drive.move() == []
    drive.now += timedelta(hours=1)
    assert [each.what for each in drive.move()] == ["more", "completed"]
    assert drive.move() == []


def test_an_event_that_is_waited_for_chooses_the_way() -> None:
    drive = Drive(asks(waits_for()), client=CALM)
    drive.move()

    drive.later("order.placed", days=1)

    assert drive.deeds()[2:] == ["answered order.placed", "mailed thanks", "closed completed"]


def test_without_the_event_the_limit_does() -> None:
    drive = Drive(asks(waits_for()), client=CALM).to_the_end()

    assert drive.deeds()[2:] == ["mailed reminder", "closed completed"]
    assert drive.now == START + timedelta(days=3)


def test_an_event_after_the_limit_answers_nothing() -> None:
    drive = Drive(asks(waits_for()), client=CALM)
    drive.move()

    drive.now += timedelta(days=3)  # the clock was late: the timer had rung before
    drive.move(touchpoint("order.placed", drive.now))

    assert "mailed reminder" in drive.deeds()


@pytest.mark.parametrize(
    ("since", "answered"), [("enrolment", True), ("send", True), ("now", False)]
)
def test_since_says_from_when_on_an_event_counts(since: str, answered: bool) -> None:  # noqa: FBT001 - a table of cases
    later = Step(id="ask", action=does.Pass(), pause=_about("offer", since))
    thanks = replace(sends("thanks"), next="end")
    drive = Drive(
        journey(sends("offer", does.Wait(seconds=DAY)), later, thanks, sends("reminder")),
        client=CALM,
    )
    drive.move()

    drive.move(touchpoint("email.clicked", START + timedelta(hours=1), mail="offer"))
    drive.until_due()

    assert ("mailed thanks" in drive.deeds()) is answered


def _about(name: str, since: str) -> does.WaitFor:
    return waits_for(when=EventMatch(kind="email.clicked", where={"mail": name}), since=since)


@pytest.mark.parametrize("about", [{"mail": "offer"}, {}])
@pytest.mark.parametrize("told", [does.Notify(to="owner", text="Look"), does.Pass()])
def test_a_step_that_sends_nothing_waits_since_the_mail_before_it(
    about: dict[str, str], told: does.Action
) -> None:
    when = EventMatch(kind="email.clicked", where=about)
    claim = "notify:tell" if isinstance(told, does.Notify) else ""
    tells = Step(id="tell", action=told, pause=waits_for(when=when), claim=claim)
    thanks = replace(sends("thanks"), next="end")
    drive = Drive(
        journey(sends("offer", does.Wait(seconds=DAY)), tells, thanks, sends("reminder")),
        client=CALM,
    )
    drive.move()

    drive.move(touchpoint("email.clicked", START + timedelta(hours=1), mail="offer"))
    drive.until_due()

    assert "mailed thanks" in drive.deeds()


def test_the_journeys_of_others_end_without_ending_this_one() -> None:
    drive = Drive(asks(waits_for()), client=CALM, exits=(replace(LEFT, journey="another"),))
    drive.move()

    drive.later("order.placed", hours=1)

    assert drive.deeds()[2:] == ["answered order.placed", "mailed thanks", "closed completed"]


def test_a_click_in_the_mail_of_another_passage_answers_nothing() -> None:
    drive = Drive(asks(_about("offer", "send")), client=CALM)
    drive.move()

    drive.now += timedelta(hours=1)
    drive.move(touchpoint("email.clicked", drive.now, mail="offer", enrolment="another"))
    assert drive.position.paused
    drive.move(touchpoint("email.clicked", drive.now, mail="offer", enrolment="ada-any"))

    assert "mailed thanks" in drive.deeds()


def test_what_happened_before_the_mail_does_not_answer_for_it() -> None:
    drive = Drive(asks(waits_for()), client=CALM)
    drive.learn(touchpoint("order.placed", START - timedelta(seconds=1)))

    drive.move()

    assert drive.position.paused


def test_an_event_counts_only_if_its_condition_holds() -> None:
    drive = Drive(asks(waits_for(condition=said("trade", "food"))), client=CALM)
    drive.move()

    drive.later("order.placed", hours=1)
    assert drive.position.paused
    drive.move(told(drive.now, trade="food"))
    drive.later("order.placed", hours=1)

    assert "mailed thanks" in drive.deeds()


def test_an_event_that_exits_and_answers_exits() -> None:
    drive = Drive(asks(waits_for()), client=CALM, exits=(LEFT,))
    drive.move()

    drive.later("order.placed", hours=1)

    assert drive.deeds()[2:] == ["closed converted"]
    assert drive.actions[-1].values == {"then": "after"}


def test_an_exit_for_something_before_the_lead_came_in_is_none() -> None:
    drive = Drive(asks(waits_for()), client=CALM, exits=(LEFT,))
    drive.move()

    drive.move(touchpoint("order.placed", START - timedelta(minutes=1)))

    assert drive.open


BY_ORDER = ReEntry(mode="always", key="order")


def ordered(drive: Drive, key: str) -> Drive:
    """Ada's passage for this order."""
    drive.journey = replace(drive.journey, re_enter=BY_ORDER)
    enrolment = replace(drive.position.enrolment, key=key)
    drive.position = replace(drive.position, enrolment=enrolment)
    drive.move()
    drive.now += timedelta(hours=1)
    return drive


@pytest.mark.parametrize(
    ("told_of", "ends"),
    [({"order": "7"}, True), ({"order": 7}, True), ({}, True), ({"order": "8"}, False)],
)
def test_an_exit_that_names_a_key_is_about_its_passage(
    told_of: dict[str, str | int],
    ends: bool,  # noqa: FBT001 - a table of cases
) -> None:
    exits = (replace(LEFT, key="order"),)
    drive = ordered(Drive(journey(sends("one", DAYS), sends("two")), exits=exits), "7")

    drive.move(touchpoint("order.placed", drive.now, **told_of))

    assert drive.open is not ends


def test_an_event_that_names_a_key_answers_its_own_passage_alone() -> None:
    drive = ordered(Drive(asks(waits_for()), client=CALM), "7")

    drive.move(touchpoint("order.placed", drive.now, order="8"))
    assert drive.position.paused
    drive.move(touchpoint("order.placed", drive.now, order="7"))

    assert "mailed thanks" in drive.deeds()


def test_a_wait_that_looks_back_passes_over_what_is_about_another_key() -> None:
    drive = Drive(asks(waits_for(since="enrolment")), client=CALM)
    for order in ("8", "9"):
        drive.learn(touchpoint("order.placed", START, order=order))

    ordered(drive, "7")

    assert drive.position.paused


def test_a_hard_bounce_ends_it() -> None:
    drive = Drive(asks(waits_for()), client=CALM)
    drive.move()

    drive.move(touchpoint(EMAIL_BOUNCED, drive.now, type="hard"))

    assert drive.deeds()[-1] == "closed suppressed"
