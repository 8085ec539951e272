"""Text messages in a client's folder: each mistake has its own words."""

from pathlib import Path

import pytest

from infra.playbook import compile_client
from tests.unit.playbook.folders import bakery, mistakes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return bakery(tmp_path)


@pytest.mark.parametrize(
    ("file", "words", "said"),
    [
        (
            "hello.txt",
            "Good morning.\nIt’s ready 🎂",
            "texts/hello.txt:2: a text message can't hold '’' (write \"'\"), '🎂';",
        ),
        ("hello.txt", "x" * 450, "texts/hello.txt:1: takes 4 messages (480 characters"),
        ("hello.txt", "", "texts/hello.txt:1: is empty"),
        ("hello.txt", "Hello {{ lead.frist_name }}", "frist_name"),
        ("Hello there.txt", "x", "needs a name like `seat-tomorrow`"),
        ("hello.md", "x", "files in texts/ end in .txt"),
        ("hello.de.txt", "x", "translates no text; write texts/hello.txt"),
        ("case-study.txt", "x", "a mail is called 'case-study' too; give the text a name"),
    ],
)
def test_a_mistake_says_what_is_wrong(folder: Path, file: str, words: str, said: str) -> None:
    (folder / "texts" / file).write_text(words)

    (told,) = mistakes(folder)

    assert said in told


def test_a_translation_is_checked_like_its_original(folder: Path) -> None:
    (folder / "texts/tasting-table.de.txt").write_text("Bis Samstag – Rosa")

    (told,) = mistakes(folder)

    assert told.startswith("texts/tasting-table.de.txt:1: a text message can't hold '–'")


def test_how_to_stop_is_said_in_each_language_where_the_author_does_not(folder: Path) -> None:
    (folder / "texts/tasting-table.de.txt").write_text("Bis Samstag. Rosa")
    (folder / "texts/short.txt").write_text("Ready. STOP ends these.")

    compiled = compile_client(folder, environment="dev")

    assert compiled.templates["tasting-table.sms"].endswith("\nReply STOP to end these texts")
    german = compiled.templates["tasting-table.de.sms"]
    assert german == "Bis Samstag. Rosa\nSTOP antworten beendet diese SMS"
    assert compiled.templates["short.sms"] == "Ready. STOP ends these."
    assert compiled.texts["tasting-table"].translations == {"de": ()}
