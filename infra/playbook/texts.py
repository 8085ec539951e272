"""texts/<text>.txt: text messages, each as long as a few of the network's messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from infra.playbook.vocabulary import CLIENT_WORDS, Sure, Vocabulary
from infra.reading.documents import read_text
from infra.reading.problems import Problems, Spot

LONGEST: Final = 480
"""Characters as written: three messages at most, and each is paid for."""
SUFFIX: Final = ".txt"
TEMPLATE: Final = "sms"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSource:
    text: str
    spot: Spot
    words: str


def read_text_message(path: Path, *, problems: Problems) -> TextSource | None:
    spot = Spot(file=f"texts/{path.name}", line=1, path="", problems=problems)
    words = read_text(path, spot)
    if words is None:
        return None
    if not words.strip():
        spot.report("is empty; write the message, or leave the file out")
    elif len(words.strip()) > LONGEST:
        spot.report(f"has {len(words.strip())} characters; a text message has {LONGEST} at most")
    return TextSource(text=path.stem, spot=spot, words=words.strip())


def check_text_message(source: TextSource, *, fields: frozenset[str] | None, sure: Sure) -> None:
    Vocabulary(fields=fields, words=CLIENT_WORDS, at=source.spot.on_line, sure=sure).check(
        source.words
    )


def templates(texts: Mapping[str, TextSource | None]) -> dict[str, str]:
    return {f"{name}.{TEMPLATE}": source.words for name, source in texts.items() if source}
