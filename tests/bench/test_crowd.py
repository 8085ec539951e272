from tests.bench.calls import ASKED, drawn
from tests.bench.crowd import measure


def test_work_per_touchpoint_and_per_due_lead_does_not_grow_with_the_crowd() -> None:
    few, many = measure((100, 2_000), told=lambda _: None)

    assert few.touchpoint.names == many.touchpoint.names
    assert few.due.names == many.due.names
    assert few.touchpoint.calls <= 4 * ASKED
    assert abs(few.due.bytes - many.due.bytes) < 0.02 * few.due.bytes
    assert drawn([few, many]).row_count == 3
