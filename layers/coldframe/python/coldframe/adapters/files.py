"""The client's files in its bucket, reachable for a short while."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
                "ResponseContentDisposition": f'inline; filename="{file.name}"',
            },
            ExpiresIn=SECONDS,
        )
