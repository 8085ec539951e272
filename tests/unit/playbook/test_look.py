"""Both example clients' mails can be read by everybody, by day and by night."""

import re

import pytest

from infra.playbook import compile_client
from infra.playbook.lints.contrast import faint, ratio
from tests.unit.playbook.folders import CLIENTS

NAMES = ["bakery", "harbor"]
PAGE = "<html><head><style>{css}</style></head><body>{body}</body></html>"


@pytest.mark.parametrize("client", NAMES)
def test_every_text_stands_out_from_its_ground_in_light_and_dark(client: str) -> None:
    templates = compile_client(CLIENTS / client, environment="dev").templates
    pages = {name: text for name, text in templates.items() if name.endswith(".html")}

    assert pages
    for name, page in pages.items():
        assert faint(page) == [], name


@pytest.mark.parametrize("client", NAMES)
def test_every_page_knows_the_dark_and_says_which_language_it_is_in(client: str) -> None:
    templates = compile_client(CLIENTS / client, environment="dev").templates
    for name, page in templates.items():
        if name.endswith(".html"):
            assert "prefers-color-scheme: dark" in page
            assert re.search(r'<html lang="(en|de|fr)" dir="ltr"', page), name


def test_contrast_is_counted_as_wcag_does() -> None:
    assert ratio((0, 0, 0), (255, 255, 255)) == 21
    assert round(ratio((0x76, 0x76, 0x76), (255, 255, 255)), 2) == 4.54
    assert ratio((1, 2, 3), (1, 2, 3)) == 1


@pytest.mark.parametrize(
    ("css", "body"),
    [
        ("", '<p style="color:#777777">grey</p>'),
        ("", '<p style="color:#bbb">short</p>'),
        ("", '<div style="background:rgb(0,0,0)"><p>black on black</p></div>'),
        ("p { color: #aaaaaa }", "<p>by tag</p>"),
        (".a p { color: #aaaaaa }", '<div class="a"><div><p>within</p></div></div>'),
        (".a > p { color: #aaaaaa }", '<div class="a"><p>right within</p></div>'),
        ("p { color: #aaaaaa !important }", '<p style="color:#000">important</p>'),
        (".x { color: #000 } p.x { color: #aaaaaa }", '<p class="x">the narrower rule</p>'),
        ("p { color: #000 } p { color: #aaaaaa }", "<p>the later rule</p>"),
        ("", '<table bgcolor="#333333"><tr><td>by attribute</td></tr></table>'),
    ],
)
def test_faint_text_is_found_however_its_colour_is_told(css: str, body: str) -> None:
    [found] = [each for each in faint(PAGE.format(css=css, body=body)) if not each.dark]

    assert found.ratio < 4.5
    assert found.text in re.sub("<[^>]*>", "", body)


@pytest.mark.parametrize(
    ("css", "body"),
    [
        ("", "<p>black on white</p>"),
        ("", '<p style="color:#aaaaaa;display:none">hidden</p>'),
        (".b { color: #aaaaaa }", "<p>not of that class</p>"),
        (".a > p { color: #aaaaaa }", '<div class="a"><div><p>deeper</p></div></div>'),
        ("p { color: #aaaaaa }", '<p style="color:#000">inline wins</p>'),
        ("@media (max-width: 480px) { p { color: #aaaaaa } }", "<p>another width</p>"),
        ("a:hover { color: #aaaaaa }", "<a>no such state</a>"),
        ("", "<p>before<br></p></td><p>after a stray end</p>"),
    ],
)
def test_text_that_can_be_read_is_left_alone(css: str, body: str) -> None:
    assert [each for each in faint(PAGE.format(css=css, body=body)) if not each.dark] == []


def test_the_dark_has_its_own_colours() -> None:
    css = "@media (prefers-color-scheme: dark) { body { background: #111111 } p { color: #333 } }"

    [found] = faint(PAGE.format(css=css, body="<p>night</p>"))

    assert found.dark
    assert (found.colour, found.ground) == ("#333333", "#111111")
