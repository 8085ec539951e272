"""client.yaml's `sending`: the client's share of what the account may send, and its warm-up."""

import re
from datetime import date
from typing import Final

from coldframe.domain.allowance import MOST, Allowance, WarmUp
from infra.reading.nodes import Node

FASTEST: Final = 500
"""Mails a second that one item of the table can count."""
STEEPEST: Final = 100
LONGEST: Final = 120
USUAL: Final = 45
_PERCENT: Final = re.compile(r"(\d{1,3}) ?%")


def read_allowance(node: Node) -> Allowance | None:
    keys = node.keys(needed=["rate"], optional=["a_day", "warm_up"])
    rate = keys.read("rate", lambda each: _whole(each, FASTEST))
    a_day = keys.read("a_day", lambda each: _whole(each, MOST)) or 0
    warm_up = keys.read("warm_up", _warm_up)
    if warm_up and a_day and warm_up.first > a_day:
        node.spot.report(
            f"warm_up begins with {warm_up.first:,} mails, but a day has {a_day:,} at most:"
            " raise `a_day`, or lower `first`"
        )
    return Allowance(rate=rate, a_day=a_day, warm_up=warm_up) if rate else None


def _warm_up(node: Node) -> WarmUp | None:
    keys = node.keys(needed=["since", "first", "grows"], optional=["days"])
    since, grows = keys.read("since", _day), keys.read("grows", _percent)
    first = keys.read("first", lambda each: _whole(each, MOST))
    days = keys.read("days", lambda each: _whole(each, LONGEST)) or USUAL
    if not since or not first or not grows:
        return None
    return WarmUp(since=since, first=first, grows=grows, days=days)


def _whole(node: Node, high: int) -> int | None:
    number = node.number()
    if number is not None and not 1 <= number <= high:
        node.spot.report(f"must be 1 to {high:,}")
        return None
    return number


def _day(node: Node) -> str | None:
    text = node.text()
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        node.spot.report(f"{text!r} is no day; write it like 2026-12-01")
        return None


def _percent(node: Node) -> int | None:
    text = node.text()
    if text is None:
        return None
    found = _PERCENT.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= STEEPEST:
        node.spot.report(f"{text!r} is no growth; write it like `30%`, {STEEPEST}% at most")
        return None
    return int(found[1])
