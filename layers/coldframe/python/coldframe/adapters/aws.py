"""A function's clients of AWS, and AWS's faults in our own words."""

import gc
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http import HTTPStatus
from os import environ
from typing import TYPE_CHECKING, Any, Literal, overload

from coldframe.adapters.aws_faults import AwsRefusal, Unanswered, Unreachable
from coldframe.adapters.wire.clients import SELDOM, SERVICES, Deferred, WireClient, is_enough
from coldframe.domain.errors import Throttled, Transient

if TYPE_CHECKING:
    from botocore.session import Session
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


class Clients:
    """A function's clients, each made once: our own of the hot services, else botocore's."""

    def __init__(self) -> None:
        _spare_what_was_imported()
        self._by_wire = is_enough(environ)
        self._session: Session | None = None
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
            self._made[service] = self._making(service)
        return self._made[service]

    def _making(self, service: str) -> Any:  # noqa: ANN401 - the client of whichever service
        if self._by_wire and service in SERVICES:
            return WireClient(SERVICES[service], environ, lambda: self._botocores(service))
        if self._by_wire and service in SELDOM:
            return Deferred(lambda: self._botocores(service))
        return self._botocores(service)

    def _botocores(self, service: str) -> Any:  # noqa: ANN401 - the client of whichever service
        from coldframe.adapters import botocore_clients

        self._session = self._session or botocore_clients.session()
        return botocore_clients.made(service, self._session)


@cache
def _spare_what_was_imported() -> None:
    """Once per process: modules are never garbage, and looking through them costs a cold start."""
    gc.freeze()


def code_of(error: AwsRefusal) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def status_of(error: AwsRefusal) -> int:
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


def in_our_words(error: Exception) -> Exception:
    """AwsRefusal, Unreachable or Unanswered, if it is what a call of AWS may come to."""
    if isinstance(error, AwsRefusal | Unreachable | Unanswered):
        return error
    if isinstance(error, ConnectionError):
        return Unanswered(type(error).__name__)
    if "botocore.client" not in sys.modules:
        return error
    from coldframe.adapters import botocore_clients

    return botocore_clients.in_our_words(error) or error


@contextmanager
def faults_named() -> Iterator[None]:
    """Throttling as Throttled, server and connection faults as Transient, else AwsRefusal."""
    try:
        yield
    except Exception as error:
        told = in_our_words(error)
        if isinstance(told, Unreachable | Unanswered):
            raise Transient(str(told)) from error
        if isinstance(told, AwsRefusal) and (passing := fault(told.response)):
            raise passing from error
        if told is error:
            raise
        raise told from error
