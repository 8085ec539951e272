"""Every step of a journey says whether it was done, and if not, until when or why not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.preferences import Preferences
from coldframe.domain.record import LeadRecord
from tests.fakes.town.client import FakeClient
from tests.fakes.town.people import mail_to, moved_in
from tests.fakes.town.town import FakeTown
from workbench.leads.showing import show
from workbench.leads.sources import Source
from workbench.leads.why import Passage, Word, passages


class Book:
    def __init__(self, client: FakeClient) -> None:
        self.journey, self.mail, self.client = client.journey, client.mail, client.playbook


@pytest.fixture
def town() -> FakeTown:
    town = FakeTown()
    moved_in(town)
    town.close()
    return town


def record(town: FakeTown, name: str) -> LeadRecord:
    client = town.people["bakery"]
    [lead] = [line.lead for line in client.leads() if line.name == name]
    return client.record(lead)


def passage(town: FakeTown, name: str) -> Passage:
    found = passages(record(town, name), Book(town.people["bakery"]), now=town.now())
    assert len(found) == 1
    return found[0]


def words(told: Passage) -> dict[str, Word]:
    return {line.step.removeprefix("send "): line.word for line in told.steps}


def test_what_was_sent_says_when(town: FakeTown) -> None:
    told = passage(town, "Ada")

    sent = next(line for line in told.steps if line.step == "send cake-guide")
    assert sent.word is Word.SENT
    assert sent.at == mail_to(town, "Ada", "cake-guide").at


def test_what_lies_ahead_is_not_yet_and_says_what_comes_next(town: FakeTown) -> None:
    told = passage(town, "Annie")

    assert words(told)["case-study"] is Word.NOT_YET
    [coming] = told.next
    assert "case-study" in coming.text
    assert coming.at is not None
    assert coming.at > town.now()


def test_what_the_lead_never_agreed_to_says_so(town: FakeTown) -> None:
    town.advance(timedelta(days=2))

    line = next(each for each in passage(town, "Linus").steps if each.step == "send case-study")

    assert line.word is Word.NOT_AT_ALL
    assert line.why == "the lead never agreed to this topic"


def test_after_a_hard_bounce_the_rest_is_not_at_all_and_why(town: FakeTown) -> None:
    told = passage(town, "Frances")

    line = next(each for each in told.steps if each.step == "send case-study")
    assert line.word is Word.NOT_AT_ALL
    assert "ended" in line.why
    assert told.next == ()


def test_the_way_not_taken_is_not_at_all(town: FakeTown) -> None:
    town.advance(timedelta(days=20))

    told = words(passage(town, "Katherine"))

    taken = {"reminder", "tasting-invitation"} & {s for s, w in told.items() if w is Word.SENT}
    left = {"reminder", "tasting-invitation"} - taken
    assert len(taken) == 1
    assert {told[step] for step in left} == {Word.NOT_AT_ALL}


def test_only_the_journey_that_was_asked_for_is_told(town: FakeTown) -> None:
    book = Book(town.people["bakery"])

    assert passages(record(town, "Ada"), book, now=town.now(), journey="other") == ()


def test_a_journey_that_is_gone_still_tells_its_mails(town: FakeTown) -> None:
    book = Book(town.people["bakery"])

    def gone(name: str) -> None:
        raise KeyError(name)

    book.journey = gone  # type: ignore[assignment]  # a playbook without it
    [told] = passages(record(town, "Ada"), book, now=town.now())

    assert "sends “cake-guide”" in [line.does for line in told.steps]


def test_what_the_lead_chose_is_told_before_its_journeys(
    town: FakeTown, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = Preferences(at=town.now(), off=("letters",), a_week=1)
    held = record(town, "Ada")
    source = Source(where="here", now=town.now(), record=lambda _: held)

    show(source, replace(held, gate=replace(held.gate, preferences=chosen)), (), (), zone="UTC")

    told = capsys.readouterr().out
    assert "no mail of letters" in told
    assert "at most 1 a week" in told
