"""The vendor layer: what pyproject's dependencies need on Lambda, installed by uv and trimmed."""

import subprocess
import sys
from functools import cache
from pathlib import Path

from uv import find_uv_bin

from infra.bundling.cache import ROOT, Bundle, bundle, say
from infra.bundling.digest import digest, digest_of
from infra.bundling.interpreter import VERSION
from infra.bundling.pycs import compile_pycs, pyc_tag
from infra.bundling.trimming import trim

LOCK = ROOT / "layers" / "vendor" / "requirements.txt"
PLATFORM = "aarch64-manylinux2014"


@cache
def vendor_layer(lock: Path = LOCK) -> Bundle:
    here = Path(__file__).parent
    recipe = digest_of(sorted(here.glob("*.py")), relative_to=here)
    return bundle("vendor", digest(lock.read_bytes(), recipe, pyc_tag()), _Build(lock))


class _Build:
    """Kept apart so that nothing is printed when the layer stands already."""

    def __init__(self, lock: Path) -> None:
        self._lock = lock

    def __call__(self, folder: Path) -> None:
        say("vendor layer: installing wheels for Lambda's Python (first time for this lock) …")
        site = folder / "python"
        install(self._lock, site)
        before = _size(site)
        trim(site)
        say(f"vendor layer: trimmed from {before / 1e6:.1f} MB to {_size(site) / 1e6:.1f} MB")
        compile_pycs(folder, shipped_as="/opt")


def install(
    lock: Path, site: Path, *, platform: str | None = PLATFORM, version: str = VERSION
) -> None:
    """Exactly the lock's wheels, hashes checked; ``platform`` None: for this machine."""
    command = [
        *(find_uv_bin(), "pip", "install", "--quiet", "--no-config", "--no-deps"),
        *("--python", sys.executable, "--no-python-downloads", "--system-certs"),
        *(("--python-platform", platform) if platform else ()),
        *("--python-version", version),
        *("--only-binary", ":all:", "--require-hashes", "--link-mode", "copy"),
        *("--target", str(site), "-r", str(lock)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own venv's uv
    if done.returncode:
        raise SystemExit(f"the vendor layer could not be installed:\n{done.stderr}")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
