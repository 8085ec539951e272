"""emails/<mail>.md: front matter and Markdown, not yet laid out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coldframe.domain.message import MailKind
from infra.reading.documents import parse_yaml, read_text
from infra.reading.nodes import Located, Node
from infra.reading.problems import Problems, Spot

_KINDS: Final = [kind.value for kind in MailKind if kind is not MailKind.NOTICE]
_FENCE: Final = "---\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSource:
    mail: str
    spot: Spot
    subject: Located[str] | None
    preheader: Located[str] | None
    kind: MailKind
    topic: Located[str] | None
    format: str
    on_unknown: str
    body: str
    body_line: int
    """The line of the file on which the body begins."""


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
    return _mail(root, mail=mail, body=body, line=line) if root else None


def _mail(root: Node, *, mail: str, body: str, line: int) -> MailSource:
    keys = root.keys(
        needed=["subject"], optional=["preheader", "kind", "topic", "format", "on_unknown"]
    )
    source = MailSource(
        mail=mail,
        spot=root.spot,
        subject=keys.located("subject", Node.text),
        preheader=keys.located("preheader", Node.text),
        kind=MailKind(keys.read("kind", lambda node: node.one_of(_KINDS)) or MailKind.VALUE),
        topic=keys.located("topic", Node.text),
        format=keys.read("format", lambda node: node.one_of(["html", "plain"])) or "html",
        on_unknown=keys.read("on_unknown", lambda node: node.one_of(["drop", "repeat"])) or "drop",
        body=body,
        body_line=line,
    )
    if not body.strip():
        root.spot.on_line(line).report("says nothing: write the mail below the front matter")
    return source
