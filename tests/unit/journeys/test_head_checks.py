import pytest

from tests.unit.journeys.authored import mistakes

HEADS = {
    "no way in": ("steps: [{send: reminder}]", "1 : needs `enter`"),
    "a form that is none": (
        "enter: {form: cake-giude}",
        "1 enter: there is no form 'cake-giude'; did you mean 'cake-guide'?",
    ),
    "a misspelt kind of entry": (
        "enter: {from: cake-guide}",
        "1 enter.from: unknown key; did you mean 'form'?",
    ),
    "no steps": ("enter: {form: cake-guide}\nsteps: []", "1 : needs at least one step"),
    "an exit that nobody declared": (
        "exit_when: tasting.boked",
        (
            "2 exit_when: no event 'tasting.boked' is declared in events.yaml;"
            " did you mean 'tasting.booked'?"
        ),
    ),
    "a policy of re-entry that is none": (
        "re_enter: sometimes",
        "2 re_enter: there is no 'sometimes'; write `never`, `always` or e.g. `after 30 days`",
    ),
    "an event that lets in and out at once": (
        "enter: tasting.booked\nexit_when: tasting.booked",
        (
            "1 enter: lets nobody in: tasting.booked makes leads exit the journey at once"
            " (`exit_when`, or else its goal)"
        ),
    ),
    "a re-entry after ages": (
        "re_enter: after 4000000 days",
        "2 re_enter: '4000000 days' is too long: at most a hundred years",
    ),
    "a way out that is called like an end of ours": (
        "exit_when: {event: tasting.booked, reason: completed}",
        "2 exit_when: 'completed' is how the end of the steps is called; choose another reason",
    ),
    "a status that is none": (
        "status: alive",
        "2 status: there is no 'alive'; did you mean 'live'?",
    ),
    "a topic that is none": (
        "topic: leters",
        "2 topic: there is no topic 'leters' in client.yaml; did you mean 'letters'?",
    ),
    "a mail of another topic": (
        "topic: letters\nsteps: [{send: sales-letter}]",
        (
            "3 steps[0].send: 'sales-letter' is of the topic 'offers', the journey of 'letters';"
            " make them one"
        ),
    ),
    "an unknown key": (
        "exit_wen: tasting.booked",
        "2 exit_wen: unknown key; did you mean 'exit_when'?",
    ),
    "a key that stands there twice": (
        "topic: letters\ntopic: offers",
        "3 topic: stands here twice; keep one of them",
    ),
    "an ending of which nobody says what follows": (
        "at_end: {}",
        (
            "1 : says not what follows when a lead has been through it; write"
            " `at_end: {completed: nothing}`, or a journey's name in place of nothing"
        ),
    ),
    "an ending that never comes": (
        "at_end: {completed: nothing, convreted: nothing}\nexit_when: tasting.booked",
        "2 at_end.convreted: this journey never ends as 'convreted'; did you mean 'converted'?",
    ),
    "a journey to follow that is none": (
        "at_end: {completed: sprng-letters}",
        "2 at_end.completed: there is no journey 'sprng-letters'; did you mean 'spring-letters'?",
    ),
    "a journey that follows itself": (
        "at_end: {completed: welcome}",
        ("2 at_end.completed: leads into this journey itself, over and over; use `repeat`"),
    ),
    "a priority that is too high": (
        "priority: 10",
        "2 priority: must be a whole number between 0 and 9",
    ),
    "an owner whom nobody knows": (
        "owner: jonsa",
        "2 owner: 'jonsa' is none of the client's people; did you mean 'jonas'?",
    ),
    "a window that is too short": (
        "send_window: {hours: 09:00-09:30}",
        "2 send_window: is shorter than an hour: too short for a mail to go through surely",
    ),
    "a window on a day that is none": (
        "send_window: {days: [monday, tusday], hours: 09:00-17:00}",
        "2 send_window.days: there is no day 'tusday'; did you mean 'tuesday'?",
    ),
    "a window inside the quiet hours": (
        "send_window: {hours: 22:00-08:30}",
        (
            "2 send_window: leaves less than an hour outside the quiet hours of client.yaml,"
            " which outrank it"
        ),
    ),
    "a goal without a target": (
        "goal: {event: tasting.booked, within: 30 days}",
        "2 goal: needs `target`",
    ),
    "a target that is no share": (
        "goal: {event: tasting.booked, within: 30 days, target: 20}",
        "2 goal.target: '20' is no share; write e.g. `20%`",
    ),
    "a key that the entering event doesn't hold": (
        "re_enter: {always: true, key: order_id}",
        "2 re_enter: form.submitted holds no 'order_id'; known: 'form'",
    ),
    "steps moved without saying so": (
        "moved: {story: reminder}",
        "2 moved.story: is heeded with `edits: migrate` only; leads in flight keep their steps",
    ),
    "a step moved to nowhere": (
        "edits: migrate\nmoved: {story: remider}",
        "3 moved.story: there is no step 'remider'; did you mean 'reminder'?",
    ),
    "a segment that is none": (
        "enter: {segment: regular}",
        "1 enter: there is no segment 'regular'; did you mean 'regulars'?",
    ),
    "leads who are in a segment already": (
        "enter: {segment: regulars, also_current: true}",
        (
            "1 enter.also_current: is not built yet: leads who are in the segment already don't"
            " enter"
        ),
    ),
    "a date that is none": (
        "enter: {date: renewal_no, days: -90}",
        (
            "1 enter.date: no field 'renewal_no' is declared in fields.yaml;"
            " did you mean 'renewal_on'?"
        ),
    ),
    "a date that is a text": (
        "enter: {date: first_name, days: -90}",
        (
            "1 enter.date: 'first_name' is text, and a date is needed here; known: 'created_at',"
            " 'last_purchase_at', 'last_seen', 'renewal_on'"
        ),
    ),
}
PLAIN = {
    "enter": "enter: {form: cake-guide}",
    "at_end": "at_end: {completed: nothing}",
    "steps": "steps: [{send: reminder}]",
}


def head(lines: str) -> str:
    """These lines, and what else a journey needs: `enter` first, the rest behind them."""
    said = {line.partition(":")[0] for line in lines.splitlines()}
    missing = {key: line for key, line in PLAIN.items() if key not in said}
    first = [] if said == {"steps"} else [missing.pop("enter", "")]
    missing.pop("enter", "")
    return "\n".join(filter(None, [*first, lines, *missing.values()]))


@pytest.mark.parametrize(("lines", "message"), HEADS.values(), ids=HEADS)
def test_one_mistake_in_the_head_gives_one_clear_message(lines: str, message: str) -> None:
    assert mistakes(head(lines)) == [message]
