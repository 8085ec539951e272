"""Which of the languages that something exists in is for whom, and how each is written."""

from collections.abc import Collection
from typing import Final

from coldframe.domain.playbook import Client, Mail
from coldframe.domain.profile import Profile
from coldframe.domain.whereabouts import language_told

FIELD: Final = "language"
"""The field that tells a lead's language: `de`, `de-AT`, `de-formal`."""
_RIGHT_TO_LEFT: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def language_of(mail: Mail, profile: Profile, client: Client) -> str:
    """The lead's own, as far as the mail is written in it."""
    told, _ = language_told(profile)
    wanted = told or client.locale
    return best(wanted, known=mail.translations, own=mail.language or client.locale)


def spoken_with(profile: Profile | None, client: Client) -> str:
    """What a lead chose for itself, or else the client's own."""
    told = profile.fields.get(FIELD) if profile else None
    return told.value if told else client.locale


def best(wanted: str, *, known: Collection[str], own: str) -> str:
    """One of ``known``, or ``own``: word for word, then shorter and shorter, then any kin.

    ``de-AT-formal`` finds de-AT-formal, de-formal, de-AT, de, then any other German.
    """
    by_tag = {_plain(tag): tag for tag in (*known, own)}
    asked = _plain(wanted)
    for tag in _ever_shorter(asked):
        if tag in by_tag:
            return by_tag[tag]
    kin = [tag for tag in sorted(by_tag) if asked and primary(tag) == primary(asked)]
    return by_tag[kin[0]] if kin else own


def primary(language: str) -> str:
    return _plain(language).partition("-")[0]


def direction(language: str) -> str:
    """As HTML's `dir` has it."""
    return "rtl" if primary(language) in _RIGHT_TO_LEFT else "ltr"


def _plain(tag: str) -> str:
    return tag.strip().lower().replace("_", "-")


def _ever_shorter(tag: str) -> list[str]:
    """The way of speaking outlives the country: `Sie` matters more than a region's words."""
    parts = tag.split("-")
    manner = [parts.pop()] if parts[-1] in {"formal", "informal"} else []
    shorter = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    spoken = ["-".join([each, *manner]) for each in shorter] if manner else []
    return [*spoken, *shorter]
