"""The client's files in its bucket, reachable for a short while."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from coldframe.domain.playbook import StoredFile

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

SECONDS = 300


@dataclass(frozen=True, slots=True)
class S3Files:
    client: "S3Client"
    bucket: str

    def url(self, file: StoredFile, *, method: str = "GET") -> str:
        return self.client.generate_presigned_url(
            "head_object" if method == "HEAD" else "get_object",
            Params={
                "Bucket": self.bucket,
                "Key": file.key,
                "ResponseContentType": file.type,
                "ResponseContentDisposition": _named(file.name),
            },
            ExpiresIn=SECONDS,
        )


def _named(name: str) -> str:
    """Headers hold ASCII alone, and a quote ends what is quoted: browsers that know better read
    the second spelling (RFC 6266)."""
    plain = "".join(each if each.isascii() and each.isprintable() else "_" for each in name)
    first = plain.translate({ord('"'): "_", ord("\\"): "_"})
    if first == name:
        return f'inline; filename="{name}"'
    return f"inline; filename=\"{first}\"; filename*=UTF-8''{quote(name, safe='')}"
