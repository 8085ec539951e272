"""The bakery's text messages, as they go to a phone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from coldframe.adapters.playbook import CompiledPlaybook
from coldframe.adapters.text_writer import JinjaTexts
from coldframe.adapters.texts import NoTextProvider
from coldframe.domain.errors import MailRefused
from coldframe.domain.message import RenderedMail
from coldframe.domain.profile import Profile
from coldframe.domain.told import Known
from coldframe.services.texting import TextCarrier
from infra.playbook import compile_client
from tests.unit.playbook.folders import bakery

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def playbook(tmp_path_factory: pytest.TempPathFactory) -> CompiledPlaybook:
    folder = bakery(tmp_path_factory.mktemp("client"))
    own, german = "Hello {{ lead.first_name | default('there', true) }}!", "Hallo! STOP = Ende"
    (folder / "texts/hello.txt").write_text(own)
    (folder / "texts/hello.de.txt").write_text(german)
    compiled = compile_client(folder, environment="dev")
    place = Path(tmp_path_factory.mktemp("playbook"))
    return CompiledPlaybook(compiled.write(place, {name: name for name in compiled.files}))


def rendered(playbook: CompiledPlaybook, **fields: str) -> RenderedMail:
    told = {name: Known(value=value, at=NOW, by="t") for name, value in fields.items()}
    return JinjaTexts(playbook).render(
        playbook.text("hello"),
        profile=Profile(lead="1" * 26, address="ada@example.com", created_at=NOW, fields=told),
        client=playbook.client(),
        message="2" * 26,
        journey="welcome",
    )


def test_it_goes_to_the_phone_with_the_leads_name_and_says_how_to_stop(
    playbook: CompiledPlaybook,
) -> None:
    made = rendered(playbook, first_name="Ada", phone="+447700900123")

    assert made.recipient == "+447700900123"
    assert made.text == "Hello Ada!\nReply STOP to end these texts"


def test_it_speaks_the_leads_language_and_says_how_to_stop_once(
    playbook: CompiledPlaybook,
) -> None:
    assert rendered(playbook, language="de-AT").text == "Hallo! STOP = Ende"
    assert rendered(playbook, phone="+436600000000").text == "Hallo! STOP = Ende"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Zoë 🎂", "Hello Zoe!"),
        ("x" * 300, f"Hello {'x' * 40}!"),
        ("win.example/now", "Hello there!"),
        ("a\nb{{ 7*7 }}", "Hello a b{{ 7*7 }}!"),
    ],
)
def test_what_a_lead_typed_makes_it_neither_long_nor_dear_nor_a_link(
    name: str, said: str, playbook: CompiledPlaybook
) -> None:
    assert rendered(playbook, first_name=name).text.splitlines()[0] == said


def test_nobody_takes_texts_until_a_provider_is_connected(playbook: CompiledPlaybook) -> None:
    carrier = TextCarrier(NoTextProvider())

    with pytest.raises(MailRefused, match="no_text_provider"):
        carrier.send(rendered(playbook, phone="+436600000000"))
    with pytest.raises(MailRefused, match="no_phone"):
        carrier.send(rendered(playbook))
