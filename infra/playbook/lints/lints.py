"""All that a careful look at a client's mails finds, beyond what keeps them from compiling."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Final

from coldframe.domain.playbook import Mail
from infra.playbook.compiled import CompiledClient
from infra.playbook.folder import Sources, read_folder
from infra.playbook.layout import LAYOUT
from infra.playbook.lints.contrast import faint
from infra.playbook.lints.finding import Finding, Severity
from infra.playbook.lints.sentences import check_copy, check_welcome
from infra.playbook.mail_source import MailSource
from infra.playbook.quiet_days import run_out
from infra.reading.problems import Problems

LARGEST: Final = 102_000
"""Bytes: Gmail shows no more of a mail, and hides the way out that stands below."""
_LINK: Final = 360
"""Characters of a signed link at most times."""
_IMAGE: Final = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_NO_ALT: Final = re.compile(r"<mj-image(?![^>]*\balt=)[^>]*>", re.IGNORECASE)
Reach = Callable[[str], str]
"""A page's address → why it can't be reached, or nothing."""


def lint(
    compiled: CompiledClient, folder: Path, *, today: date, reach: Reach | None = None
) -> list[Finding]:
    """Of a folder that compiles. ``reach``: follow the links, which takes a network."""
    sources = read_folder(folder, environment=compiled.client.environment, problems=Problems())
    look = _Look(compiled, sources, today, reach)
    return sorted(set(look.findings()))


class _Look:
    def __init__(
        self, compiled: CompiledClient, sources: Sources, today: date, reach: Reach | None
    ) -> None:
        self.compiled, self.sources, self.today, self.reach = compiled, sources, today, reach

    def findings(self) -> Iterator[Finding]:
        yield from self._layout()
        if text := run_out(self.compiled.client.quiet_days, self.today):
            severity, rule = Severity.WARNING, "holidays"
            yield Finding(severity=severity, file="client.yaml", line=1, rule=rule, text=text)
        for mail in self.compiled.mails.values():
            if mail.mail.startswith("_"):
                continue
            for language, source, template in self._versions(mail):
                yield from check_copy(source, language=language)
                yield from self._page(source, self.compiled.templates.get(f"{template}.html", ""))
                yield from self._links(source, mail.translations.get(language, mail.links))
            yield from self._age(mail)
            yield from self._missing(mail)
        yield from self._welcomes()

    def _versions(self, mail: Mail) -> Iterator[tuple[str, MailSource, str]]:
        """Language, source and the templates' name of each."""
        if original := self.sources.emails.mails.get(mail.mail):
            yield mail.language, original, mail.mail
        for language, source in self.sources.emails.translations.get(mail.mail, {}).items():
            if source:
                yield language, source, f"{mail.mail}.{language}"

    def _page(self, source: MailSource, html: str) -> Iterator[Finding]:
        size = len(html.encode()) + html.count("{{ link(") * _LINK + 2 * _LINK
        if size > LARGEST:
            text = (
                f"is {size // 1000} kB of HTML; Gmail cuts mails off at {LARGEST // 1000} kB, and"
                " with them the way out at their end"
            )
            yield _error(source.spot.file, 1, "size", text)
        if source.format == "mjml":
            yield from _colours(html, source.spot.file, source.body, source.body_line)
            for found in _NO_ALT.finditer(source.body):
                line = source.body_line + source.body[: found.start()].count("\n")
                yield _warning(source.spot.file, line, "alt", _WITHOUT_ALT)
        elif any(not re.search(r'\balt="[^"]+"', image) for image in _IMAGE.findall(html)):
            yield _warning(source.spot.file, _line_of(source, "!["), "alt", _WITHOUT_ALT)

    def _layout(self) -> Iterator[Finding]:
        """Each mail in it has the same colours: looked at once, around a mail that has it all."""
        layout = self.sources.emails.layout
        if not layout:
            return
        yield from _colours(layout.html.replace("{{ content }}", _ALL), LAYOUT, layout.source, 1)
        for found in _NO_ALT.finditer(layout.source):
            line = layout.source[: found.start()].count("\n") + 1
            yield _warning(LAYOUT, line, "alt", _WITHOUT_ALT)

    def _links(self, source: MailSource, links: tuple[str, ...]) -> Iterator[Finding]:
        outside = (link for link in links if not link.startswith(("file:", "answer:", "form:")))
        for link in outside if self.reach else ():
            if self.reach and (why := self.reach(link)):
                yield _error(
                    source.spot.file,
                    _line_of(source, link),
                    "links",
                    f"{link} leads nowhere: {why}",
                )

    def _age(self, mail: Mail) -> Iterator[Finding]:
        source = self.sources.emails.mails.get(mail.mail)
        if source and mail.valid_until and source.valid_until:
            end = datetime.fromisoformat(mail.valid_until)
            if end.date() < self.today:
                line = source.valid_until.spot.line
                text = "is not sent any more: its `valid_until` has passed"
                yield _warning(source.spot.file, line, "expired", text)

    def _missing(self, mail: Mail) -> Iterator[Finding]:
        """As soon as a client writes in a language, each mail that lacks it is worth a word."""
        own = (name for name in self.sources.emails.translations if not name.startswith("_"))
        spoken = {tag for name in own for tag in self.sources.emails.translations[name]}
        source = self.sources.emails.mails.get(mail.mail)
        lacking = sorted(spoken - {mail.language, *mail.translations})
        if source and lacking:
            text = f"is not written in {', '.join(lacking)}; such leads get it in {mail.language}"
            yield Finding(
                severity=Severity.NOTE, file=source.spot.file, line=1, rule="language", text=text
            )

    def _welcomes(self) -> Iterator[Finding]:
        for name, journey in self.sources.journeys.items():
            if journey is None or name not in self.compiled.journeys:
                continue
            first = next(iter(journey.mails()), "")
            mail = self.compiled.mails.get(first)
            for language, source, _ in self._versions(mail) if mail else ():
                yield from check_welcome(source, language=language, journey=name)


_WITHOUT_ALT: Final = "has a picture without words; say in `alt` what it shows"
_ALL: Final = (
    '<h1>h1</h1><h2>h2</h2><p>text <a href="#">link</a> <strong>strong</strong></p>'
    "<ul><li>item</li></ul><blockquote><p>quoted</p></blockquote>"
    '<p class="button"><a href="#">button</a></p>'
)


def _colours(html: str, file: str, source: str, first: int) -> Iterator[Finding]:
    for each in faint(html):
        at = max(source.lower().find(each.colour), 0)
        where = "in dark mode " if each.dark else ""
        yield _error(
            file,
            first + source[:at].count("\n"),
            "contrast",
            f"“{each.text}” is hard to read {where}({each.colour} on {each.ground}: contrast"
            f" {each.ratio:.1f}, at least 4.5 is needed)",
        )


def _line_of(source: MailSource, text: str) -> int:
    before, found, _ = source.body.partition(text)
    return source.body_line + before.count("\n") if found else 1


def _error(file: str, line: int, rule: str, text: str) -> Finding:
    return Finding(severity=Severity.ERROR, file=file, line=line, rule=rule, text=text)


def _warning(file: str, line: int, rule: str, text: str) -> Finding:
    return Finding(severity=Severity.WARNING, file=file, line=line, rule=rule, text=text)
