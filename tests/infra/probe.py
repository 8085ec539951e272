"""Run alone, by a bare Python: makes every operation's request and reads an answer to it.

argv: JSON of service → operations, then the folders to import from. Prints JSON.
"""

import base64
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

OPERATIONS = json.loads(sys.argv[1])
sys.path[:0] = sys.argv[2:]

from botocore.awsrequest import (  # noqa: E402 - only the folders given may serve it
    AWSResponse,
    HeadersDict,
)
from botocore.config import Config  # noqa: E402 - same
from botocore.exceptions import ClientError  # noqa: E402 - same
from botocore.session import Session  # noqa: E402 - same

Client = Any
"""Made at run time by botocore, one class per service."""
SAMPLES = {
    "string": "text",
    "integer": 1,
    "long": 1,
    "double": 1.5,
    "float": 1.5,
    "boolean": True,
    "blob": b"bytes",
    "timestamp": 1_763_000_000,
}

DEEP = 5
UNUSED = {"EndpointId"}
"""SES's global endpoints want another way of signing."""


def sample(shape: Any, depth: int = 0) -> Any:
    """A value with every member set, as deep as a recursive shape allows."""
    if shape.type_name == "structure":
        names = (
            list(shape.members)[:1] if getattr(shape, "is_tagged_union", False) else shape.members
        )
        return {
            name: sample(shape.members[name], depth + 1)
            for name in names
            if name not in UNUSED and (depth < DEEP or name in shape.required_members)
        }
    if shape.type_name == "list":
        return [sample(shape.member, depth + 1)] if depth < DEEP else []
    if shape.type_name == "map":
        return {"key": sample(shape.value, depth + 1)} if depth < DEEP else {}
    if shape.type_name == "string" and getattr(shape, "enum", None):
        return shape.enum[0]
    return SAMPLES[shape.type_name]


class Body:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.data

    def read(self, *_: object) -> bytes:
        data, self.data = self.data, b""
        return data


def call(client: Client, operation: str, answer: tuple[int, bytes]) -> dict[str, Any]:
    seen: dict[str, Any] = {}

    def instead_of_sending(request: Any, **_: object) -> Any:
        body = request.body.read() if hasattr(request.body, "read") else request.body
        seen["request"] = [request.method, request.url, _stable(request.headers), _text(body)]
        headers: Any = HeadersDict({"content-type": "application/x-amz-json-1.0"})
        return AWSResponse(request.url, answer[0], headers, Body(answer[1]))

    client.meta.events.register_last("before-send", instead_of_sending)
    name = next(py for py, api in client.meta.method_to_api_mapping.items() if api == operation)
    shape = client.meta.service_model.operation_model(operation).input_shape
    try:
        answered = getattr(client, name)(**sample(shape))
        seen["answer"] = re.sub(r" at 0x\w+", "", repr(sorted(answered.items(), key=str)))
    except ClientError as error:
        seen["error"] = [type(error).__name__, error.response.get("Error")]
    client.meta.events.unregister("before-send", instead_of_sending)
    return seen


def _stable(headers: Any) -> dict[str, str]:
    ours = ("x-amz-target", "content-type", "x-amz-invocation-type")
    return {key.lower(): _text(value) for key, value in headers.items() if key.lower() in ours}


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _json(value: object) -> bytes:
    return json.dumps(value, default=lambda blob: base64.b64encode(blob).decode()).encode()


def made(service: str, region: str = "eu-central-1") -> Client:
    config = Config(retries={"total_max_attempts": 1}, parameter_validation=False)
    return Session().create_client(
        service,
        region_name=region,
        config=config,
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="example",
    )


def probe() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for service, operations in OPERATIONS.items():
        client = made(service)
        for operation in operations:
            model = client.meta.service_model.operation_model(operation)
            errors = [shape.error_code for shape in model.error_shapes]
            refused = _json({"__type": (errors or ["Any"])[0], "message": "no"})
            given = sample(model.output_shape) if model.output_shape else {}
            found[f"{service}.{operation}"] = {
                "done": call(client, operation, (200, _json(given))),
                "refused": call(client, operation, (400, refused)),
                "errors": sorted(errors),
            }
    parameters = {"Bucket": "files", "Key": "guide.pdf"}
    found["presigned"] = made("s3").generate_presigned_url("get_object", Params=parameters)
    found["endpoints"] = {
        f"{service} {region}": made(service, region).meta.endpoint_url
        for service in OPERATIONS
        for region in ("us-east-1", "eu-west-1", "ap-southeast-2", "sa-east-1", "eu-north-1")
    }
    return found


sys.stdout.write(json.dumps(probe(), sort_keys=True))
