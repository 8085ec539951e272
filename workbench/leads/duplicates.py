"""Leads that may be one person: a suggestion each, with its reasons, and nothing is ever done."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from coldframe.domain.mailbox import mailbox_of
from coldframe.domain.merging import elder_first
from coldframe.domain.profile import Profile

MAILBOX: Final = "same mailbox"
PHONE: Final = "same phone"
NAME_AND_COMPANY: Final = "same name and company"
MOST_ALIKE: Final = 20
"""More leads than this that share a thing share it by chance: a switchboard, `test`."""
NAMES: Final = (("first_name", "last_name"), ("name",), ("full_name",))
COMPANY: Final = "company"
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """``one`` would survive."""

    one: Profile
    other: Profile
    reasons: tuple[str, ...]


def suggested(profiles: Iterable[Profile], phones: Iterable[str]) -> Iterator[Suggestion]:
    """``phones``: the fields that hold one, in international form."""
    fields, known = tuple(phones), {}
    alike: Mapping[tuple[str, str], list[str]] = defaultdict(list)
    for each in profiles:
        known[each.lead] = each
        for thing in set(_things(each, fields)):
            alike[thing].append(each.lead)
    found: Mapping[Pair, list[str]] = defaultdict(list)
    for (reason, _), leads in sorted(alike.items()):
        if 1 < len(leads) <= MOST_ALIKE:
            for pair in combinations(sorted(leads), 2):
                found[pair].append(reason)
    surest = sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
    for (first, second), reasons in surest:
        one, other = elder_first(known[first], known[second])
        yield Suggestion(one=one, other=other, reasons=tuple(dict.fromkeys(reasons)))


def _things(profile: Profile, phones: Iterable[str]) -> Iterator[tuple[str, str]]:
    if profile.address:
        yield MAILBOX, mailbox_of(profile.address)
    for field in phones:
        if told := _told(profile, field):
            yield PHONE, told
    name, company = _name(profile), _plain(_told(profile, COMPANY))
    if name and company:
        yield NAME_AND_COMPANY, f"{name} {company}"


def _name(profile: Profile) -> str:
    """In the same letters, whatever their case and the spaces between."""
    for parts in NAMES:
        told = [_plain(_told(profile, part)) for part in parts]
        if all(told):
            return " ".join(told)
    return ""


def _told(profile: Profile, field: str) -> str:
    known = profile.fields.get(field)
    return known.value if known else ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
