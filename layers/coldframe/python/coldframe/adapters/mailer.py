"""SES, asked once per mail: it has no idempotency token, so nothing here ever repeats a call."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from coldframe.adapters.aws import THROTTLES, code_of, in_our_words, status_of
from coldframe.adapters.aws_faults import AwsRefusal, Unanswered, Unreachable, Unusable
from coldframe.domain.errors import MailRefused, Throttled, Transient, UnknownOutcome
from coldframe.domain.message import RenderedMail

if TYPE_CHECKING:
    from types_boto3_sesv2 import SESV2Client

OURS_TO_MEND = (
    "AccessDenied",
    "AccountSuspended",
    "ExpiredToken",
    "InvalidClientTokenId",
    "InvalidSignature",
    "MailFromDomainNotVerified",
    "NotFound",
    "SendingPaused",
    "UnrecognizedClient",
)
"""Say nothing about the mail: the account or the deployment is to be mended, and then it goes."""
NOT_THE_MAILS = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.REQUEST_TIMEOUT,
    }
)
"""Whatever the code says: who asked was not let in, or not heard out."""


@dataclass(frozen=True, slots=True)
class SesMailer:
    client: "SESV2Client"
    configuration_set: str
    tenant: str

    def send(self, mail: RenderedMail) -> str:
        request = self._request(mail)
        try:
            answer = self.client.send_email(**request)
        except Exception as error:
            raise _outcome(error) from error
        if "MessageId" not in answer:
            raise UnknownOutcome("NoMessageId")
        return answer["MessageId"]

    def _request(self, mail: RenderedMail) -> Any:  # noqa: ANN401 - SendEmail's keywords
        request: dict[str, Any] = {
            "FromEmailAddress": mail.sender,
            "Destination": {"ToAddresses": [mail.recipient]},
            "ReplyToAddresses": [mail.reply_to] if mail.reply_to and not mail.attached else [],
            "Content": _whole(mail) if mail.attached else _simple(mail),
            "EmailTags": _named(mail.tags),
            "ConfigurationSetName": self.configuration_set,
            "TenantName": self.tenant,
        }
        return {name: value for name, value in request.items() if value}


def _simple(mail: RenderedMail) -> dict[str, Any]:
    body = {"Text": _utf8(mail.text), **({"Html": _utf8(mail.html)} if mail.html else {})}
    subject, headers = _utf8(mail.subject), _named(mail.headers)
    return {"Simple": {"Subject": subject, "Body": body, "Headers": headers}}


def _whole(mail: RenderedMail) -> dict[str, Any]:
    """Written by us to the last byte, for SES can't attach a mail to one it writes."""
    from coldframe.adapters.whole_mails import whole

    return {"Raw": {"Data": whole(mail)}}


def _named(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in pairs]


def _utf8(data: str) -> dict[str, str]:
    return {"Data": data, "Charset": "UTF-8"}


def _outcome(error: Exception) -> Exception:
    """What isn't known to have come to nothing may have been sent; our own mistakes stay so."""
    told = in_our_words(error)
    if isinstance(told, Unusable):
        return Transient(str(told))
    if isinstance(told, Unreachable):
        return Throttled(str(told))
    if isinstance(told, AwsRefusal):
        return _refusal(told)
    if isinstance(told, Unanswered):
        return UnknownOutcome(str(told))
    return error


def _refusal(error: AwsRefusal) -> Exception:
    code = code_of(error)
    if code in THROTTLES or status_of(error) == HTTPStatus.TOO_MANY_REQUESTS:
        return Throttled(code)
    if code.startswith(OURS_TO_MEND) or status_of(error) in NOT_THE_MAILS:
        return Transient(code)
    if status_of(error) >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return UnknownOutcome(code)
    return MailRefused(code)
