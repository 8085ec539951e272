"""Clients for the local cloud, as tests and tools use them: full rights, billed to nobody."""

from __future__ import annotations

import threading
from typing import Any

import boto3
from botocore.config import Config

from workbench.cloud import emulated as em
from workbench.cloud.gate import OWN_CALLS

ACCOUNT, REGION = "000000000000", "us-east-1"
POOL = 64
STATES_AGENT = "coldframe-states"


class Access:
    """Makes clients once per service, place and role."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint
        self._making = threading.Lock()
        self._session = boto3.session.Session()
        self._clients: dict[tuple[str, ...], Any] = {}

    def client(self, service: str, *, region: str = REGION, account: str = ACCOUNT) -> Any:
        """A client of the account itself."""
        keys = {"AWS_ACCESS_KEY_ID": account, "AWS_SECRET_ACCESS_KEY": "test"}
        return self._client(service, region, keys, OWN_CALLS, checked=True)

    def as_role(self, service: str, region: str, role_arn: str) -> Any:
        """A client that acts for a service under a role, such as a state machine's."""
        account = role_arn.split(":")[4]
        keys = em.lambda_runtime.execution_credentials(
            {
                "FunctionArn": f"arn:aws:lambda:{region}:{account}:function:{STATES_AGENT}",
                "FunctionName": STATES_AGENT,
                "Role": role_arn,
            }
        )
        return self._client(service, region, keys, STATES_AGENT, checked=False)

    def for_state(self, region: str, service: str, state_credentials: Any = None) -> Any:
        """What the state machine interpreter calls a service with."""
        role = getattr(state_credentials, "role_arn", None)
        place = region or REGION
        return self.as_role(service, place, role or f"arn:aws:iam::{ACCOUNT}:role/none")

    def _client(
        self, service: str, region: str, keys: dict[str, str], agent: str, *, checked: bool
    ) -> Any:
        name = (service, region, keys["AWS_ACCESS_KEY_ID"], agent)
        with self._making:
            if name not in self._clients:
                self._clients[name] = self._session.client(  # type: ignore[call-overload]  # the name is a variable
                    service,
                    region_name=region,
                    endpoint_url=self._endpoint,
                    aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
                    aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"],
                    aws_session_token=keys.get("AWS_SESSION_TOKEN") or None,
                    config=Config(
                        user_agent_extra=agent,
                        parameter_validation=checked,
                        retries={"total_max_attempts": 1},
                        max_pool_connections=POOL,
                        read_timeout=900,
                    ),
                )
            return self._clients[name]
