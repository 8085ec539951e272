"""Task tokens: whoever has one may end the wait, once, while it lasts."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from tests.e2e.cloud import things
from workbench.cloud.local_cloud import LocalCloud

ELSE = {"ErrorEquals": ["States.Timeout"], "Output": {}, "Next": "Late"}
LATE = {"Type": "Pass", "Output": "late", "End": True}


def waiting(cloud: LocalCloud, **fields: object) -> tuple[str, str]:
    """An execution that waits, and its token."""
    asked, inbox = things.recorder(cloud)
    states = {"Ask": things.asking(asked, **fields), "Late": LATE}
    execution = things.start(cloud, things.machine(cloud, states))
    cloud.settle()
    (event,) = things.received(cloud, inbox)
    return execution, event["token"]


def test_success_goes_on_with_its_output(cloud: LocalCloud) -> None:
    execution, token = waiting(cloud)
    states = cloud.client("stepfunctions")

    states.send_task_success(taskToken=token, output='{"clicked": true}')
    cloud.settle()

    assert things.told(cloud, execution)["output"] == {"clicked": True}
    with pytest.raises(ClientError, match="TaskTimedOut"):
        states.send_task_success(taskToken=token, output="{}")


def test_failure_keeps_its_error_and_cause(cloud: LocalCloud) -> None:
    catch = {"ErrorEquals": ["NotYet"], "Output": "{% $states.errorOutput %}", "Next": "Late"}
    execution, token = waiting(cloud, Catch=[catch])

    cloud.client("stepfunctions").send_task_failure(
        taskToken=token, error="NotYet", cause="2026-02-01T09:00:00Z"
    )
    cloud.settle()

    events = cloud.client("stepfunctions").get_execution_history(executionArn=execution)["events"]
    (failed,) = [e["taskFailedEventDetails"] for e in events if e["type"] == "TaskFailed"]
    assert (failed["error"], failed["cause"]) == ("NotYet", "2026-02-01T09:00:00Z")


def test_the_limit_may_be_computed_and_ends_the_wait_to_the_second(cloud: LocalCloud) -> None:
    began = cloud.now()
    execution, token = waiting(cloud, TimeoutSeconds="{% 60 * 60 %}", Catch=[ELSE])

    cloud.run_until(began + timedelta(minutes=59, seconds=59))
    assert things.told(cloud, execution)["status"] == "RUNNING"
    cloud.run_until(began + timedelta(hours=1))

    assert things.told(cloud, execution)["output"] == "late"
    with pytest.raises(ClientError, match="TaskTimedOut"):
        cloud.client("stepfunctions").send_task_success(taskToken=token, output="{}")


def test_a_heartbeat_that_stays_away_ends_the_wait(cloud: LocalCloud) -> None:
    fields = {"TimeoutSeconds": 3600, "HeartbeatSeconds": 60, "Catch": [ELSE]}
    execution, token = waiting(cloud, **fields)

    cloud.advance(timedelta(seconds=50))
    cloud.client("stepfunctions").send_task_heartbeat(taskToken=token)
    cloud.advance(timedelta(seconds=50))
    assert things.told(cloud, execution)["status"] == "RUNNING"
    cloud.advance(timedelta(seconds=20))

    assert things.told(cloud, execution)["output"] == "late"


def test_a_stopped_execution_leaves_no_valid_token_and_no_timer(cloud: LocalCloud) -> None:
    execution, token = waiting(cloud, TimeoutSeconds=3600)
    states = cloud.client("stepfunctions")

    states.stop_execution(executionArn=execution)
    cloud.settle()

    assert things.told(cloud, execution)["status"] == "ABORTED"
    assert cloud.next_deadline() is None
    with pytest.raises(ClientError, match="TaskTimedOut"):
        states.send_task_success(taskToken=token, output="{}")


@pytest.mark.parametrize(
    ("token", "error"), [("x", "InvalidToken"), ("y" * 64, "TaskDoesNotExist")]
)
def test_a_token_nobody_gave_is_refused(cloud: LocalCloud, token: str, error: str) -> None:
    with pytest.raises(ClientError, match=error):
        cloud.client("stepfunctions").send_task_success(taskToken=token, output="{}")


def test_a_function_may_answer_for_itself_while_it_runs(cloud: LocalCloud) -> None:
    source = (
        "import boto3\n"
        "def handler(event, context):\n"
        "    boto3.client('stepfunctions').send_task_success(\n"
        "        taskToken=event['token'], output='\"early\"')\n"
    )
    early = things.function(cloud, source)

    done = things.run(cloud, {"Ask": things.asking(early)})

    assert done["output"] == "early", json.dumps(done, default=str)
