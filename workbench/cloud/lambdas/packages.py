"""Unpacks functions and layers; native parts built for another machine stay out."""

from __future__ import annotations

import hashlib
import importlib.machinery
import importlib.metadata
import io
import platform
import struct
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

ELF_MACHINES = {62: "x86_64", 183: "aarch64"}
OUR_MACHINE = {"arm64": "aarch64", "amd64": "x86_64"}.get(
    platform.machine().lower(), platform.machine()
)
OUR_SUFFIXES = importlib.machinery.EXTENSION_SUFFIXES


class LayerMismatch(RuntimeError):
    """What a layer pins is not what stands in for it on this machine."""


class Packages:
    """The unpacked code of functions and layers, each once, under one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unpacking = threading.Lock()

    def function(self, code: bytes) -> str:
        return str(self._unpacked(code, under=""))

    def layer(self, content: bytes) -> list[str]:
        """The folders of a layer that Lambda puts on the path."""
        root = self._unpacked(content, under="python/")
        return [str(folder) for folder in _python_folders(root)]

    def _unpacked(self, content: bytes, *, under: str) -> Path:
        target = self._folder / hashlib.sha256(content).hexdigest()[:24]
        with self._unpacking:
            if not target.exists():
                partial = target.with_suffix(".partial")
                unpack(content, partial, under=under)
                partial.rename(target)
        return target


def unpack(content: bytes, target: Path, *, under: str) -> None:
    """Unpack a zip without the top-level packages whose native parts can't run here."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        foreign = set(_foreign(archive, names, under))
        _check_stand_ins(names, under, foreign)
        left_out = foreign | set(_dist_infos(names, under, foreign))
        kept = [name for name in names if _top(name, under) not in left_out]
        target.mkdir(parents=True)
        archive.extractall(target, kept)


def _foreign(archive: zipfile.ZipFile, names: list[str], under: str) -> Iterator[str]:
    for name in names:
        if name.endswith((".so", ".pyd", ".dylib")):
            with archive.open(name) as file:
                if not runs_here(name, file.read(20)):
                    yield _top(name, under)


def runs_here(name: str, head: bytes) -> bool:
    """Whether this interpreter on this machine can load the extension module."""
    suffix = "." + PurePosixPath(name).name.partition(".")[2]
    if suffix.startswith((".cp", ".pypy")) and suffix not in OUR_SUFFIXES:
        return False
    if head[:4] != b"\x7fELF":
        return platform.system() != "Linux"
    (machine,) = struct.unpack_from("<H", head, 18)
    return platform.system() == "Linux" and ELF_MACHINES.get(machine) == OUR_MACHINE


def _check_stand_ins(names: list[str], under: str, foreign: set[str]) -> None:
    """What is left out of a layer must be here in the very version the layer pins."""
    for info in _dist_infos(names, under, foreign):
        name, _, version = info.removesuffix(".dist-info").partition("-")
        try:
            here = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            here = "nothing"
        if here != version:
            raise LayerMismatch(
                f"a layer brings {name} {version} built for another platform; "
                f"this Python has {here} to stand in for it"
            )


def _dist_infos(names: list[str], under: str, packages: set[str]) -> Iterator[str]:
    """The metadata folders of left-out packages, by their normalised names."""
    for top in {_top(name, under) for name in names}:
        if top.endswith(".dist-info") and top.split("-")[0].lower() in {
            package.split(".")[0].lower() for package in packages
        }:
            yield top


def _top(name: str, under: str) -> str:
    parts = PurePosixPath(name.removeprefix(under)).parts
    return parts[0] if parts else ""


def _python_folders(root: Path) -> Iterator[Path]:
    yield from sorted(root.glob("python/lib/python3*/site-packages"))
    yield root / "python"
