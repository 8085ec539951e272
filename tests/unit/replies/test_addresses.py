"""Reply addresses: opaque, signed, for ever, whatever mail systems do to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldframe.adapters.reply_addresses import SignedReplyAddresses
from tests.unit.adapters.keyring import Vault

DOMAIN = "reply.bakery.example"
LEAD, MESSAGE = "0123456789abcdef0123456789", "fedcba9876543210fedcba9876"
LONGEST_LOCAL = 64
ids = st.text("0123456789abcdef", min_size=26, max_size=26)


def addresses(vault: Vault | None = None, domain: str = DOMAIN) -> SignedReplyAddresses:
    return SignedReplyAddresses((vault or Vault()).keys(), domain)


@given(lead=ids, message=ids)
def test_it_leads_back_to_its_lead_and_message(lead: str, message: str) -> None:
    address = addresses().reply_to(lead, message)

    found = addresses().answered(address.swapcase())
    assert found is not None
    assert (found.lead, found.message) == (lead, message)
    local, _, domain = address.partition("@")
    assert len(local) <= LONGEST_LOCAL
    assert (local, domain) == (local.lower(), DOMAIN)
    assert lead not in address


@given(st.integers(2, 62), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_nobody_can_alter_it(at: int, letter: str) -> None:
    made = addresses().reply_to(LEAD, MESSAGE)
    altered = made[:at] + letter + made[at + 1 :]

    found = addresses().answered(altered)

    assert found is None or (found.lead, found.message) == (LEAD, MESSAGE)


def test_an_old_one_is_understood_after_the_keys_have_turned() -> None:
    made = addresses().reply_to(LEAD, MESSAGE)
    turned = addresses(Vault(sign=[{"kid": "k1", "key": "newer"}]))

    assert turned.answered(made) is not None
    assert turned.reply_to(LEAD, MESSAGE) != made


@pytest.mark.parametrize(
    "address",
    [
        "",
        "r+@reply.bakery.example",
        "r+abc@reply.bakery.example",
        "r+ä@reply.bakery.example",
        "hello@reply.bakery.example",
        "r+" + "a" * 10_000 + "@reply.bakery.example",
    ],
    ids=lambda address: address[:12],
)
def test_what_we_did_not_make_is_none(address: str) -> None:
    assert addresses().answered(address) is None
    assert not addresses().is_blind_copy(address)


def test_another_clients_is_none() -> None:
    other = addresses(Vault(id="another client"))

    assert addresses().answered(other.reply_to(LEAD, MESSAGE)) is None
    assert not addresses().is_blind_copy(other.blind_copy())


def test_another_domains_is_none() -> None:
    other = addresses(domain="dev.reply.bakery.example")

    assert addresses().answered(other.reply_to(LEAD, MESSAGE)) is None


def test_the_secret_address_is_no_reply_and_no_reply_is_secret() -> None:
    secret = addresses().blind_copy()

    assert addresses().is_blind_copy(secret.upper())
    assert addresses().answered(secret) is None
    assert not addresses().is_blind_copy(addresses().reply_to(LEAD, MESSAGE))
