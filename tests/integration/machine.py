"""A compiled journey's machine, run state by state as Step Functions would run it."""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from coldframe.domain.splitting import draw

NAMED = re.compile(r"\$\{(\w+)Arn\}")
FUNCTIONS = {
    "SendMessage": "send_message",
    "Decide": "decide",
    "HandOff": "hand_off",
    "CallWebhook": "call_webhook",
}
ASKED = re.compile(r"\$states\.input\.(\w+) = '([^']*)'")
DRAWN = re.compile(r"& '/(.+?)/([^/]+)', 'SHA-256'.* < '(\w+)'")
MOST_RETRIES = 20


class Lambda(Protocol):
    def invoke(self, name: str, event: dict[str, Any]) -> dict[str, Any]:
        """RunFailed with the error's name and text if the function fails."""


class RunFailed(Exception):
    def __init__(self, error: str, cause: str) -> None:
        super().__init__(error)
        self.error = error
        self.cause = cause


@dataclass(slots=True)
class Run:
    """It stands until ``wakes_at``, or at a task whose ``token`` is answered before."""

    definition: dict[str, Any]
    input: dict[str, Any]
    name: str
    state: str = ""
    wakes_at: datetime | None = None
    token: str = ""
    done: bool = False
    held: dict[str, Any] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    tokens: int = 0

    def go(self, on: Lambda, now: datetime) -> None:
        """As far as it comes without waiting."""
        self.state = self.state or self.definition["StartAt"]
        while not self.done and self.wakes_at is None:
            self._step(self.definition["States"][self.state], on, now)

    def wake(self, now: datetime) -> None:
        """A wait is over, or a token timed out."""
        if self.wakes_at is None or self.wakes_at > now:
            return
        state, self.wakes_at = self.definition["States"][self.state], None
        if self.token:
            self.token = ""
            self._catch(state, "States.Timeout", "")
        else:
            self.state = state["Next"]

    def answered(self, token: str, error: str | None, cause: str) -> None:
        if token != self.token or self.done:
            return
        self.token, self.wakes_at = "", None
        state = self.definition["States"][self.state]
        if error is None:
            self._next(state)
        else:
            self._catch(state, error, cause)

    def _step(self, state: dict[str, Any], on: Lambda, now: datetime) -> None:
        match state["Type"]:
            case "Choice":
                rules = [rule for rule in state["Choices"] if self._holds(rule["Condition"])]
                self.state = rules[0]["Next"] if rules else state["Default"]
            case "Wait":
                told = state["Timestamp"]
                at = self.variables["until"] if "until" in told else self.held["resume_at"]
                self.wakes_at = datetime.fromisoformat(at)
            case "Task":
                self._task(state, on, now)
            case _:
                self.done = True

    def _holds(self, condition: str) -> bool:
        if drawn := DRAWN.search(condition):
            journey, split, below = drawn.groups()
            return draw(self.input["lead"], journey, split) < below
        if asked := ASKED.search(condition):
            name, value = asked.groups()
            return bool((self.held if name == "to" else self.input).get(name) == value)
        return "$exists($states.input.to)" in condition and "to" in self.held

    def _task(self, state: dict[str, Any], on: Lambda, now: datetime) -> None:
        payload = self._payload(state["Arguments"]["Payload"])
        if "token" in payload:
            self.tokens += 1
            self.token = payload["token"] = f"{self.name}/{self.tokens}"
            limit = int(re.findall(r": (\d+) %", str(state["TimeoutSeconds"]))[0])
            self.wakes_at = now + timedelta(seconds=limit)
        function = NAMED.findall(state["Arguments"]["FunctionName"])[0]
        try:
            answer = on.invoke(FUNCTIONS[function], payload)
        except RunFailed as failed:
            self.token, self.wakes_at = "", None
            self._catch(state, failed.error, failed.cause)
            return
        if not self.token and "token" not in payload:
            self.held = answer
            self._next(state)

    def _payload(self, told: dict[str, Any]) -> dict[str, Any]:
        return {name: self._filled(value) for name, value in told.items()}

    def _filled(self, value: object) -> object:
        asked = str(value)
        if "Execution.Input." in asked:
            return self.input[asked.partition("Execution.Input.")[2].split()[0]]
        if asked.startswith("{% $"):
            return self.variables.get(asked.removeprefix("{% $").removesuffix(" %}"), "")
        return value

    def _next(self, state: dict[str, Any]) -> None:
        self.done = bool(state.get("End"))
        self.state = state.get("Next", self.state)

    def _catch(self, state: dict[str, Any], error: str, cause: str) -> None:
        for catcher in state.get("Catch", []):
            if {error, "States.ALL"} & set(catcher["ErrorEquals"]):
                self._assign(catcher.get("Assign", {}), error, cause)
                self.state = catcher["Next"]
                return
        raise AssertionError(f"{self.state} failed with {error}, which nothing catches")

    def _assign(self, told: dict[str, str], error: str, cause: str) -> None:
        for name, value in told.items():
            if "$parse" in value:
                self.variables[name] = json.loads(cause)["errorMessage"]
            elif "errorOutput" in value:
                self.variables[name] = error if value.endswith("Error %}") else cause
            else:
                self.variables[name] = value
