"""Mails laid out and turned into templates: subject, HTML, text, in each of their languages."""

import hashlib
import html as markup
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from coldframe.domain.playbook import Mail
from infra.playbook.asking import with_buttons
from infra.playbook.blocks import Blocks
from infra.playbook.html_text import text_of_html
from infra.playbook.layout import as_html as mjml_as_html
from infra.playbook.layout import filled, relink, turned
from infra.playbook.mail_source import MailSource
from infra.playbook.mail_words import words_in
from infra.playbook.placeholders import Placeholders, apart
from infra.playbook.plain import as_text
from infra.playbook.prose import Links, as_html, parse
from infra.playbook.stationery import Stationery

TRAP: Final = (
    '<a href="{{ trap_url }}" tabindex="-1" aria-hidden="true" rel="nofollow"'
    ' style="display:none;max-height:0;overflow:hidden"></a>'
)
"""A link that no person sees: whatever follows it reads markup, not mail."""
_PADDING: Final = "&#847;&zwnj;&nbsp;" * 40
"""Behind the preheader, so that an inbox doesn't go on with the mail's first words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """A mail and its Jinja templates by name."""

    mail: Mail
    templates: Mapping[str, str]


def lay_out(
    source: MailSource, stationery: Stationery, translations: Mapping[str, MailSource]
) -> LaidOut:
    """``translations`` by language; templates are named `mail.html` and `mail.de.html`."""
    blocks = stationery.blocks()
    own = source.language or stationery.language
    templates: dict[str, str] = {}
    links: dict[str, tuple[str, ...]] = {}
    for language, each in {own: source, **translations}.items():
        name = source.mail if each is source else f"{source.mail}.{language}"
        sheet = _Sheet(each, stationery, blocks, Links(), language)
        templates |= {f"{name}.{part}": text for part, text in sheet.parts().items()}
        links[language] = tuple(sheet.links.targets)
    mail = Mail(
        mail=source.mail,
        kind=source.kind,
        topic=source.topic.value if source.topic else None,
        format=source.format,
        links=links.pop(own),
        on_unknown=source.on_unknown,
        content_hash="",
        stage=source.stage,
        answers=source.answers,
        preheader=source.preheader.value if source.preheader else "",
        sender=source.sender.value if source.sender else "",
        valid_until=stationery.end_of(source.valid_until.value) if source.valid_until else "",
        language=own,
        translations=links,
        conditions=tuple(blocks.conditions),
    )
    return LaidOut(mail=_hashed(mail, templates), templates=templates)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One mail in one language."""

    source: MailSource
    stationery: Stationery
    blocks: Blocks
    links: Links
    language: str

    def parts(self) -> dict[str, str]:
        subject = self._numbered(self.source.subject.value if self.source.subject else "")
        asked = with_buttons(self.source.body, self.stationery.questions, self.language)
        body = self._numbered(asked)
        if self.source.format == "mjml":
            return {"subject": one_line(subject), **self._whole(body, subject)}
        placeholders = Placeholders()
        tokens = parse(apart(placeholders.protect(body)))
        text = placeholders.restore(as_text(tokens, self.links.placeholder)).strip()
        footer = filled(self.stationery.footer, self._words())
        made = {"subject": one_line(subject), "text": f"{text}\n\n{footer}".strip() + "\n"}
        if self.source.format == "html":
            content = placeholders.restore(as_html(tokens, self.links.placeholder))
            made["html"] = self._around(content.strip(), subject)
        return made

    def _numbered(self, template: str) -> str:
        return filled(self.blocks.numbered(template), self._words())

    def _around(self, content: str, subject: str) -> str:
        layout = self.stationery.layout
        return self._page(layout.html if layout else "", subject, content)

    def _whole(self, body: str, subject: str) -> dict[str, str]:
        """The text part is made from the HTML."""
        page = self._page(mjml_as_html(body, self.source.spot) or "", subject)
        placeholders = Placeholders()
        text = text_of_html(placeholders.protect(page))
        return {"html": page, "text": placeholders.restore(text) + "\n"}

    def _page(self, html: str, subject: str, content: str = "") -> str:
        said = {
            **{name: markup.escape(text) for name, text in self._words().items()},
            "content": content,
            "subject": _escaped(subject),
            "preheader": self._preheader(),
        }
        page = filled(turned(html, said["direction"]), said)
        return _with_trap(relink(page, self.links.placeholder))

    def _preheader(self) -> str:
        words = self.source.preheader.value if self.source.preheader else ""
        return _escaped(self._numbered(words)) + _PADDING if words else ""

    def _words(self) -> Mapping[str, str]:
        own = self.stationery.language
        return words_in(self.stationery.words, self.language, own=own)


def one_line(subject: str) -> str:
    """A header is one line, whatever the fields in it hold."""
    return f"{{% set line %}}{subject}{{% endset %}}{{{{ line.split() | join(' ') }}}}"


def _with_trap(page: str) -> str:
    before, end, after = page.rpartition("</body>")
    return f"{before}{TRAP}{end}{after}" if end else page


def _escaped(words: str) -> str:
    placeholders = Placeholders()
    return placeholders.restore(markup.escape(placeholders.protect(words)))


def _hashed(mail: Mail, templates: Mapping[str, str]) -> Mail:
    conditions = [condition.source for condition in mail.conditions]
    content = json.dumps([templates, mail.links, mail.translations, conditions], sort_keys=True)
    return replace(mail, content_hash=hashlib.sha256(content.encode()).hexdigest()[:16])
