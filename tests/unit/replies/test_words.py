"""The words that are new: without what is quoted, and without the signature."""

import json
from collections import Counter
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from time import process_time

import pytest

from coldframe.adapters.inbox import parsed
from coldframe.domain.replies.quoting import new_words
from tests.unit.replies.mails import raw

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "replies"
needs_samples = pytest.mark.skipif(
    not SAMPLES.exists(), reason="the third-party samples are not here"
)
pytestmark = pytest.mark.timeout(60)
"""What a bomb would need, were it one, is minutes."""
AGREED = 0.9
MEGA = 1_000_000


@pytest.mark.parametrize(
    "attribution",
    [
        "On Fri, 20 Nov 2026 at 09:00, Rosa <rosa@bakery.example> wrote:",
        "Am Fr., 20. Nov. 2026 um 09:00 Uhr schrieb Rosa <rosa@bakery.example>:",
        "Am 20.11.2026 um 09:00 schrieb Rosa:",
        "Le ven. 20 nov. 2026 à 09:00, Rosa <rosa@bakery.example> a écrit :",
        "El vie, 20 nov 2026 a las 9:00, Rosa (<rosa@bakery.example>) escribió:",
        "Il giorno ven 20 nov 2026 alle ore 09:00 Rosa ha scritto:",
        "Op vr 20 nov 2026 om 09:00 schreef Rosa <rosa@bakery.example>:",
        "Em sex., 20 de nov. de 2026 às 09:00, Rosa escreveu:",
        "Am Fr., 20. Nov. 2026 um 09:00 Uhr schrieb Rosa Lindner\n<rosa@bakery.example>:",
    ],
)
def test_what_is_quoted_is_left_out(attribution: str) -> None:
    mail = f"Do you deliver?\n\n{attribution}\n\n> Cakes!\n> Buy them.\n"

    assert new_words(mail) == "Do you deliver?"


@pytest.mark.parametrize(
    "copied",
    [
        "-----Original Message-----\nFrom: Rosa\nSent: Friday",
        "-----Ursprüngliche Nachricht-----\nVon: Rosa",
        "________________________________\nVon: Rosa <rosa@bakery.example>\nGesendet: Freitag",
        "Von: Rosa\nGesendet: Freitag, 20. November 2026\nAn: Ada\nBetreff: Kuchen",
        "De : Rosa\nEnvoyé : vendredi 20 novembre\nÀ : Ada".replace("De :", "De:"),
    ],
)
def test_what_is_copied_below_is_left_out(copied: str) -> None:
    assert new_words(f"Do you deliver?\n\n{copied}\n\nCakes! Buy them.\n") == "Do you deliver?"


def test_words_that_only_look_like_an_attribution_stay() -> None:
    said = "Am Montag schrieb ich Ihnen, dass wir kommen.\nWir freuen uns."

    assert new_words(said) == said


def test_a_mail_in_html_alone_is_read_without_its_quotes() -> None:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "ada@example.com"
    mail.set_content(
        "<style>p {}</style><p>Do you <b>deliver</b>?</p><script>alert(1)</script>"
        '<div class="gmail_quote">On Friday Rosa wrote:<blockquote>Cakes!</blockquote></div>',
        subtype="html",
    )

    assert parsed(bytes(mail)).words == "Do you deliver?"


def visible(outputs: dict[str, str]) -> str | None:
    """What two of the three parsers agree on, if they do."""
    said = Counter(
        " ".join((text or "").split())
        for parser, text in outputs.items()
        if parser.endswith("_visible")
    )
    text, times = said.most_common(1)[0]
    return text if times > 1 else None


@needs_samples
def test_where_two_parsers_agree_ours_says_the_same() -> None:
    reference = json.loads((SAMPLES / "REFERENCE_OUTPUTS.json").read_text())
    agreed = {name: text for name, told in reference.items() if (text := visible(told)) is not None}
    same = [
        name
        for name, text in agreed.items()
        if " ".join(new_words((SAMPLES / name).read_text(errors="replace")).split()) == text
    ]

    print(f"equal in {len(same)} of {len(agreed)} mails")  # noqa: T201 - the share is to be seen
    assert len(same) >= AGREED * len(agreed)


@needs_samples
def test_the_longest_quote_takes_less_than_a_second() -> None:
    mail = (SAMPLES / "github" / "email_long_quote.txt").read_text()

    assert seconds(mail) < 1


@pytest.mark.parametrize(
    "bomb",
    [
        "On " * (MEGA // 3) + "wrote:",
        "On a, b wrote: \n" * 50_000,
        "> " * (MEGA // 2),
        "\n".join(["> " * 50] * 10_000),
        " \n" * (MEGA // 2),
        "\n" * MEGA,
        "-" * MEGA,
        "_" * MEGA + "\nx",
        "From: x\n" * 100_000,
        "Am schrieb\n" * 80_000,
        "Sent from my " * 80_000,
        "a" * MEGA,
        "\t \t" * (MEGA // 3),
    ],
    ids=lambda bomb: repr(bomb[:12]),
)
def test_no_mail_keeps_the_parser_busy(bomb: str) -> None:
    assert len(new_words(bomb)) <= len(bomb)


@pytest.mark.parametrize("part", ["<a ", "<!--", "<div>", "&amp;", "<![CDATA[", "<p title='"])
def test_no_html_keeps_it_busy_either(part: str) -> None:
    mail = raw().replace(b"text/plain", b"text/html") + (part * (MEGA // len(part))).encode()
    assert parsed(mail).sender


def _within(number: int) -> bytes:
    kind = f"Content-Type: multipart/mixed; boundary=b{number + 1}"
    return f"--b{number}\r\n{kind}\r\n\r\n".encode()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("charset=punycode", b"a-" + b"b9z" * (MEGA // 3)),
        ("a=b; " * (MEGA // 8), b"hello"),
        ("boundary=b0", b"".join(_within(number) for number in range(1_000)) + b"x\r\n" * 90_000),
    ],
    ids=["a charset of domain names", "a header without end", "parts within parts"],
)
def test_no_way_to_build_a_mail_keeps_it_busy_either(kind: str, body: bytes) -> None:
    built = "multipart/mixed" if "boundary" in kind else "text/plain"
    head = b"From: ada@example.com\r\nSubject: Re: Cakes\r\n"

    mail = parsed(head + f"Content-Type: {built}; {kind}\r\n\r\n".encode() + body)

    assert (mail.sender, mail.subject) == ("ada@example.com", "Re: Cakes")


@pytest.mark.parametrize(
    ("charset", "body"),
    [("utf-7", b"Forty +2AA- people"), ("unicode_escape", rb"Forty \ud800 people")],
)
def test_half_a_character_never_leaves_the_mail(charset: str, body: bytes) -> None:
    mail = parsed(f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + body)

    assert mail.text.encode()[:5] in (b"Forty", b"")
    assert mail.words.encode() == mail.text.encode()


def test_a_huge_mail_is_read_as_fast_as_a_small_one() -> None:
    huge = raw() + b"x\n" * (5 * MEGA)

    assert parsed(huge).words.startswith("Do you bake for forty people?")


def seconds(mail: str) -> float:
    before = process_time()
    new_words(mail)
    return process_time() - before
