"""What is read as an HTTP answer, and what never is."""

from io import BytesIO

import pytest

from coldframe.adapters.wire.answers import Garbled, read_answer

OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("said", "body", "is_last"),
    [
        (OK + b"Content-Length: 2\r\n\r\n{}", b"{}", False),
        (OK + b"content-length:2\r\nConnection: close\r\n\r\n{}", b"{}", True),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;x=y\r\n}\r\n0\r\n\r\n", b"{}", False),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\nTrailer: x\r\n\r\n", b"", False),
        (OK + b"\r\n{}", b"{}", True),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}", b"{}", True),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"Content-Length: 0\r\n\r\n", b"", False),
        (b"HTTP/1.1 204 No Content\r\n\r\n", b"", False),
    ],
)
def test_each_way_to_end_a_body_is_known(said: bytes, body: bytes, is_last: bool) -> None:  # noqa: FBT001 - a column of the table
    answer = read_answer(BytesIO(said))

    assert (answer.body, answer.is_last) == (body, is_last)


def test_what_follows_an_answer_is_left_for_the_next() -> None:
    heard = BytesIO((OK + b"Content-Length: 1\r\n\r\n1") + (OK + b"Content-Length: 1\r\n\r\n2"))

    assert [read_answer(heard).body, read_answer(heard).body] == [b"1", b"2"]


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        OK,
        OK + b"Content-Length: 3\r\n\r\n{}",
        OK + b"Content-Length: -1\r\n\r\n",
        OK + b"Content-Length: two\r\n\r\n{}",
        OK + b"no colon\r\n\r\n",
        OK + b"x: y\r\n" * 200 + b"\r\n",
        OK + b"x: " + b"y" * 70_000 + b"\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}x\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
    ],
)
def test_half_an_answer_is_none(said: bytes) -> None:
    with pytest.raises(Garbled):
        read_answer(BytesIO(said))
