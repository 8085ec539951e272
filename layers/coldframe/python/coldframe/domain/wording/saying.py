"""What forms and their pages say by themselves, by language; English where we lack one."""

from functools import cache
from importlib import import_module

LANGUAGES = ("ar", "de", "en", "es", "fr", "he", "it", "nl", "pl", "pt")


def tongue(language: str) -> str:
    """The language of ours that ``de-AT`` is spoken in."""
    first = language.partition("-")[0].lower()
    return first if first in LANGUAGES else "en"


def say(key: str, language: str, **told: object) -> str:
    return _words(tongue(language))[key].format(**told)


@cache
def _words(language: str) -> dict[str, str]:
    words: dict[str, str] = import_module(f"coldframe.domain.wording.{language}").WORDS
    return words
