"""How a file was probably written: its encoding and what separates its cells. Always shown."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

SEPARATORS: Final = (",", ";", "\t", "|")
BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LIKELY: Final = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "mac_roman"),
    *("iso8859_2", "koi8_r", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
)
"""What spreadsheets and the tools of the field write beside UTF-8."""
SAMPLE: Final = 200_000
"""Bytes that are looked at for a guess."""
SAMPLED: Final = 300
"""Records that are looked at for the separator."""
EXCELS: Final = re.compile(r"sep=(.)\s*")
"""A first line that tells spreadsheets what separates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    name: str
    why: str
    broken: int = 0
    """Lines that hold bytes of another encoding; they are rejected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Separator:
    sign: str
    why: str


def sensed_encoding(path: Path) -> Encoding:
    """A mark at the beginning tells; else the whole file is tried as UTF-8, line by line."""
    with path.open("rb") as file:
        start = file.read(4)
        for mark, name in BOMS:
            if start.startswith(mark):
                return Encoding(name=name, why="its byte order mark says so")
        file.seek(0)
        if wide := _without_a_mark(file.read(4096)):
            return wide
        file.seek(0)
        return _by_lines(file)


def _without_a_mark(start: bytes) -> Encoding | None:
    """UTF-16 of Latin text is half zeros, on even or on odd places."""
    for name, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[0::2])):
        if len(zeros) > 1 and zeros.count(0) > 0.4 * len(zeros):
            return Encoding(name=name, why="every other byte is zero")
    return None


def _by_lines(lines: Iterable[bytes]) -> Encoding:
    good, bad, sample = 0, 0, bytearray()
    for line in lines:
        if line.isascii():
            continue
        if len(sample) < SAMPLE:
            sample += line[:SAMPLE]
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            bad += 1
        else:
            good += 1
    if not bad:
        return Encoding(name="utf-8", why="all of it is valid UTF-8")
    if good > bad:
        why = f"{good:,} lines are UTF-8, and {bad:,} hold bytes of another encoding"
        return Encoding(name="utf-8", why=why, broken=bad)
    return _guessed(bytes(sample))


def _guessed(sample: bytes) -> Encoding:
    """Western wins a draw: short names look well in many alphabets."""
    from charset_normalizer import from_bytes

    matches = from_bytes(sample, cp_isolation=list(LIKELY), threshold=0.5)
    best = matches.best()
    if best is None:
        return Encoding(name="cp1252", why="no guess fits; Western is the commonest")
    western = next((each for each in matches if "cp1252" in [each.encoding, *_alike(each)]), None)
    if western is not None and western.chaos <= best.chaos:
        best = western
        return Encoding(name="cp1252", why="a guess by its letters: Western European")
    return Encoding(name=best.encoding, why=f"a guess by its letters: {best.language}")


def _alike(match: object) -> list[str]:
    return list(getattr(match, "could_be_from_charset", ()))


def sensed_separator(lines: Iterable[str]) -> Separator:
    """What gives most records the same number of cells; the more cells, the better."""
    sample = list(islice(lines, SAMPLED))
    if sample and (told := EXCELS.fullmatch(sample[0])):
        return Separator(sign=told[1], why="its first line says so")
    found = max((_fit(sample, sign) for sign in SEPARATORS), key=lambda fit: fit[:2])
    fits, cells, sign = found
    if cells < 2:  # noqa: PLR2004 - one column has nothing to separate
        return Separator(sign=",", why="there is one column")
    share = "every record" if fits == 1 else f"{fits:.0%} of its records"
    return Separator(sign=sign, why=f"it gives {share} {cells} cells")


def _fit(lines: list[str], sign: str) -> tuple[float, int, str]:
    """The share of records with the commonest number of cells, that number, the sign."""
    reader = csv.reader(lines, delimiter=sign, strict=True)
    widths: Counter[int] = Counter()
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            widths[0] += 1
            continue
        if cells:
            widths[len(cells)] += 1
    if not widths:
        return 0.0, 0, sign
    width, many = widths.most_common(1)[0]
    return (many / widths.total() if width > 1 else 0.0), width, sign
