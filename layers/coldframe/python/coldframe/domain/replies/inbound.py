"""A mail that came in, as far as we use it, and what SES found out about its way to us."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from coldframe.domain.touchpoint import short_hash

PASS, FAIL = "pass", "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """SES's own words, in lower case: pass, fail, gray, processing_failed; empty: not told."""

    spam: str = ""
    virus: str = ""
    spf: str = ""
    dkim: str = ""
    dmarc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One receipt. Recipients and sender are the envelope's: a blind copy is in no header."""

    id: str
    at: datetime
    recipients: tuple[str, ...]
    envelope_sender: str
    verdicts: Verdicts = Verdicts()


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMail:
    sender: str
    """From's address in its normal form; empty if there is none that we could answer."""
    name: str
    to: tuple[str, ...]
    """To and Cc, in their normal form; what is no address is left out."""
    subject: str
    headers: Mapping[str, str]
    """The outermost ones, the first of each, by lower-case name."""
    content_type: str
    report_type: str
    """Of a multipart/report: ``delivery-status``, ``feedback-report``, …"""
    text: str
    """All that a person would read; of a huge mail its beginning."""
    words: str
    """The text without quotes and signature."""
    raw: bytes = field(default=b"", repr=False)
    """The mail as it came; empty if it is too large to pass on."""

    @property
    def identity(self) -> str:
        """The same for every copy of one mail, also when it was handed over to SES twice."""
        told = (self.headers.get("message-id", ""), self.headers.get("date", ""))
        return short_hash("reply", self.sender, self.subject, *told, self.text)


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def proven(mail: InboundMail, delivery: Delivery) -> bool:
    """Whether From can be believed: DMARC passes, or SPF does for From's very domain."""
    verdicts = delivery.verdicts
    if verdicts.dmarc == PASS:
        return True
    if verdicts.dmarc == FAIL or verdicts.spf != PASS or not mail.sender:
        return False
    return domain_of(mail.sender) == domain_of(delivery.envelope_sender)
