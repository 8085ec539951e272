import pytest

from tests.unit.journeys.authored import mistakes

HEAD = "enter: {form: cake-guide}\nat_end: {completed: nothing}\nsteps:\n"


def test_a_good_journey_has_no_mistakes() -> None:
    assert mistakes(HEAD + "  - send: cake-guide\n  - wait: 2 days\n  - hand_off: owner\n") == []


TYPOS = {
    "an unknown mail": (
        "  - send: case-studdy\n",
        "4 steps[0].send: there is no mail 'case-studdy'; did you mean 'case-study'?",
    ),
    "an unknown step": (
        "  - sned: case-study\n",
        "4 steps[0].sned: there is no step 'sned'; did you mean 'send'?",
    ),
    "two verbs in one step": (
        "  - send: case-study\n    wait: 2 days\n  - send: reminder\n",
        "4 steps[0]: is `send` and `wait` at once; make them two steps, each with its own `- `",
    ),
    "a unit that is none": (
        "  - wait: 2 dyas\n  - send: reminder\n",
        "4 steps[0].wait: there is no unit 'dyas'; did you mean 'days'?",
    ),
    "a duration without a unit": (
        "  - wait: 2\n  - send: reminder\n",
        "4 steps[0].wait: '2' is no duration; write e.g. `2 days` or `90 minutes`",
    ),
    "a wait for nothing": (
        "  - wait: 0 days\n  - send: reminder\n",
        "4 steps[0].wait: waits for nothing; leave it out",
    ),
    "a wait that is too long": (
        "  - wait: 500 weeks\n  - send: reminder\n",
        "4 steps[0].wait: 3500 days is too long: at most two years",
    ),
    "a wait at the end": (
        "  - send: reminder\n  - wait: 2 days\n",
        "5 steps[1].wait: nothing follows this wait; leave it out or say what comes after",
    ),
    "an event with no limit": (
        "  - wait_for: tasting.booked\n  - send: reminder\n",
        "4 steps[0]: needs `limit`",
    ),
    "a limit that is misspelt": (
        "  - wait_for: tasting.booked\n    limt: 2 days\n  - send: reminder\n",
        "5 steps[0].limt: unknown key; did you mean 'limit'?",
    ),
    "a limit that is too long": (
        "  - wait_for: tasting.booked\n    limit: 900 days\n  - send: reminder\n",
        "5 steps[0].limit: 900 days is too long: at most two years",
    ),
    "an event that nobody declared": (
        "  - wait_for: tasting.boked\n    limit: 2 days\n  - send: reminder\n",
        (
            "4 steps[0].wait_for: no event 'tasting.boked' is declared in events.yaml;"
            " did you mean 'tasting.booked'?"
        ),
    ),
    "a click in a mail that was not sent": (
        (
            "  - send: reminder\n  - wait_for: email.clicked\n    where: {mail: case-study}\n"
            "    limit: 2 days\n  - hand_off: owner\n"
        ),
        "5 steps[1].wait_for: 'case-study' is not sent before this step, so nobody can click it",
    ),
    "a click before any mail": (
        "  - wait_for: email.clicked\n    limit: 2 days\n  - send: reminder\n",
        "4 steps[0].wait_for: a click in which mail? add `where: {mail: …}`",
    ),
    "a question that clicks can't answer": (
        (
            "  - send: reminder\n  - wait_for: email.clicked\n    where: {mial: reminder}\n"
            "    limit: 2 days\n  - hand_off: owner\n"
        ),
        "5 steps[1].wait_for: `where` can't ask for 'mial' of email.clicked; did you mean 'mail'?",
    ),
    "a wait that leads nowhere": (
        "  - send: reminder\n  - wait_for: email.clicked\n    limit: 2 days\n",
        "5 steps[1]: leads nowhere: say what follows in `then` or `else`, or leave it out",
    ),
    "a mail sent twice on one way": (
        "  - send: reminder\n  - wait: 2 days\n  - send: reminder\n",
        (
            "6 steps[2].send: 'reminder' was sent before on this way,"
            " and a lead gets a journey's mail once; send another"
        ),
    ),
    "two steps of one name": (
        (
            "  - send: case-study\n  - wait_for: email.clicked\n    limit: 2 days\n"
            "    then:\n      - send: reminder\n    else:\n      - send: reminder\n"
        ),
        (
            "10 steps[1].else[0]: is called 'reminder' like the step on line 8;"
            " give one of them an `id` of its own"
        ),
    ),
    "a step of a name that is ours": (
        "  - send: reminder\n    id: end\n",
        "4 steps[0]: 'end' is the name of a step of ours; give it another `id`",
    ),
    "a name that no step can have": (
        "  - send: reminder\n    id: The Reminder\n",
        "5 steps[0].id: 'The Reminder' is no name; write it like `second-reminder`",
    ),
    "steps behind the hand-off": (
        "  - hand_off: owner\n  - send: reminder\n",
        (
            "4 steps[0]: must be the last step of its way: the lead is in sales' hands then,"
            " and what follows would never be sent"
        ),
    ),
    "a hand-off to nobody": (
        "  - hand_off: onwer\n",
        "4 steps[0].hand_off: there is no 'onwer'; did you mean 'owner'?",
    ),
    "steps that are no list": (
        "  send: reminder\n",
        "4 steps: is a mapping, but must be a list (lines that begin with `- `)",
    ),
}


@pytest.mark.parametrize(("steps", "message"), TYPOS.values(), ids=TYPOS)
def test_one_mistake_in_the_steps_gives_one_clear_message(steps: str, message: str) -> None:
    found = mistakes(HEAD + steps)

    assert [_without_line_of_steps(found[0])] == [_without_line_of_steps(message)], found
    assert len(found) == 1


def _without_line_of_steps(message: str) -> str:
    """A whole list is reported at its key."""
    return message.replace("4 steps: ", "3 steps: ")


def test_every_mistake_comes_at_once() -> None:
    found = mistakes(
        "enter: {form: x}\nat_end: {completed: nothing}\n"
        "steps:\n  - sned: a\n  - wait: 2 dyas\n  - send: nope\n"
    )

    assert len(found) == 4


def test_the_same_mail_may_stand_on_two_ways_that_exclude_each_other() -> None:
    assert (
        mistakes(
            HEAD + "  - send: case-study\n  - wait_for: email.clicked\n    limit: 2 days\n"
            "    then:\n      - send: reminder\n    else:\n      - send: reminder\n"
            "        id: second-reminder\n"
        )
        == []
    )
