"""client.yaml's quiet days, with the public holidays of its countries worked out for some years."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from coldframe.domain.quiet_days import QuietDays
from infra.reading.nodes import Node
from infra.reading.problems import did_you_mean

YEARS: Final = range(2026, 2031)
"""Fixed, so that the same folder always compiles to the same playbook; `coldframe check` says in
time that they run out."""
WARNED: Final = 180
"""Days before that."""
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_YEARLY: Final = re.compile(r"(0[1-9]|1[0-2])-([0-2]\d|3[01])")
_OWN: Final = "a day of the client's own"


def read_quiet_days(node: Node) -> QuietDays | None:
    keys = node.keys(needed=["countries"], optional=["holidays", "weekends", "own"])
    countries = keys.each("countries", _country)
    if not countries:
        return None
    says_no = keys.read("holidays", Node.yes_or_no) is False
    weekends = keys.read("weekends", Node.yes_or_no) or False
    return QuietDays(
        country=countries[0],
        holidays={} if says_no else {each: _holidays(each) for each in countries},
        weekends={each: _weekend(each) for each in countries} if weekends else {},
        own=dict.fromkeys(keys.each("own", _day), _OWN),
    )


def run_out(days: QuietDays | None, today: date) -> str:
    """What `coldframe check` says of holidays that soon nobody knows; empty: nothing."""
    last = date(YEARS[-1], 12, 31)
    left = (last - today).days
    if days is None or not days.holidays or left > WARNED:
        return ""
    return f"public holidays are known until {last} only; take a newer Coldframe before that"


def _country(node: Node) -> str | None:
    from holidays import list_supported_countries

    code = node.text()
    if code is None:
        return None
    known = [name for name in list_supported_countries() if _COUNTRY.fullmatch(name)]
    if code in known:
        return code
    node.spot.report(
        f"{code!r} is no country whose holidays are known{did_you_mean(code.upper(), known)};"
        " write two capital letters, as `AT`"
    )
    return None


def _day(node: Node) -> str | None:
    text = node.text()
    if text is None:
        return None
    if _YEARLY.fullmatch(text):
        return text
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        node.spot.report(f"{text!r} is no day; write 2026-12-27, or '12-27' for every year")
        return None


def _holidays(country: str) -> Mapping[str, str]:
    from holidays import country_holidays

    found = country_holidays(country, years=YEARS, language="en_US")
    return {day.isoformat(): str(name).split(";")[0] for day, name in sorted(found.items())}


def _weekend(country: str) -> tuple[int, ...]:
    from holidays import country_holidays

    return tuple(sorted(country_holidays(country).weekend))
