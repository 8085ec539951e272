"""The five certificate authorities that AWS's own endpoints chain to, out of a whole bundle.

Reading all of a public bundle costs a cold start more than any import of ours.
"""

AMAZON_TRUST_SERVICES = (
    "Amazon Root CA 1",
    "Amazon Root CA 2",
    "Amazon Root CA 3",
    "Amazon Root CA 4",
    "Starfield Services Root Certificate Authority - G2",
)
END = "-----END CERTIFICATE-----\n"


def amazon_roots(bundle: str) -> str:
    """``bundle`` names each certificate in a comment, as certifi and botocore do."""
    blocks = [f"{block.strip()}\n{END}" for block in bundle.split(END)]
    return "\n".join(_labelled(name, blocks) for name in AMAZON_TRUST_SERVICES)


def _labelled(name: str, blocks: list[str]) -> str:
    (found,) = (block for block in blocks if f'# Label: "{name}"\n' in block)
    return found
