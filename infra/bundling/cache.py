"""Bundles that are built once per content and kept under ``.build/``."""

import json
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD = ROOT / ".build"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A folder that CDK zips as it is."""

    name: str
    path: Path
    hash: str
    """Of what it was made from; the same on every machine with the same sources and locks."""

    def zip_size(self) -> int:
        """Bytes as uploaded, remembered beside the bundle."""
        note = self.path.with_suffix(".json")
        if not note.exists():
            _replace(note, json.dumps({"zip": _zipped(self.path)}))
        return int(json.loads(note.read_text())["zip"])


def bundle(name: str, key: str, build: Callable[[Path], None]) -> Bundle:
    """The bundle for ``key``, built now if nobody has; safe when two synths race."""
    path = BUILD / name / key[:32]
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix="new-") as scratch:
            made = Path(scratch) / "made"
            made.mkdir()
            build(made)
            _settle(made, path)
    return Bundle(name=name, path=path, hash=key)


def say(text: str) -> None:
    """Progress goes to stderr: stdout is for what was synthesised."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _settle(made: Path, path: Path) -> None:
    try:
        made.rename(path)
    except OSError:  # another synth was faster; its bundle is the same
        if not path.exists():
            raise
        shutil.rmtree(made, ignore_errors=True)


def _zipped(folder: Path) -> int:
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                archive.write(path, path.relative_to(folder))
        return file.tell()


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    Path(name).replace(path)
