"""Prints the fingerprint of `module:name` arguments, for whoever re-checks a hook."""

from __future__ import annotations

import importlib
import sys
from functools import reduce

from workbench.cloud.hooks import fingerprint


def main(places: list[str]) -> None:
    for place in places:
        module, _, name = place.partition(":")
        thing = reduce(getattr, name.split("."), importlib.import_module(module))
        sys.stdout.write(f"{fingerprint(thing)}  {place}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
