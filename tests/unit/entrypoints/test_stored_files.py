"""A gated file is opened by the links that were given for it, in their time, and kept by nobody."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from coldframe.domain.download import FILE, IN_MAIL, observation_of
from coldframe.domain.form import Form
from coldframe.domain.playbook import StoredFile
from coldframe.entrypoints.answers import Response
from coldframe.entrypoints.http import NotFound, Request
from coldframe.entrypoints.stored_files import FileServing
from coldframe.services.fetching import FetchFile
from tests.fakes.clock import MONDAY, FrozenClock
from tests.unit.adapters.keyring import Vault

LINKS = Vault().links()
DAY = 86_400
GIVEN_AT = int(MONDAY.timestamp())
GIVEN = observation_of("2026-11-20#post")


@dataclass
class Book:
    """Two forms give a file each; a third file is everybody's."""

    forms: dict[str, dict[str, int]] = field(
        default_factory=lambda: {"cake": {"guide.pdf": DAY}, "contact": {"prices.pdf": 0}}
    )

    def stored(self, name: str) -> StoredFile | None:
        if name not in {"guide.pdf", "prices.pdf", "allergens.pdf"}:
            return None
        given = {form: files[name] for form, files in self.forms.items() if name in files}
        return StoredFile(name=name, hash="0" * 16, key=name, type="application/pdf", forms=given)

    def form(self, name: str) -> Form:
        return Form(form=name, title=name, fields=(), gives=self.forms[name])


@dataclass
class Bucket:
    def url(self, file: StoredFile, *, method: str = "GET") -> str:
        return f"https://bucket.example/{method}/{file.key}"


def ask(
    token: str, name: str = "guide.pdf", *, after: float = 0, method: str = "GET"
) -> tuple[Response, list[FetchFile]]:
    kept: list[FetchFile] = []
    serve = FileServing(
        playbook=Book(),  # type: ignore[arg-type]  # asked for files and forms alone
        files=Bucket(),
        links=lambda: LINKS,
        fetched=lambda: kept.append,  # type: ignore[arg-type,return-value]  # only called
        clock=FrozenClock(MONDAY + timedelta(seconds=after)),
    )
    request = Request(method=method, path={"hash": token, "name": name}, headers={}, body=b"")
    return serve(request), kept


def link(target: str) -> str:
    message = "m" if target.startswith(IN_MAIL) else GIVEN
    return LINKS.sign(FILE, lead="ada", message=message, target=target, index=GIVEN_AT)


@pytest.mark.parametrize("target", ["contact", IN_MAIL + "prices.pdf", "", "form:cake"])
def test_a_link_for_another_file_opens_nothing(target: str) -> None:
    answer, kept = ask(link(target))

    assert (answer["statusCode"], kept) == (403, [])
    assert "location" not in answer["headers"]


@pytest.mark.parametrize("target", ["cake", IN_MAIL + "guide.pdf"])
def test_a_link_is_good_until_its_time_is_over_and_then_says_so(target: str) -> None:
    (before, _), (after, kept) = (ask(link(target), after=each) for each in (DAY - 0.001, DAY))

    assert before["headers"]["location"] == "https://bucket.example/GET/guide.pdf"
    assert (after["statusCode"], kept) == (410, [])
    assert "location" not in after["headers"]
    assert 'href="/forms/cake?lang=en"' in after["body"]


@pytest.mark.parametrize(
    ("token", "after"),
    [(link("cake"), 0), (link("cake"), DAY), ("0" * 16, 0)],
    ids=["the file", "too late", "no link"],
)
def test_no_answer_is_anybody_else_s_to_keep(token: str, after: int) -> None:
    """A proxy that kept it would give the file to the next who asks, or hold it back."""
    answer, _ = ask(token, after=after)

    assert answer["headers"]["cache-control"] == "no-store"
    assert answer["headers"]["referrer-policy"] in {"no-referrer", "same-origin"}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_form_s_link_is_told_of_as_it_was_asked(method: str) -> None:
    _, (told,) = ask(link("cake"), method=method)

    assert (told.link.lead, told.file, told.place, told.method) == ("ada", "guide.pdf", 0, method)


def test_a_mail_s_link_was_told_of_when_it_was_followed() -> None:
    assert ask(link(IN_MAIL + "guide.pdf"))[1] == []


def test_what_is_open_asks_for_no_link_and_tells_of_nobody() -> None:
    answer, kept = ask(link("cake"), "allergens.pdf")

    assert (answer["statusCode"], kept) == (302, [])


@pytest.mark.parametrize("name", ["../client.json", "..%2Fclient.json", "", "guide.pdf\r\nx: y"])
def test_a_name_is_one_of_the_client_s_files_or_nothing(name: str) -> None:
    with pytest.raises(NotFound):
        ask(link("cake"), name)
