"""YAML that is well formed and yet never ends."""

import pytest

from infra.reading.documents import parse_yaml
from infra.reading.problems import Problems, Spot

DOUBLED = "".join(f"k{n}: &k{n} [*k{n - 1}, *k{n - 1}]\n" for n in range(1, 20))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("steps: &all\n  - repeat: 2 times\n    steps: *all\n", "is nested deeper than 100 levels"),
        ("steps: " + "[" * 101 + "]" * 101, "is nested deeper than 100 levels"),
        ("steps: " + "[" * 5000 + "]" * 5000, "is nested deeper than 100 levels"),
        ("k0: &k0 [x]\n" + DOUBLED, "is more than 100000 values once each `*name`"),
    ],
)
def test_what_no_reader_comes_to_the_end_of_is_one_clear_message(text: str, said: str) -> None:
    problems = Problems()

    root = parse_yaml(text, spot=Spot(file="x.yaml", line=1, path="", problems=problems))

    assert root is None
    assert len(problems.found) == 1
    assert problems.found[0].text.startswith(said)


def test_an_alias_may_be_used_again_and_again() -> None:
    problems = Problems()
    spot = Spot(file="x.yaml", line=1, path="", problems=problems)

    root = parse_yaml("one: &one [a]\ntwo: [*one, *one]\n", spot=spot)

    assert root is not None
    assert not problems.found
