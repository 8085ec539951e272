"""Texts in several languages: plain for the client's own, or a map from a language's tag."""

import re
from collections.abc import Mapping
from typing import Final

from infra.playbook.declared import Words
from infra.reading.nodes import Node

LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
MAIL_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?(-(formal|informal))?")
"""Of a mail, which may also differ in how it speaks to people."""


def words(node: Node, *, locale: str) -> Words | None:
    """``Phone``, or ``{en: Phone, de: Telefon}``; a map says it in the client's ``locale`` too."""
    if node.is_text():
        text = node.text()
        return Words(text=text) if text else None
    found = {tag: said for tag, child in node.pairs().items() if (said := _said(tag, child))}
    own = _own(found, locale)
    if own is None:
        if not node.spot.reported():
            node.spot.report(f"lacks the client's own language; add `{locale}: …`")
        return None
    return Words(text=own, by_language=found)


def _said(tag: str, node: Node) -> str | None:
    if LANGUAGE.fullmatch(tag):
        return node.text()
    node.spot.report(f"{tag!r} is no language; write its tag, as `de` or `pt-BR`")
    return None


def _own(found: Mapping[str, str], locale: str) -> str | None:
    return found.get(locale) or found.get(locale.partition("-")[0])
