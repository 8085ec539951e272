"""Layers are unpacked as on Lambda, but for what was built for another machine."""

from __future__ import annotations

import importlib.metadata
import io
import sys
import zipfile
from pathlib import Path

import pytest

from tests.e2e.cloud import things
from workbench.cloud.lambdas.packages import LayerMismatch, runs_here, unpack
from workbench.cloud.local_cloud import LocalCloud

ELF_ARM = b"\x7fELF\x02\x01\x01" + b"\0" * 9 + b"\x03\x00" + (183).to_bytes(2, "little")


def test_layers_are_on_the_path_and_the_later_one_wins(cloud: LocalCloud) -> None:
    layers = [
        things.layer(cloud, {"python/words.py": "WORD = 'first'", "python/only.py": "X = 1"}),
        things.layer(cloud, {"python/words.py": "WORD = 'second'"}),
    ]
    source = "import only, words\ndef handler(event, context): return [only.X, words.WORD]"

    assert things.invoke(cloud, things.function(cloud, source, Layers=layers)) == [1, "second"]


@pytest.mark.skipif(sys.platform != "linux", reason="the format is Linux's")
def test_what_was_built_for_another_machine_does_not_run_here() -> None:
    assert not runs_here("core.cpython-313-aarch64-linux-gnu.so", ELF_ARM)
    assert not runs_here("core.cpython-999-x86_64-linux-gnu.so", b"\x7fELF")


def test_a_foreign_native_package_is_left_to_this_python(tmp_path: Path) -> None:
    version = importlib.metadata.version("pydantic_core")
    target = tmp_path / "layer"

    unpack(_layer_with_native_part(version), target, under="python/")

    assert sorted(path.name for path in (target / "python").iterdir()) == ["pure.py"]


def test_a_foreign_package_in_another_version_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LayerMismatch, match=r"pydantic_core 0\.0\.1"):
        unpack(_layer_with_native_part("0.0.1"), tmp_path / "x", under="python/")


def _layer_with_native_part(version: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("python/pure.py", "")
        archive.writestr("python/pydantic_core/__init__.py", "")
        archive.writestr("python/pydantic_core/core.cpython-313-aarch64-linux-gnu.so", ELF_ARM)
        archive.writestr(f"python/pydantic_core-{version}.dist-info/METADATA", "")
    return buffer.getvalue()
