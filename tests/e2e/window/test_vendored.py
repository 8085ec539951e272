from pathlib import Path

from workbench.window.vendor import VENDORED, WINDOW


def test_what_is_vendored_is_what_is_pinned(packages: Path) -> None:
    for source, name in VENDORED.items():
        vendored = WINDOW / "static" / "vendor" / name
        assert vendored.read_bytes() == (packages / source).read_bytes()
