import pytest

from tests.unit.journeys.authored import mistakes

HEAD = """enter: {form: cake-guide}
at_end: {completed: nothing}
topic: letters
steps:
"""
GOAL = HEAD.replace(
    "topic: letters\n",
    "topic: letters\ngoal: {event: tasting.booked, within: 30 days, target: 20%}\n",
)

GOOD = {
    "waits of every kind": """
  - wait: 2 days
  - send: reminder
  - wait: {until: tuesday 10:00}
  - send: case-study
  - wait: {for: 1 day, until: weekday 09:00}
  - send: recipe
  - wait: {date: renewal_on, days: -90, at: "09:00", if_past: skip}
  - score: 5
  - wait: days(1) if seats >= 50 else days(3)
  - exit: done
""",
    "a wait that some skip": """
  - wait: days(3) if vip else days(0)
  - exit: done
""",
    "a branch": """
  - branch:
      - if: seats > 10 and vip
        label: big
        then: [{send: case-study}]
      - if: did("tasting.booked") >= 1
        then: [{send: reminder}]
      - else: [{send: recipe}]
  - hand_off: owner
""",
    "everything told to others": """
  - set: {first_name: Ada, seats: =seats + 1, vip: true, zone: Europe/Vienna}
  - score: {points: -5, why: it asked for the price}
  - notify: jonas
    text: Somebody is here.
  - task: Call the lead
    to: owner
    within: 2 days
  - webhook: till
  - text: seat-tomorrow
  - enrol: spring-letters
""",
    "a repeat": """
  - repeat: 3 times
    until: vip
    steps:
      - send: reminder
      - wait: 1 week
""",
    "a wait over months": """
  - wait_for: tasting.booked
    since: enrolment
    if: vip
    limit: 90 days
    else: [{exit: cold}]
""",
}


@pytest.mark.parametrize("steps", GOOD.values(), ids=GOOD)
def test_every_step_of_the_language_can_be_written(steps: str) -> None:
    assert mistakes(HEAD + steps.lstrip("\n")) == []


TYPOS = {
    "a wait below zero": (
        "  - wait: days(-3)\n  - exit: done",
        "5 steps[0].wait: waits a time below zero; a wait can't end before it begins",
    ),
    "a wait that is reckoned to be below zero": (
        "  - wait: days(1) - 2 * days(2)\n  - exit: done",
        "5 steps[0].wait: waits a time below zero; a wait can't end before it begins",
    ),
    "a wait below zero for some": (
        "  - wait: {for: days(3) if vip else days(-1)}\n  - exit: done",
        "5 steps[0].wait.for: waits a time below zero; a wait can't end before it begins",
    ),
    "a wait for nothing": (
        "  - wait: days(0)\n  - exit: done",
        "5 steps[0].wait: waits for nothing; leave it out",
    ),
    "a wait for ever": (
        "  - wait: days(99999999999)\n  - exit: done",
        "5 steps[0].wait: waits too long: at most a hundred years",
    ),
    "a field of a condition": (
        "  - branch: [{if: seets > 3, then: [{send: recipe}]}]",
        "5 steps[0].branch[0].if: there is no field 'seets'; did you mean 'seats'? (character 1)",
    ),
    "a condition of two types": (
        "  - branch: [{if: seats == 'many', then: [{send: recipe}]}]",
        '5 steps[0].branch[0].if: `seats` is a number, but "many" is text;',
    ),
    "an arm that nobody reaches": (
        "  - branch: [{else: [{send: recipe}]}, {if: vip, then: [{send: reminder}]}]",
        "5 steps[0].branch[0]: must be the last of the branch: what follows it is never reached",
    ),
    "a branch that asks nothing": (
        "  - branch: [{else: [{send: recipe}]}]",
        "5 steps[0].branch: asks nothing; write `if: …` and `then:` for some leads",
    ),
    "a branch without ways": (
        "  - branch: []",
        "5 steps[0].branch: asks nothing; write `if: …` and `then:` for some leads",
    ),
    "two ways of one name": (
        "  - branch: [{if: vip, label: a, then: []}, {if: seats > 3, label: a, then: []}]",
        "5 steps[0].branch[1]: 'a' is taken; give each way a label of its own",
    ),
    "a way that is called like that of all others": (
        "  - branch: [{if: vip, label: others, then: [{send: recipe}]}]",
        "5 steps[0].branch[0]: 'others' is taken; give each way a label of its own",
    ),
    "a split without shares": (
        "  - split: []\n    id: which",
        "5 steps[0]: shares out nothing; write e.g. `- {share: 50%, label: story}`",
    ),
    "a step that is empty": (
        "  - {}",
        "5 steps[0]: is no step; write one, e.g. `send: cake-guide`",
    ),
    "steps behind an exit": (
        "  - exit: done\n  - send: recipe",
        "6 steps[1]: is never reached: every way before it has ended",
    ),
    "steps behind ways that all end": (
        "  - branch: [{if: vip, then: [{exit: good}]}, {else: [{exit: bad}]}]\n  - send: recipe",
        "6 steps[1]: is never reached: every way before it has ended",
    ),
    "an exit that is called like the end": (
        "  - branch: [{if: vip, then: [{exit: completed}]}]",
        (
            "5 steps[0].branch[0].then[0].exit: 'completed' is how the end of the steps is called;"
            " choose another reason"
        ),
    ),
    "an exit that is called like an end of ours": (
        "  - exit: stopped",
        (
            "5 steps[0].exit: 'stopped' is how the end of a journey that is stopped is called;"
            " choose another reason"
        ),
    ),
    "shares that don't add up": (
        "  - split: [{share: 50%, label: a}, {share: 40%, label: b}]\n    id: which",
        "5 steps[0]: shares out 90%; the shares and the holdout must make 100%",
    ),
    "two shares of one name": (
        "  - split: [{share: 50%, label: a}, {share: 50%, label: a}]\n    id: which",
        "5 steps[0].split[1]: 'a' is taken; give each share a label of its own",
    ),
    "a split without a name": (
        "  - split: [{share: 50%, label: a}, {share: 50%, label: b}]",
        "5 steps[0]: needs `id`",
    ),
    "a holdout without a goal": (
        "  - split: [{share: 90%, label: a}]\n    id: which\n    holdout: 10%\n  - send: recipe",
        "5 steps[0]: has a holdout, but the journey no `goal`: there is nothing to measure it by",
    ),
    "a repeat of too many rounds": (
        "  - repeat: 99 times\n    steps: [{send: recipe}]",
        "5 steps[0].repeat: 99 times can't be: a repeat has 2 to 24 rounds",
    ),
    "a repeat in a repeat": (
        "  - repeat: 2 times\n    steps: [{repeat: 2 times, steps: [{send: recipe}]}]",
        "6 steps[0].steps[0]: stands in another repeat; write its rounds out",
    ),
    "a field that is set but not declared": (
        "  - set: {frist_name: Ada}",
        (
            "5 steps[0].set.frist_name: no field 'frist_name' is declared in fields.yaml;"
            " did you mean 'first_name'?"
        ),
    ),
    "a field that is ours to keep": (
        "  - set: {score: 5}",
        "5 steps[0].set.score: no field 'score' is declared in fields.yaml; it is ours to keep",
    ),
    "a value of another type": (
        "  - set: {seats: many}",
        "5 steps[0].set.seats: is text, but must be a whole number",
    ),
    "an expression of another type": (
        "  - set: {seats: =first_name}",
        "5 steps[0].set.seats: gives text, but a number is needed here (character 1)",
    ),
    "fields that are none": (
        "  - set: {}",
        "5 steps[0]: sets nothing; write e.g. `set: {vip: true}`",
    ),
    "a date that never comes": (
        "  - set: {renewal_on: 2027-02-29}",
        "5 steps[0].set.renewal_on: '2027-02-29' is no date; write e.g. `2030-12-31`",
    ),
    "a number of many digits": (
        f"  - set: {{seats: {'9' * 5000}}}",
        "5 steps[0].set.seats: is too large: a number has at most 15 digits",
    ),
    "a time of many digits": (
        "  - task: Call the lead\n    to: owner\n    within: 99999999999999999 weeks",
        "7 steps[0].within: '99999999999999999 weeks' is too long: at most a hundred years",
    ),
    "points that are none": (
        "  - score: 0",
        "5 steps[0].score: gives no points; leave the step out",
    ),
    "points in words": (
        "  - score: ten",
        "5 steps[0].score: must be a whole number between -1000 and 1000",
    ),
    "a person whom nobody knows": (
        "  - notify: jonsa\n    text: Hello",
        "5 steps[0].notify: 'jonsa' is none of the client's people; did you mean 'jonas'?",
    ),
    "a task for nobody": (
        "  - task: Call the lead",
        "5 steps[0]: needs `to`",
    ),
    "a webhook that nobody declared": (
        "  - webhook: tll",
        "5 steps[0].webhook: there is no webhook 'tll' in client.yaml; did you mean 'till'?",
    ),
    "a text that nobody wrote": (
        "  - text: seat-tomorow",
        "5 steps[0].text: there is no text 'seat-tomorow'; did you mean 'seat-tomorrow'?",
    ),
    "a journey that is none": (
        "  - enrol: spring-leters",
        ("5 steps[0].enrol: there is no journey 'spring-leters'; did you mean 'spring-letters'?"),
    ),
    "a day that is none": (
        "  - wait: {until: teusday 10:00}\n  - send: recipe",
        "5 steps[0].wait.until: there is no day 'teusday'; did you mean 'tuesday'?",
    ),
    "a time of day that is none": (
        "  - wait: {until: 9 o'clock}\n  - send: recipe",
        '5 steps[0].wait.until: "9 o\'clock" is no time; write e.g. `09:00` or `tuesday 10:00`',
    ),
    "a wait that says nothing": (
        "  - wait: {}\n  - send: recipe",
        "5 steps[0].wait: says not how long; write `for: 2 days`, `until: 09:00` or both",
    ),
    "a date without a word on the past": (
        "  - wait: {date: renewal_on}\n  - send: recipe",
        "5 steps[0].wait: needs `if_past`",
    ),
    "a date that isn't named": (
        "  - wait: {date: , if_past: skip}\n  - send: recipe",
        (
            "5 steps[0].wait.date: is nothing, but must be text (put quotes around a word like"
            " yes, no, on, off)"
        ),
    ),
    "a word on the past that is none": (
        "  - wait: {date: renewal_on, if_past: skp}\n  - send: recipe",
        "5 steps[0].wait.if_past: there is no 'skp'; did you mean 'skip'?",
    ),
    "nothing to skip": (
        (
            "  - branch: [{if: vip, then: [{wait: {date: renewal_on, if_past: skip}}]}]\n"
            "  - send: recipe"
        ),
        (
            "5 steps[0].branch[0].then[0].wait: `if_past: skip` leaves out the step that follows,"
            " and none does"
        ),
    ),
    "a date field that is none": (
        "  - wait: {date: renewal_at, if_past: exit}\n  - send: recipe",
        (
            "5 steps[0].wait.date: no field 'renewal_at' is declared in fields.yaml;"
            " did you mean 'renewal_on'?"
        ),
    ),
    "a computed wait that gives no duration": (
        "  - wait: seats if vip else (seats + 1)\n  - send: recipe",
        "5 steps[0].wait: gives a number, but a duration is needed here (character 1)",
    ),
    "an instant to count from that is none": (
        "  - wait_for: tasting.booked\n    since: start\n    limit: 1 day\n  - send: recipe",
        "6 steps[0].since: there is no 'start'; known: 'enrolment', 'now', 'send'",
    ),
    "a send to count from that never was": (
        "  - wait_for: tasting.booked\n    since: send\n    limit: 1 day\n  - send: recipe",
        "6 steps[0].since: nothing is sent before this step; write `since: enrolment`",
    ),
    "a property that the event doesn't hold": (
        "  - wait_for: tasting.booked\n    where: {saet: two}\n    limit: 1 day\n  - send: recipe",
        (
            "5 steps[0].wait_for: `where` can't ask for 'saet' of tasting.booked;"
            " did you mean 'seat'?"
        ),
    ),
    "a name that is too long": (
        f"  - send: recipe\n    id: {'a' * 61}",
        "5 steps[0]: its name is too long; give it an `id` of at most 60 letters",
    ),
}


@pytest.mark.parametrize(("steps", "message"), TYPOS.values(), ids=TYPOS)
def test_one_mistake_gives_one_clear_message(steps: str, message: str) -> None:
    found = mistakes(HEAD + steps + "\n")

    assert len(found) == 1, found
    assert found[0].startswith(message)


def test_a_holdout_stands_on_the_main_way() -> None:
    found = mistakes(
        GOAL + "  - branch:\n      - if: vip\n        then:\n"
        "          - split: [{share: 90%, label: a}]\n            id: which\n"
        "            holdout: 10%\n  - send: recipe\n"
    )

    assert len(found) == 1
    assert "has a holdout, so it must stand on the journey's main way" in found[0]


def test_a_mail_may_go_once_in_each_round() -> None:
    assert (
        mistakes(
            HEAD + "  - repeat: 3 times\n    steps:\n      - send: reminder\n      - wait: 1 week\n"
        )
        == []
    )


def test_a_journey_whose_every_way_exits_need_not_say_what_follows() -> None:
    found = mistakes("enter: {form: cake-guide}\nsteps: [{send: recipe}, {exit: done}]")

    assert found == []
