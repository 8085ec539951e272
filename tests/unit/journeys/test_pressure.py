import pytest

from tests.unit.journeys.authored import mistakes

HEAD = """enter: {form: cake-guide}
at_end: {completed: nothing}
topic: letters
steps:
"""
TOO_MUCH = {
    "a fourth mail within a week": (
        "  - send: recipe\n  - send: reminder\n  - send: case-study\n  - send: thank-you",
        (
            "8 steps[3].send: can be marketing mail number 4 within 7 days on this way, and"
            " client.yaml lets 3 through; wait longer before it"
        ),
    ),
    "two promotions in a row": (
        "  - send: autumn-offer\n  - wait: 3 weeks\n  - send: winter-offer",
        (
            "7 steps[2].send: 'winter-offer' is the second promotion on this way with no mail of"
            " value between, and client.yaml wants 1"
        ),
    ),
    "a promotion for those who only look around": (
        "  - branch: [{if: stage == 'awareness', then: [{send: autumn-offer}]}]",
        (
            "5 steps[0].branch[0].then[0].send: 'autumn-offer' is a promotion for leads in the"
            " stage of awareness; help them first, and sell from evaluation on"
        ),
    ),
    "a promotion that says it is too early": (
        "  - send: early-offer",
        (
            "5 steps[0].send: 'early-offer' is a promotion for leads in the stage of consideration;"
            " help them first, and sell from evaluation on"
        ),
    ),
}


@pytest.mark.parametrize(("steps", "message"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_presses_too_hard_gives_one_clear_message(steps: str, message: str) -> None:
    found = mistakes(HEAD + steps + "\n")

    assert len(found) == 1, found
    assert found[0].startswith(message)


def test_a_long_pause_or_a_mail_of_value_makes_room_for_the_next() -> None:
    steps = """  - send: autumn-offer
  - wait: 4 days
  - send: recipe
  - wait: 4 days
  - send: winter-offer
"""

    assert mistakes(HEAD + steps) == []


def test_the_shortest_way_counts_against_the_cap() -> None:
    steps = """  - send: recipe
  - wait_for: email.clicked
    limit: 6 days
    then: [{send: reminder}]
    else: [{send: thank-you}]
  - send: case-study
  - send: autumn-offer
"""

    (found,) = mistakes(HEAD + steps)

    assert "marketing mail number 4 within 7 days" in found


def test_who_lets_an_event_pass_has_waited_for_its_limit() -> None:
    three = "  - send: recipe\n  - send: reminder\n  - send: case-study\n"
    waits = "  - wait_for: tasting.booked\n    limit: 8 days\n    {way}: [{{send: thank-you}}]\n"

    assert mistakes(HEAD + three + waits.format(way="else")) == []
    assert len(mistakes(HEAD + three + waits.format(way="then"))) == 1


def test_who_takes_no_way_of_a_branch_has_got_no_less() -> None:
    three = "  - send: recipe\n  - send: reminder\n  - send: case-study\n"
    passes = "  - branch: [{if: vip, then: [{wait: 8 days}]}]\n  - send: thank-you\n"

    assert len(mistakes(HEAD + three + passes)) == 1
