"""The client's keys: one secret, generated once, from which every key is derived."""

from aws_cdk import aws_secretsmanager as secrets
from constructs import Construct

from infra.accepted import accept
from infra.logical_ids import SECRET, pin


class Keys(secrets.Secret):
    """``id`` is made here and never rotates; newer signing keys are added to ``sign`` by hand."""

    def __init__(self, scope: Construct) -> None:
        super().__init__(
            scope,
            "Keys",
            description="Coldframe: makes lead ids and signs links. Deleting it breaks both.",
            generate_secret_string=secrets.SecretStringGenerator(
                secret_string_template='{"sign":[]}',  # noqa: S106 - what the secret will hold is made by AWS
                generate_string_key="id",
                password_length=64,
                exclude_punctuation=True,
            ),
        )
        pin(self, SECRET)
        accept(
            self,
            {
                "AwsSolutions-SMG4": "a rotated `id` would turn every known lead into a stranger"
                " and lose its unsubscribe; signing keys are added beside it instead"
            },
        )
