"""What is known of the network that an address belongs to; the address itself is never kept."""

from functools import cache

_LARGEST = 255


def network_of(address: str) -> str:
    """scanner | apple | google | datacentre, or empty: nothing is known, as of most people's."""
    number = _number(address)
    if number is None:
        return ""
    for length in range(32, 7, -1):
        if kind := _blocks().get((number >> (32 - length), length)):
            return kind
    return ""


@cache
def _blocks() -> dict[tuple[int, int], str]:
    """By the leading bits and how many they are."""
    from coldframe.adapters.network_lists import NETWORKS

    found: dict[tuple[int, int], str] = {}
    for kind, blocks in NETWORKS.items():
        for block in blocks.split():
            address, _, length = block.partition("/")
            bits = int(length)
            found[(_number(address) or 0) >> (32 - bits), bits] = kind
    return found


def _number(address: str) -> int | None:
    """Of the old kind of address alone. By hand: `ipaddress` takes longer than the look-up."""
    parts = address.split(".")
    if len(parts) != 4 or not all(part.isascii() and part.isdigit() for part in parts):  # noqa: PLR2004 - bytes
        return None
    number = 0
    for part in map(int, parts):
        if part > _LARGEST:
            return None
        number = number << 8 | part
    return number
