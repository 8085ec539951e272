"""What the layer brings."""

# ruff: noqa: INP001  # unpacked as it is, it is no package
GREETING = "Welcome"
