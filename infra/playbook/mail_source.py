"""emails/<mail>.md, <mail>.mjml and their translations: front matter and text, not yet laid out."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from coldframe.domain.message import MailKind
from infra.playbook.languages import MAIL_LANGUAGE
from infra.reading.documents import parse_yaml, read_text
from infra.reading.nodes import Keys, Located, Node
from infra.reading.problems import Problems, Spot

STAGES: Final = ("awareness", "consideration", "evaluation", "decision", "customer")
"""The buyer's, for which a mail can be written."""
MARKDOWN: Final = ".md"
MJML: Final = ".mjml"
_KINDS: Final = [kind.value for kind in MailKind if kind is not MailKind.NOTICE]
_FENCE: Final = "---\n"
SHARED: Final = frozenset(
    {
        *("kind", "topic", "format", "on_unknown", "stage", "answers", "from", "valid_until"),
        "language",
    }
)
"""What a mail says once, for all its translations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSource:
    mail: str
    spot: Spot
    subject: Located[str] | None
    preheader: Located[str] | None
    kind: MailKind
    topic: Located[str] | None
    format: str
    """html | plain | mjml"""
    on_unknown: str
    stage: str
    answers: str
    sender: Located[str] | None
    """`from:`, a name among the client's people, or `rep`."""
    valid_until: Located[date] | None
    """A day (it is the last one) or an instant."""
    language: str
    """Empty: the client's own."""
    body: str
    body_line: int
    """The line of the file on which the body begins."""
    said: frozenset[str]
    """The keys of its front matter."""


def read_mail(path: Path, *, name: str, mail: str, problems: Problems) -> MailSource | None:
    spot = Spot(file=name, line=1, path="", problems=problems)
    text = read_text(path, spot)
    if text is None:
        return None
    head, fence, body = text.removeprefix(_FENCE).partition("\n" + _FENCE)
    if not text.startswith(_FENCE) or not fence:
        spot.report("must begin with its front matter: a line `---`, `subject: …`, a line `---`")
        return None
    root = parse_yaml("\n" + head, spot=spot)
    line = head.count("\n") + 4
    if root is None:
        return None
    return _mail(root, mail=mail, body=body, line=line, whole=path.suffix == MJML)


def _mail(root: Node, *, mail: str, body: str, line: int, whole: bool) -> MailSource:
    keys = root.keys(needed=["subject"], optional=["preheader", *SHARED])
    source = MailSource(
        mail=mail,
        spot=root.spot,
        subject=keys.located("subject", Node.text),
        preheader=keys.located("preheader", Node.text),
        kind=MailKind(keys.read("kind", lambda node: node.one_of(_KINDS)) or MailKind.VALUE),
        topic=keys.located("topic", Node.text),
        format=_format(keys, whole=whole),
        on_unknown=keys.read("on_unknown", lambda node: node.one_of(["drop", "repeat"])) or "drop",
        stage=keys.read("stage", lambda node: node.one_of(STAGES)) or "",
        answers=keys.read("answers", Node.text) or "",
        sender=keys.located("from", Node.text),
        valid_until=keys.located("valid_until", _last_day),
        language=keys.read("language", _language) or "",
        body=body,
        body_line=line,
        said=frozenset(name for name, _ in keys),
    )
    if not body.strip():
        root.spot.on_line(line).report("says nothing: write the mail below the front matter")
    return source


def _format(keys: Keys, *, whole: bool) -> str:
    """A mail that is MJML from head to foot says so by its file's name."""
    told = keys.read("format", lambda node: node.one_of(["html", "plain"]))
    spot = keys.spot("format")
    if whole and told and spot:
        spot.report("a mail in MJML has its own format; leave the key out")
    return "mjml" if whole else told or "html"


def _last_day(node: Node) -> date | None:
    text = node.text()
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            found = read(text or "")
        except ValueError:
            continue
        if not isinstance(found, datetime) or found.tzinfo:
            return found
    if text:
        node.spot.report(
            f"{text!r} is no day; write the last one, as `2026-12-31`, or an instant with its"
            " offset, as `2026-12-31T18:00:00+01:00`"
        )
    return None


def _language(node: Node) -> str | None:
    text = node.text()
    if text is None or MAIL_LANGUAGE.fullmatch(text):
        return text
    node.spot.report(f"{text!r} is no language; write its tag, as `de`, `pt-BR` or `de-formal`")
    return None
