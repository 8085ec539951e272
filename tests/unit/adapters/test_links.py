from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldframe.domain.errors import InvalidToken
from tests.unit.adapters.keyring import Vault

LINKS = Vault().links()
TOKEN = LINKS.sign(
    "go", lead="l1", message="m1", target="https://www.lindenbakery.example", index=2
)
ENDLESS = 10**9


@given(
    lead=st.text(), message=st.text(), target=st.text(max_size=300), index=st.integers(-1, ENDLESS)
)
def test_what_was_signed_is_read_again(lead: str, message: str, target: str, index: int) -> None:
    token = LINKS.sign("go", lead=lead, message=message, target=target, index=index)

    read = LINKS.read("go", token)

    assert (read.lead, read.message, read.target, read.index) == (lead, message, target, index)
    assert token.replace("-", "").replace("_", "").replace(".", "").isalnum()


@given(at=st.integers(0, len(TOKEN) - 1), by=st.characters())
def test_a_token_with_any_character_changed_is_refused(at: int, by: str) -> None:
    altered = TOKEN[:at] + by + TOKEN[at + 1 :]
    if altered == TOKEN:
        return

    with pytest.raises(InvalidToken):
        LINKS.read("go", altered)


@given(st.text() | st.text(alphabet="ABCab01-_."))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidToken):
        LINKS.read("go", text)


@given(st.integers(0, len(TOKEN) - 1))
def test_a_token_cut_short_is_refused(length: int) -> None:
    with pytest.raises(InvalidToken):
        LINKS.read("go", TOKEN[:length])


def test_a_token_for_another_purpose_is_refused() -> None:
    with pytest.raises(InvalidToken):
        LINKS.read("unsubscribe", TOKEN)


def test_another_client_s_token_is_refused() -> None:
    with pytest.raises(InvalidToken):
        Vault(id="another").links().read("go", TOKEN)


@pytest.mark.parametrize(
    "payload", [b"[]", b"{}", b"null", b'["go","k0","l","m","2","t"]', b"\xff"]
)
def test_a_payload_of_another_shape_is_refused(payload: bytes) -> None:
    forged = urlsafe_b64encode(payload).rstrip(b"=").decode() + "." + TOKEN.partition(".")[2]

    with pytest.raises(InvalidToken):
        LINKS.read("go", forged)


def test_the_newest_key_signs_and_all_verify() -> None:
    vault = Vault(sign=[{"kid": "k1", "key": "newer"}, {"kid": "k2", "key": "newest"}])

    links = vault.links()

    assert links.read("go", TOKEN).lead == "l1"
    only_first = Vault(sign=[{"kid": "k1", "key": "newer"}]).links()
    with pytest.raises(InvalidToken):
        only_first.read("go", links.sign("go", lead="l1"))


def test_a_container_that_does_not_know_a_newer_key_reads_the_secret_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vault = Vault()
    links = vault.links()
    links.read("go", TOKEN)
    vault.sign = [{"kid": "k1", "key": "newer"}]
    newer = Vault(sign=vault.sign).links().sign("go", lead="l2")
    monkeypatch.setattr("coldframe.adapters.keys.READ_AGAIN_AFTER", 0.0)

    assert links.read("go", newer).lead == "l2"


def test_unknown_key_ids_can_not_make_a_container_read_the_secret_over_and_over() -> None:
    vault = Vault()
    links = vault.links()
    strange = Vault(sign=[{"kid": "k9", "key": "strange"}]).links().sign("go", lead="l")

    for _ in range(20):
        with pytest.raises(InvalidToken):
            links.read("go", strange)

    assert vault.asked == 1


def test_the_id_key_stays_when_a_signing_key_is_added() -> None:
    newer = Vault(sign=[{"kid": "k1", "key": "newer"}])

    assert newer.keys()().id == Vault().keys()().id
