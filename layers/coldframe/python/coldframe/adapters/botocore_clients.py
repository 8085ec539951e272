"""botocore's clients as we want them: imported only by functions that need one."""

from typing import Any

from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    SSLError,
)
from botocore.parsers import ResponseParserError
from botocore.session import Session, get_session

from coldframe.adapters.aws_faults import AwsRefusal, Unanswered, Unreachable, Unusable

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

NOT_ON_ITS_WAY = (ConnectTimeoutError, EndpointConnectionError)
"""Raised before the request has left."""
NOTHING_TO_SIGN_WITH = (CredentialRetrievalError, NoCredentialsError)
NOT_TRUSTED = "CERTIFICATE_VERIFY_FAILED"
"""Whatever else goes wrong with TLS may do so after the request has left."""


def session() -> Session:
    return get_session()


def made(service: str, of: Session) -> Any:  # noqa: ANN401 - the client of whichever service
    return of.create_client(service, config=CONFIGURED.get(service, SAFE_TO_REPEAT))


def in_our_words(error: Exception) -> Exception | None:
    """None: it isn't botocore's."""
    if isinstance(error, ClientError):
        return AwsRefusal(error.response, error.operation_name)
    untrusted = isinstance(error, SSLError) and NOT_TRUSTED in str(error)
    if untrusted or isinstance(error, NOTHING_TO_SIGN_WITH):
        return Unusable(type(error).__name__)
    if isinstance(error, NOT_ON_ITS_WAY):
        return Unreachable(type(error).__name__)
    if isinstance(error, BotoCoreError | ResponseParserError):
        return Unanswered(type(error).__name__)
    return None
