"""A state machine is made of a valid definition, and an execution keeps the one it began with."""

# JSON may be anything
from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.cloud import things
from workbench.cloud.local_cloud import LocalCloud


@pytest.mark.parametrize(
    "states",
    [
        {"A": {"Type": "Pass", "Next": "Nowhere"}},
        {"A": {"Type": "Pass"}},
        {"A": {"Type": "Pass", "InputPath": "$.x", "End": True}},
        {"A": {"Type": "Odd", "End": True}},
        {"A": {"Type": "Choice", "Choices": [{"Condition": "{% true %}", "Next": "Nowhere"}]}},
    ],
)
def test_a_broken_definition_is_refused(cloud: LocalCloud, states: Any) -> None:
    with pytest.raises(ClientError, match="InvalidDefinition"):
        things.machine(cloud, states)


def test_a_running_execution_keeps_its_definition(cloud: LocalCloud) -> None:
    wait = {"Type": "Wait", "Seconds": 60, "Next": "B"}
    states = {"A": wait, "B": {"Type": "Pass", "Output": "old", "End": True}}
    arn = things.machine(cloud, states)
    execution = things.start(cloud, arn)
    cloud.settle()

    new = {
        "QueryLanguage": "JSONata",
        "StartAt": "A",
        "States": {**states, "B": {"Type": "Pass", "Output": "new", "End": True}},
    }
    cloud.client("stepfunctions").update_state_machine(
        stateMachineArn=arn, definition=json.dumps(new)
    )
    later = things.start(cloud, arn)
    cloud.advance(timedelta(seconds=60))

    assert things.told(cloud, execution)["output"] == "old"
    assert things.told(cloud, later)["output"] == "new"
