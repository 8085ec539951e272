import re
import time

from hypothesis import given
from hypothesis import strategies as st

from coldframe.domain.conditions.wildcards import matches


@given(text=st.text("ab/?[.\n", max_size=12), pattern=st.text("ab/?[.*\n", max_size=8))
def test_only_the_star_is_special(text: str, pattern: str) -> None:
    wanted = ".*".join(re.escape(piece) for piece in pattern.split("*"))

    assert matches(text, pattern) == bool(re.fullmatch(wanted, text, re.DOTALL))


def test_no_pattern_takes_long() -> None:
    began = time.process_time()

    assert not matches("a" * 100_000, "*a" * 900 + "*b")
    assert time.process_time() - began < 1
