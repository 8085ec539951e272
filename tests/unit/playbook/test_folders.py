from pathlib import Path

import pytest

from tests.unit.playbook.folders import bakery, edit, mistakes

FILES = {
    "a suffix": ("journeys/welcome.yml", "journeys/welcome.yml:1: is not read: files in journeys/"),
    "a name": ("emails/Big News.md", "emails/Big News.md:1: needs a name like `cake-guide`"),
    "a stranger": ("event.yaml", "event.yaml:1: is not read; did you mean 'events.yaml'?"),
}


@pytest.mark.parametrize(("file", "message"), FILES.values(), ids=FILES)
def test_a_file_that_nobody_reads_is_a_mistake(tmp_path: Path, file: str, message: str) -> None:
    folder = bakery(tmp_path)
    (folder / file).write_text("title: x\n", encoding="utf-8")

    found = mistakes(folder)

    assert len(found) == 1
    assert found[0].startswith(message)


def test_a_file_in_another_encoding_is_one_mistake(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    (folder / "fields.yaml").write_bytes("first_name: Prénom\n".encode("latin-1"))

    assert mistakes(folder) == ["fields.yaml:1: is not UTF-8 text; save it as UTF-8"]


def test_an_empty_folder_says_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "linden").mkdir()

    assert mistakes(tmp_path / "linden") == ["client.yaml:1: is missing"]


def test_production_needs_the_clients_own_domain_and_its_certificate(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    edit(folder, "client.yaml", "domains: {links: go.lindenbakery.example}\n", "")
    edit(folder, "client.yaml", "certificate_arn: ", "# ")

    assert mistakes(folder, environment="dev") == []
    assert mistakes(folder, environment="prod") == [
        "client.yaml:1: production needs `certificate_arn`: the certificate of that domain",
        (
            "client.yaml:1: production needs the client's own domain for links;"
            " write `domains: {links: go.example.com}`"
        ),
    ]
