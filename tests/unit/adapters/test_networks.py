import pytest

from coldframe.adapters.network_lists import NETWORKS
from coldframe.adapters.networks import network_of


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("17.58.1.2", "apple"),
        ("66.249.84.7", "google"),
        ("67.231.154.9", "scanner"),
        ("40.107.1.1", "scanner"),
        ("54.38.1.1", "datacentre"),
        ("81.217.5.4", ""),
        ("192.168.1.1", ""),
        ("2001:db8::1", ""),
        ("", ""),
        ("1.2.3", ""),
        ("300.1.1.1", ""),
        ("x.y.z.w", ""),
    ],
)
def test_an_address_is_known_by_its_network_alone(address: str, kind: str) -> None:
    assert network_of(address) == kind


def test_every_block_is_written_as_its_first_address() -> None:
    from ipaddress import IPv4Network

    for blocks in NETWORKS.values():
        for block in blocks.split():
            assert str(IPv4Network(block)) == block
