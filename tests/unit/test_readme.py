"""What the README says stays true."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NAMED = re.findall(r"^\| [^|]+ \| `([^`]+)` \|$", README, re.MULTILINE)
LINKED = re.findall(r"\]\(((?!https?:)[^)#]+)\)", README)
PICTURES = re.findall(r'(?:src|srcset)="([^"]+)"', README)
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", NAMED)
def test_every_place_it_names_can_be_opened(path: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", LINKED)
def test_every_page_it_links_to_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("path", PICTURES)
def test_every_picture_it_shows_is_there(path: str) -> None:
    assert (ROOT / path).is_file()


def test_it_names_one_file_for_each_thing_people_change_first() -> None:
    assert len(NAMED) >= 5


@pytest.mark.parametrize("target", sorted(set(re.findall(r"make ([a-z]+)", README))))
def test_every_make_target_it_speaks_of_exists(target: str) -> None:
    assert target in TARGETS


def test_the_journey_it_shows_is_the_bakerys() -> None:
    shown = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    real = (ROOT / "clients/bakery/journeys/welcome.yaml").read_text(encoding="utf-8")

    assert shown is not None
    steps = re.sub(r" +#.*", "", shown[1].partition("steps:")[2]).strip()
    assert steps == real.partition("steps:")[2].strip()
