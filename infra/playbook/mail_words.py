"""What layouts and footers say in every mail, in the mail's language."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml

from coldframe.domain.languages import best, direction, primary
from infra.playbook.languages import MAIL_LANGUAGE
from infra.reading.documents import read_yaml
from infra.reading.nodes import Node
from infra.reading.problems import Problems

WORDS: Final = "emails/_words.yaml"
LANGUAGE_WORDS: Final = frozenset({"language", "direction"})
_BUILT_IN: Final = Path(__file__).parent / "built_in" / "words.yaml"
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")

Words = Mapping[str, Mapping[str, str]]
"""Language → name → text."""


def read_words(folder: Path, problems: Problems) -> Words:
    """Ours, and over them the client's own from emails/_words.yaml."""
    path = folder / WORDS
    own = _own(read_yaml(path, name=WORDS, problems=problems)) if path.exists() else {}
    ours: Words = yaml.safe_load(_BUILT_IN.read_text(encoding="utf-8"))
    return {tag: {**ours.get(tag, {}), **own.get(tag, {})} for tag in {*ours, *own}}


def known_words(words: Words) -> frozenset[str]:
    """As placeholders name them."""
    names = {f"words.{name}" for texts in words.values() for name in texts}
    return LANGUAGE_WORDS | names


def words_in(words: Words, language: str, *, own: str) -> Mapping[str, str]:
    """Placeholder → text: of the language, else of the client's own, else of English."""
    found: dict[str, str] = {}
    for tag in ("en", own, primary(language), language):
        close = best(tag, known=words, own="")
        found |= {f"words.{name}": text for name, text in words.get(close, {}).items()}
    return {**found, "language": html_language(language), "direction": direction(language)}


def html_language(language: str) -> str:
    """As browsers and readers know it: how one speaks to people is no part of it."""
    return re.sub(r"-(in)?formal$", "", language)


def _own(root: Node | None) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for tag, node in (root.pairs() if root else {}).items():
        if not MAIL_LANGUAGE.fullmatch(tag):
            node.spot.report(f"{tag!r} is no language; write its tag, as `de` or `de-informal`")
        found[tag] = _texts(node)
    return found


def _texts(node: Node) -> dict[str, str]:
    texts = {}
    for name, child in node.pairs().items():
        if not _NAME.fullmatch(name):
            child.spot.report(f"{name!r} is no name; write it like `why`")
        if text := child.text():
            texts[name] = " ".join(text.split())
    return texts
