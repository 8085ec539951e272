import pytest

from coldframe.domain.journey_steps import Arm, Branch, EnrolIn, Split
from coldframe.domain.splitting import draw, share_of
from infra.journeys.plan import plan
from infra.reading.problems import Problems
from tests.unit.journeys.authored import journey, read, states


def test_a_branch_is_decided_in_one_task_and_taken_in_one_choice() -> None:
    found = states("""
  - branch:
      - if: vip
        label: regulars
        then: [{send: thank-you}]
      - else: [{send: recipe}]
  - send: reminder
""")

    assert found["branch"]["Arguments"]["FunctionName"] == "${DecideArn}"
    assert found["branch"]["Next"] == "Which way: branch"
    ways = {rule["Condition"]: rule["Next"] for rule in found["Which way: branch"]["Choices"]}
    assert ways == {
        "{% $states.input.to = 'thank-you' %}": "thank-you",
        "{% $states.input.to = 'recipe' %}": "recipe",
    }
    assert found["thank-you"]["Next"] == found["recipe"]["Next"] == "reminder"


def test_a_way_that_the_run_does_not_know_marks_the_enrolment_stuck_at_the_branch() -> None:
    found = states("  - branch: [{if: vip, then: [{send: recipe}]}]\n  - send: reminder\n")

    assert found["branch"]["Output"]["step"] == "branch"
    assert found["Which way: branch"]["Default"] == "Unknown step"


def test_leads_for_whom_no_arm_holds_go_on_behind_the_branch() -> None:
    action = (
        journey("  - branch: [{if: vip, then: [{send: recipe}]}]\n  - send: reminder\n")
        .steps["branch"]
        .action
    )

    assert isinstance(action, Branch)
    assert [(arm.name, arm.to) for arm in action.arms] == [
        ("arm-1", "recipe"),
        ("others", "reminder"),
    ]


SPLIT = """
  - split:
      - share: 30%
        label: story
        then: [{send: case-study}]
      - share: 60%
        label: recipe
        then: [{send: recipe}]
    id: opening
    holdout: 10%
  - wait: 2 days
  - send: reminder
"""


def test_a_split_costs_one_choice_by_the_lead_alone() -> None:
    found = states(SPLIT)["opening"]

    drawn = (
        "$substring($hash($states.context.Execution.Input.lead & '/welcome/opening', 'SHA-256'),"
        " 0, 8)"
    )
    assert found == {
        "Type": "Choice",
        "Choices": [
            {"Condition": f"{{% {drawn} < '4ccccccd' %}}", "Next": "case-study"},
            {"Condition": f"{{% {drawn} < 'e6666666' %}}", "Next": "recipe"},
        ],
        "Default": "wait-2-days",
    }


def test_the_machine_draws_as_the_domain_does() -> None:
    action = journey(SPLIT).steps["opening"].action
    assert isinstance(action, Split)
    rules = states(SPLIT)["opening"]["Choices"]

    assert [share.below for share in action.shares] == [
        *(rule["Condition"].split("'")[-2] for rule in rules),
        "g",
    ]
    for number in range(50):
        lead = f"lead-{number}"
        drawn = draw(lead, "welcome", "opening")
        by_machine = next(
            (rule["Next"] for rule in rules if drawn < rule["Condition"].split("'")[-2]),
            "wait-2-days",
        )
        assert share_of(action, lead=lead, journey="welcome", step="opening").to == by_machine


def test_what_comes_behind_a_holdout_knows_of_it_and_the_other_shares_do_not() -> None:
    steps = journey(SPLIT).steps

    assert steps["reminder"].holdouts == ("opening",)
    assert steps["case-study"].holdouts == steps["opening"].holdouts == ()


def test_a_repeat_is_written_out_with_a_claim_for_each_round() -> None:
    steps = journey("""
  - repeat: 3 times
    until: vip
    steps:
      - send: reminder
      - wait: 1 week
  - hand_off: owner
""").steps

    assert [step.claim for step in steps.values() if step.mail] == [
        "reminder",
        "reminder~2",
        "reminder~3",
    ]
    assert steps["reminder"].next == "repeat until (2)"
    asked = steps["repeat until (2)"].action
    assert isinstance(asked, Branch)
    assert [(arm.name, arm.to) for arm in asked.arms] == [
        ("enough", "hand-off"),
        ("again", "reminder (2)"),
    ]


DATES = """
  - wait: {date: renewal_on, days: -90, if_past: skip}
  - send: recipe
  - wait: {date: renewal_on, days: -30, if_past: skip}
  - send: reminder
"""


def test_a_date_that_has_passed_leaves_out_what_follows_but_not_its_pause() -> None:
    steps, found = journey(DATES).steps, states(DATES)

    first, second = "wait-90-days-before-renewal-on", "wait-30-days-before-renewal-on"
    wait = steps[first].wait
    assert wait is not None
    assert wait.skip_to == second
    assert steps["recipe"].next == second
    assert found[first]["Next"] == f"Which way: {first}"
    assert found[f"Which way: {first}"] == {
        "Type": "Choice",
        "Choices": [{"Condition": "{% $exists($states.input.to) %}", "Next": second}],
        "Default": f"Wait {first}",
    }


def test_a_wait_that_may_be_long_ends_the_run_when_it_parks() -> None:
    found = states(DATES)

    catches = [c["ErrorEquals"] for c in found["wait-90-days-before-renewal-on"]["Catch"]]
    assert ["Parked"] in catches
    assert found["Parked"] == {"Type": "Succeed"}
    assert "Parked" not in states("  - send: recipe\n  - wait: 2 days\n  - send: reminder\n")


@pytest.mark.parametrize(
    ("wait", "parks"),
    [
        ("30 days", False),
        ("31 days", True),
        ("{for: 20 days, until: tuesday 09:00}", False),
        ("{for: 25 days, until: tuesday 09:00}", True),
        ("days(1) if vip else days(3)", False),
        ("days(seats)", True),
    ],
)
def test_only_what_may_last_longer_than_a_run_is_kept_parks(wait: str, parks: bool) -> None:  # noqa: FBT001 - the expected answer
    (step, _) = journey(f"  - wait: {wait}\n    id: pause\n  - send: recipe\n").steps.values()

    assert step.wait is not None
    assert step.wait.may_park is parks


def test_an_acting_step_takes_the_pause_behind_it_into_its_own_task() -> None:
    steps = journey("""
  - score: 5
  - wait: 1 day
  - notify: jonas
    text: Somebody is here
  - wait_for: tasting.booked
    limit: 1 week
    then: [{send: recipe}]
  - exit: done
""").steps

    assert list(steps) == ["score-5", "notify-jonas", "recipe", "exit-done"]
    assert steps["score-5"].wait is not None
    assert steps["notify-jonas"].wait_for is not None
    assert steps["notify-jonas"].claim == "notify:notify-jonas"


def test_who_is_told_what_by_which_function() -> None:
    found = states("""
  - notify: jonas
    text: Somebody is here
  - webhook: till
  - text: seat-tomorrow
  - set: {vip: true}
  - exit: done
""")

    functions = {
        name: state["Arguments"]["FunctionName"]
        for name, state in found.items()
        if state["Type"] == "Task"
    }
    assert functions == {
        "notify-jonas": "${HandOffArn}",
        "webhook-till": "${CallWebhookArn}",
        "seat-tomorrow": "${SendMessageArn}",
        "set-vip": "${DecideArn}",
        "exit-done": "${DecideArn}",
        "Stuck": "${DecideArn}",
    }


def test_a_journey_that_follows_begins_where_every_completing_way_ends() -> None:
    problems = Problems()
    source = read(
        "enter: by_hand\nat_end: {completed: spring-letters, bored: winter-letters}\nsteps:\n"
        "  - branch: [{if: vip, then: [{send: recipe}]}, {else: [{exit: bored}]}]\n",
        problems,
    )
    problems.raise_any()
    compiled = plan(source)

    follows = compiled.steps["then spring-letters"]
    assert follows.action == EnrolIn(journey="spring-letters")
    assert compiled.steps["recipe"].next == follows.id
    assert compiled.at_end["bored"] == "winter-letters"


def test_what_follows_an_event_behind_a_holdout_knows_of_it_too() -> None:
    steps = journey(
        SPLIT
        + """  - wait_for: email.clicked
    limit: 3 days
    then:
      - branch: [{if: vip, then: [{send: thank-you}]}]
    else: [{send: cake-guide}]
"""
    ).steps

    for name in ("reminder", "branch", "thank-you", "cake-guide"):
        assert steps[name].holdouts == ("opening",), name
    assert steps["case-study"].holdouts == ()


def test_the_ways_within_a_repeat_have_names_and_claims_for_each_round() -> None:
    steps = journey("""
  - repeat: 2 times
    steps:
      - branch:
          - if: vip
            then: [{send: recipe}]
          - else: [{send: reminder}]
      - wait: 1 week
""").steps

    claims = {name: each.claim for name, each in steps.items() if each.mail}
    assert claims == {
        "recipe": "recipe",
        "reminder": "reminder",
        "recipe (2)": "recipe~2",
        "reminder (2)": "reminder~2",
    }
    assert {arm.to for arm in _arms(steps["branch (2)"].action)} == {"recipe (2)", "reminder (2)"}


def _arms(action: object) -> tuple[Arm, ...]:
    assert isinstance(action, Branch)
    return action.arms


def test_what_follows_the_journey_is_held_back_with_the_rest() -> None:
    top = "enter: {form: cake-guide}\nat_end: {completed: spring-letters}\nsteps:"
    problems = Problems()

    followed = plan(read(f"{top}{SPLIT}", problems))

    assert followed.steps["then spring-letters"].holdouts == ("opening",)
