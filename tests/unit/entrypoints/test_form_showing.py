"""A form is served in the visitor's language, for every eye and hand, and stores nothing."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coldframe.domain.errors import InvalidToken
from coldframe.domain.form import ASKED, TRAP, Form, FormField, Option
from coldframe.entrypoints.form_markup import plain_form
from coldframe.entrypoints.form_page import form_page
from coldframe.entrypoints.form_showing import FormShowing
from coldframe.entrypoints.forms import DONE
from coldframe.entrypoints.http import Request
from tests.fakes.clock import FrozenClock
from tests.unit.adapters.keyring import Vault
from workbench.forms.handed_out import hand_out

LINKS = Vault().links()
QUIZ = Form(
    form="quiz",
    title="Which cake are you?",
    submit="Tell me",
    thanks="You know best.",
    sites=("https://www.bakery.example",),
    translations={"de": {"title": "Welche Torte?", "size.option.s": "Klein"}, "ar": {"title": "؟"}},
    fields=(
        FormField(name="email", type="email", label="Email", required=True),
        FormField(name="first_name", type="text", label="First name", required=False),
        FormField(name="story", type="text", label="Story", required=False, max_length=900),
        FormField(
            name="size",
            type="choice",
            label="Size",
            required=True,
            options=(Option(value="s", label="Small"), Option(value="l", label="Large")),
        ),
        FormField(
            name="taste",
            type="choice",
            label="Taste",
            required=False,
            options=tuple(Option(value=f"t{n}", label=f"Taste {n}") for n in range(9)),
        ),
        FormField(name="guests", type="number", label="Guests", required=False, least="1"),
        FormField(name="day", type="date", label="Day", required=False, least="2026-01-01"),
        FormField(name="phone", type="phone", label="Phone", required=False, country="AT"),
        FormField(name="shop", type="boolean", label="I own a shop", required=False),
        FormField(
            name="tips", type="consent", label="Tips", required=True, topic="t", text="Yes, tips."
        ),
    ),
)
SHOW = FormShowing(links=lambda: LINKS, clock=FrozenClock(datetime(2026, 11, 21, tzinfo=UTC)))


def shown(*, accepts: str = "", **query: str) -> dict[str, str]:
    headers = {"accept-language": accepts}
    request = Request(method="GET", path={}, headers=headers, body=b"", query=query)
    answer = SHOW(request, QUIZ)
    assert answer["statusCode"] == 200
    return {**answer["headers"], "body": answer["body"]}


@pytest.mark.parametrize(
    ("accepts", "query", "language", "direction"),
    [
        ("", {}, "en", "ltr"),
        ("de-AT, en;q=0.5", {}, "de", "ltr"),
        ("fr, de;q=0.3, en;q=0.2", {}, "de", "ltr"),
        ("en;q=0.1, ar", {}, "ar", "rtl"),
        ("de", {"lang": "ar"}, "ar", "rtl"),
        ("de", {"lang": "fr"}, "de", "ltr"),
        ("de;q=0, *;q=x", {"lang": "../.."}, "en", "ltr"),
    ],
)
def test_it_speaks_the_visitors_language_if_the_form_does(
    accepts: str, query: dict[str, str], language: str, direction: str
) -> None:
    page = shown(accepts=accepts, **query)

    assert f'<html lang="{language}" dir="{direction}">' in page["body"]
    assert f"/forms/quiz?lang={language}" in page["body"]
    assert page["content-language"] == language
    assert page["vary"] == "accept-language"


def test_it_needs_no_script_no_other_server_and_runs_none() -> None:
    page = shown()
    policy = page["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "<script" not in page["body"]
    assert not re.search(r"""(src|href)=["']""", page["body"])
    assert " style=" not in page["body"]


def test_only_the_clients_own_sites_may_frame_it() -> None:
    page = shown(embed="1")

    assert "frame-ancestors https://www.bakery.example" in page["content-security-policy"]
    assert 'target="_top"' in page["body"]


def test_every_field_has_a_label_of_its_own_and_the_trap_is_nobodys() -> None:
    body = shown()["body"]
    labels = set(re.findall(r'<label for="([^"]+)"', body))
    boxes = set(re.findall(r'\bid="(field-[^"]+)"', body))

    assert labels == boxes
    assert len(boxes) == 7
    assert body.count("<legend>") == 1
    assert body.count('type="radio"') == 2
    assert body.count("<option") == 10
    trap = body[body.index('class="aside"') :]
    assert 'aria-hidden="true"' in trap
    assert f'name="{TRAP}"' in trap
    assert 'tabindex="-1"' in trap


def test_each_showing_has_a_nonce_of_its_own() -> None:
    nonces = {re.findall(r'name="submission" value="([^"]+)"', shown()["body"])[0] for _ in "ab"}

    assert len(nonces) == 2


def test_what_was_typed_is_kept_whatever_the_field_is() -> None:
    typed = {
        "email": "ada@",
        "story": "\nlong <b>",
        "size": "l",
        "taste": "t7",
        "guests": "5",
        "shop": "on",
        "tips": True,
    }

    body = form_page(QUIZ, status=422, values=typed, problems={"email": "No."})["body"]

    assert 'value="ada@" aria-invalid="true" aria-describedby="problem-email"' in body
    assert ">\n\nlong &lt;b&gt;</textarea>" in body
    assert 'value="l" checked' in body
    assert '<option value="t7" selected>' in body
    assert body.count(" checked") == 3


def test_the_thank_you_page_says_only_what_we_signed() -> None:
    mine = LINKS.sign(DONE, lead="", message="quiz", target="<Éclair>")
    others = LINKS.sign(DONE, lead="", message="other", target="Send money")

    assert '<p class="result">&lt;Éclair&gt;</p>' in shown(done=mine)["body"]
    assert "You know best." in shown(done=mine)["body"]
    for wrong in (others, "nonsense", mine + "x", LINKS.sign("go", lead="", message="quiz")):
        with pytest.raises(InvalidToken):
            shown(done=wrong)


def test_the_clients_own_page_gets_a_form_that_stands_alone() -> None:
    markup = plain_form(QUIZ, "https://go.bakery.example/forms/quiz?lang=en&x=1")

    assert 'action="https://go.bakery.example/forms/quiz?lang=en&amp;x=1"' in markup
    assert "clip-path:inset(50%)" in markup
    assert 'name="email"' in markup


def test_whose_link_led_here_is_passed_on_with_the_post() -> None:
    assert "cf_ref=a.b" in shown(cf_ref="a.b")["body"]


def test_the_thank_you_page_links_what_the_form_gives_by_its_own_token_alone() -> None:
    form = replace(QUIZ, gives={"guide.pdf": 0})
    done = LINKS.sign("done", lead="", message=form.form)
    own = LINKS.sign("file", lead="a", message="form:s", target=form.form)
    other = LINKS.sign("file", lead="a", message="form:s", target="another")

    bodies = [_thanks(form, done=done, files=token) for token in (own, other, "forged", "")]

    assert [f"/files/{own}/guide.pdf" in body for body in bodies] == [True, False, False, False]
    assert not any("/files/" in body for body in bodies[1:])


def _thanks(form: Form, **query: str) -> str:
    request = Request(method="GET", path={}, headers={}, body=b"", query=query)
    return str(SHOW(request, form)["body"])


def test_a_page_that_asks_for_little_leads_whoever_else_sits_there_to_the_whole_form() -> None:
    little = replace(QUIZ, fields=QUIZ.fields[1:2])
    here = "/forms/quiz?lang=en&utm_source=x"

    shown = form_page(little, values={ASKED: "a.b"}, address=here, embedded=True)["body"]
    mended = form_page(little, status=422, values={ASKED: "a.b"})["body"]

    assert 'href="/forms/quiz?lang=en&amp;utm_source=x&amp;embed=1">Somebody else?' in shown
    assert 'href="?lang=en">Somebody else?' in mended
    assert "Somebody else?" not in form_page(little)["body"]
    assert "Somebody else?" not in form_page(QUIZ, values={ASKED: "a.b"})["body"]


def test_a_frame_asks_who_is_known_where_its_form_and_the_clients_pages_do() -> None:
    asking = replace(QUIZ, ask=2)

    def frame(form: Form, *, visits: bool) -> str:
        return hand_out(form, base="https://go.bakery.example", visits=visits).snippet

    assert "'https://go.bakery.example/forms/quiz/asked'" in frame(asking, visits=True)
    assert "<script>" not in frame(asking, visits=False)
    assert "<script>" not in frame(QUIZ, visits=True)
