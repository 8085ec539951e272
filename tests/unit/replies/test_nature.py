"""A person's answer, or a machine's."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from coldframe.adapters.inbox import parsed
from coldframe.domain.replies.inbound import Verdicts
from coldframe.domain.replies.nature import Nature, nature_of
from tests.unit.replies.mails import PASSED, delivery, raw, read

BOUNCES = Path(__file__).parents[4] / "shared" / "data" / "bounces"


def test_a_person_who_answers_is_one() -> None:
    assert nature_of(read(), delivery()) is Nature.REPLY


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; owner-email=x"},
        {"X_Auto_Response_Suppress": "All"},
        {"X_Autoreply": "yes"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"List_Id": "<cakes.example.com>"},
        {"Return_Path": "<>"},
        {"From": "No-Reply@example.com"},
        {"Subject": "Automatic reply: Cakes"},
        {"Subject": "Automatische Antwort: Kuchen"},
        {"Subject": "Abwesenheitsnotiz: Kuchen"},
        {"Subject": "Réponse automatique : Gâteaux"},
        {"Subject": "Respuesta automática: Pasteles"},
        {"Subject": "Risposta automatica: Torte"},
        {"Subject": "Automatisch antwoord: Taart"},
        {"Subject": "Out of Office: back on Monday"},
    ],
    ids=str,
)
def test_what_answers_by_itself_is_no_reply(headers: dict[str, str]) -> None:
    assert nature_of(read(**headers), delivery()) is Nature.AUTO_REPLY


@pytest.mark.parametrize("sender", ["", "<>"])
def test_what_nobody_can_send_back_was_sent_by_a_machine(sender: str) -> None:
    assert nature_of(read(), delivery(sender=sender)) is Nature.AUTO_REPLY


def test_whose_mail_goes_by_ses_too_is_a_person_all_the_same() -> None:
    mail = read(Feedback_ID="1.us-west-2.x:AmazonSES", X_SES_Outgoing="2026.11.20-54.240.27.15")

    assert nature_of(mail, delivery()) is Nature.REPLY


def test_a_reply_to_an_automatic_mail_is_a_persons() -> None:
    mail = read(Subject="Re: Automatic reply: Cakes", Auto_Submitted="no")

    assert nature_of(mail, delivery()) is Nature.REPLY


@pytest.mark.parametrize(
    "headers",
    [
        {"From": "MAILER-DAEMON@mx.example.com"},
        {"From": "Mail Delivery Subsystem <postmaster@example.com>"},
        {"From": "<MAILER-DAEMON>"},
        {"Subject": "Undelivered Mail Returned to Sender"},
        {"X_Failed_Recipients": "ada@example.com"},
    ],
    ids=str,
)
def test_what_tells_that_a_mail_came_back_is_a_bounce(headers: dict[str, str]) -> None:
    assert nature_of(read(**headers), delivery()) is Nature.BOUNCE


@pytest.mark.parametrize(
    ("kind", "nature"),
    [("delivery-status", Nature.BOUNCE), ("feedback-report", Nature.FEEDBACK)],
)
def test_a_report_is_what_it_says(kind: str, nature: Nature) -> None:
    head = b"From: x@example.com\r\nContent-Type: multipart/report; report-type=%s; boundary=b\r\n"

    mail = parsed(head % kind.encode() + b"\r\n--b\r\n\r\nSorry\r\n--b--\r\n")

    assert nature_of(mail, delivery()) is nature


def test_a_virus_is_nothing_else() -> None:
    told = replace(PASSED, virus="fail")

    assert nature_of(read(Auto_Submitted="auto-replied"), delivery(verdicts=told)) is Nature.VIRUS


def test_spam_is_told_after_all_the_rest() -> None:
    spam = Verdicts(spam="fail")

    assert nature_of(read(), delivery(verdicts=spam)) is Nature.SPAM
    assert nature_of(read(Precedence="junk"), delivery(verdicts=spam)) is Nature.AUTO_REPLY


def of_sisimai() -> list[tuple[str, str]]:
    expected = BOUNCES / "sisimai" / "EXPECTED.json"
    if not expected.exists():
        return []
    found = json.loads(expected.read_text())
    return [(name, told[0]["reason"] if told else "") for name, told in sorted(found.items())]


@pytest.mark.skipif(not BOUNCES.exists(), reason="the third-party samples are not here")
def test_no_bounce_vacation_or_feedback_of_others_is_taken_for_a_reply() -> None:
    taken = [
        name
        for name, _ in of_sisimai()
        if nature_of(parsed((BOUNCES / "sisimai" / name).read_bytes()), delivery()) is Nature.REPLY
    ]

    assert taken == []


@pytest.mark.skipif(not BOUNCES.exists(), reason="the third-party samples are not here")
def test_a_vacation_answers_by_itself() -> None:
    vacations = [name for name, reason in of_sisimai() if reason == "vacation"]

    assert vacations
    for name in vacations:
        mail = parsed((BOUNCES / "sisimai" / name).read_bytes())
        assert nature_of(mail, delivery()) is Nature.AUTO_REPLY


@pytest.mark.skipif(not BOUNCES.exists(), reason="the third-party samples are not here")
def test_of_old_bounces_without_any_header_hardly_one_gets_through() -> None:
    """Two of them are written by a person's hand, as far as anything in them tells."""
    old = sorted((BOUNCES / "flufl").glob("*.txt"))
    taken = [
        path.name
        for path in old
        if nature_of(parsed(path.read_bytes()), delivery()) is Nature.REPLY
    ]

    assert len(old) > 100
    assert len(taken) <= 2


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\x00\xff" * 5_000,
        b"From: \xff\xfe<\r\nSubject: =?utf-8?b?////?=\r\n\r\n\xff",
        b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        b"Content-Type: text/plain; charset=nonsense\r\n\r\nhello",
        b"From: a@b.example, c@d.example\r\n\r\nhello",
        raw().replace(b"Content-Type: text/plain", b"Content-Type: text/plain; x=" + b"y" * 5_000),
        b"From: " + b"(" * 20_000 + b"\r\n\r\nhello",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 3_000,
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 500,
        b"Content-Type: message/rfc822\r\n\r\n" * 2_000,
        b"Content-Type: text/plain; charset*1*\r\n\r\nhello",
        b"Content-Type: text/plain " + b"(" * 20_000 + b"\r\n\r\nhello",
        b"Content-Type: text/html\r\n\r\n" + b"<![" * 100,
    ],
    ids=lambda garbage: repr(garbage[:20]),
)
def test_whatever_the_bytes_are_they_are_read(garbage: bytes) -> None:
    assert nature_of(parsed(garbage), delivery()) in set(Nature)


@pytest.mark.parametrize(
    "sender",
    [
        "rosa@bakery.example\r\nFrom: Eve <eve@elsewhere.example>",
        "rosa@bakery.example <eve@elsewhere.example>",
        "rosa@bakery.example)eve@elsewhere.example",
        "rosa@bakery.example;eve@elsewhere.example",
        "<rosa@bakery.example> <eve@elsewhere.example>",
        "<@elsewhere.example:rosa@bakery.example>",
        "Rosa <rosa@bakery.example> (eve@elsewhere.example)",
        "=?utf-8?q?rosa=40bakery=2Eexample?=",
    ],
)
def test_a_sender_that_can_be_read_in_two_ways_is_none(sender: str) -> None:
    assert parsed(f"From: {sender}\r\n\r\nhello".encode()).sender == ""


@pytest.mark.parametrize(
    "sender",
    [
        "ADA@example.com",
        '"eve@elsewhere.example" <ada@example.com>',
        "ada@example.com <Ada@Example.com>",
        "=?utf-8?q?eve=40elsewhere=2Eexample=3E=2C?= <ada@example.com>",
        '"Lovelace, Ada \\"Countess\\"" <ada@example.com>',
    ],
)
def test_a_name_is_no_second_sender(sender: str) -> None:
    assert parsed(f"From: {sender}\r\n\r\nhello".encode()).sender == "ada@example.com"
