import pytest

from coldframe.domain.languages import best, direction


@pytest.mark.parametrize(
    ("wanted", "known", "chosen"),
    [
        ("de", ["de", "fr"], "de"),
        ("de-AT", ["de", "fr"], "de"),
        ("DE_at", ["de"], "de"),
        ("de-formal", ["de", "de-formal"], "de-formal"),
        ("de-AT-formal", ["de-AT", "de-formal"], "de-formal"),
        ("de-AT-formal", ["de-AT", "fr"], "de-AT"),
        ("de", ["de-formal"], "de-formal"),
        ("de-CH", ["de-AT"], "de-AT"),
        ("pt", ["de"], "en"),
        ("", ["de"], "en"),
        ("en-GB", ["de"], "en"),
        ("nonsense ", ["de"], "en"),
    ],
)
def test_the_nearest_language_is_chosen_and_else_the_mails_own(
    wanted: str, known: list[str], chosen: str
) -> None:
    assert best(wanted, known=known, own="en") == chosen


def test_arabic_and_hebrew_run_from_right_to_left() -> None:
    assert direction("ar") == direction("he-IL") == "rtl"
    assert direction("de-formal") == direction("") == "ltr"
