"""scoring.yaml: points for who a lead is and what it does, and what they lead to."""

import re
from datetime import timedelta
from typing import Final

from coldframe.domain.conditions.decay import Decay
from coldframe.domain.conditions.nodes import Scalar
from infra.playbook.knowing.source import (
    Engagement,
    Fading,
    Fit,
    Named,
    Raising,
    ScoringSource,
)
from infra.reading.nodes import Keys, Node
from infra.reading.problems import did_you_mean
from infra.reading.values import duration

TIERS: Final = ("hot", "warm", "cool")
"""`cold` is what is below."""
LIFECYCLE: Final = ("mql", "sal", "sql", "opportunity", "customer")
STATUSES: Final = ("won", "lost", "recycled", "with sales")
"""The first that holds; `disqualified` comes before all, `open` after."""
MOST_TIMES: Final = 3
"""How often a rule without a cap counts."""
_POINTS = re.compile(r"[+-]?\d{1,6}(\.\d{1,2})?")
_DEFAULT: Final = {"hot": 80.0, "warm": 50.0, "cool": 20.0}


def read_scoring(root: Node) -> ScoringSource:
    keys = root.keys(
        optional=[
            *("fit", "engagement", "groups", "fades", "tiers"),
            *("disqualify", "status", "lifecycle", "alerts"),
        ]
    )
    fading = keys.read("fades", _fading) or Fading()
    groups = keys.read("groups", _groups) or {}
    tiers = keys.read("tiers", _tiers) or _DEFAULT
    source = ScoringSource(
        fit=keys.each("fit", _fit),
        engagement=keys.each("engagement", lambda node: _engagement(node, fading)),
        groups=groups,
        fading=fading,
        tiers=tiers,
        disqualify=keys.each("disqualify", _disqualify),
        status=_list(keys, "status", STATUSES),
        lifecycle=_list(keys, "lifecycle", LIFECYCLE),
        alerts=keys.each("alerts", _alert),
    )
    _check_groups(source)
    return source


def _fit(node: Node) -> Fit | None:
    keys = node.keys(needed=["if", "points"], optional=["group", "why"])
    asked, points = keys.read("if", Node.text), keys.read("points", points_of)
    if asked is None or points is None:
        return None
    spot = keys.spot("if") or node.spot
    return Fit(
        asked=asked, points=points, spot=spot, group=_word(keys, "group"), why=_word(keys, "why")
    )


def _engagement(node: Node, fading: Fading) -> Engagement | None:
    keys = node.keys(needed=["event", "points"], optional=["where", "cap", "group", "fades", "why"])
    event, points = keys.read("event", Node.text), keys.read("points", points_of)
    where, cap = keys.read("where", _where) or {}, keys.read("cap", _cap)
    if event is None or points is None:
        return None
    return Engagement(
        event=event,
        where=where,
        points=points,
        cap=cap or abs(points) * MOST_TIMES,
        fading=keys.read("fades", _fading) or fading,
        spot=node.spot,
        group=_word(keys, "group"),
        why=_word(keys, "why"),
    )


def points_of(node: Node) -> float | None:
    text = node.text()
    if text is None:
        return None
    if not _POINTS.fullmatch(text) or float(text) == 0:
        node.spot.report(f"{text!r} is no number of points; write e.g. `20` or `-10`")
        return None
    return float(text)


def _cap(node: Node) -> float | None:
    points = points_of(node)
    if points is not None and points < 0:
        node.spot.report("is the most that the rule gives or takes; write it without a sign")
        return None
    return points


def _where(node: Node) -> dict[str, Scalar]:
    read = {name: _scalar(child) for name, child in node.pairs().items()}
    return {name: value for name, value in read.items() if value is not None}


def _scalar(node: Node) -> Scalar | None:
    match str(node.raw.tag).rpartition(":")[2]:
        case "bool":
            return node.yes_or_no()
        case "int":
            return node.number()
        case _:
            return node.text()


def _fading(node: Node) -> Fading | None:
    if node.is_text():
        if node.text() == "never":
            return Fading(decay=Decay.NONE, over=timedelta(seconds=1))
        node.spot.report("write `never`, `{half_life: 60 days}` or `{over: 90 days}`")
        return None
    keys = node.keys(optional=["half_life", "over"])
    half, over = keys.read("half_life", duration), keys.read("over", duration)
    if half and over:
        node.spot.report("points fade in one way: with a `half_life`, or evenly `over` a time")
        return None
    if half:
        return Fading(decay=Decay.HALVING, over=half)
    if over:
        return Fading(decay=Decay.LINEAR, over=over)
    if not node.spot.reported():
        node.spot.report("write `never`, `{half_life: 60 days}` or `{over: 90 days}`")
    return None


def _groups(node: Node) -> dict[str, float]:
    read = {name: _cap(child) for name, child in node.pairs().items()}
    return {name: cap for name, cap in read.items() if cap is not None}


def _tiers(node: Node) -> dict[str, float] | None:
    keys = node.keys(needed=TIERS)
    read = {name: keys.read(name, points_of) for name in TIERS}
    found = {name: points for name, points in read.items() if points is not None}
    if len(found) < len(TIERS):
        return None
    if not found["hot"] > found["warm"] > found["cool"]:
        node.spot.report("`hot` must begin above `warm`, and `warm` above `cool`")
        return None
    return found


def _disqualify(node: Node) -> Named | None:
    if node.is_text():
        asked, why, spot = node.text(), "", node.spot
    else:
        keys = node.keys(needed=["if"], optional=["why"])
        asked, why = keys.read("if", Node.text), _word(keys, "why")
        spot = keys.spot("if") or node.spot
    return Named(name="disqualified", asked=asked, spot=spot, why=why) if asked else None


def _list(keys: Keys, part: str, known: tuple[str, ...]) -> tuple[Named, ...]:
    """A mapping from known words to expressions, in the order of the words."""

    def read(node: Node) -> tuple[Named, ...]:
        found = node.keys(optional=known)
        each = [_named(name, found) for name in known if name in found]
        return tuple(filter(None, each))

    return keys.read(part, read) or ()


def _named(name: str, found: Keys) -> Named | None:
    def read(node: Node) -> Named | None:
        asked = node.text()
        return Named(name=name, asked=asked, spot=node.spot) if asked else None

    return found.read(name, read)


def _alert(node: Node) -> Raising | None:
    keys = node.keys(optional=["tier", "lifecycle", "margin"])
    tier = keys.read("tier", lambda child: child.one_of(TIERS))
    rung = keys.read("lifecycle", lambda child: child.one_of(LIFECYCLE))
    margin = keys.read("margin", _cap)
    if ("tier" in keys) == ("lifecycle" in keys):
        node.spot.report("is about one of `tier` and `lifecycle`; write e.g. `tier: hot`")
        return None
    if tier:
        return Raising(about="tier", name=tier, spot=node.spot, margin=margin or 10)
    if margin is not None and not node.spot.reported():
        node.spot.report("a lead comes to it once and for ever: it needs no `margin`")
    return Raising(about="lifecycle", name=rung, spot=node.spot) if rung else None


def _check_groups(source: ScoringSource) -> None:
    rules: tuple[Fit | Engagement, ...] = (*source.fit, *source.engagement)
    for rule in rules:
        if rule.group and rule.group not in source.groups:
            hint = did_you_mean(rule.group, source.groups)
            rule.spot.report(f"there is no group {rule.group!r} in `groups`{hint}")


def _word(keys: Keys, name: str) -> str:
    return keys.read(name, Node.text) or ""
