"""State machines run as Step Functions runs them, on the virtual clock."""

# JSON may be anything
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.e2e.cloud import things
from workbench.cloud.local_cloud import LocalCloud

FLAKY = """
import boto3
class RateLimited(Exception): pass
class SuppressedContact(Exception): pass
calls = {}
def handler(event, context):
    calls[event["key"]] = calls.get(event["key"], 0) + 1
    if calls[event["key"]] <= event.get("fails", 0):
        raise globals()[event["how"]]("no")
    return calls[event["key"]]
"""
SHA_OF_A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
RETRY = {
    "ErrorEquals": ["RateLimited"],
    "IntervalSeconds": 10,
    "BackoffRate": 2.0,
    "MaxAttempts": 3,
}


@pytest.fixture(scope="module")
def flaky(cloud: LocalCloud) -> str:
    return things.function(cloud, FLAKY)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$partition([1,2,3,4,5], 2)", [[1, 2], [3, 4], [5]]),
        ("$range(0, 10, 5)", [0, 5, 10]),
        ("$hash('a', 'SHA-256')", SHA_OF_A),
        ("$parse('{\"a\": [1]}').a", [1]),
        ("$length($uuid())", 36),
        ("$random(7) = $random(7)", True),
        ("$states.input.quoted", 'say "hi"\n'),
        ("$fromMillis($millis()) = $now()", True),
        ("$states.input.none", None),
    ],
)
def test_jsonata_and_its_aws_functions(cloud: LocalCloud, expression: str, value: Any) -> None:
    state = {"Type": "Pass", "Output": {"is": f"{{% {expression} %}}"}, "End": True}

    done = things.run(cloud, {"A": state}, {"quoted": 'say "hi"\n', "none": None})

    assert done["output"] == {"is": value}, done


def test_an_expression_without_a_value_fails_the_execution(cloud: LocalCloud) -> None:
    done = things.run(
        cloud, {"A": {"Type": "Pass", "Output": "{% $states.input.x %}", "End": True}}
    )

    assert (done["status"], done["error"]) == ("FAILED", "States.QueryEvaluationError")


def test_the_wrong_choice_of_type_fails_by_name(cloud: LocalCloud) -> None:
    choice = {"Type": "Choice", "Choices": [{"Condition": "{% 'no boolean' %}", "Next": "B"}]}
    states = {"A": {**choice, "Default": "B"}, "B": {"Type": "Succeed"}}

    assert things.run(cloud, states)["status"] == "FAILED"


def test_assigned_variables_are_seen_by_the_next_state_only(cloud: LocalCloud) -> None:
    first = {"Type": "Pass", "Assign": {"x": 1}, "Next": "B"}
    second = {"Type": "Pass", "Assign": {"x": 2}, "Output": {"x": "{% $x %}"}, "Next": "C"}
    third = {
        "Type": "Pass",
        "Output": {"was": "{% $states.input.x %}", "is": "{% $x %}"},
        "End": True,
    }

    done = things.run(cloud, {"A": first, "B": second, "C": third})

    assert done["output"] == {"was": 1, "is": 2}


def test_branches_and_items_run_side_by_side(cloud: LocalCloud) -> None:
    items = {
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "INLINE"},
            "StartAt": "I",
            "States": {"I": {"Type": "Pass", "Output": "{% $states.input * 2 %}", "End": True}},
        }
    }
    each = {"Type": "Map", "Items": "{% $states.input.items %}", **items, "Next": "Both"}
    branch = {
        "StartAt": "W",
        "States": {
            "W": {"Type": "Wait", "Seconds": 60, "Next": "P"},
            "P": {"Type": "Pass", "Output": 1, "End": True},
        },
    }
    both = {
        "Type": "Parallel",
        "Branches": [branch, branch],
        "Output": {"doubled": "{% $states.input %}", "ones": "{% $states.result %}"},
        "End": True,
    }
    execution = things.start(
        cloud, things.machine(cloud, {"Each": each, "Both": both}), {"items": [1, 2]}
    )

    cloud.advance(timedelta(seconds=60))

    assert things.told(cloud, execution)["output"] == {"doubled": [2, 4], "ones": [1, 1]}


def test_a_named_error_is_retried_with_backoff_on_the_clock(cloud: LocalCloud, flaky: str) -> None:
    payload = {"key": "retried", "how": "RateLimited", "fails": 2}
    began = cloud.now()
    execution = things.start(
        cloud, things.machine(cloud, {"A": things.call(flaky, payload, Retry=[RETRY])})
    )

    cloud.settle()
    assert cloud.next_deadline() == began + timedelta(seconds=10)
    cloud.advance(timedelta(hours=1))

    done = things.told(cloud, execution)
    assert (done["status"], done["output"]) == ("SUCCEEDED", 3)
    assert done["stopDate"] - began == timedelta(seconds=10 + 20)
    assert cloud.transitions(execution) == 1 + 2


def test_an_error_that_no_retry_names_goes_to_its_catch(cloud: LocalCloud, flaky: str) -> None:
    payload = {"key": "caught", "how": "SuppressedContact", "fails": 9}
    catch = {
        "ErrorEquals": ["SuppressedContact"],
        "Next": "End",
        "Assign": {"why": "{% $parse($states.errorOutput.Cause).errorMessage %}"},
        "Output": {"error": "{% $states.errorOutput.Error %}"},
    }
    end = {
        "Type": "Pass",
        "Output": {"input": "{% $states.input %}", "why": "{% $why %}"},
        "End": True,
    }

    done = things.run(
        cloud, {"A": things.call(flaky, payload, Retry=[RETRY], Catch=[catch]), "End": end}
    )

    assert done["output"] == {"input": {"error": "SuppressedContact"}, "why": "no"}


def test_a_crash_under_a_token_fails_the_task_by_its_name(cloud: LocalCloud) -> None:
    crashing = things.function(cloud, "def handler(event, context): raise KeyError('gone')")

    done = things.run(cloud, {"A": things.asking(crashing, TimeoutSeconds=60)})

    assert (done["status"], done["error"]) == ("FAILED", "KeyError")


def test_waits_end_at_their_instant_to_the_fraction(cloud: LocalCloud) -> None:
    cloud.advance(timedelta(seconds=0.25))
    until = (cloud.now() + timedelta(days=100)).replace(microsecond=500_000)
    wait = {"Type": "Wait", "Timestamp": "{% $states.input.until %}", "End": True}
    stamp = f"{until:%Y-%m-%dT%H:%M:%S}.500Z"

    execution = things.start(cloud, things.machine(cloud, {"A": wait}), {"until": stamp})
    cloud.settle()

    assert cloud.next_deadline() == until
    cloud.client("stepfunctions").stop_execution(executionArn=execution)
    cloud.settle()
    assert cloud.next_deadline() is None


def test_a_wait_for_an_instant_gone_by_goes_on_at_once(cloud: LocalCloud) -> None:
    wait = {"Type": "Wait", "Timestamp": "2020-01-01T00:00:00Z", "End": True}

    assert things.run(cloud, {"A": wait})["status"] == "SUCCEEDED"


def test_a_machines_own_time_limit_ends_it(cloud: LocalCloud) -> None:
    wait = {"Type": "Wait", "Seconds": 900, "End": True}
    execution = things.start(cloud, things.machine(cloud, {"A": wait}, TimeoutSeconds=300))

    cloud.advance(timedelta(seconds=600))

    done = things.told(cloud, execution)
    assert done["status"] == "TIMED_OUT"
    assert done["stopDate"] - done["startDate"] == timedelta(seconds=300)
    events = cloud.client("stepfunctions").get_execution_history(executionArn=execution)["events"]
    assert events[-1]["type"] == "ExecutionTimedOut"


def test_histories_can_be_read_while_running_and_after_a_stop(cloud: LocalCloud) -> None:
    execution = things.start(
        cloud,
        things.machine(
            cloud,
            {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Wait", "Seconds": 9, "End": True}},
        ),
    )
    states = cloud.client("stepfunctions")

    def kinds() -> list[str]:
        events = states.get_execution_history(executionArn=execution)["events"]
        return [event["type"] for event in events]

    cloud.settle()
    running = ["ExecutionStarted", "PassStateEntered", "PassStateExited", "WaitStateEntered"]
    assert kinds() == running
    states.stop_execution(executionArn=execution, error="exit", cause="left")
    cloud.settle()
    assert kinds() == [*running, "ExecutionAborted"]
    assert things.told(cloud, execution)["cause"] == "left"


def test_services_are_called_for_the_machine(cloud: LocalCloud) -> None:
    table, _ = things.stream_table(cloud)
    put = {
        "Type": "Task",
        "Resource": "arn:aws:states:::dynamodb:putItem",
        "Next": "Get",
        "Arguments": {"TableName": table, "Item": {"pk": {"S": "a"}, "n": {"N": "1"}}},
    }
    get = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:dynamodb:getItem",
        "End": True,
        "Arguments": {"TableName": table, "Key": {"pk": {"S": "a"}}},
        "Output": "{% $states.result.Item.n.N %}",
    }

    assert things.run(cloud, {"Put": put, "Get": get})["output"] == "1"
