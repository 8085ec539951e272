"""``python -m infra.playbook.conditions.reference``: docs/conditions.md from the one table."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from coldframe.domain.conditions.nodes import Type
from infra.playbook.conditions.built_in import FUNCTIONS, catalogue
from infra.playbook.conditions.catalogue import Catalogue, EventSpec, FieldSpec
from infra.playbook.conditions.comparisons import MOST_COUNTED
from infra.playbook.conditions.functions import FunctionSpec
from infra.playbook.conditions.parsing import DEEPEST, LONGEST

PAGE: Final = Path(__file__).parents[3] / "docs/conditions.md"

Row = tuple[str, ...]

_HEAD: Final = """\
# Conditions

<!-- Written by `python -m infra.playbook.conditions.reference`; edit the table it is made of. -->

Branches, segments, scoring rules and dynamic content ask about a lead in one language, Jinja's
expressions. `coldframe fields CLIENT` lists what a client's conditions may name.

```jinja
score >= 50 and did("page.viewed", path="/pricing*", within="30 days") >= 2
since(last_seen) > days(90)
industry in ["retail", "food"] or matches(job_title, "*manager*")
calendar_days_since(created_at) == 3
"gold" if tier == "hot" else "green"
```

A condition is checked when the client's folder is compiled: every name, every type, all mistakes at
once. Evaluated, it gives its value and the instant at which that may next differ without the lead
doing anything, so a segment knows when somebody leaves it and nothing is asked again on a timer.
"""

_WRITING: Final = f"""\
## What may be written

| write | for |
|---|---|
| `and` `or` `not` | conditions that are true or false |
| `==` `!=` | two values of one type |
| `<` `<=` `>` `>=`, also `1 < employees < 50` | numbers, instants, dates, durations |
| `in` `not in` | a text in a list, written out or a field: `"cakes" in topics` |
| `is known`, `is not known` | whether there is a value |
| `a if test else b` | one of two values of one type |
| `+` `-` `*` `/` | numbers and durations; an instant ± a duration; the time between two instants |
| `"text"` `50` `2.5` `true` `false` `["a", "b"]` | values |
| `"30 days"` `"2026-11-21"` `"2026-11-21T09:00:00Z"` | a duration, a date, an instant |

Nothing else: no dots, filters, `none` or calls of anything but the functions below. An expression
has at most {LONGEST:,} characters and {DEEPEST} levels; `did` counts up to {MOST_COUNTED}.

## What is missing

A field nobody filled in (or with blanks only, or with what its type can't be) is *missing*. Missing
equals only missing, and every other comparison with it is false, `!=` and `not in` included:
`industry != "retail"` asks for leads whose industry we know. `not` turns the answer as always:
`not industry == "retail"` takes in those whose industry is missing. A true-or-false field that is
missing is not true. An empty list is known, and empty. What is calculated from missing is missing.

## What the clock changes

- `since`, `until` and points that decay run on without steps; they are compared with `<`, `<=`, `>`
  or `>=` and can't be calculated with: bring everything else to the other side.
- `did(…, within="30 days")` counts what is younger than 30 × 24 hours, not what is as old.
- `days(1)` is 24 hours. Calendar days step at midnight in the lead's zone, or the client's if the
  lead's isn't known, also when the clocks change that night.
- Instants are exact to the millisecond, points to a millionth. Where points above and below zero
  decay together, the instant may come early, and the condition is asked once more; never late.
- `tier_since`, `stage_since`, `status_since` and `lifecycle_since` are the instants at which we
  concluded so: `tier == "warm" and since(tier_since) >= days(60)` holds to the minute from the
  sixtieth day on, and no more as soon as the tier is another. What we hear of late counts from when
  we heard of it; a lead that leaves a tier and comes back begins anew.
"""


def field_rows(known: Catalogue) -> list[Row]:
    """Name, type, what it is, where it is declared."""
    return [(spec.name, _type_of(spec), spec.about, spec.origin) for spec in known.fields.values()]


def event_rows(known: Catalogue) -> list[Row]:
    """Kind, properties, what it is, where it is declared."""
    return [
        (spec.kind, _properties_of(spec), spec.about, spec.origin) for spec in known.events.values()
    ]


def function_rows() -> list[Row]:
    """Signature, what it gives, what it does, an example."""
    return [(spec.signature, spec.gives, spec.about, spec.examples[0]) for spec in FUNCTIONS]


def _type_of(spec: FieldSpec) -> str:
    if spec.choices:
        return f"one of {', '.join(spec.choices)}"
    if spec.fades:
        return "number that falls with time"
    return "true or false" if spec.type is Type.BOOLEAN else str(spec.type)


def _properties_of(spec: EventSpec) -> str:
    if spec.properties is None:
        return "any"
    return ", ".join(f"{name} ({type_})" for name, type_ in spec.properties.items()) or "none"


def page() -> str:
    known = catalogue()
    fields = [(f"`{name}`", type_, about) for name, type_, about, _ in field_rows(known)]
    events = [(f"`{kind}`", properties, about) for kind, properties, about, _ in event_rows(known)]
    return "\n".join(
        [
            _HEAD,
            _WRITING,
            "## Fields\n",
            "A client's own, from `fields.yaml`, come to these.\n",
            *_table(("field", "type", "what it is"), fields),
            "\n## Events\n",
            "A client's own, from `events.yaml`, come to these.\n",
            *_table(("event", "properties", "what happened"), events),
            "\n## Functions\n",
            *(line for spec in FUNCTIONS for line in _function(spec)),
        ]
    )


def _table(head: Row, rows: Iterable[Row]) -> list[str]:
    ruler = ("---",) * len(head)
    return [f"| {' | '.join(row)} |" for row in (head, ruler, *rows)]


def _function(spec: FunctionSpec) -> list[str]:
    examples = "\n".join(spec.examples)
    return [
        f"### `{spec.signature}`\n",
        f"Gives: {spec.gives}. {spec.about}\n",
        f"```jinja\n{examples}\n```\n",
    ]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
