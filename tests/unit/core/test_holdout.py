"""Who is held out gets what it asked for; nothing else comes of its passage, for anybody."""

from dataclasses import replace

import pytest

from coldframe.domain import journey_steps as does
from coldframe.domain.journey import Journey, Step
from coldframe.domain.message import MailKind
from coldframe.domain.playbook import Exit
from coldframe.domain.splitting import bound
from tests.unit.core.asked import DATE_FIELD, DAY, said
from tests.unit.core.drive import START, Drive, told
from tests.unit.core.journeys import mail
from tests.unit.core.written import CALM, LEFT, journey, sends

BEHIND = ("test",)
AFTER = {"won": "after", "exited": "after"}
ASKED_FOR = {"receipt": mail("receipt", MailKind.REQUESTED)}
EFFECTS: dict[str, does.Action] = {
    "tips": does.Send(mail="tips"),
    "text": does.SendText(text="hello"),
    "notice": does.Notify(to="owner", text="Look."),
    "task": does.Notify(to="owner", text="Call.", task=True),
    "crm": does.CallWebhook(webhook="crm"),
    "hand-off": does.HandOff(to="owner"),
    "set": does.SetFields(values={"trade": "retail"}),
    "points": does.GiveScore(points=50, why="asked"),
    "on": does.EnrolIn(journey="after"),
    "stop": does.StopMarketing(why="silent"),
}


def split(*, held: bool) -> Step:
    """Everybody falls into the same share."""
    share = does.Share(name="holdout" if held else "treated", below=bound(1), to="behind")
    return Step(id="test", action=does.Split(shares=(share,), holdout="holdout"))


def behind(*steps: Step, held: bool = True) -> Journey:
    back = [replace(each, holdouts=BEHIND) for each in steps]
    first = Step(id="behind", action=does.Pass(), holdouts=BEHIND)
    made = journey(sends("hello"), split(held=held), first, *back, at_end=AFTER)
    end = replace(made.steps["end"], holdouts=BEHIND)
    return replace(made, steps={**made.steps, "end": end})


def acts(name: str) -> Step:
    claimed = name in {"tips", "text", "notice", "task", "crm", "hand-off"}
    return Step(id=name, action=EFFECTS[name], claim=name if claimed else "")


def driven(way: Journey, *exits: Exit) -> Drive:
    drive = Drive(way, ASKED_FOR, client=CALM, exits=exits)
    drive.learn(told(START, phone="+15550100"))
    drive.history.clear()
    return drive


@pytest.mark.parametrize("name", EFFECTS)
def test_no_step_behind_a_holdout_does_anything_for_a_lead_in_it(name: str) -> None:
    drive = driven(behind(acts(name))).to_the_end()

    assert [each.why for each in drive.actions if each.step == name] == ["holdout"]
    assert set(drive.position.enrolment.claims) == {"hello"}
    assert drive.history == []


@pytest.mark.parametrize("name", EFFECTS)
def test_every_step_does_what_it_says_for_leads_who_are_treated(name: str) -> None:
    drive = driven(behind(acts(name), held=False)).to_the_end()

    assert "holdout" not in {each.why for each in drive.actions}
    assert len(drive.position.enrolment.claims) + len(drive.history) == 2


def test_a_lead_in_a_holdout_gets_what_it_asked_for() -> None:
    drive = driven(behind(sends("receipt"), acts("tips"))).to_the_end()

    assert drive.deeds()[-3:] == ["mailed receipt", "withheld tips", "closed completed"]


def test_a_lead_in_a_holdout_waits_and_takes_its_ways_like_any_other() -> None:
    arms = (does.Arm(name="food", when=said("trade", "food"), to="tips"),)
    which = Step(id="which", action=does.Branch(arms=arms), next="end")
    waits = replace(acts("notice"), pause=does.Wait(seconds=DAY))
    drive = driven(behind(waits, which, acts("tips")))
    drive.learn(told(START, trade="food"))

    drive.to_the_end()

    assert (drive.now - START).days == 1
    assert drive.position.enrolment.arms == {"which": "food"}


@pytest.mark.parametrize(("held", "follows"), [(True, 0), (False, 1)])
def test_no_journey_follows_an_ending_in_a_holdout(*, held: bool, follows: int) -> None:
    leaves = Step(id="leave", action=does.Leave(reason="won"))
    waits = Step(id="wait", action=does.Pass(), pause=does.Wait(seconds=DAY))
    no_date = does.DateMark(field=DATE_FIELD, days=0, minute=540, if_past="exit")
    dated = Step(id="date", action=does.Pass(), pause=does.Wait(date=no_date))

    by_step = driven(behind(leaves, held=held)).to_the_end()
    by_event = driven(behind(waits, held=held), LEFT)
    by_event.move()
    by_event.later("order.placed", hours=2)
    by_date = driven(behind(dated, acts("points"), held=held)).to_the_end()

    for drive, reason in ((by_step, "won"), (by_event, "converted"), (by_date, "exited")):
        assert drive.position.enrolment.reason == reason
        asked = [each for each in drive.history if each.kind == "journey.requested"]
        assert len(asked) == follows


def test_what_follows_follows_a_lead_who_leaves_before_it_comes_to_the_holdout() -> None:
    way = behind(acts("tips"))
    first = replace(way.steps["hello"], pause=does.Wait(seconds=DAY))
    drive = driven(replace(way, steps={**way.steps, "hello": first}), LEFT)
    drive.move()

    drive.later("order.placed", hours=2)

    assert [each.kind for each in drive.history] == ["order.placed", "journey.requested"]


def test_what_a_step_began_before_its_holdout_came_is_not_taken_back() -> None:
    drive = driven(behind(acts("hand-off"), held=False)).to_the_end()
    claimed = drive.position.enrolment.claims

    edited = driven(behind(acts("hand-off")))
    began = replace(edited.position.enrolment, claims=claimed, step="hand-off")
    edited.position = replace(edited.position, enrolment=began)
    edited.to_the_end()

    assert edited.deeds() == ["closed completed"]
