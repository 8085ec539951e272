"""Text against patterns in which ``*`` stands for any characters, and nothing else is special."""


def matches(text: str, pattern: str) -> bool:
    """In time proportional to the text for each piece between stars; nothing is tried twice."""
    head, *pieces = pattern.split("*")
    if not pieces:
        return text == pattern
    *middle, tail = pieces
    end = len(text) - len(tail)
    if not text.startswith(head) or not text.endswith(tail) or end < len(head):
        return False
    start = len(head)
    for piece in middle:
        found = text.find(piece, start, end)
        if found < 0:
            return False
        start = found + len(piece)
    return True
