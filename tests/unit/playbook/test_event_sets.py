"""Properties of events that a server signs may be fields of the lead."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from coldframe.domain.conditions.nodes import Type
from coldframe.domain.profile import Profile, remember
from coldframe.domain.told import Setting
from coldframe.domain.touchpoint import KNOWN, Touchpoint
from infra.playbook import compile_client
from tests.unit.knowing.happening import happened, posted
from tests.unit.playbook.folders import bakery, mistakes

RENEWED = "plan.renewed"
EVENTS = """\
tasting.booked: A seat
plan.renewed:
  about: Paid
  properties: {renews_on: date, seats: number}
"""


def folder(tmp_path: Path, events: str) -> Path:
    made = bakery(tmp_path)
    (made / "events.yaml").write_text(EVENTS + events, encoding="utf-8")
    fields = (made / "fields.yaml").read_text(encoding="utf-8").rstrip()
    more = (
        "seats: {type: number, about: How many}\nrenews: {type: date, about: When}\n"
        "heads: {type: number, about: How many last, keep: 30 days}\n"
    )
    (made / "fields.yaml").write_text(f"{fields}\n{more}", encoding="utf-8")
    return made


def ada(*touchpoints: Touchpoint, overrides: bool = False) -> Profile:
    setting = Setting(field="seats", prop="seats", type=Type.NUMBER, overrides=overrides)
    profile = None
    for each in touchpoints:
        sets = (setting,) if each.kind == RENEWED else ()
        profile = remember(profile, each, rules=(), sets=sets)
    assert profile
    return profile


def renewed(day: float, seats: Any) -> Touchpoint:
    return happened(RENEWED, day, seats=seats)


def test_what_is_declared_is_compiled_with_the_types_of_the_fields(tmp_path: Path) -> None:
    sets = "  sets: {seats: seats, renews: {property: renews_on, overrides: yes}}\n"

    compiled = compile_client(folder(tmp_path, sets), environment="dev")

    assert compiled.reactions.sets == {
        RENEWED: (
            Setting(field="seats", prop="seats", type=Type.NUMBER),
            Setting(field="renews", prop="renews_on", type=Type.DATE, overrides=True),
        )
    }


@pytest.mark.parametrize(
    ("sets", "said"),
    [
        (
            "  sets: {seat: seats}\n",
            "no field 'seat' is declared in fields.yaml; did you mean 'seats'?",
        ),
        ("  sets: {seats: seat}\n", "has no property 'seat'; did you mean 'seats'?"),
        ("  sets: {renews: seats}\n", "'renews' is date, and 'seats' is number"),
        ("  sets: {heads: seats}\n", "'heads' is not kept for ever"),
    ],
)
def test_a_mistake_is_told_at_its_line(tmp_path: Path, sets: str, said: str) -> None:
    found = mistakes(folder(tmp_path, sets))

    assert any(said in each and each.startswith("events.yaml:") for each in found), found


def test_anybody_cant_set_a_field(tmp_path: Path) -> None:
    public = "app.used:\n  about: Used\n  source: public\n  properties: {n: number}\n"

    found = mistakes(folder(tmp_path, f"{public}  sets: {{seats: n}}\n"))

    assert any("anybody could set it" in each for each in found), found


def test_it_gives_way_to_the_leads_own_word_in_any_order() -> None:
    for order in permutations([posted(1, seats="4"), renewed(9, 7), renewed(10, 8)]):
        assert ada(*order).fields["seats"].value == "4"


def test_it_outranks_what_was_filled_in_behind_a_mails_link_in_any_order() -> None:
    passed_on = replace(posted(12, seats="99"), id="passed on")
    passed_on = replace(passed_on, data={**passed_on.data, KNOWN: True})

    for order in permutations([posted(1), renewed(9, 7), passed_on]):
        assert ada(*order).fields["seats"].value == "7"


def test_where_the_lead_said_nothing_the_latest_event_holds() -> None:
    for order in permutations([posted(1), renewed(9, 7), renewed(10, 8)]):
        told = ada(*order).fields["seats"]

        assert (told.value, told.by) == ("8", renewed(10, 8).id)


def test_told_to_override_the_later_of_both_holds() -> None:
    for order in permutations([posted(1, seats="4"), renewed(9, 7)]):
        assert ada(*order, overrides=True).fields["seats"].value == "7"
    for order in permutations([posted(12, seats="4"), renewed(9, 7)]):
        assert ada(*order, overrides=True).fields["seats"].value == "4"


@pytest.mark.parametrize("value", ["many", "", None, ["7"], {"n": 7}])
def test_what_is_no_value_of_the_field_sets_nothing(value: object) -> None:
    told = ada(posted(1, seats="4"), renewed(9, value), overrides=True)

    assert told.fields["seats"].value == "4"
