"""Cells that a spreadsheet would execute: defused when we write, made whole when we read.

An apostrophe before the sign makes it text, as in the spreadsheet itself. A number or a telephone
number stays what it is: it can be added up or dialled, and does nothing else.
"""

import re
from typing import Final

_SIGNS: Final = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_PLAIN: Final = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
_BEFORE_A_SIGN: Final = re.compile(rf"(^|[;,|\t\r\n])('*)(?=[{_SIGNS}])")
"""At the beginning, or behind what another program may take for a separator."""
_AFTER_APOSTROPHES: Final = re.compile(rf"(^|[;,|\t\r\n])'('*)(?=[{_SIGNS}])")
_LEADING: Final = re.compile(rf"'('*)(?=[{_SIGNS}])")


def defused(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    return _BEFORE_A_SIGN.sub(r"\1'\2", text)


def whole(text: str, *, ours: bool) -> str:
    """Of a file that we wrote, exactly what was there before; of others the first sign's alone."""
    if ours:
        return _AFTER_APOSTROPHES.sub(r"\1\2", text)
    return _LEADING.sub(r"\1", text, count=1) if text.startswith("'") else text
