"""What a mail says: phrases of the named list, promises, and what it tells a lead of itself."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from coldframe.domain.languages import primary
from infra.playbook.lints.finding import Finding, Severity
from infra.playbook.mail_source import MailSource
from infra.playbook.placeholders import Placeholders

_PHRASES: Final = Path(__file__).parent / "phrases.yaml"
_DID: Final = (
    r"visited|viewed|looked at|browsed|opened|clicked|read|downloaded|spent|were (?:on|looking)|"
    r"came (?:back|by)|checked out|scrolled"
)
_TOLD_ON: Final = {
    "en": rf"\b(?:we|i) (?:saw|see|noticed|notice|spotted|can see)(?: that)? you(?:'ve| have)?"
    rf" (?:recently |just )?(?:{_DID})"
    r"|\byou(?:'ve| have)? (?:recently |just )?(?:visited|viewed|browsed|looked at) (?:our|the)"
    r"|\b(?:since|because|as) you (?:opened|clicked|visited|viewed)"
    r"|\byour (?:recent |last )?visit to (?:our|the) (?:\w+ )?(?:site|website|page)",
    "de": r"\b(?:wir haben|ich habe) (?:gesehen|bemerkt|festgestellt), dass (?:sie|du)"
    r"|\b(?:uns|mir) ist aufgefallen, dass (?:sie|du)"
    r"|\b(?:sie haben|du hast) (?:\w+ ){0,3}(?:besucht|angesehen|angeklickt|geöffnet)\b"
    r"|\b(?:ihr|dein) (?:letzter )?besuch auf (?:unserer|der)",
}
_HOW_OFTEN: Final = {
    "en": r"\b(?:daily|weekly|fortnightly|monthly|quarterly|yearly)\b"
    r"|\b(?:a|per|each|every|in a|once a|this|the next|over the next)"
    r" (?:\w+ )?(?:day|week|month|quarter|year)s?\b"
    r"|\bevery (?:\w+ ){0,2}(?:days|weeks|months|monday|tuesday|wednesday|thursday|friday)\b"
    r"|\bthe (?:first|last) of (?:the|each|every) month\b",
    "de": r"\b(?:täglich|wöchentlich|monatlich|vierteljährlich|jährlich)\b"
    r"|\b(?:pro|im|in der|in einer|alle|jede[nsmr]?|die nächste|in den nächsten)"
    r" (?:\w+ )?(?:tage?n?|wochen?|monate?n?|quartal|jahr)\b",
}
_SCRAPS: Final = re.compile(r"\]\([^)]*\)|jinja[sp]x\d+x|[*_#>`]")


def check_copy(source: MailSource, *, language: str) -> Iterator[Finding]:
    spoken = primary(language)
    for line, text in _lines(source):
        for phrase in _phrases(spoken):
            if found := phrase.search(text):
                yield _finding(
                    source, line, "phrases", f"“{found[0]}” is on the list of pushy phrases"
                )
        if found := re.search(_TOLD_ON.get(spoken, "(?!)"), text):
            yield _finding(
                source,
                line,
                "told-on",
                f"“{found[0]}” tells the lead what it did; write of what helps it instead",
            )


def check_welcome(source: MailSource, *, language: str, journey: str) -> Iterator[Finding]:
    """The first mail of a journey says what else will come, and how often."""
    pattern = _HOW_OFTEN.get(primary(language))
    whole = " ".join(text for _, text in _lines(source))
    if pattern and not re.search(pattern, whole):
        yield _finding(
            source,
            source.body_line,
            "welcome",
            f"is the first mail of the journey {journey!r} and doesn't say what comes next and"
            " how often; add a sentence like “one letter a month”",
        )


def _finding(source: MailSource, line: int, rule: str, text: str) -> Finding:
    return Finding(
        severity=Severity.WARNING, file=source.spot.file, line=line, rule=rule, text=text
    )


def _lines(source: MailSource) -> Iterator[tuple[int, str]]:
    """Two lines at a time where a sentence runs on; small letters, without markup."""
    for part in filter(None, (source.subject, source.preheader)):
        yield part.spot.line, _plain(part.value)
    lines = [_plain(line) for line in Placeholders().protect(source.body).split("\n")]
    for number, line in enumerate(lines):
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if line.strip():
            yield source.body_line + number, f"{line} {_begins(after)}".strip()


def _begins(line: str) -> str:
    """So much of the next line as a phrase that is broken may need."""
    return " ".join(line.split()[:5])


def _plain(text: str) -> str:
    return " ".join(_SCRAPS.sub("", text).replace("’", "'").lower().split())


@cache
def _phrases(language: str) -> tuple[re.Pattern[str], ...]:
    listed = yaml.safe_load(_PHRASES.read_text(encoding="utf-8")).get(language, [])
    return tuple(map(_pattern, listed))


def _pattern(phrase: str) -> re.Pattern[str]:
    words = r"\w*".join(map(re.escape, phrase.split("*")))
    return re.compile(rf"(?<!\w){words}(?!'?\w)")
