"""What keeps a lead, and which way it takes: mails put off, branches, splits, dates, zones."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain import journey_steps as does
from coldframe.domain.journey import Step, Window
from coldframe.domain.limits import CapRule, QuietHours
from coldframe.domain.local_time import spread
from coldframe.domain.message import MailKind
from coldframe.domain.position import Deed
from coldframe.domain.splitting import bound, share_of
from tests.fakes.playbook import BAKERY
from tests.unit.core.asked import DATE_FIELD, DAY, HOUR, said
from tests.unit.core.drive import START, Drive, told
from tests.unit.core.journeys import mail
from tests.unit.core.written import CALM, journey, sends
from tests.unit.core.zones import utc


def test_what_the_lead_did_not_consent_to_is_withheld_and_the_journey_goes_on() -> None:
    guide = mail("guide", MailKind.REQUESTED)
    drive = Drive(journey(sends("guide"), sends("tips")), {"guide": guide}, consents=())

    drive.to_the_end()

    assert drive.deeds() == ["mailed guide", "withheld tips", "closed completed"]
    assert drive.actions[1].why == "no_consent"


def test_a_mail_that_is_put_off_goes_when_it_may_and_its_wait_counts_from_then() -> None:
    capped = replace(CALM, caps=(CapRule(mails=1, days=1),))
    drive = Drive(journey(sends("one"), sends("two", does.Wait(seconds=DAY))), client=capped)

    drive.move()
    drive.until_due()

    midnight = utc("2026-03-26 23:00")
    assert drive.deeds()[:3] == ["mailed one", "put off two", "mailed two"]
    assert drive.now == midnight + spread("ada", "two")
    assert drive.position.due == drive.now + timedelta(days=1)


def test_the_wait_after_a_text_that_is_put_off_counts_from_when_it_goes() -> None:
    texts = Step(
        id="text", action=does.SendText(text="hello"), pause=does.Wait(seconds=DAY), claim="hello"
    )
    night = replace(BAKERY, caps=(), quiet_hours=QuietHours(start=10 * 60, end=14 * 60))
    drive = Drive(journey(texts), client=night)
    drive.learn(told(START, phone="+15550100"))

    drive.move()
    drive.until_due()

    assert drive.deeds()[:2] == ["put off hello", "texted hello"]
    assert drive.position.due == drive.now + timedelta(days=1)


def test_what_follows_the_way_is_a_step_of_its_own_and_not_asked_for_twice() -> None:
    drive = Drive(journey(sends("one"), at_end={"completed": "after"}), client=CALM)

    drive.to_the_end()

    assert drive.deeds() == ["mailed one", "closed completed"]
    assert [each.kind for each in drive.history] == []


def test_the_wait_before_a_mail_ends_when_that_may_go() -> None:
    evening = does.Wait(seconds=12 * HOUR)
    drive = Drive(journey(sends("one", evening), sends("two")), client=replace(BAKERY, caps=()))

    drive.to_the_end()

    assert drive.deeds() == ["mailed one", "waits", "mailed two", "closed completed"]
    assert drive.now == utc("2026-03-27 07:00") + spread("ada", "one")


def test_a_requested_mail_is_waited_for_no_longer_than_said() -> None:
    receipt = mail("two", MailKind.REQUESTED)
    drive = Drive(
        journey(sends("one", does.Wait(seconds=12 * HOUR)), sends("two")), {"two": receipt}
    )

    assert drive.to_the_end().now == START + timedelta(hours=12)


def test_the_first_arm_that_holds_is_taken_and_told_why() -> None:
    arms = (
        does.Arm(name="food", when=said("trade", "food"), to="tips"),
        does.Arm(name="others", when=None, to="end"),
    )
    branch = Step(id="which", action=does.Branch(arms=arms))
    drive = Drive(journey(branch, sends("tips")), client=CALM)
    drive.learn(told(START, trade="food"))

    drive.to_the_end()

    assert drive.deeds() == ["decided food", "mailed tips", "closed completed"]
    assert drive.actions[0].why
    assert drive.position.enrolment.arms == {"which": "food"}


def test_what_a_step_sets_is_known_to_the_next() -> None:
    sets = Step(id="set", action=does.SetFields(values={"trade": "food"}))
    arms = (does.Arm(name="food", when=said("trade", "food"), to="end"),)
    branch = Step(id="which", action=does.Branch(arms=arms))
    drive = Drive(journey(sets, branch, sends("others")), client=CALM)

    drive.to_the_end()

    assert drive.deeds() == ["set", "decided food", "closed completed"]


def test_a_held_out_lead_walks_on_without_mails_it_did_not_ask_for() -> None:
    split = does.Split(
        shares=(
            does.Share(name="treated", below=bound(0.5), to="treat"),
            does.Share(name="holdout", below=bound(1), to="tips"),
        ),
        holdout="holdout",
    )
    test = Step(id="test", action=split)
    tips = sends("tips", holdouts=("test",))
    guide = sends("guide", holdouts=("test",))
    asked_for = {"guide": mail("guide", MailKind.REQUESTED)}
    heard: dict[str, set[tuple[str, ...]]] = {}
    for lead in (f"lead-{number}" for number in range(20)):
        way = journey(test, replace(sends("treat"), next="tips"), tips, guide)
        drive = Drive(way, asked_for, client=CALM, lead=lead).to_the_end()
        share = share_of(split, lead=lead, journey="any", step="test").name
        heard.setdefault(share, set()).add(tuple(drive.deeds()[1:-1]))

    assert heard == {
        "treated": {("mailed treat", "mailed tips", "mailed guide")},
        "holdout": {("withheld tips", "mailed guide")},
    }


def test_a_date_that_moves_moves_the_wait_for_it() -> None:
    wait = does.Wait(
        date=does.DateMark(field=DATE_FIELD, days=-3, minute=540, if_past="skip"), skip_to="end"
    )
    drive = Drive(journey(Step(id="ahead", action=does.Pass(), pause=wait), sends("soon")))
    drive.learn(told(START, **{DATE_FIELD: "2026-05-20"}))
    apart = spread("ada", "ahead")

    drive.move()
    assert drive.position.due == utc("2026-05-17 07:00") + apart
    drive.pass_time(days=10)
    drive.move(told(drive.now, **{DATE_FIELD: "2026-04-20"}))
    assert drive.position.due == utc("2026-04-17 07:00") + apart
    drive.pass_time(days=2)
    drive.move(told(drive.now, **{DATE_FIELD: "2026-04-08"}))

    assert drive.deeds()[-2:] == ["skipped", "closed completed"]


def test_who_has_no_such_date_leaves_if_the_journey_says_so() -> None:
    mark = does.DateMark(field=DATE_FIELD, days=0, minute=540, if_past="exit")
    drive = Drive(journey(Step(id="ahead", action=does.Pass(), pause=does.Wait(date=mark))))

    drive.move()

    assert (drive.deeds(), drive.actions[0].why) == (["closed exited"], "no_date")


def test_an_ending_names_what_follows_it() -> None:
    won = Step(id="won", action=does.Leave(reason="won"))
    drive = Drive(journey(won, at_end={"won": "loyal", "completed": "other"}))

    drive.move()

    assert drive.actions[0].values == {"then": "loyal"}


def test_a_stopped_journey_does_nothing_more() -> None:
    drive = Drive(journey(sends("one", does.Wait(seconds=DAY)), sends("two")), client=CALM)
    drive.move()

    drive.journey = replace(drive.journey, status="stopped")
    drive.until_due()

    assert drive.deeds()[2:] == ["closed stopped"]


def test_a_leads_own_zone_counts_and_else_the_clients() -> None:
    nine = does.Wait(until=does.LocalTime(minute=540))
    ends = []
    for zone in ("America/New_York", "", "Not/AZone"):
        drive = Drive(journey(Step(id="nine", action=does.Pass(), pause=nine)))
        drive.learn(told(START, zone=zone))
        drive.move()
        assert drive.position.due is not None
        ends.append(drive.position.due - spread("ada", "nine"))

    assert ends == [utc("2026-03-26 13:00"), utc("2026-03-27 08:00"), utc("2026-03-27 08:00")]


def test_a_journeys_window_holds_for_texts_too() -> None:
    window = Window(start=540, end=1020, weekdays=(0, 1, 2, 3, 4))
    text = Step(id="hello", action=does.SendText(text="hello"), claim="hello")
    drive = Drive(journey(text, send_window=window), client=CALM, now=utc("2026-03-28 10:00"))
    drive.learn(told(START, phone="+43 1 5555555"))

    drive.to_the_end()

    assert drive.deeds() == ["put off hello", "texted hello", "closed completed"]
    assert drive.now == utc("2026-03-30 07:00") + spread("ada", "hello")


def test_a_lead_without_a_phone_gets_no_text_and_goes_on() -> None:
    text = Step(id="hello", action=does.SendText(text="hello"), claim="hello")

    drive = Drive(journey(text), client=CALM).to_the_end()

    assert drive.deeds() == ["withheld hello", "closed completed"]
    assert drive.actions[0].why == "no_phone"


@pytest.mark.parametrize(
    ("action", "deed"),
    [
        (does.Notify(to="owner", text="Look."), Deed.NOTIFIED),
        (does.HandOff(to="owner"), Deed.HANDED_OFF),
        (does.CallWebhook(webhook="crm"), Deed.CALLED),
    ],
)
def test_what_others_are_told_they_are_told_once(action: does.Action, deed: Deed) -> None:
    drive = Drive(journey(Step(id="tell", action=action, pause=does.Wait(seconds=DAY))))
    drive.move()

    drive.position = replace(drive.position, paused=False, due=None)  # a run that starts again

    assert deed not in [each.deed for each in drive.move()]


def test_a_mail_goes_once_however_often_its_step_is_entered() -> None:
    drive = Drive(journey(sends("tips", does.Wait(seconds=DAY))), client=CALM)
    drive.move()

    drive.position = replace(drive.position, paused=False, due=None)

    assert [each.deed for each in drive.move()] == [Deed.WAITS]
