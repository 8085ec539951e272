from datetime import timedelta

import pytest

from tests.fakes.town.client import FakeClient
from tests.fakes.town.town import FakeTown
from workbench.window.ahead import Ahead
from workbench.window.graph_layout import layout
from workbench.window.journey_graph import Mark, graph
from workbench.window.window import courses


@pytest.fixture
def bakery(empty: FakeTown) -> FakeClient:
    return empty.people["bakery"]


def lead_of(client: FakeClient) -> str:
    return client.leads()[0].lead


def coming(town: FakeTown, client: FakeClient) -> tuple[Ahead, ...]:
    record = client.record(lead_of(client))
    return courses(client, record, now=town.now())[0].ahead


def test_after_a_mail_comes_the_next_when_its_wait_is_over(
    empty: FakeTown, bakery: FakeClient
) -> None:
    bakery.submit("cake-guide", {"email": "ada@example.com", "letters": "yes"})
    empty.advance(timedelta(minutes=1))

    (next_mail,) = coming(empty, bakery)

    assert next_mail.text == "“case-study” is sent"
    assert next_mail.at == empty.mails()[0].at + timedelta(days=2)


def test_a_mail_due_at_night_is_foretold_for_the_morning(
    empty: FakeTown, bakery: FakeClient
) -> None:
    empty.advance(timedelta(hours=14))
    bakery.submit("cake-guide", {"email": "ada@example.com", "letters": "yes"})
    empty.advance(timedelta(minutes=1))

    (next_mail,) = coming(empty, bakery)

    assert next_mail.at is not None
    seven_in_utc = next_mail.at.replace(hour=7, minute=0, second=0, microsecond=0)
    assert timedelta() <= next_mail.at - seven_in_utc < timedelta(minutes=10)


def test_without_consent_the_page_says_what_will_not_come(
    empty: FakeTown, bakery: FakeClient
) -> None:
    bakery.submit("cake-guide", {"email": "ada@example.com"})
    empty.advance(timedelta(minutes=1))

    (next_mail,) = coming(empty, bakery)

    assert next_mail.text == "“case-study” will not be sent: the lead never agreed to this topic"


def test_while_an_answer_is_awaited_both_ways_are_told(empty: FakeTown, bakery: FakeClient) -> None:
    bakery.submit("cake-guide", {"email": "ada@example.com", "letters": "yes"})
    empty.advance(timedelta(days=3))

    with_click, without = coming(empty, bakery)

    assert (with_click.when, with_click.at) == ("as soon as a click comes", None)
    assert without.when == "without a click"
    assert without.at == empty.mails()[-1].at + timedelta(days=3)


def test_nothing_comes_after_the_end(empty: FakeTown, bakery: FakeClient) -> None:
    bakery.submit("cake-guide", {"email": "ada@example.com", "letters": "yes"})
    empty.advance(timedelta(days=30))

    assert coming(empty, bakery) == ()


def test_the_drawing_marks_what_is_done_where_the_lead_stands_and_what_is_ahead(
    empty: FakeTown, bakery: FakeClient
) -> None:
    bakery.submit("cake-guide", {"email": "ada@example.com", "letters": "yes"})
    empty.advance(timedelta(days=3))
    record = bakery.record(lead_of(bakery))

    drawn = graph(bakery.journey("welcome"), record.enrolments[0], record)

    marks = {box.title: box.mark for box in drawn.boxes}
    assert marks["cake-guide"] is marks["Wait 2 days"] is marks["case-study"] is Mark.DONE
    assert marks["Click?"] is Mark.HERE
    assert marks["tasting-invitation"] is marks["Hand-off"] is marks["Ends"] is Mark.AHEAD


def test_no_two_boxes_of_a_drawing_overlap(bakery: FakeClient) -> None:
    bakery.submit("cake-guide", {"email": "ada@example.com"})
    record = bakery.record(lead_of(bakery))

    placed = layout(graph(bakery.journey("welcome"), record.enrolments[0], record))

    spots = {(box.x, box.y) for box in placed.boxes}
    assert len(spots) == len(placed.boxes) == 9
    assert all(0 < box.x < placed.width for box in placed.boxes)
