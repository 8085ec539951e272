"""A client's folder of its own, so that examples may change: six mails, a test, a draft."""

from collections.abc import Mapping
from pathlib import Path

from infra.playbook import compile_client
from workbench.simulate.behaviour import KINDS
from workbench.simulate.behaviour_file import read_behaviour
from workbench.simulate.scene import Scene, scene_of

CLIENT = """\
name: Garden
zone: Europe/Vienna
locale: en
sender: {name: Rosa, address: rosa@garden.example}
owner: {name: Rosa, address: rosa@garden.example}
postal: Garden, Lindengasse 14, 1070 Vienna, Austria
domains: {links: go.garden.example}
sites: ["https://www.garden.example"]
topics: {letters: Garden letters}
caps: [{mails: 3, days: 7}]
quiet_hours: 21:00-08:00
"""
FORM = """\
title: The guide
redirect: https://www.garden.example/thanks
fields:
  email: {type: email, label: Email, required: true}
  letters: {type: consent, topic: letters, text: "Yes, send me letters."}
"""
FIELDS = """\
trade:
  type: choice
  label: Trade
  personal: no
  options: {retail: Retail, food: Food}
"""
EVENTS = """\
order.placed: Ordered
visit.booked: Booked a visit
order.called_off: Called off
"""
TOP = """\
title: {title}
why: A test.
topic: letters
owner: owner
enter: {{form: guide}}
exit_when: [order.placed, {{event: order.called_off, reason: called-off}}]
goal: {{event: order.placed, within: 30 days, target: 10%}}
at_end: {{completed: nothing, converted: nothing, called-off: nothing}}
status: {status}
steps:
"""
SIX = "\n  - wait: 4 days\n".join(f"  - send: tip-{number}" for number in range(1, 7)) + "\n"
TESTED = """\
  - split:
      - share: 60%
        label: long
        then:
          - send: tip-1
          - wait: 3 days
          - send: tip-2
      - share: 20%
        label: short
        then: [{send: tip-3}]
    id: length
    holdout: 20%
  - wait: 5 days
  - wait_for: visit.booked
    limit: 5 days
    then: [{notify: owner, text: A visitor comes.}]
    else:
      - branch:
          - if: trade == "food"
            label: food
            then: [{send: tip-4}]
          - else: [{send: tip-5}]
  - hand_off: owner
"""
MAIL = """\
---
subject: Tip {number}
kind: value
topic: letters
format: plain
answers: How do I start?
---
Hello, [read on](https://www.garden.example/tips/{number}) or
[see all](https://www.garden.example/tips).
"""


def garden(clients: Path) -> Path:
    folder = clients / "garden"
    files = {
        "client.yaml": CLIENT,
        "fields.yaml": FIELDS,
        "events.yaml": EVENTS,
        "forms/guide.yaml": FORM,
        "journeys/six.yaml": TOP.format(title="Six tips", status="live") + SIX,
        "journeys/tested.yaml": TOP.format(title="A test", status="draft") + TESTED,
        **{f"emails/tip-{number}.md": MAIL.format(number=number) for number in range(1, 7)},
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def scene(
    folder: Path,
    journey: str,
    behaves: Mapping[str, str] | None = None,
    *,
    seed: int = 7,
    days: int = 90,
) -> Scene:
    compiled = compile_client(folder, environment="dev", as_live=journey)
    overruled = [f"{name}={value}" for name, value in (behaves or {}).items()]
    behaviour = read_behaviour(None, overruled, fields=compiled.fields)
    return scene_of(compiled, journey, behaviour, seed=seed, days=days)


STILL = dict.fromkeys((name for name, kind in KINDS.items() if kind == "rate"), "0%")
STILL["consent"] = "100%"
"""Leads who agree to everything, and then do nothing."""
