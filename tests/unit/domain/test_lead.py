"""The same address is the same lead; what can't get mail says why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldframe.domain.errors import InvalidAddress
from coldframe.domain.lead import lead_id, normal_address


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("ada@example.com", "ada@example.com"),
        ("  Ada.Lovelace@Example.COM \n", "ada.lovelace@example.com"),
        ("ada+cakes@example.com", "ada+cakes@example.com"),
        ("a.d.a@gmail.com", "a.d.a@gmail.com"),
        ("o'hara@example.co.uk", "o'hara@example.co.uk"),
        ("rosa@bücher.example", "rosa@xn--bcher-kva.example"),
        ("rosa@bu\u0308cher.example", "rosa@xn--bcher-kva.example"),
        ("rosa@BÜCHER.example", "rosa@xn--bcher-kva.example"),
        ("rosa@straße.example", "rosa@xn--strae-oqa.example"),
        ("rosa@例え。example", "rosa@xn--r8jz45g.example"),
        ("rosa@xn--bcher-kva.example", "rosa@xn--bcher-kva.example"),
    ],
)
def test_an_address_has_one_normal_form(typed: str, normal: str) -> None:
    assert normal_address(typed) == normal


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "enter your email"),
        ("   ", "enter your email"),
        ("ada", "has an @"),
        ("@example.com", "missing before the @"),
        ("ada@", "part of the domain is missing"),
        ("ada@example", "a domain with a dot"),
        ("ada@@example.com", "only one @"),
        ("ada@home@example.com", "only one @"),
        ("ada lovelace@example.com", "character before the @"),
        ('"ada"@example.com', "character before the @"),
        ("ada\n@example.com", "character before the @"),
        (".ada@example.com", "A dot"),
        ("ada.@example.com", "A dot"),
        ("a..da@example.com", "A dot"),
        ("ädä@example.com", "without accents"),
        ("ada@exa mple.com", "not a domain name"),
        ("ada@-example.com", "not a domain name"),
        ("ada@example-.com", "not a domain name"),
        ("ada@exam_ple.com", "not a domain name"),
        ("ada@example..com", "part of the domain is missing"),
        ("ada@example.com.", "part of the domain is missing"),
        ("ada@[127.0.0.1]", "not a domain name"),
        ("ada@127.0.0.1", "not a number"),
        ("ada@ｅxample.com", "not a domain name"),
        ("ada@a\u200db.example", "not a domain name"),
        ("ada@☃.example", "not a domain name"),
        (f"{'a' * 65}@example.com", "too long"),
        (f"ada@{'a' * 64}.com", "not a domain name"),
        (f"ada@{'.'.join(['a' * 60] * 5)}.com", "longer than"),
        ("ada@example.com\r\nBcc: grace@example.com", "only one @"),
    ],
)
def test_what_is_no_address_says_what_is_wrong(typed: str, says: str) -> None:
    with pytest.raises(InvalidAddress, match=says):
        normal_address(typed)


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_is_refused(typed: str) -> None:
    try:
        normal = normal_address(typed)
    except InvalidAddress:
        return

    assert normal.isascii()
    assert normal == normal_address(normal)


def test_a_leads_id_needs_the_key_and_never_changes() -> None:
    assert lead_id(b"key", "ada@example.com") == lead_id(b"key", "ada@example.com")
    assert lead_id(b"key", "ada@example.com") != lead_id(b"other", "ada@example.com")
    assert lead_id(b"key", "ada@example.com") == "20caa94149b865c2f3a23002c8"
