"""How synthetic leads behave: stated, printed with every result, and yours to overrule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Final

HOUR: Final = 3600.0
DAY: Final = 24 * HOUR
CLIENTS_ZONE: Final = "client"


def _rate(value: float, says: str) -> float:
    return field(default=value, metadata={"says": says, "kind": "rate"})


def _time(seconds: float, says: str) -> float:
    return field(default=seconds, metadata={"says": says, "kind": "time"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """Rates from 0 to 1, times in seconds. Of a delay, half of all stay below the time."""

    open: float = _rate(0.40, "of mails are opened by a person")
    open_after: float = _time(4 * HOUR, "after it came, half of the opens have happened")
    click: float = _rate(0.15, "of opened mails have a link followed by a person")
    click_after: float = _time(90, "after the open, half of the clicks have happened")
    reply: float = _rate(0.005, "of mails are answered")
    reply_after: float = _time(8 * HOUR, "after it came, half of the answers have")
    unsubscribe: float = _rate(0.003, "of mails make the lead unsubscribe")
    complain: float = _rate(0.0002, "of mails are reported as spam")
    bounce: float = _rate(0.005, "of addresses take no mail at all")
    scanner: float = _rate(0.15, "of leads sit behind a scanner that follows every link")
    consent: float = _rate(0.90, "of leads tick each box for marketing")
    goal: float = _rate(0.01, "of mails lead to the goal by themselves")
    goal_after_click: float = _rate(0.06, "of clicks lead to the goal")
    goal_unprompted: float = _rate(0.02, "of leads reach the goal by themselves, mails or not")
    goal_after: float = _time(2 * DAY, "after the mail or click, half of the goals are reached")
    leave: float = _rate(0.02, "of leads meet each other exit, as a cancelled order, some time")
    event: float = _rate(0.15, "of waits for another event see it come, some time before the limit")
    arrive_over: float = _time(14 * DAY, "is how long leads keep coming in")
    zones: Mapping[str, float] = field(default_factory=lambda: {CLIENTS_ZONE: 1.0})
    """Zone → its part of the leads; the rest, and `client`, name none: the client's counts."""
    events: Mapping[str, float] = field(default_factory=dict)
    """Event → how many of the waits for it see it come, instead of `event`."""
    values: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Field → value → its part of the leads; what is left over has none."""


KINDS: Final[Mapping[str, str]] = {
    each.name: each.metadata["kind"] for each in fields(Behaviour) if each.metadata
}
TABLES: Final = ("zones", "events", "values")


def stated(behaviour: Behaviour) -> Iterator[tuple[str, str, str]]:
    """Name, value and what it says, as lines to print; what is overruled isn't marked."""
    for each in fields(Behaviour):
        if each.metadata:
            value = getattr(behaviour, each.name)
            shown = percent(value) if each.metadata["kind"] == "rate" else time_in_words(value)
            yield each.name, shown, each.metadata["says"]
    yield "zones", _shares(behaviour.zones), "of leads tell this zone (client: none, so yours)"
    for kind, rate in sorted(behaviour.events.items()):
        yield f"events.{kind}", percent(rate), "of waits for it see it come"
    for name, values in sorted(behaviour.values.items()):
        yield f"values.{name}", _shares(values), "of leads say so"


def percent(rate: float) -> str:
    return f"{100 * rate:.4g}%"


def time_in_words(seconds: float) -> str:
    for unit, length in (("days", DAY), ("hours", HOUR), ("minutes", 60.0)):
        if seconds >= length:
            return f"{seconds / length:.3g} {unit if seconds != length else unit[:-1]}"
    return f"{seconds:.3g} seconds"


def _shares(shares: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {percent(part)}" for name, part in shares.items())
