"""Our own code as Lambda gets it: the shared package, one zip per function, a client's playbook."""

import shutil
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from infra.bundling.cache import ROOT, Bundle, bundle
from infra.bundling.digest import digest, digest_of, sources
from infra.bundling.pycs import compile_pycs, pyc_tag

FUNCTIONS = ROOT / "functions"
PACKAGE = ROOT / "layers" / "coldframe"


@cache
def package_layer() -> Bundle:
    return _copied("coldframe", sources(PACKAGE / "python"), root=PACKAGE, shipped_as="/opt")


@cache
def function_code(name: str) -> Bundle:
    """``functions.<name>.handler`` imports in it, and nothing of another function."""
    if not (FUNCTIONS / name / "handler.py").is_file():
        raise FileNotFoundError(f"functions/{name}/handler.py")
    own = [FUNCTIONS / "__init__.py", *sources(FUNCTIONS / name)]
    return _copied(f"functions/{name}", own, root=ROOT, shipped_as="/var/task")


def playbook_layer(name: str, written: Path) -> Bundle:
    """``written`` holds ``python/coldframe_playbook``."""
    return _copied(f"playbooks/{name}", sources(written), root=written, shipped_as="/opt")


def _copied(name: str, files: Iterable[Path], *, root: Path, shipped_as: str) -> Bundle:
    wanted = [path for path in files if path.suffix != ".pyc"]
    key = digest(name, digest_of(wanted, relative_to=root), pyc_tag())
    return bundle(name, key, _copier(wanted, root=root, shipped_as=shipped_as))


def _copier(files: list[Path], *, root: Path, shipped_as: str) -> Callable[[Path], None]:
    def copy(folder: Path) -> None:
        for path in files:
            target = folder / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        compile_pycs(folder, shipped_as=shipped_as)

    return copy
