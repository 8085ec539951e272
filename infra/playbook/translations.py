"""A mail in another language says the same: its links, its placeholders, its kind."""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from infra.playbook.layout import targets_in_mjml
from infra.playbook.mail_source import MJML, SHARED, MailSource
from infra.playbook.placeholders import Placeholders
from infra.playbook.prose import parse, targets

_FIELD: Final = re.compile(r"\{[{%][^}]*?\blead\.([a-z0-9_]+)")


def check_translation(
    translation: MailSource, original: MailSource, *, language: str, own: str
) -> None:
    spot = translation.spot
    if language == own:
        spot.report(f"{original.mail} is written in {own!r} already")
    for key in sorted(translation.said & SHARED):
        spot.report(f"`{key}` is said once, in {original.spot.file}; leave it out here")
    if spot.file.endswith(MJML) != original.spot.file.endswith(MJML):
        spot.report(f"must be written as {original.spot.file} is: both Markdown, or both MJML")
        return
    _check_links(translation, original)
    _check_fields(translation, original)


def linked(source: MailSource) -> list[str]:
    """Each of a mail's own targets once, in order; mail and telephone aside."""
    placeholders = Placeholders()
    body = placeholders.protect(source.body)
    found = targets_in_mjml(body) if source.format == "mjml" else targets(parse(body))
    return list(
        dict.fromkeys(
            target
            for target, _ in found
            if not target.startswith(("mailto:", "tel:")) and not placeholders.held_by(target)
        )
    )


def _check_links(translation: MailSource, original: MailSource) -> None:
    """The same pages, which may be in the other language: link 2 is link 2 in every report."""
    here, there = linked(translation), linked(original)
    if len(here) != len(there):
        translation.spot.report(
            f"has {_count(here)}, but {original.spot.file} has {len(there)}: a link's number"
            " must mean the same in every language"
        )
        return
    for number, (one, other) in enumerate(zip(here, there, strict=True), start=1):
        if _place(one) != _place(other):
            translation.spot.report(
                f"link {number} leads to {one!r}, but to {other!r} in {original.spot.file};"
                " keep their order, and the same site or file"
            )


def _check_fields(translation: MailSource, original: MailSource) -> None:
    here, there = _fields(translation), _fields(original)
    for name in sorted(here ^ there):
        has, lacks = (translation, original) if name in here else (original, translation)
        translation.spot.report(
            f"`lead.{name}` stands in {has.spot.file}, but not in {lacks.spot.file}"
        )


def _fields(source: MailSource) -> set[str]:
    parts = [source.body, *(part.value for part in (source.subject, source.preheader) if part)]
    return {name for part in parts for name in _FIELD.findall(part)}


def _place(target: str) -> str:
    """A file may be another in each language; a page is of the same site."""
    if target.startswith("form:"):
        return target
    return "file:" if target.startswith("file:") else urlsplit(target).netloc.lower()


def _count(links: Sequence[str]) -> str:
    return f"{len(links)} link" if len(links) == 1 else f"{len(links)} links"
