"""Clients of the services that every lead and mail goes through, by a quarter of botocore's CPU.

They have the methods of botocore's clients that are hot, with the same arguments and answers; for
any other method botocore's own client is made. Wherever a client's surroundings ask for more than
this knows (a proxy, credentials that change, another partition), all calls are botocore's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import uuid4

from coldframe.adapters.wire.connections import Connections
from coldframe.adapters.wire.service import JsonService
from coldframe.adapters.wire.signing import Credentials, Signer

CONNECT: Final = 3.0
JSON: Final = "application/json"
ON_LAMBDA: Final = "AWS_Lambda"
BY_BOTOCORE: Final = "COLDFRAME_BOTOCORE"
"""Set to anything, every call is botocore's again."""
BEYOND_US: Final = (
    BY_BOTOCORE,
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_USE_DUALSTACK_ENDPOINT",
    "AWS_USE_FIPS_ENDPOINT",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "https_proxy",
    "http_proxy",
)
KNOWN_PARTITIONS: Final = ("af-", "ap-", "ca-", "eu-", "il-", "me-", "mx-", "sa-", "us-")
OTHER_PARTITIONS: Final = ("us-gov-", "us-iso", "eu-isoe-", "eusc-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wired:
    """A service: how it is found, how it is asked, and which methods are ours."""

    endpoint: str
    id: str
    """In the name of the variable that says another address."""
    methods: Mapping[str, str]
    target: str = ""
    path: str = "/"
    version: str = "1.0"
    signs: str = ""
    tokened: frozenset[str] = frozenset()
    """Operations whose repeats AWS knows by a token, and answers as it did at first."""
    attempts: int = 3
    patience: float = 8.0
    """Seconds."""
    kept_for: float = 30.0
    """Seconds that a connection may rest before its next call."""


SERVICES: Final = {
    "dynamodb": Wired(
        endpoint="dynamodb",
        id="DYNAMODB",
        target="DynamoDB_20120810",
        methods={
            "batch_get_item": "BatchGetItem",
            "delete_item": "DeleteItem",
            "get_item": "GetItem",
            "put_item": "PutItem",
            "query": "Query",
            "transact_write_items": "TransactWriteItems",
            "update_item": "UpdateItem",
        },
        tokened=frozenset({"TransactWriteItems"}),
    ),
    "secretsmanager": Wired(
        endpoint="secretsmanager",
        id="SECRETS_MANAGER",
        target="secretsmanager",
        version="1.1",
        methods={"get_secret_value": "GetSecretValue"},
    ),
    "sesv2": Wired(
        endpoint="email",
        id="SESV2",
        path="/v2/email/outbound-emails",
        version="",
        signs="ses",
        methods={"send_email": "SendEmail"},
        attempts=1,
        patience=65.0,
        kept_for=3.0,
    ),
    "stepfunctions": Wired(
        endpoint="states",
        id="SFN",
        target="AWSStepFunctions",
        methods={
            "send_task_failure": "SendTaskFailure",
            "send_task_success": "SendTaskSuccess",
            "start_execution": "StartExecution",
            "stop_execution": "StopExecution",
        },
    ),
}
"""SES has no idempotency token: it is asked once, and gives up on a request before we do. It gets
a new connection rather than one that may be closed just now: such a mail would be in doubt."""
SELDOM: Final = frozenset({"lambda", "scheduler"})
"""Of these botocore's client is made when one is needed: most events don't."""


class Deferred:
    """botocore's client, made when the first of its methods is asked for."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    def __getattr__(self, method: str) -> Any:  # noqa: ANN401 - whatever botocore has
        if "_made" not in self.__dict__:
            self._made = self._make()
        return getattr(self._made, method)


class WireClient(Deferred):
    def __init__(
        self, wired: Wired, environ: Mapping[str, str], rest_of_it: Callable[[], Any]
    ) -> None:
        """``rest_of_it`` makes botocore's client, when a method is asked that isn't here."""
        super().__init__(rest_of_it)
        service = _service(wired, environ)
        for method, operation in wired.methods.items():
            setattr(self, method, partial(_ask, service, operation, wired))


def _ask(service: JsonService, operation: str, wired: Wired, **asked: object) -> dict[str, Any]:
    if operation in wired.tokened:
        asked.setdefault("ClientRequestToken", str(uuid4()))
    return service(operation, asked, path=wired.path, target=wired.target)


def is_enough(environ: Mapping[str, str]) -> bool:
    """On Lambda, as it comes: its role's keys stand in the environment as long as it lives."""
    region = environ.get("AWS_REGION", "")
    return (
        environ.get("AWS_EXECUTION_ENV", "").startswith(ON_LAMBDA)
        and bool(environ.get("AWS_ACCESS_KEY_ID") and environ.get("AWS_SECRET_ACCESS_KEY"))
        and not any(environ.get(name) for name in BEYOND_US)
        and region.startswith(KNOWN_PARTITIONS)
        and not region.startswith(OTHER_PARTITIONS)
    )


def _service(wired: Wired, environ: Mapping[str, str]) -> JsonService:
    region = environ["AWS_REGION"]
    own, all_ = environ.get(f"AWS_ENDPOINT_URL_{wired.id}"), environ.get("AWS_ENDPOINT_URL")
    return JsonService(
        connections=Connections(
            url=own or all_ or f"https://{wired.endpoint}.{region}.amazonaws.com",
            connect_timeout=CONNECT,
            read_timeout=wired.patience,
            kept_for=wired.kept_for,
        ),
        signer=Signer(_credentials(environ), region, wired.signs or wired.endpoint),
        content_type=f"application/x-amz-json-{wired.version}" if wired.version else JSON,
        attempts=wired.attempts,
    )


def _credentials(environ: Mapping[str, str]) -> Credentials:
    return Credentials(
        access=environ["AWS_ACCESS_KEY_ID"],
        secret=environ["AWS_SECRET_ACCESS_KEY"],
        token=environ.get("AWS_SESSION_TOKEN", ""),
    )
