"""Single resources for tests of single behaviours, made by API calls."""

# JSON may be anything
from __future__ import annotations

import itertools
import json
from typing import Any

from tests.e2e.cloud.assembly import zipped
from workbench.cloud.local_cloud import LocalCloud

ROLE = "arn:aws:iam::000000000000:role/anybody"
_numbers = itertools.count(1)

Json = dict[str, Any]


def name(kind: str) -> str:
    return f"{kind}-{next(_numbers)}"


def function(cloud: LocalCloud, source: str, **options: Any) -> str:
    """A function of one file; its name."""
    called = options.pop("FunctionName", name("function"))
    files = options.pop("files", {})
    cloud.client("lambda").create_function(
        FunctionName=called,
        Runtime="python3.13",
        Role=ROLE,
        Handler=options.pop("Handler", "index.handler"),
        Code={"ZipFile": zipped({"index.py": source, **files})},
        **{"Timeout": 60, **options},
    )
    return str(called)


def function_arn(called: str) -> str:
    return f"arn:aws:lambda:us-east-1:000000000000:function:{called}"


def invoke(cloud: LocalCloud, called: str, event: Any = None) -> Any:
    """What the function returns, or Lambda's error object."""
    answer = cloud.client("lambda").invoke(FunctionName=called, Payload=json.dumps(event))
    return json.loads(answer["Payload"].read())


def layer(cloud: LocalCloud, files: dict[str, str]) -> str:
    answer = cloud.client("lambda").publish_layer_version(
        LayerName=name("layer"), Content={"ZipFile": zipped(files)}
    )
    return str(answer["LayerVersionArn"])


def recorder(cloud: LocalCloud, answer: str = "None", before: str = "pass") -> tuple[str, str]:
    """A function that notes its events in a queue of its own; its name and the queue's URL."""
    url, _ = queue(cloud)
    source = (
        "import boto3, json\n"
        "sqs = boto3.client('sqs')\n"
        "def handler(event, context):\n"
        f"    sqs.send_message(QueueUrl={url!r}, MessageBody=json.dumps(event))\n"
        f"    {before}\n"
        f"    return {answer}\n"
    )
    return function(cloud, source), url


def queue(cloud: LocalCloud, **attributes: str) -> tuple[str, str]:
    """A queue's URL and ARN."""
    called = name("queue")
    url = cloud.client("sqs").create_queue(QueueName=called, Attributes=attributes)["QueueUrl"]
    return url, f"arn:aws:sqs:us-east-1:000000000000:{called}"


def received(cloud: LocalCloud, url: str) -> list[Any]:
    """Everything that lies in a queue now, taken out."""
    sqs, bodies = cloud.client("sqs"), []
    while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for message in found:
            bodies.append(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return bodies


def stream_table(cloud: LocalCloud) -> tuple[str, str]:
    """A table with one key; its name and its stream's ARN."""
    called = name("table")
    table = cloud.client("dynamodb").create_table(
        TableName=called,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )["TableDescription"]
    return called, table["LatestStreamArn"]


def machine(cloud: LocalCloud, states: Json, start: str | None = None, **top: Any) -> str:
    """A JSONata machine; its ARN."""
    definition = {
        "QueryLanguage": "JSONata",
        "StartAt": start or next(iter(states)),
        "States": states,
        **top,
    }
    answer = cloud.client("stepfunctions").create_state_machine(
        name=name("machine"), definition=json.dumps(definition), roleArn=ROLE
    )
    return str(answer["stateMachineArn"])


def start(cloud: LocalCloud, arn: str, data: Any = None) -> str:
    """Start an execution; its ARN."""
    answer = cloud.client("stepfunctions").start_execution(
        stateMachineArn=arn, name=name("run"), input=json.dumps(data or {})
    )
    return str(answer["executionArn"])


def told(cloud: LocalCloud, execution: str) -> Json:
    """What DescribeExecution says, with the output parsed."""
    answer: Json = cloud.client("stepfunctions").describe_execution(executionArn=execution)
    return {**answer, "output": json.loads(answer.get("output") or "null")}


def run(cloud: LocalCloud, states: Json, data: Any = None, **top: Any) -> Json:
    """Run a machine as far as it comes without time passing."""
    execution = start(cloud, machine(cloud, states, **top), data)
    cloud.settle()
    return told(cloud, execution)


def call(called: str, payload: Any, **fields: Any) -> Json:
    """A Task that invokes a function and answers with its result."""
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": {"FunctionName": function_arn(called), "Payload": payload},
        "Output": "{% $states.result.Payload %}",
        **({} if "Next" in fields else {"End": True}),
        **fields,
    }


def asking(called: str, **fields: Any) -> Json:
    """A Task that gives its token to a function and waits."""
    payload = {"token": "{% $states.context.Task.Token %}"}
    return {
        **call(called, payload, **fields),
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Output": "{% $states.result %}",
    }
