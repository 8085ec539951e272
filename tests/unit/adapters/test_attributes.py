from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldframe.adapters.attributes import decoded, encoded, instant, text

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False, width=32)
    | st.text()
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10
)


@given(VALUES)
def test_any_json_value_comes_back(value: object) -> None:
    assert decoded(encoded(value)) == value


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - hypothesis adds it
def test_instants_come_back_to_the_millisecond_and_sort_as_they_pass(at: datetime) -> None:
    at = at.replace(tzinfo=UTC, microsecond=at.microsecond // 1000 * 1000)

    assert instant(text(at)) == at
    assert (text(at) < "2050-01-01T00:00:00.000Z") == (at < datetime(2050, 1, 1, tzinfo=UTC))


def test_what_no_attribute_can_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        encoded({1})
