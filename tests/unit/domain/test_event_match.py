import pytest

from coldframe.domain.event_match import EventMatch


@pytest.mark.parametrize(
    ("wanted", "told", "means_it"),
    [
        ("window", "window", True),
        ("window", "door", False),
        ("window", None, False),
        ("12", "12", True),
        ("12", 12, True),
        ("12", 12.0, True),
        ("12", "12.0", False),
        ("12", 13, False),
        ("1", True, False),
        ("true", True, True),
        ("true", "true", True),
        ("false", True, False),
        ("false", None, False),
        ("window", 12, False),
        ("window", ["window"], False),
        ("window", 10**400, False),
    ],
)
def test_a_rule_means_the_value_as_its_author_writes_it(
    wanted: str,
    told: object,
    means_it: bool,  # noqa: FBT001 - an example's value
) -> None:
    asked = EventMatch(kind="tasting.booked", where={"seat": wanted})

    assert asked.matches("tasting.booked", {"seat": told}) is means_it


def test_another_kind_is_never_meant() -> None:
    assert not EventMatch(kind="tasting.booked").matches("tasting.missed", {})
