"""The bakery's layout can be read by everybody, by day and by night."""

import pytest

from tests.unit.playbook.folders import CLIENTS

LAYOUT = (CLIENTS / "bakery/emails/_layout.mjml").read_text(encoding="utf-8")

PAPER, TABLE, NIGHT_PAPER, NIGHT_TABLE = "#fffaf3", "#f6ede1", "#2b201a", "#1f1712"
PAIRS = [
    *(("#3b2a20", PAPER), ("#7a2e1d", PAPER), ("#8f3520", PAPER), ("#ffffff", "#8f3520")),
    *(("#6b5647", TABLE), ("#8f3520", TABLE), ("#7a2e1d", TABLE)),
    *(("#f3e7d9", NIGHT_PAPER), ("#f2b48f", NIGHT_PAPER), (NIGHT_PAPER, "#f2b48f")),
    *(("#cbb8a6", NIGHT_TABLE), ("#f2b48f", NIGHT_TABLE)),
]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(ink: str, ground: str) -> None:
    dark, light = sorted((luminance(ink), luminance(ground)))

    assert ink in LAYOUT
    assert ground in LAYOUT
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_every_colour_of_the_layout_is_in_a_pair_that_was_measured() -> None:
    measured = {colour for pair in PAIRS for colour in pair}

    found = {word.strip('";') for word in LAYOUT.replace(" !important", "").split() if "#" in word}
    colours = {word[word.index("#") : word.index("#") + 7] for word in found}
    assert colours <= measured
