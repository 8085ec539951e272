"""A bakery's catalogue, and a lead called Ada, for the rules about conditions."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from coldframe.domain.conditions.evaluate import Evaluation, evaluate
from coldframe.domain.conditions.facts import Facts
from coldframe.domain.conditions.memory import Memory, remember
from coldframe.domain.conditions.nodes import Condition, MemoryRule, Type
from coldframe.domain.touchpoint import Touchpoint, record
from infra.playbook.conditions.built_in import catalogue
from infra.playbook.conditions.catalogue import EventSpec, FieldSpec
from infra.playbook.conditions.compiling import compile_condition

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
VIENNA = ZoneInfo("Europe/Vienna")

BAKERY = catalogue(
    fields=[
        FieldSpec(name="industry", type=Type.TEXT),
        FieldSpec(name="job_title", type=Type.TEXT),
        FieldSpec(name="employees", type=Type.NUMBER),
        FieldSpec(name="vip", type=Type.BOOLEAN),
        FieldSpec(name="wedding", type=Type.DATE),
        FieldSpec(name="tasting", type=Type.INSTANT),
        FieldSpec(name="patience", type=Type.DURATION),
        FieldSpec(name="interests", type=Type.LIST),
    ],
    events=[
        EventSpec(
            kind="order.placed",
            label="order placed",
            properties={"cakes": Type.NUMBER, "gift": Type.BOOLEAN, "tags": Type.LIST},
        ),
        EventSpec(kind="call.noted", properties=None),
    ],
    segments=["engaged", "asking"],
)


def compiled(source: str, wants: Type = Type.BOOLEAN) -> Condition:
    return compile_condition(source, catalogue=BAKERY, wants=wants)


def touchpoint(kind: str, *, ago: timedelta, now: datetime = NOW, **data: object) -> Touchpoint:
    return record(
        lead="ada",
        kind=kind,
        source="test",
        received_at=now - ago,
        data=data,
        own_id=f"{now - ago} {data}",
    )


def viewed(path: str, *, days_ago: float) -> Touchpoint:
    return touchpoint("page.viewed", ago=timedelta(days=days_ago), path=path)


def remembered(rules: tuple[MemoryRule, ...], *touchpoints: Touchpoint) -> Memory:
    memory: Memory = {}
    for happened in touchpoints:
        memory = remember(memory, happened, rules)
    return memory


def asked(
    source: str,
    *touchpoints: Touchpoint,
    now: datetime = NOW,
    explain: bool = False,
    **fields: Any,
) -> Evaluation:
    """What the condition says of a lead in Vienna with these fields and this history."""
    condition = compiled(source)
    facts = Facts(fields=fields, memory=remembered(condition.memory, *touchpoints), zone=VIENNA)
    return evaluate(condition, facts, now=now, explain=explain)


def holds(source: str, *touchpoints: Touchpoint, **fields: object) -> bool:
    condition = compiled(source)
    facts = Facts(fields=fields, memory=remembered(condition.memory, *touchpoints), zone=VIENNA)
    return evaluate(condition, facts, now=NOW).value is True
