"""texts/<text>.txt and texts/<text>.<language>.txt: text messages, short and in plain letters."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from coldframe.domain.message import MailKind
from coldframe.domain.playbook import Mail
from coldframe.domain.text_length import PLAIN, foreign, messages
from infra.playbook.languages import MAIL_LANGUAGE
from infra.playbook.mail_words import Words, words_in
from infra.playbook.vocabulary import CLIENT_WORDS, Sure, Vocabulary
from infra.reading.documents import read_text
from infra.reading.problems import Problems, Spot
from infra.reading.values import NAME

FOLDER: Final = "texts"
MOST: Final = 3
"""Messages that one text may take: each is paid for."""
SUFFIX: Final = ".txt"
TEMPLATE: Final = "sms"
STOP: Final = re.compile(r"\bSTOP\b")
"""The word by which every provider of texts knows that somebody wants no more."""
_FILLED: Final = "x" * 12
"""What a field is thought to come to."""
_PLACEHOLDER: Final = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_STATEMENT: Final = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TAG: Final = re.compile(rf"\.({MAIL_LANGUAGE.pattern})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSource:
    text: str
    spot: Spot
    words: str
    translations: Mapping[str, "TextSource"] = field(default_factory=dict)
    """Other language → the same in it."""

    def each(self, own: str) -> Iterator[tuple[str, "TextSource"]]:
        """With its language; ``own``: the client's."""
        yield own, self
        yield from self.translations.items()


def read_texts(folder: Path, *, problems: Problems) -> dict[str, TextSource | None]:
    found: dict[str, TextSource | None] = {}
    translations: dict[str, dict[str, TextSource]] = {}
    for path in _paths(folder, problems):
        tag = _TAG.search(path.stem)
        source = _read(path, problems)
        if tag is None:
            found[path.stem] = source
        elif source:
            translations.setdefault(source.text, {})[tag[1]] = source
    for name, others in translations.items():
        original = found.get(name)
        if name not in found:
            for each in others.values():
                each.spot.report(f"translates no text; write texts/{name}{SUFFIX}")
        elif original:
            found[name] = TextSource(
                text=name, spot=original.spot, words=original.words, translations=others
            )
    return found


def _paths(folder: Path, problems: Problems) -> Iterator[Path]:
    for path in sorted((folder / FOLDER).glob("*")):
        spot = Spot(file=f"{FOLDER}/{path.name}", line=1, path="", problems=problems)
        if path.name.startswith(("_", ".")):
            continue
        if path.suffix != SUFFIX:
            spot.report(f"is not read: files in {FOLDER}/ end in {SUFFIX}")
        elif not NAME.fullmatch(_TAG.sub("", path.stem)):
            spot.report(
                "needs a name like `seat-tomorrow`: small letters, digits and dashes; a translation"
                " adds its language, as `seat-tomorrow.de.txt`"
            )
        else:
            yield path


def _read(path: Path, problems: Problems) -> TextSource | None:
    spot = Spot(file=f"{FOLDER}/{path.name}", line=1, path="", problems=problems)
    words = read_text(path, spot)
    if words is None:
        return None
    if not words.strip():
        spot.report("is empty; write the message, or leave the file out")
    return TextSource(text=_TAG.sub("", path.stem), spot=spot, words=words.strip())


def check_text_message(
    source: TextSource,
    *,
    fields: frozenset[str] | None,
    sure: Sure,
    words: Words,
    own: str,
) -> None:
    for language, each in source.each(own):
        Vocabulary(fields=fields, words=CLIENT_WORDS, at=each.spot.on_line, sure=sure).check(
            each.words
        )
        _check_letters(each)
        _check_length(each, with_stop(each.words, words, language, own=own))


def _check_letters(source: TextSource) -> None:
    for number, line in enumerate(source.words.splitlines(), start=1):
        told = foreign(_STATEMENT.sub("", _PLACEHOLDER.sub("", line)))
        if told:
            source.spot.on_line(number).report(
                f"a text message can't hold {', '.join(map(_hint, told))}; with it each would have"
                " room for 70 characters instead of 160"
            )


def _hint(character: str) -> str:
    plain = PLAIN.get(character)
    return f"{character!r} (write {plain!r})" if plain else repr(character)


def _check_length(source: TextSource, written: str) -> None:
    filled = _PLACEHOLDER.sub(_FILLED, _STATEMENT.sub("", written))
    if (count := messages(filled)) > MOST:
        source.spot.report(
            f"takes {count} messages ({len(filled)} characters, {len(_FILLED)} for each field, and"
            f" how to stop); {MOST} at most, for each is paid for"
        )


def with_stop(written: str, words: Words, language: str, *, own: str) -> str:
    """How to end such texts stands in each; in our words where the author has none."""
    if STOP.search(written):
        return written
    return f"{written}\n{words_in(words, language, own=own)['words.text_stop']}"


def laid_texts(
    texts: Mapping[str, TextSource | None], words: Words, *, own: str
) -> tuple[dict[str, Mail], dict[str, str]]:
    """What the runtime knows of each, and their templates by name."""
    known, templates = {}, {}
    for name, source in texts.items():
        if source is None:
            continue
        for language, each in source.each(own):
            template = name if each is source else f"{name}.{language}"
            written = with_stop(each.words, words, language, own=own)
            templates[f"{template}.{TEMPLATE}"] = written
        known[name] = _known(source, templates[f"{name}.{TEMPLATE}"], own)
    return known, templates


def _known(source: TextSource, written: str, own: str) -> Mail:
    said = "\n".join([written, *(each.words for each in source.translations.values())])
    return Mail(
        mail=source.text,
        kind=MailKind.VALUE,
        topic=None,
        format=TEMPLATE,
        links=(),
        on_unknown="drop",
        content_hash=hashlib.sha256(said.encode()).hexdigest()[:16],
        language=own,
        translations=dict.fromkeys(sorted(source.translations), ()),
    )
