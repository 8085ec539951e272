"""The services whose webhooks we understand, by the names that client.yaml knows them by."""

from collections.abc import Mapping
from typing import Final

from coldframe.entrypoints.hooks.sender import Sender
from coldframe.entrypoints.hooks.stripe import STRIPE
from coldframe.entrypoints.hooks.typeform import TYPEFORM
from coldframe.entrypoints.hooks.zoom import ZOOM

SENDERS: Final[Mapping[str, Sender]] = {"stripe": STRIPE, "zoom": ZOOM, "typeform": TYPEFORM}
