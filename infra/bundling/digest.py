"""What a bundle is made of, as one hash: names and contents, never times, modes or bytecode."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(*parts: str | bytes) -> str:
    """The hash of the parts; none can be mistaken for the end of another."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        sha.update(len(data).to_bytes(8, "big"))
        sha.update(data)
    return sha.hexdigest()


def sources(folder: Path) -> list[Path]:
    """Every file that a person wrote or a compiler emitted, in a stable order."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if "__pycache__" not in path.parts)


def digest_of(files: Iterable[Path], *, relative_to: Path) -> str:
    return digest(
        *(
            part
            for path in files
            for part in (path.relative_to(relative_to).as_posix(), path.read_bytes())
        )
    )
