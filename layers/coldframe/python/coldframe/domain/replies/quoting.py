"""The words of a reply that are new: without what is quoted, and without the signature.

Line by line and without patterns: a hostile mail costs no more than its length.
"""

from collections.abc import Iterator, Sequence

from coldframe.domain.replies.attributions import COPIED_FROM, INTRODUCED, SENT, SEPARATORS

LONGEST = 200_000
"""Characters of a mail that are looked at: a person's words stand at its beginning."""
LONGEST_LINE = 300
BROKEN_INTO = 3
"""Lines that mail programs make of one attribution, at most."""
HEADERS = 4
RULE = 7
DEVICES = ("sent from my ", "von meinem ", "envoyé de mon ", "enviado desde ", "verzonden vanaf ")
LONGEST_DEVICE = 5
"""Words of “Sent from my …”: more are a sentence."""


def new_words(text: str) -> str:
    lines = list(_until_copied(text[:LONGEST].replace("\r\n", "\n").split("\n")))
    signed: int | None = len(lines)
    end = 0
    while signed is not None:
        end = _without_quotes(lines, signed)
        signed = _signature(lines, end)
    return "\n".join(line for line in lines[:end] if not _is_quoted(line)).strip()


def _until_copied(lines: Sequence[str]) -> Iterator[str]:
    """Attributions become quotes of nothing; what is copied below one is no word of the sender."""
    number = 0
    while number < len(lines):
        if _copied_from_here(lines, number):
            return
        took = _attribution(lines, number)
        if took and not _quote_follows(lines, number + took):
            return
        yield ">" if took else lines[number]
        number += took or 1


def _without_quotes(lines: Sequence[str], end: int) -> int:
    while end and (_is_blank(lines[end - 1]) or _is_quoted(lines[end - 1])):
        end -= 1
    return end


def _signature(lines: Sequence[str], end: int) -> int | None:
    """Where the last one begins: below an empty line or with a rule, and only text follows it."""
    for number in range(end - 1, 0, -1):
        if _is_quoted(lines[number]):
            return None
        begins = _is_blank(lines[number - 1]) or _is_rule(lines[number])
        if begins and _signs(lines[number].strip()):
            return number
    return None


def _signs(line: str) -> bool:
    if line.startswith(("--", "__")):
        return True
    if line.lower().startswith(
        ("sent from my ", "von meinem ", "envoyé de mon ", "enviado desde ")
    ):
        return len(line.split()) <= LONGEST_DEVICE + 1
    return len(line) > 1 and line[0] == "-" and line[1].isalnum()


def _is_rule(line: str) -> bool:
    text = line.strip()
    return len(text) >= RULE and not text.strip("_-")


def _is_blank(line: str) -> bool:
    return not line.strip()


def _is_quoted(line: str) -> bool:
    return line.startswith(">")


def _quote_follows(lines: Sequence[str], number: int) -> bool:
    while number < len(lines) and _is_blank(lines[number]):
        number += 1
    return number < len(lines) and _is_quoted(lines[number])


def _attribution(lines: Sequence[str], number: int) -> int:
    """How many lines it takes; 0: there is none here."""
    first = lines[number].strip().lower()
    verbs = [verb for word, verb in INTRODUCED if first.startswith(word)]
    said = ""
    for took, line in enumerate(lines[number : number + BROKEN_INTO], start=1):
        said = f"{said} {line.strip().lower()}"
        if not verbs or len(said) > LONGEST_LINE or _is_blank(line):
            return 0
        if said.endswith(":") and any(verb in said for verb in verbs):
            return took
    return 0


def _copied_from_here(lines: Sequence[str], number: int) -> bool:
    line = lines[number].strip().lower()
    if len(line) > LONGEST_LINE:
        return False
    if line.startswith("--") and line.strip("- ") in SEPARATORS:
        return True
    return _is_header(lines, number + 1 if _is_rule(line) else number)


def _is_header(lines: Sequence[str], number: int) -> bool:
    block = [line[:LONGEST_LINE].strip(" *\t").lower() for line in lines[number : number + HEADERS]]
    if not block or not block[0].startswith(COPIED_FROM):
        return False
    return any(line.startswith(SENT) for line in block[1:])
