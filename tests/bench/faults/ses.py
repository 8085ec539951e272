"""SES at the wire, below the real client: it accepts, refuses, throttles, breaks, or is silent."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import Any, cast

from botocore.awsrequest import AWSResponse, HeadersDict
from botocore.config import Config
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError
from botocore.session import get_session

from coldframe.adapters.aws_faults import Unanswered, Unreachable
from coldframe.adapters.botocore_clients import NEVER_REPEATED
from coldframe.adapters.mailer import SesMailer
from coldframe.adapters.wire.answers import Answer
from coldframe.adapters.wire.clients import JSON, SERVICES
from coldframe.adapters.wire.connections import Connections
from coldframe.adapters.wire.service import JsonService
from coldframe.adapters.wire.signing import Credentials, Signer
from coldframe.domain.message import RenderedMail
from tests.bench.faults.weather import CALLS_SES, Weather

GIVEN_UP = 65.0
"""Seconds: the client's read timeout."""
OK, REFUSED, DENIED, TOO_MANY, BROKEN = 200, 400, 403, 429, 503


@dataclass(slots=True, kw_only=True)
class Ses:
    """The mailer of a world: the real adapter and the real SDK, over a wire that is none."""

    weather: Weather
    told: Callable[[dict[str, str]], None]
    """Hears the tags of every mail that was accepted."""
    attempts: int = SERVICES["sesv2"].attempts
    """How often our client asks, when it hears nothing."""
    accepted: list[dict[str, str]] = field(default_factory=list)
    calls: int = 0
    requests: int = 0
    host: str = "email.eu-central-1.amazonaws.com"
    _mailer: SesMailer = field(init=False)

    def __post_init__(self) -> None:
        service = JsonService(
            connections=cast("Connections", self),
            signer=Signer(Credentials(access="a", secret="b", token=""), "eu-central-1", "ses"),
            content_type=JSON,
            attempts=self.attempts,
            rest=lambda _: None,
        )
        self._mailer = SesMailer(cast("Any", _Client(service)), "bakery", "")

    def send(self, mail: RenderedMail) -> str:
        with self.weather(CALLS_SES):
            self.calls += 1
            return self._mailer.send(mail)

    def post(self, _path: str, body: bytes, _headers: dict[str, str]) -> Answer:
        """In the place of a connection."""
        self.requests += 1
        tags = {tag["Name"]: tag["Value"] for tag in json.loads(body)["EmailTags"]}
        odds, happens = self.weather.odds, self.weather.happens
        if happens("SES could not be reached", odds.ses_unreachable):
            raise Unreachable("ConnectTimeoutError")
        if happens("SES throttled", odds.ses_throttles):
            return _said(TOO_MANY, "TooManyRequestsException")
        if happens("SES refused the mail", odds.ses_refuses):
            return _said(REFUSED, "MessageRejected")
        if happens("SES denied the account", odds.ses_denies):
            return _said(DENIED, "AccessDeniedException")
        if happens("SES broke", odds.ses_breaks):
            if self.weather.chance.random() < 0.5:  # nobody can know which
                self._accept(tags)
            return _said(BROKEN, "InternalFailure")
        self._accept(tags)
        if happens("SES accepted, and its answer was lost", odds.ses_loses_answer):
            self._silent()
        return _said(OK, f"ses-{len(self.accepted)}")

    def _accept(self, tags: dict[str, str]) -> None:
        self.accepted.append(tags)
        self.told(tags)

    def _silent(self) -> None:
        if self.weather.chance.random() < 0.5:
            raise Unanswered("ConnectionResetError")
        self.weather.crew.sleep(GIVEN_UP)
        raise Unanswered("TimeoutError")


@dataclass(slots=True, kw_only=True)
class BotocoreSes(Ses):
    """Through botocore's own client, as it is configured where no wire of ours is."""

    def __post_init__(self) -> None:
        repeating = Config(retries={"mode": "standard", "total_max_attempts": self.attempts})
        client: Any = get_session().create_client(
            "sesv2",
            region_name="eu-central-1",
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
            config=NEVER_REPEATED.merge(repeating),
        )
        client.meta.events.register_first("before-send.sesv2", self._sent)
        self._mailer = SesMailer(client, "bakery", "")

    def _sent(self, request: Any, **_: object) -> Any:
        """In the place of its connection, with its errors."""
        try:
            answer = self.post("", request.body, {})
        except Unreachable as error:
            raise ConnectTimeoutError(endpoint_url=request.url) from error
        except Unanswered as error:
            raise ReadTimeoutError(endpoint_url=request.url) from error
        headers: Any = HeadersDict(answer.headers)
        return AWSResponse(request.url, answer.status, headers, _Body(answer.body))


class _Body(BytesIO):
    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.read()


class _Client:
    """SES's, as a function has it, but for the connection."""

    def __init__(self, service: JsonService) -> None:
        wired = SERVICES["sesv2"]
        self._ask: Callable[[dict[str, object]], dict[str, Any]] = partial(
            service, "SendEmail", path=wired.path
        )

    def send_email(self, **asked: object) -> dict[str, Any]:
        return self._ask(asked)


def _said(status: int, what: str) -> Answer:
    body = {"MessageId": what} if status == OK else {"message": what}
    headers = {} if status == OK else {"x-amzn-errortype": what}
    told = json.dumps(body).encode()
    return Answer(status=status, headers=headers, body=told, is_last=False)
