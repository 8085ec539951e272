"""One botocore session per function, its clients, and AWS's faults in our own words."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal, overload

from botocore.config import Config
from botocore.exceptions import ClientError, HTTPClientError
from botocore.session import get_session

from coldframe.domain.errors import Throttled, Transient

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_lambda import LambdaClient
    from types_boto3_s3 import S3Client
    from types_boto3_scheduler import EventBridgeSchedulerClient
    from types_boto3_secretsmanager import SecretsManagerClient
    from types_boto3_sesv2 import SESV2Client
    from types_boto3_stepfunctions import SFNClient

THROTTLES = frozenset(
    {
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "SlowDown",
        "Throttling",
        "ThrottlingError",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
IN_PASSING = frozenset({"InternalServerError", "TransactionInProgressException"})

USER_AGENT = "coldframe"
"""A constant: composing botocore's own costs an eighth of every call's CPU."""

SAFE_TO_REPEAT = Config(
    retries={"mode": "standard", "total_max_attempts": 3},
    connect_timeout=2,
    read_timeout=8,
    parameter_validation=False,
    user_agent=USER_AGENT,
)
"""For services whose calls may be repeated: ours are conditional or named."""

NEVER_REPEATED = Config(
    retries={"mode": "standard", "total_max_attempts": 1},
    connect_timeout=3,
    read_timeout=65,
    parameter_validation=False,
    user_agent=USER_AGENT,
)
"""For SES, which has no idempotency token; it gives up on a request itself before 65 s."""

SIGNS_LINKS = SAFE_TO_REPEAT.merge(Config(signature_version="s3v4"))
"""For S3: a link signed in the old way, botocore's default here, is refused by newer buckets."""

CONFIGURED = {"sesv2": NEVER_REPEATED, "s3": SIGNS_LINKS}


class Clients:
    """A function's clients, each made once: botocore's, those that boto3 hands out."""

    def __init__(self) -> None:
        _spare_what_was_imported()
        self._session = get_session()
        self._made: dict[str, Any] = {}

    @overload
    def __call__(self, service: Literal["dynamodb"]) -> "DynamoDBClient": ...
    @overload
    def __call__(self, service: Literal["lambda"]) -> "LambdaClient": ...
    @overload
    def __call__(self, service: Literal["s3"]) -> "S3Client": ...
    @overload
    def __call__(self, service: Literal["scheduler"]) -> "EventBridgeSchedulerClient": ...
    @overload
    def __call__(self, service: Literal["secretsmanager"]) -> "SecretsManagerClient": ...
    @overload
    def __call__(self, service: Literal["sesv2"]) -> "SESV2Client": ...
    @overload
    def __call__(self, service: Literal["stepfunctions"]) -> "SFNClient": ...
    def __call__(self, service: str) -> Any:
        if service not in self._made:
            config = CONFIGURED.get(service, SAFE_TO_REPEAT)
            self._made[service] = self._session.create_client(service, config=config)
        return self._made[service]


@cache
def _spare_what_was_imported() -> None:
    """Once per process: modules are never garbage, and looking through them costs a cold start."""
    gc.freeze()


def code_of(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def status_of(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def fault(response: Mapping[str, Any]) -> Transient | None:
    """A refusal as one of our passing faults, if it is one."""
    code = response.get("Error", {}).get("Code", "")
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in THROTTLES or status == HTTPStatus.TOO_MANY_REQUESTS:
        return Throttled(code)
    if code in IN_PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Transient(code)
    return None


@contextmanager
def faults_named() -> Iterator[None]:
    """Throttling as Throttled, server and connection faults as Transient, the rest as it is."""
    try:
        yield
    except ClientError as error:
        if passing := fault(error.response):
            raise passing from error
        raise
    except (HTTPClientError, ConnectionError) as error:
        raise Transient(type(error).__name__) from error
