"""Mails laid out and turned into templates: subject, HTML, text."""

import hashlib
import html as markup
import json
from collections.abc import Mapping
from dataclasses import dataclass

from coldframe.domain.playbook import Mail
from infra.playbook.layout import Layout, relink
from infra.playbook.mail_source import MailSource
from infra.playbook.placeholders import Placeholders
from infra.playbook.plain import as_text
from infra.playbook.prose import Links, as_html, parse


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """A mail and its Jinja templates by name."""

    mail: Mail
    templates: Mapping[str, str]


def lay_out(source: MailSource, *, layout: Layout | None, footer: str) -> LaidOut:
    links, placeholders = Links(), Placeholders()
    tokens = parse(placeholders.protect(source.body))
    subject = source.subject.value if source.subject else ""
    templates = {f"{source.mail}.subject": one_line(subject)}
    text = placeholders.restore(as_text(tokens, links.placeholder)).strip()
    templates[f"{source.mail}.text"] = f"{text}\n\n{footer}".strip() + "\n"
    if source.format == "html" and layout:
        preheader = source.preheader.value if source.preheader else ""
        content = placeholders.restore(as_html(tokens, links.placeholder))
        page = layout.around(
            content.strip(),
            subject=_escaped(subject),
            preheader=_escaped(preheader),
        )
        templates[f"{source.mail}.html"] = relink(page, links.placeholder)
    return LaidOut(mail=_mail(source, links, templates), templates=templates)


def one_line(subject: str) -> str:
    """A header is one line, whatever the fields in it hold."""
    return f"{{% set line %}}{subject}{{% endset %}}{{{{ line.split() | join(' ') }}}}"


def _escaped(words: str) -> str:
    placeholders = Placeholders()
    return placeholders.restore(markup.escape(placeholders.protect(words)))


def _mail(source: MailSource, links: Links, templates: Mapping[str, str]) -> Mail:
    content = json.dumps([templates, links.targets], sort_keys=True)
    return Mail(
        mail=source.mail,
        kind=source.kind,
        topic=source.topic.value if source.topic else None,
        format=source.format,
        links=tuple(links.targets),
        on_unknown=source.on_unknown,
        content_hash=hashlib.sha256(content.encode()).hexdigest()[:16],
    )
