"""What a mail in the replies' mailbox is: a person's words, or a machine's."""

from enum import StrEnum

from coldframe.domain.replies.inbound import FAIL, Delivery, InboundMail
from coldframe.domain.replies.machine_words import (
    AUTO_HEADERS,
    BOUNCE_PEOPLE,
    BOUNCE_SUBJECTS,
    BULK,
    NOBODY,
    VACATION_SUBJECTS,
)

LONGEST_SUBJECT = 300
REPORTS = frozenset({"delivery-status", "disposition-notification"})


class Nature(StrEnum):
    REPLY = "reply"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    FEEDBACK = "feedback"
    SPAM = "spam"
    VIRUS = "virus"


def nature_of(mail: InboundMail, delivery: Delivery) -> Nature:
    """Only a REPLY has consequences; what a machine wrote never forbids mail to anybody."""
    if delivery.verdicts.virus == FAIL:
        return Nature.VIRUS
    if _is_feedback(mail):
        return Nature.FEEDBACK
    if _is_bounce(mail):
        return Nature.BOUNCE
    if _is_automatic(mail, delivery):
        return Nature.AUTO_REPLY
    return Nature.SPAM if delivery.verdicts.spam == FAIL else Nature.REPLY


def _is_feedback(mail: InboundMail) -> bool:
    named = {"x-feedback-type", "x-hmxmroriginalrecipient", "x-loop-complaint"}
    return mail.report_type == "feedback-report" or bool(named & mail.headers.keys())


def _is_bounce(mail: InboundMail) -> bool:
    if mail.report_type in REPORTS or mail.content_type == "message/delivery-status":
        return True
    if {"x-failed-recipients", "x-delivery-status"} & mail.headers.keys():
        return True
    who = mail.sender.partition("@")[0] or _raw_local(mail.headers.get("from", ""))
    return who in BOUNCE_PEOPLE or _begins(mail.subject, BOUNCE_SUBJECTS)


def _is_automatic(mail: InboundMail, delivery: Delivery) -> bool:
    headers = mail.headers
    submitted = headers.get("auto-submitted", "no").partition(";")[0].strip().lower()
    if submitted not in ("no", ""):
        return True
    if headers.get("precedence", "").strip().lower() in BULK:
        return True
    if AUTO_HEADERS & headers.keys() or "@" not in headers.get("from", ""):
        return True
    if mail.sender.partition("@")[0] in NOBODY:
        return True
    if headers.get("return-path", "").strip() == "<>" or delivery.envelope_sender in ("", "<>"):
        return True
    return _begins(mail.subject, VACATION_SUBJECTS)


def _begins(subject: str, phrases: tuple[str, ...]) -> bool:
    """An answer to a mail that had such a subject begins with Re:, so it is none itself."""
    return " ".join(subject[:LONGEST_SUBJECT].lower().split()).lstrip("[(*!<").startswith(phrases)


def _raw_local(sender: str) -> str:
    """Of a From that holds no address we could answer, like ``<MAILER-DAEMON>``."""
    inner = sender[:LONGEST_SUBJECT].rpartition("<")[2].partition(">")[0]
    return inner.partition("@")[0].strip(' "').lower()
