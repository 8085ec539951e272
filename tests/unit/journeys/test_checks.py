import pytest

from tests.unit.journeys.authored import mistakes

HEAD = "enter: {form: cake-guide}\nsteps:\n"


def test_a_good_journey_has_no_mistakes() -> None:
    assert mistakes(HEAD + "  - send: cake-guide\n  - wait: 2 days\n  - hand_off: owner\n") == []


TYPOS = {
    "an unknown mail": (
        "  - send: case-studdy\n",
        "3 steps[0].send: there is no mail 'case-studdy'; did you mean 'case-study'?",
    ),
    "an unknown step": (
        "  - sned: case-study\n",
        "3 steps[0].sned: there is no step 'sned'; did you mean 'send'?",
    ),
    "a step that is still to come": (
        "  - split: {a: 50, b: 50}\n",
        (
            "3 steps[0].split: this step is not built yet;"
            " today there are `send`, `wait`, `wait_for`, `hand_off`"
        ),
    ),
    "two verbs in one step": (
        "  - send: case-study\n    wait: 2 days\n  - send: reminder\n",
        "3 steps[0]: is `send` and `wait` at once; make them two steps, each with its own `- `",
    ),
    "a unit that is none": (
        "  - wait: 2 dyas\n  - send: reminder\n",
        "3 steps[0].wait: there is no unit 'dyas'; did you mean 'days'?",
    ),
    "a duration without a unit": (
        "  - wait: 2\n  - send: reminder\n",
        "3 steps[0].wait: '2' is no duration; write e.g. `2 days` or `90 minutes`",
    ),
    "a wait for nothing": (
        "  - wait: 0 days\n  - send: reminder\n",
        "3 steps[0].wait: waits for nothing; leave it out",
    ),
    "a wait that is too long": (
        "  - wait: 5 weeks\n  - send: reminder\n",
        "3 steps[0].wait: 35 days is too long: waits over 30 days are not built yet",
    ),
    "a wait at the end": (
        "  - send: reminder\n  - wait: 2 days\n",
        "4 steps[1].wait: nothing follows this wait; leave it out or say what comes after",
    ),
    "an event with no limit": (
        "  - wait_for: tasting.booked\n  - send: reminder\n",
        "3 steps[0]: needs `limit`",
    ),
    "a limit that is misspelt": (
        "  - wait_for: tasting.booked\n    limt: 2 days\n  - send: reminder\n",
        "4 steps[0].limt: unknown key; did you mean 'limit'?",
    ),
    "a limit that is too long": (
        "  - wait_for: tasting.booked\n    limit: 90 days\n  - send: reminder\n",
        "4 steps[0].limit: 90 days is too long: waits over 30 days are not built yet",
    ),
    "an event that nobody declared": (
        "  - wait_for: tasting.boked\n    limit: 2 days\n  - send: reminder\n",
        (
            "3 steps[0].wait_for: no event 'tasting.boked' is declared in events.yaml;"
            " did you mean 'tasting.booked'?"
        ),
    ),
    "a click in a mail that was not sent": (
        (
            "  - send: reminder\n  - wait_for: email.clicked\n    where: {mail: case-study}\n"
            "    limit: 2 days\n  - hand_off: owner\n"
        ),
        "4 steps[1].wait_for: 'case-study' is not sent before this step, so nobody can click it",
    ),
    "a click before any mail": (
        "  - wait_for: email.clicked\n    limit: 2 days\n  - send: reminder\n",
        "3 steps[0].wait_for: a click in which mail? add `where: {mail: …}`",
    ),
    "a question that clicks can't answer": (
        (
            "  - send: reminder\n  - wait_for: email.clicked\n    where: {mial: reminder}\n"
            "    limit: 2 days\n  - hand_off: owner\n"
        ),
        "4 steps[1].wait_for: `where` can't ask for 'mial' of email.clicked; did you mean 'mail'?",
    ),
    "a wait that leads nowhere": (
        "  - send: reminder\n  - wait_for: email.clicked\n    limit: 2 days\n",
        "4 steps[1]: leads nowhere: say what follows in `then` or `else`, or leave it out",
    ),
    "a mail sent twice on one way": (
        "  - send: reminder\n  - wait: 2 days\n  - send: reminder\n",
        (
            "5 steps[2].send: 'reminder' was sent before on this way,"
            " and a lead gets a journey's mail once; send another"
        ),
    ),
    "two steps of one name": (
        (
            "  - send: case-study\n  - wait_for: email.clicked\n    limit: 2 days\n"
            "    then:\n      - send: reminder\n    else:\n      - send: reminder\n"
        ),
        (
            "9 steps[1].else[0]: is called 'reminder' like the step on line 7;"
            " give one of them an `id` of its own"
        ),
    ),
    "a step of a name that is ours": (
        "  - send: reminder\n    id: end\n",
        "3 steps[0]: 'end' is the name of a step of ours; give it another `id`",
    ),
    "a name that no step can have": (
        "  - send: reminder\n    id: The Reminder\n",
        "4 steps[0].id: 'The Reminder' is no name; write it like `second-reminder`",
    ),
    "steps behind the hand-off": (
        "  - hand_off: owner\n  - send: reminder\n",
        (
            "3 steps[0]: must be the last step of its way: the lead is in sales' hands then,"
            " and what follows would never be sent"
        ),
    ),
    "a hand-off to nobody": (
        "  - hand_off: onwer\n",
        "3 steps[0].hand_off: there is no 'onwer'; did you mean 'owner'?",
    ),
    "steps that are no list": (
        "  send: reminder\n",
        "3 steps: is a mapping, but must be a list (lines that begin with `- `)",
    ),
}


@pytest.mark.parametrize(("steps", "message"), TYPOS.values(), ids=TYPOS)
def test_one_mistake_in_the_steps_gives_one_clear_message(steps: str, message: str) -> None:
    found = mistakes(HEAD + steps)

    assert [_without_line_of_steps(found[0])] == [_without_line_of_steps(message)], found
    assert len(found) == 1


def _without_line_of_steps(message: str) -> str:
    """A whole list is reported at its key."""
    return message.replace("3 steps: ", "2 steps: ")


HEADS = {
    "no way in": ("steps: [{send: reminder}]", "1 : needs `enter`"),
    "a form that is none": (
        "enter: {form: cake-giude}\nsteps: [{send: reminder}]",
        "1 enter: there is no form 'cake-giude'; did you mean 'cake-guide'?",
    ),
    "a misspelt kind of entry": (
        "enter: {from: cake-guide}\nsteps: [{send: reminder}]",
        "1 enter.from: unknown key; did you mean 'form'?",
    ),
    "no steps": ("enter: {form: cake-guide}\nsteps: []", "1 : needs at least one step"),
    "an exit that nobody declared": (
        "enter: {form: cake-guide}\nexit_when: tasting.boked\nsteps: [{send: reminder}]",
        (
            "2 exit_when: no event 'tasting.boked' is declared in events.yaml;"
            " did you mean 'tasting.booked'?"
        ),
    ),
    "a re-entry that is still to come": (
        "enter: {form: cake-guide}\nre_enter: always\nsteps: [{send: reminder}]",
        "2 re_enter: only `never` is built yet: a lead passes through a journey once",
    ),
    "a status that is still to come": (
        "enter: {form: cake-guide}\nstatus: closing\nsteps: [{send: reminder}]",
        "2 status: is not built yet; today a journey is `draft` or `live`",
    ),
    "a status that is none": (
        "enter: {form: cake-guide}\nstatus: alive\nsteps: [{send: reminder}]",
        "2 status: there is no 'alive'; did you mean 'live'?",
    ),
    "a topic that is none": (
        "enter: {form: cake-guide}\ntopic: leters\nsteps: [{send: cake-guide}]",
        "2 topic: there is no topic 'leters' in client.yaml; did you mean 'letters'?",
    ),
    "a mail of another topic": (
        "enter: {form: cake-guide}\ntopic: letters\nsteps: [{send: sales-letter}]",
        (
            "3 steps[0].send: 'sales-letter' is of the topic 'offers', the journey of 'letters';"
            " make them one"
        ),
    ),
    "an unknown key": (
        "enter: {form: cake-guide}\nexit_wen: tasting.booked\nsteps: [{send: reminder}]",
        "2 exit_wen: unknown key; did you mean 'exit_when'?",
    ),
    "a key that stands there twice": (
        "enter: {form: cake-guide}\ntopic: letters\ntopic: offers\nsteps: [{send: reminder}]",
        "3 topic: stands here twice; keep one of them",
    ),
}


@pytest.mark.parametrize(("text", "message"), HEADS.values(), ids=HEADS)
def test_one_mistake_in_the_head_gives_one_clear_message(text: str, message: str) -> None:
    assert mistakes(text) == [message]


def test_every_mistake_comes_at_once() -> None:
    found = mistakes("enter: {form: x}\nsteps:\n  - sned: a\n  - wait: 2 dyas\n  - send: nope\n")

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
