import pytest

from tests.unit.journeys.authored import journey, states

WELCOME = """
  - send: cake-guide
  - wait: 2 days
  - send: case-study
  - wait_for: email.clicked
    limit: 3 days
    then:
      - send: tasting-invitation
    else:
      - send: reminder
  - hand_off: owner
"""


def test_a_click_leads_to_then_and_silence_to_else() -> None:
    found = states(WELCOME)["case-study"]

    timeout = next(c for c in found["Catch"] if "States.Timeout" in c["ErrorEquals"])
    assert found["Next"] == "tasting-invitation"
    assert timeout["Next"] == "reminder"


def test_the_playbook_says_the_same_of_then_and_else_as_the_machine() -> None:
    wait_for = journey(WELCOME).steps["case-study"].wait_for

    assert wait_for is not None
    assert (wait_for.then, wait_for.otherwise) == ("tasting-invitation", "reminder")


def test_an_empty_else_goes_on_behind_the_wait() -> None:
    found = states("""
  - send: case-study
  - wait_for: email.clicked
    limit: 3 days
    then:
      - send: tasting-invitation
  - hand_off: owner
""")

    timeout = found["case-study"]["Catch"][0]
    assert timeout["Next"] == "hand-off"
    assert found["tasting-invitation"]["Next"] == "hand-off"


def test_a_send_and_its_wait_are_one_task_and_one_wait() -> None:
    found = states(WELCOME)

    assert found["cake-guide"]["Next"] == "Wait cake-guide"
    assert found["Wait cake-guide"] == {
        "Type": "Wait",
        "Timestamp": "{% $states.input.resume_at %}",
        "Next": "case-study",
    }


def test_a_send_and_the_event_it_waits_for_are_one_task() -> None:
    task = states(WELCOME)["case-study"]

    assert task["Resource"] == "arn:aws:states:::lambda:invoke.waitForTaskToken"
    assert task["Arguments"]["FunctionName"] == "${SendMessageArn}"
    assert task["Arguments"]["Payload"]["token"] == "{% $states.context.Task.Token %}"


def test_a_resumed_run_waits_only_for_what_remains_of_its_own_step() -> None:
    assert states(WELCOME)["case-study"]["TimeoutSeconds"] == (
        "{% $exists($states.context.Execution.Input.timeout)"
        " and $states.context.Execution.Input.step = 'case-study'"
        " ? $states.context.Execution.Input.timeout : 259200 %}"
    )


def test_a_run_enters_at_any_step_that_its_input_names() -> None:
    enter = states(WELCOME)["Enter"]

    ways = {rule["Condition"]: rule["Next"] for rule in enter["Choices"]}
    assert ways["{% $states.input.step = '' %}"] == "cake-guide"
    assert ways["{% $states.input.step = 'reminder' %}"] == "reminder"
    assert enter["Default"] == "Unknown step"


def test_a_step_that_the_machine_does_not_know_marks_the_enrolment_stuck() -> None:
    found = states(WELCOME)

    assert found["Unknown step"]["Next"] == "Stuck"
    assert found["Stuck"]["Arguments"]["FunctionName"] == "${DecideArn}"


def test_a_mail_that_may_not_go_yet_waits_and_asks_again() -> None:
    found = states(WELCOME)

    for step, cause in (
        ("cake-guide", "{% $parse($states.errorOutput.Cause).errorMessage %}"),
        ("case-study", "{% $states.errorOutput.Cause %}"),
    ):
        catch = next(c for c in found[step]["Catch"] if c["ErrorEquals"] == ["NotYet"])
        assert catch["Assign"] == {"until": cause}
        assert found[catch["Next"]] == {
            "Type": "Wait",
            "Timestamp": "{% $until %}",
            "Next": step,
        }


@pytest.mark.parametrize("step", ["cake-guide", "case-study", "hand-off"])
def test_a_lead_that_left_or_may_not_be_written_to_ends_the_run(step: str) -> None:
    found = states(WELCOME)

    ends = {c["Next"] for c in found[step]["Catch"] if "Left" in c["ErrorEquals"]}
    assert ends == {"Left"}
    assert found["Left"] == {"Type": "Succeed"}


@pytest.mark.parametrize("step", ["cake-guide", "case-study", "hand-off"])
def test_an_error_of_no_name_marks_the_enrolment_stuck_at_its_step(step: str) -> None:
    last = states(WELCOME)[step]["Catch"][-1]

    assert last["ErrorEquals"] == ["States.ALL"]
    assert last["Assign"] == {"step": step, "error": "{% $states.errorOutput.Error %}"}
    assert last["Next"] == "Stuck"


def test_only_passing_faults_are_retried() -> None:
    (retry,) = states(WELCOME)["cake-guide"]["Retry"]

    assert not {"NotYet", "Left", "SuppressedContact", "States.ALL"} & set(retry["ErrorEquals"])
    assert {"Transient", "Throttled", "StaleLead", "Lambda.Unknown"} <= set(retry["ErrorEquals"])


def test_a_wait_with_no_send_before_it_asks_decide_until_when() -> None:
    found = states("""
  - wait: 3 days
  - send: reminder
""")

    assert found["wait-3-days"]["Arguments"]["FunctionName"] == "${DecideArn}"
    assert found["wait-3-days"]["Next"] == "Wait wait-3-days"
    assert found["Wait wait-3-days"]["Next"] == "reminder"
    assert found["reminder"]["End"] is True


def test_an_event_with_no_send_before_it_is_waited_for_by_decide() -> None:
    task = states("""
  - wait_for: tasting.booked
    limit: 1 week
    then:
      - send: thank-you
""")["wait-for-tasting-booked"]

    assert task["Resource"].endswith(".waitForTaskToken")
    assert task["Arguments"]["FunctionName"] == "${DecideArn}"
    assert task["Next"] == "thank-you"
    assert task["Catch"][0]["Next"] == "end"


def test_a_pause_with_nothing_behind_it_ends_in_a_step_that_closes_the_enrolment() -> None:
    found = states("""
  - send: case-study
  - wait_for: email.clicked
    limit: 3 days
    then:
      - send: tasting-invitation
""")

    assert found["end"]["Arguments"]["FunctionName"] == "${DecideArn}"
    assert found["end"]["End"] is True


def test_a_wait_for_a_click_means_the_mail_sent_just_before() -> None:
    wait_for = journey(WELCOME).steps["case-study"].wait_for

    assert wait_for is not None
    assert wait_for.when.where == {"mail": "case-study"}


def test_a_later_wait_for_a_click_still_means_the_last_mail() -> None:
    steps = journey("""
  - send: case-study
  - wait: 1 day
  - wait_for: email.clicked
    limit: 3 days
  - send: reminder
""").steps

    wait_for = steps["wait-for-email-clicked"].wait_for
    assert wait_for is not None
    assert wait_for.when.where == {"mail": "case-study"}


def test_six_mails_with_waits_between_cost_at_most_twelve_transitions() -> None:
    mails = ["cake-guide", "case-study", "reminder", "recipe", "tasting-invitation", "thank-you"]
    found = states("  - wait: 2 days\n".join(f"  - send: {mail}\n" for mail in mails))

    entered, state = ["Enter"], "cake-guide"
    while True:
        entered.append(state)
        if found[state].get("End"):
            break
        state = found[state]["Next"]

    assert len(entered) <= 12
    assert [name for name in entered if name in mails] == mails


def test_payloads_carry_ids_and_a_version_and_nothing_of_the_lead_but_its_id() -> None:
    ids = {"lead", "enrolment", "generation", "journey", "step"}
    allowed = {"v", *ids, "token", "stuck", "then", "version"}

    for name, state in states(WELCOME).items():
        if state["Type"] == "Task":
            payload = state["Arguments"]["Payload"]
            assert set(payload) <= allowed, name
            assert payload["v"] == 1


def test_a_run_that_got_stuck_says_so_whatever_fails_meanwhile() -> None:
    [retry] = states(WELCOME)["Stuck"]["Retry"]

    assert retry["ErrorEquals"] == ["States.ALL"]
    assert retry["MaxAttempts"] * retry["MaxDelaySeconds"] / 2 > 12 * 60 * 60
