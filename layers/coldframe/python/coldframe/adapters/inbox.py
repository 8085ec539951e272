"""Mails as SES put them into the bucket, parsed with the standard library's email package."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coldframe.adapters.aws import faults_named
from coldframe.domain.errors import InvalidAddress
from coldframe.domain.lead import normal_address
from coldframe.domain.replies.inbound import InboundMail
from coldframe.domain.replies.quoting import new_words

if TYPE_CHECKING:
    from email.message import EmailMessage

    from types_boto3_s3 import S3Client

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_ADDRESS = re.compile(r"[^\s<>()\[\],;:@\0]+@[^\s<>()\[\],;:@\0]+")
PREFIX = "mails/"
"""Of the objects' keys; SES adds the receipt's id."""
LARGEST = 10_000_001
"""Bytes of a mail that are read; SES takes up to 40 MB."""
LARGEST_FORWARDED = 10_000_000
LARGEST_PARSED = 1_000_000
"""A person's words stand before the pictures they attach."""
LARGEST_HEAD = 100_000
HEADERS = 200
ADDRESSES = 100
LONGEST_SENDER = 2_000


@dataclass(frozen=True, slots=True)
class S3Inbox:
    client: "S3Client"
    bucket: str

    def read(self, receipt: str) -> InboundMail:
        with faults_named():
            stored = self.client.get_object(
                Bucket=self.bucket, Key=PREFIX + receipt, Range=f"bytes=0-{LARGEST - 1}"
            )
            raw = stored["Body"].read()
        return parsed(raw)


def parsed(raw: bytes) -> InboundMail:
    """Whatever the bytes are: what can't be read is empty."""
    from coldframe.adapters.reply_text import text_of

    mail = _message(raw)
    headers = _headers(mail)
    text = text_of(mail)
    name, sender = _first(headers.get("from", ""))
    if sender != _only_sender(mail):
        name, sender = "", ""
    return InboundMail(
        sender=sender,
        name=name,
        to=_addresses(headers.get("to", ""), headers.get("cc", "")),
        subject=headers.get("subject", ""),
        headers=headers,
        content_type=mail.get_content_type(),
        report_type=str(mail.get_param("report-type", "") or "").lower(),
        text=text,
        words=new_words(text),
        raw=raw if len(raw) <= LARGEST_FORWARDED else b"",
    )


def _message(raw: bytes) -> "EmailMessage":
    from email.parser import BytesHeaderParser, BytesParser

    from coldframe.adapters.wary_headers import WARY

    try:
        return BytesParser(policy=WARY).parsebytes(raw[:LARGEST_PARSED])
    except RecursionError:  # mails within mails within mails: the outermost will do
        return BytesHeaderParser(policy=WARY).parsebytes(raw[:LARGEST_HEAD])


def _headers(mail: "EmailMessage") -> dict[str, str]:
    """Decoded one by one: a header that the email package can't read must not hide the others."""
    from coldframe.adapters.wary_headers import LONGEST_HEADER

    found: dict[str, str] = {}
    for name, value in list(mail.raw_items())[:HEADERS]:
        found.setdefault(name.lower(), _decoded(mail, name, str(value)[:LONGEST_HEADER]))
    return found


def _decoded(mail: "EmailMessage", name: str, value: str) -> str:
    """On one line, so that nothing can be smuggled into a header of ours."""
    try:
        value = str(mail.policy.header_fetch_parse(name, value))
    except Exception:  # noqa: BLE001 - the email package fails in many ways on hostile headers
        value = value.encode("ascii", "replace").decode()
    printable = "".join(c if c.isprintable() else " " for c in value)
    return " ".join(printable.encode("utf-8", "replace").decode().split())


def _only_sender(mail: "EmailMessage") -> str:
    """From's address if all who read it, SES and we, must find the same one; else empty."""
    told = [str(value) for name, value in mail.raw_items() if name.lower() == "from"]
    if len(told) != 1:
        return ""
    unquoted = _QUOTED.sub(" ", told[0][:LONGEST_SENDER])
    addresses = _ADDRESS.findall(unquoted)
    one = len(addresses) == unquoted.count("@") and len(set(map(_normal, addresses))) == 1
    return _normal(addresses[0]) if one else ""


def _first(header: str) -> tuple[str, str]:
    """Name and address of the one person in From; two people, or none we can answer, are none."""
    found = _pairs(header)
    if len(found) != 1:
        return "", ""
    name, address = found[0]
    return name, _normal(address)


def _addresses(*headers: str) -> tuple[str, ...]:
    found = [_normal(address) for header in headers for _, address in _pairs(header)]
    return tuple(dict.fromkeys(filter(None, found)))[:ADDRESSES]


def _pairs(header: str) -> list[tuple[str, str]]:
    from email.utils import getaddresses

    try:
        return [(name, address) for name, address in getaddresses([header]) if address]
    except RecursionError:  # brackets within brackets within brackets
        return []


def _normal(address: str) -> str:
    try:
        return normal_address(address)
    except InvalidAddress:
        return ""
