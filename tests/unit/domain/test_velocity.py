from datetime import timedelta

from coldframe.domain.velocity import FROM_NETWORK, REMEMBERED, WINDOW, RecentPosts
from tests.fakes.clock import MONDAY


def test_different_posts_count_and_a_repeat_does_not() -> None:
    recent = RecentPosts()

    counts = [recent.count("ada", post, MONDAY) for post in ("a", "b", "a", "c", "c")]

    assert counts == [1, 2, 2, 3, 3]
    assert recent.count("grace", "a", MONDAY) == 1


def test_what_is_older_than_the_window_no_longer_counts() -> None:
    recent = RecentPosts()
    for number in range(5):
        recent.count("ada", str(number), MONDAY + timedelta(minutes=number))

    assert recent.count("ada", "x", MONDAY + WINDOW) == 5
    assert recent.count("ada", "y", MONDAY + WINDOW * 3) == 1


def test_a_flood_fills_no_memory() -> None:
    recent = RecentPosts()
    for number in range(FROM_NETWORK * 3):
        recent.count("ada", str(number), MONDAY)
    for number in range(REMEMBERED * 2):
        recent.count(f"a{number}", "post", MONDAY)

    assert len(recent._seen) == REMEMBERED
    assert recent.count("ada", "again", MONDAY) == 1
