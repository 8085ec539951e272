"""What every function gets beside its own folder: our package, its libraries, the playbook."""

from pathlib import Path
from tempfile import TemporaryDirectory

from aws_cdk import Stack
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3_assets as assets
from constructs import Construct

from infra.bundling.cache import Bundle
from infra.bundling.code import package_layer, playbook_layer
from infra.bundling.vendor import vendor_layer
from infra.place import Place
from infra.playbook.compiled import CompiledClient


class Layers(Construct):
    def __init__(self, scope: Construct, *, place: Place, compiled: CompiledClient) -> None:
        super().__init__(scope, "Layers")
        self.files = {
            name: assets.Asset(self, f"File {name}", path=str(path))
            for name, path in sorted(compiled.files.items())
        }
        self.gated = any(form.gives for form in compiled.forms.values())
        """Whether some files come with a form only."""
        self.bundles = {
            "Package": package_layer(),
            "Vendor": vendor_layer(),
            "Playbook": self._playbook(place, compiled),
        }
        self.all = [self._layer(name, bundle) for name, bundle in self.bundles.items()]

    @property
    def bucket(self) -> str:
        """Where CDK uploads the client's files to."""
        return next((asset.s3_bucket_name for asset in self.files.values()), "none")

    def file_arns(self) -> list[str]:
        return [
            Stack.of(self).format_arn(
                service="s3",
                region="",
                account="",
                resource=asset.s3_bucket_name,
                resource_name=asset.s3_object_key,
            )
            for asset in self.files.values()
        ]

    def _playbook(self, place: Place, compiled: CompiledClient) -> Bundle:
        keys = {name: asset.s3_object_key for name, asset in self.files.items()}
        with TemporaryDirectory() as scratch:
            compiled.write(Path(scratch) / "python", keys)
            return playbook_layer(place.name, Path(scratch))

    def _layer(self, name: str, bundle: Bundle) -> lambda_.LayerVersion:
        return lambda_.LayerVersion(
            self,
            name,
            code=lambda_.Code.from_asset(str(bundle.path), asset_hash=bundle.hash),
            compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
            compatible_architectures=[lambda_.Architecture.ARM_64],
        )
