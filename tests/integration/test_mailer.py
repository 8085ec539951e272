"""SES is asked once, whatever it answers: a server on the loopback counts what reaches it."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

import pytest
from botocore.config import Config
from botocore.exceptions import CredentialRetrievalError, NoCredentialsError, SSLError

from coldframe.adapters.aws import Clients
from coldframe.adapters.aws_faults import Unusable
from coldframe.adapters.botocore_clients import NEVER_REPEATED
from coldframe.adapters.mailer import SesMailer
from coldframe.adapters.wire.clients import SERVICES, WireClient
from coldframe.domain.errors import MailRefused, Throttled, Transient, UnknownOutcome
from coldframe.domain.message import RenderedMail
from tests.integration.account import ENVIRONMENT
from tests.integration.wire.place import KEYS, one_session

MAIL = RenderedMail(
    sender="Rosa <rosa@lindenbakery.example>",
    recipient="ada@example.com",
    reply_to="rosa@lindenbakery.example",
    subject="Your guide",
    html="<p>Here it is</p>",
    text="Here it is",
    headers=(("List-Unsubscribe", "<https://go.lindenbakery.example/unsubscribe/t>"),),
    tags=(("lead", "l"), ("message", "m")),
)


class Ses(ThreadingHTTPServer):
    """Answers with ``status`` and ``error``; or hangs up, or doesn't answer in time."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.requests: list[dict[str, object]] = []
        self.status = 200
        self.error = ""
        self.answer: object = {"MessageId": "m-1"}
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.hangs_up = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gave up waiting is no news."""


class Answering(BaseHTTPRequestHandler):
    server: Ses
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.requests.append(json.loads(body))
        if self.server.hangs_up:
            self.close_connection = True
            return
        self.server.may_answer.wait()
        told = json.dumps(self.server.answer if self.server.status == 200 else {"message": "x"})
        self.send_response(self.server.status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(told)))
        if self.server.error:
            self.send_header("x-amzn-errortype", self.server.error)
        self.end_headers()
        self.wfile.write(told.encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def ses() -> Iterator[Ses]:
    server = Ses()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.may_answer.set()
    server.shutdown()
    server.server_close()
    thread.join(5)


def by_botocore(port: int, patience: float) -> Any:
    return one_session().create_client(
        "sesv2",
        region_name="eu-central-1",
        endpoint_url=f"http://127.0.0.1:{port}",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=NEVER_REPEATED.merge(Config(read_timeout=patience)),
    )


def by_wire(port: int, patience: float) -> Any:
    environ = {**KEYS, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}
    return WireClient(replace(SERVICES["sesv2"], patience=patience), environ, lambda: None)


Making = Callable[..., SesMailer]


@pytest.fixture(params=[by_botocore, by_wire])
def mailer(request: pytest.FixtureRequest) -> Making:
    """Ours in everything but how long it waits for an answer."""

    def make(port: int, patience: float = 60) -> SesMailer:
        return SesMailer(request.param(port, patience), "bakery", "")

    return make


def test_a_mail_goes_with_its_headers_tags_and_set_and_without_an_empty_tenant(
    ses: Ses, mailer: Making
) -> None:
    assert mailer(ses.server_port).send(MAIL) == "m-1"

    (asked,) = ses.requests
    assert asked["ConfigurationSetName"] == "bakery"
    assert "TenantName" not in asked
    assert asked["EmailTags"] == [{"Name": "lead", "Value": "l"}, {"Name": "message", "Value": "m"}]
    simple = asked["Content"]["Simple"]  # type: ignore[index]  # JSON of a known shape
    assert simple["Headers"][0]["Name"] == "List-Unsubscribe"


@pytest.mark.parametrize(
    ("status", "error", "heard"),
    [
        (429, "TooManyRequestsException", Throttled),
        (400, "LimitExceededException", Throttled),
        (400, "ThrottlingException", Throttled),
        (400, "MessageRejected", MailRefused),
        (400, "BadRequestException", MailRefused),
        (403, "AccessDeniedException", Transient),
        (403, "SignatureDoesNotMatch", Transient),
        (401, "401", Transient),
        (400, "AccountSuspendedException", Transient),
        (400, "MailFromDomainNotVerifiedException", Transient),
        (400, "SendingPausedException", Transient),
        (404, "NotFoundException", Transient),
        (500, "InternalFailure", UnknownOutcome),
        (503, "ServiceUnavailable", UnknownOutcome),
    ],
)
def test_an_error_is_heard_by_name_after_one_request(
    status: int, error: str, heard: type[Exception], ses: Ses, mailer: Making
) -> None:
    ses.status, ses.error = status, error

    with pytest.raises(heard, match=error):
        mailer(ses.server_port).send(MAIL)

    assert len(ses.requests) == 1


def test_an_answer_that_never_comes_is_an_unknown_outcome_after_one_request(
    ses: Ses, mailer: Making
) -> None:
    ses.may_answer.clear()

    with pytest.raises(UnknownOutcome):
        mailer(ses.server_port, patience=0.5).send(MAIL)

    assert len(ses.requests) == 1


def test_an_answer_without_an_id_is_an_unknown_outcome(ses: Ses, mailer: Making) -> None:
    ses.answer = {"Else": "m-1"}

    with pytest.raises(UnknownOutcome, match="NoMessageId"):
        mailer(ses.server_port).send(MAIL)

    assert len(ses.requests) == 1


def test_an_answer_of_another_shape_is_an_unknown_outcome(ses: Ses) -> None:
    ses.answer = ["m-1"]

    with pytest.raises(UnknownOutcome, match="NoObject"):
        SesMailer(by_wire(ses.server_port, 30.0), "bakery", "").send(MAIL)


@dataclass
class Failing:
    """A client that can't come so far as to ask."""

    error: Exception

    def send_email(self, **_asked: object) -> None:
        raise self.error


@pytest.mark.parametrize(
    "error",
    [
        Unusable("SSLCertVerificationError"),
        NoCredentialsError(),
        CredentialRetrievalError(provider="container-role", error_msg="gone"),
        SSLError(endpoint_url="https://x", error=OSError("[SSL: CERTIFICATE_VERIFY_FAILED] own")),
    ],
)
def test_what_somebody_has_to_mend_first_is_no_throttling(error: Exception) -> None:
    with pytest.raises(Transient) as heard:
        SesMailer(cast("Any", Failing(error)), "bakery", "").send(MAIL)

    assert not isinstance(heard.value, Throttled)


def test_tls_that_breaks_later_leaves_the_outcome_unknown() -> None:
    error = SSLError(endpoint_url="https://x", error=OSError("EOF in violation of protocol"))

    with pytest.raises(UnknownOutcome):
        SesMailer(cast("Any", Failing(error)), "bakery", "").send(MAIL)


def test_a_line_that_breaks_after_the_request_is_an_unknown_outcome(
    ses: Ses, mailer: Making
) -> None:
    ses.hangs_up = True

    with pytest.raises(UnknownOutcome):
        mailer(ses.server_port).send(MAIL)

    assert len(ses.requests) == 1


def test_who_can_not_even_connect_has_surely_sent_nothing(ses: Ses, mailer: Making) -> None:
    ses.shutdown()
    ses.server_close()

    with pytest.raises(Throttled):
        mailer(ses.server_port).send(MAIL)


@pytest.mark.parametrize("where", [{}, {"AWS_EXECUTION_ENV": "AWS_Lambda", "AWS_REGION": "eu-x"}])
def test_the_client_that_functions_are_given_asks_once(
    where: dict[str, str], ses: Ses, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {**ENVIRONMENT, **where}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL_SESV2", f"http://127.0.0.1:{ses.server_port}")
    ses.status, ses.error = 503, "ServiceUnavailable"
    client = Clients()("sesv2")

    with pytest.raises(UnknownOutcome):
        SesMailer(client, "bakery", "").send(MAIL)

    assert len(ses.requests) == 1
    assert isinstance(client, WireClient) == bool(where)


def test_ses_gives_up_before_we_do() -> None:
    assert NEVER_REPEATED.read_timeout > 60  # type: ignore[attr-defined]  # set dynamically
