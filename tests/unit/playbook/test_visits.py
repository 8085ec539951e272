"""The script that a client's pages embed, and what client.yaml says of visits."""

import gzip
import json
import re
from pathlib import Path

import pytest

from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.entrypoints.http import NotFound, Request
from coldframe.entrypoints.visit_script import SCRIPT, script
from infra.playbook import compile_client
from infra.playbook.visits import script as source
from tests.unit.playbook.folders import bakery, edit, mistakes

CLIENT = "client.yaml"
VISITS = "visits: {keep: 30 days}\n"


def asking(folder: Path) -> Path:
    client = folder / CLIENT
    client.write_text(client.read_text(encoding="utf-8") + VISITS, encoding="utf-8")
    return folder


def written(folder: Path, place: Path) -> Path:
    compiled = compile_client(folder, environment="dev")
    return compiled.write(place, {name: name for name in compiled.files})


def test_the_script_is_smaller_than_two_kilobytes() -> None:
    assert len(gzip.compress(source().encode(), mtime=0)) < 2048


def test_the_script_holds_no_address_of_ours_and_no_comment() -> None:
    assert "http" not in source()
    assert not re.search(r"^\s*//", source(), re.MULTILINE)


def test_the_rules_that_visits_are_read_by_are_compiled(tmp_path: Path) -> None:
    folder = asking(bakery(tmp_path))
    events = folder / "events.yaml"
    told = "\nprice.worked_out: {about: A, source: public, properties: {guests: number}}\n"
    events.write_text(events.read_text(encoding="utf-8") + told, encoding="utf-8")

    rules = CompiledPlaybook(written(folder, tmp_path / "out")).visits()

    assert rules
    assert rules.sites == ("https://www.lindenbakery.example",)
    assert rules.events == {"price.worked_out": {"guests": "number"}}
    assert rules.keep == 30
    assert not rules.public("tasting.booked")
    assert rules.public("page.viewed")


def test_a_client_that_says_nothing_of_visits_takes_none(tmp_path: Path) -> None:
    package = written(bakery(tmp_path), tmp_path / "out")

    assert CompiledPlaybook(package).visits() is None
    assert json.loads((package / "visits.json").read_text(encoding="utf-8")) is None
    with pytest.raises(NotFound):
        script(Request(method="GET", path={}, headers={}, body=b""), package)


def asked(package: Path, **headers: str) -> dict[str, object]:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return script(Request(method="GET", path={}, headers=given, body=b""), package)


def test_the_script_may_be_kept_for_an_hour_and_asked_for_again(tmp_path: Path) -> None:
    package = written(asking(bakery(tmp_path)), tmp_path / "out")

    plain = asked(package)
    headers = plain["headers"]
    assert isinstance(headers, dict)
    again = asked(package, if_none_match=headers["etag"])

    assert plain["body"] == (package / SCRIPT).read_text(encoding="utf-8") == source()
    assert "max-age=3600" in headers["cache-control"]
    assert headers["content-type"].startswith("text/javascript")
    assert again["statusCode"] == 304


def test_the_script_is_packed_for_who_can_unpack_it(tmp_path: Path) -> None:
    from base64 import b64decode

    package = written(asking(bakery(tmp_path)), tmp_path / "out")

    packed = asked(package, accept_encoding="br, gzip")

    assert packed["isBase64Encoded"] is True
    body = gzip.decompress(b64decode(str(packed["body"])))
    assert body.decode() == source()


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("visits: {keep: 5 years}", "client.yaml:17 visits.keep: is longer than 400 days"),
        ("visits: {keep: ever}", "client.yaml:17 visits.keep: 'ever' is no time to keep something"),
        ("visits: {kept: 5 days}", "client.yaml:17 visits.kept: unknown key; did you mean 'keep'?"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, line: str, problem: str) -> None:
    folder = asking(bakery(tmp_path))
    edit(folder, CLIENT, VISITS.strip(), line)

    (found,) = mistakes(folder)
    assert re.sub(r":\d+ ", ":17 ", found, count=1).startswith(problem)


def test_visits_need_the_clients_sites(tmp_path: Path) -> None:
    folder = asking(bakery(tmp_path))
    edit(folder, CLIENT, 'sites: ["https://www.lindenbakery.example"]', "")

    assert any("visits: needs `sites`" in each for each in mistakes(folder))


def test_a_public_event_has_no_property_that_means_something_to_us(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    events = folder / "events.yaml"
    told = "\npoll.answered: {about: A, source: public, properties: {address: text}}\n"
    events.write_text(events.read_text(encoding="utf-8") + told, encoding="utf-8")

    assert any("'address' is a word of ours" in each for each in mistakes(folder))
