"""Functions run as Lambda runs them, each in processes of its own."""

from __future__ import annotations

import json
import threading
import time
from datetime import timedelta

import pytest

from tests.e2e.cloud import things
from workbench.cloud.local_cloud import LocalCloud

WHO = """
import os, sys
seen = 0
def handler(event, context):
    global seen
    seen += 1
    return {"pid": os.getpid(), "seen": seen, "word": os.environ.get("WORD"),
            "modules": sorted(name for name in sys.modules if name.startswith("mine"))}
"""


def test_a_warm_worker_is_used_again_and_each_function_has_its_own(cloud: LocalCloud) -> None:
    environment = {"Variables": {"WORD": "first"}}
    first = things.function(cloud, WHO, Environment=environment)
    second = things.function(cloud, "import mine\n" + WHO, files={"mine.py": ""})

    one, again = things.invoke(cloud, first), things.invoke(cloud, first)
    other = things.invoke(cloud, second)

    assert (one["seen"], again["seen"], one["pid"]) == (1, 2, again["pid"])
    assert (again["word"], again["modules"]) == ("first", [])
    assert (other["word"], other["modules"], other["seen"]) == (None, ["mine"], 1)


def test_new_code_and_new_environment_take_effect(cloud: LocalCloud) -> None:
    called = things.function(cloud, WHO)
    things.invoke(cloud, called)

    cloud.client("lambda").update_function_configuration(
        FunctionName=called, Environment={"Variables": {"WORD": "new"}}
    )

    assert things.invoke(cloud, called)["word"] == "new"


def test_nothing_of_the_checkout_can_be_imported(cloud: LocalCloud) -> None:
    source = (
        "import importlib.util\n"
        "def handler(event, context):\n"
        "    names = ('coldframe', 'functions', 'infra', 'workbench', 'tests')\n"
        "    return [name for name in names if importlib.util.find_spec(name)]\n"
    )

    assert things.invoke(cloud, things.function(cloud, source)) == []


def test_the_context_is_lambdas(cloud: LocalCloud) -> None:
    source = (
        "import os\n"
        "def handler(event, context):\n"
        "    return [context.function_name, context.invoked_function_arn,\n"
        "            context.memory_limit_in_mb, context.get_remaining_time_in_millis() > 5000,\n"
        "            len(context.aws_request_id), context.log_group_name,\n"
        "            context.function_version,\n"
        "            os.environ['AWS_REGION'], os.environ['AWS_LAMBDA_FUNCTION_NAME']]\n"
    )
    called = things.function(cloud, source, MemorySize=256)

    assert things.invoke(cloud, called) == [
        called,
        things.function_arn(called),
        "256",
        True,
        36,
        f"/aws/lambda/{called}",
        "$LATEST",
        "us-east-1",
        called,
    ]


@pytest.mark.parametrize(
    ("source", "kind", "message"),
    [
        ("class Odd(Exception): pass\ndef handler(e, c): raise Odd('no')", "Odd", "no"),
        ("import nowhere", "Runtime.ImportModuleError", "No module named 'nowhere'"),
        ("x = 1", "Runtime.HandlerNotFound", "Handler 'handler' missing"),
        ("raise ValueError('at import')", "ValueError", "at import"),
        ("def handler(e, c): return object()", "Runtime.MarshalError", "Unable to marshal"),
        ("import os\ndef handler(e, c): os._exit(3)", "Runtime.ExitError", "Runtime exited"),
    ],
)
def test_failures_have_lambdas_shape(
    cloud: LocalCloud, source: str, kind: str, message: str
) -> None:
    called = things.function(cloud, source)

    answer = cloud.client("lambda").invoke(FunctionName=called, Payload=b"{}")

    error = json.loads(answer["Payload"].read())
    assert answer["FunctionError"] == "Unhandled"
    assert (error["errorType"], message in error["errorMessage"]) == (kind, True), error


def test_the_stack_trace_shows_the_handlers_own_frames(cloud: LocalCloud) -> None:
    called = things.function(cloud, "def handler(event, context):\n    raise ValueError('x')\n")

    (frame,) = things.invoke(cloud, called)["stackTrace"]

    assert "index.py" in frame
    assert "raise ValueError" in frame


def test_a_function_that_takes_too_long_is_ended(cloud: LocalCloud) -> None:
    source = "import time\ndef handler(event, context): time.sleep(event)"
    called = things.function(cloud, source, Timeout=1)

    error = things.invoke(cloud, called, 600)

    assert error["errorType"] == "Sandbox.Timedout"
    assert "Task timed out after 1.00 seconds" in error["errorMessage"]
    cloud.client("lambda").update_function_configuration(FunctionName=called, Timeout=60)
    assert things.invoke(cloud, called, 0) is None


def test_more_calls_than_workers_wait_their_turn(cloud: LocalCloud) -> None:
    source = "import os, time\ndef handler(event, context): time.sleep(0.05); return os.getpid()"
    called = things.function(cloud, source)
    pids: list[int] = []

    threads = [
        threading.Thread(target=lambda: pids.append(things.invoke(cloud, called))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(pids) == 6
    assert len(set(pids)) <= 2


def test_a_failed_event_is_tried_again_and_ends_at_its_destination(cloud: LocalCloud) -> None:
    url, arn = things.queue(cloud)
    failing = things.function(cloud, "def handler(event, context): raise ValueError(event)")
    functions = cloud.client("lambda")
    functions.put_function_event_invoke_config(
        FunctionName=failing, DestinationConfig={"OnFailure": {"Destination": arn}}
    )
    before, began = cloud.usage(), cloud.now()

    functions.invoke(FunctionName=failing, InvocationType="Event", Payload=b'"e"')
    cloud.settle()
    assert cloud.next_deadline() == began + timedelta(minutes=1)
    cloud.advance(timedelta(minutes=10))

    assert cloud.usage().since(before).invocations[failing] == 3
    (record,) = things.received(cloud, url)
    assert record["requestPayload"] == "e"
    assert record["responsePayload"]["errorType"] == "ValueError"


def test_what_a_function_writes_is_kept(cloud: LocalCloud) -> None:
    source = "import logging\ndef handler(e, c): print('said'); logging.warning('warned')"
    called = things.function(cloud, source)

    things.invoke(cloud, called)

    assert cloud.logs(called)[0] == "said"
    assert cloud.logs(called)[1].startswith("[WARNING]")
    groups = cloud.client("logs").filter_log_events(logGroupName=f"/aws/lambda/{called}")
    assert "said" in [event["message"] for event in groups["events"]]


def test_handlers_call_the_cloud_while_they_run_side_by_side(cloud: LocalCloud) -> None:
    table, _ = things.stream_table(cloud)
    source = (
        "import boto3\n"
        f"table = boto3.resource('dynamodb').Table({table!r})\n"
        "def handler(event, context):\n"
        "    for n in range(5):\n"
        "        table.update_item(Key={'pk': 'a'}, UpdateExpression='ADD n :one',\n"
        "                          ExpressionAttributeValues={':one': 1})\n"
    )
    called = things.function(cloud, source)

    for _ in range(8):
        cloud.client("lambda").invoke(FunctionName=called, InvocationType="Event", Payload=b"{}")
    cloud.settle()

    item = cloud.client("dynamodb").get_item(TableName=table, Key={"pk": {"S": "a"}})["Item"]
    assert item["n"]["N"] == "40"


def test_a_warm_invocation_takes_milliseconds(cloud: LocalCloud) -> None:
    called = things.function(cloud, "def handler(event, context): return event")
    things.invoke(cloud, called)

    took = []
    for _ in range(20):
        began = time.perf_counter()
        things.invoke(cloud, called, {"a": 1})
        took.append(time.perf_counter() - began)

    assert min(took) < 0.2
