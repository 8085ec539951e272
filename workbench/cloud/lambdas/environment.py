"""The environment variables of a function, its own and the ones Lambda sets."""

# ruff: noqa: SLF001  # the emulators' inner parts are what this is about
from __future__ import annotations

import hashlib
import json
import os
from typing import Any

from workbench.cloud import emulated as em
from workbench.cloud.outside import PREFIX, SETTING


def environment(config: dict[str, Any], endpoint: str, task_root: str) -> dict[str, str]:
    """What `os.environ` holds in the function, credentials of its role included."""
    name = config["FunctionName"]
    region = config["FunctionArn"].split(":")[3]
    own = em.lambda_svc._runtime_env_vars(config)
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "AWS_ENDPOINT_URL": endpoint,
        **own,
        **({SETTING: f"{endpoint}{PREFIX}".rstrip("/")} if SETTING in own else {}),
        **em.lambda_runtime.execution_credentials(config),
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{config.get('Runtime', 'python3.13')}",
        "AWS_LAMBDA_FUNCTION_NAME": name,
        "AWS_LAMBDA_FUNCTION_VERSION": config.get("Version", "$LATEST"),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(config.get("MemorySize", 128)),
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": "local",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "LAMBDA_TASK_ROOT": task_root,
        "_HANDLER": config["Handler"],
    }


def worker_key(config: dict[str, Any]) -> str:
    """Workers may be shared by invocations for which this is the same."""
    what = {
        key: config.get(key)
        for key in ("CodeSha256", "Handler", "Environment", "Layers", "Role", "MemorySize")
    }
    digest = hashlib.sha256(json.dumps(what, sort_keys=True, default=str).encode()).hexdigest()
    return f"{config['FunctionArn']} {em.app.AUTH} {digest[:16]}"
