"""“Please stop”: a short message that says nothing else, in the client's languages."""

import unicodedata
from collections.abc import Iterable, Sequence

from coldframe.domain.replies.stop_words import BY_LANGUAGE, Language

LONGEST = 200
"""Characters; whoever writes more has something to say that a person should read."""


def asks_to_stop(words: str, *, subject: str, name: str, languages: Iterable[str]) -> bool:
    """``words``: the new ones alone. ``name``: the sender's own, which may stand below them.

    With nothing written, the subject counts if it is no answer's.
    """
    said = words.strip() or ("" if ":" in subject else subject)
    if not said or len(said) > LONGEST:
        return False
    spoken, signed = _tokens(said), frozenset(_tokens(name))
    known = [BY_LANGUAGE[one] for one in ("en", *languages) if one in BY_LANGUAGE]
    return any(_stops(spoken, signed, language) for language in known)


def _stops(spoken: Sequence[str], signed: frozenset[str], language: Language) -> bool:
    """One of the phrases, then only words that add nothing; a “don't” before it is another."""
    kept = [word for word in spoken if word not in language.polite]
    while len(kept) > 1 and kept[-1] in signed:
        kept.pop()
    for phrase in language.phrases:
        if tuple(kept[: len(phrase)]) == phrase:
            return all(word in language.tail for word in kept[len(phrase) :])
    return False


def _tokens(text: str) -> list[str]:
    """Lower-case words without accents and punctuation; an apostrophe joins: don't → dont."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("'", ""))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return "".join(c if c.isalnum() else " " for c in letters).split()
