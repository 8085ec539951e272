from infra.playbook.conditions.built_in import FUNCTIONS
from infra.playbook.conditions.calls import NAMES
from infra.playbook.conditions.reference import PAGE, event_rows, field_rows, function_rows, page
from tests.unit.conditions.examples import BAKERY


def test_the_page_is_made_of_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "run python -m infra.playbook.conditions.reference"
    )


def test_the_table_lists_every_function() -> None:
    assert {spec.name for spec in FUNCTIONS} == NAMES


def test_a_clients_own_fields_and_events_are_listed_with_the_built_in_ones() -> None:
    assert ("wedding", "date", "", "fields.yaml") in field_rows(BAKERY)
    assert ("tier", "one of hot, warm, cool, cold", "the band its score lies in", "built in") in (
        field_rows(BAKERY)
    )
    assert ("call.noted", "any", "", "events.yaml") in event_rows(BAKERY)
    assert len(function_rows()) == len(FUNCTIONS)
