"""One client's functions around its table: streams, runs, SES and the clock, in this process."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

from botocore.awsrequest import AWSResponse

from tests.integration.account import Account
from tests.integration.loading import Functions
from tests.integration.machine import Run, RunFailed
from tests.integration.mails import Mail, ses_event, tags_of, text_of
from tests.integration.outcome import Image, key_of, outcome
from tests.integration.requests import form_post, request
from tests.integration.stream import record

START = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TRIES = 8
RETRIED = frozenset({"Transient", "Throttled", "StaleLead"})
WRITES = re.compile(
    r"dynamodb\.(Put|Update|Delete|Transact)|scheduler\.Update|sfn\.|stepfunctions\.|sesv2\.Send"
)
Answer = dict[str, Any]
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


class Crash(BaseException):
    """The process is gone, whatever it was about to do."""


@dataclass(slots=True)
class World:
    account: Account
    functions: Functions
    machines: Mapping[str, dict[str, Any]]
    now: datetime = START
    mails: list[Mail] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    crash_after: int | None = None
    order: Random | None = None
    """Shuffles and repeats what the stream and SES deliver."""
    runs: dict[str, Run] = field(default_factory=dict)
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _told: int = 0
    _answers: list[tuple[str, str | None, str]] = field(default_factory=list)
    _asked: dict[str, Any] = field(default_factory=dict)
    _last_sweep: str = ""

    def __post_init__(self) -> None:
        self.account.hooks = {"before-call": self._before, "after-call": self._after}
        self._last_sweep = self.account.sweep_at()

    # What people do.

    def post(self, fields: dict[str, str] | None = None, *, form: str = "cake-guide") -> Answer:
        return self.http("capture_lead", form_post(fields, form=form))

    def follow(self, mail: Mail, link: int = 0, agent: str = BROWSER) -> Answer:
        token = re.findall(r"/go/([\w.-]+)", text_of(mail))[link]
        asked = request("GET", "/go/{token}", path={"token": token}, user_agent=agent)
        return self.http("follow_link", asked)

    def unsubscribe(self, mail: Mail, method: str = "POST") -> Answer:
        token = re.findall(r"/unsubscribe/([\w.-]+)", text_of(mail))[0]
        asked = request(method, "/unsubscribe/{token}", path={"token": token})
        return self.http("unsubscribe", asked)

    def http(self, name: str, event: Answer) -> Answer:
        """A browser or a mailbox, asking again when there was no answer."""
        return self._until_it_survives(lambda: self.functions(name, event))

    # What AWS does.

    def settle(self) -> None:
        """Until nothing is in flight: streams read, decisions carried out, runs at rest."""
        while self._stream() or self._start() or self._answer() or self._ses():
            pass

    def pass_time(self, until: datetime) -> None:
        """From deadline to deadline, settling at each."""
        self.settle()
        while (at := self._next_deadline()) and at <= until:
            self.now = max(self.now, at)
            self._sweep()
            for run in list(self.runs.values()):
                run.wake(self.now)
                run.go(self, self.now)
            self.settle()
        self.now = until

    def invoke(self, name: str, event: Answer) -> Answer:
        """Step Functions' call, with its retries."""
        for _ in range(TRIES):
            try:
                answer: Answer = json.loads(json.dumps(self.functions(name, _wired(event))))
            except Crash:
                continue
            except Exception as error:
                if type(error).__name__ not in RETRIED:
                    told = {"errorMessage": str(error), "errorType": type(error).__name__}
                    raise RunFailed(type(error).__name__, json.dumps(told)) from error
                continue
            return answer
        raise RunFailed("Lambda.Unknown", "")

    def _until_it_survives(self, do: Callable[[], Answer]) -> Answer:
        for _ in range(TRIES):
            try:
                return do()
            except Crash:
                continue
        raise AssertionError("it crashed every time")

    def _stream(self) -> bool:
        fresh = [item for item in self.account.items() if key_of(item) not in self._seen]
        self._seen |= {key_of(item) for item in fresh}
        for name, prefix in (("react", "T#"), ("carry_out", "D#")):
            images = [item for item in fresh if item["sk"]["S"].startswith(prefix)]
            images = self._disturbed(images)
            while images:
                images = self._deliver(name, images)
        return any(item["sk"]["S"].startswith(("T#", "D#")) for item in fresh)

    def _deliver(self, name: str, images: list[Image]) -> list[Image]:
        """What must be delivered again."""
        event = {"Records": [record(image, number) for number, image in enumerate(images)]}
        answer = self._until_it_survives(lambda: self.functions(name, event))
        if failed := answer["batchItemFailures"]:
            return images[int(failed[0]["itemIdentifier"]) :]
        return []

    def _disturbed(self, images: list[Image]) -> list[Image]:
        if self.order is None:
            return images
        twice = images + self.order.sample(images, len(images) // 2)
        self.order.shuffle(twice)
        return twice

    def _start(self) -> bool:
        sfn = self.account.aws("stepfunctions")
        listed = [
            each
            for machine in self.account.machines.values()
            for each in sfn.list_executions(stateMachineArn=machine)["executions"]
        ]
        fresh = [each for each in listed if each["name"] not in self.runs]
        for each in fresh:
            told = json.loads(sfn.describe_execution(executionArn=each["executionArn"])["input"])
            run = Run(definition=self.machines[told["journey"]], input=told, name=each["name"])
            self.runs[each["name"]] = run
            run.go(self, self.now)
        return bool(fresh)

    def _answer(self) -> bool:
        answers, self._answers = self._answers, []
        for token, error, cause in answers:
            if run := self.runs.get(token.partition("/")[0]):
                run.answered(token, error, cause)
                run.go(self, self.now)
        return bool(answers)

    def _ses(self) -> bool:
        """SES tells of each mail that it was sent and delivered."""
        fresh, self._told = self.mails[self._told :], len(self.mails)
        for mail in fresh:
            bodies = [ses_event(mail, kind, self.now) for kind in ("Send", "Delivery")]
            self.tell_ses(self._disturbed(bodies) if self.order else bodies)
        return bool(fresh)

    def tell_ses(self, bodies: list[Mail]) -> Answer:
        records = [
            {"messageId": str(number), "body": json.dumps(body)}
            for number, body in enumerate(bodies)
        ]
        return self._until_it_survives(
            lambda: self.functions("record_email_event", {"Records": records})
        )

    def _sweep(self) -> None:
        at = self.account.sweep_at()
        if at != self._last_sweep and datetime.fromisoformat(f"{at}Z") <= self.now:
            self._last_sweep = at
            self._until_it_survives(lambda: self.functions("sweep_due", {}))

    def _next_deadline(self) -> datetime | None:
        waits = [run.wakes_at for run in self.runs.values() if run.wakes_at and not run.done]
        at = self.account.sweep_at()
        if at != self._last_sweep:
            waits.append(datetime.fromisoformat(f"{at}Z"))
        return min(waits, default=None)

    # What the hooks see.

    def _before(self, *, call: str, params: Answer, **_: object) -> None:
        self._asked[call] = json.loads(params["body"] or b"{}") if params.get("body") else {}

    def _after(self, *, call: str, http_response: AWSResponse, **_: object) -> None:
        accepted = http_response.status_code < 300
        if accepted:
            self._note(call, self._asked[call])
        if not WRITES.match(call):
            return
        self.calls.append(f"{self.functions.running}: {call}")
        if self.crash_after is not None and len(self.calls) == self.crash_after:
            raise Crash(call)

    def _note(self, call: str, asked: dict[str, Any]) -> None:
        verb = call.partition(".")[2]
        if verb == "SendEmail":
            self.mails.append(asked)
        elif verb == "SendTaskSuccess":
            self._answers.append((asked["taskToken"], None, ""))
        elif verb == "SendTaskFailure":
            self._answers.append((asked["taskToken"], asked["error"], asked["cause"]))
        elif verb == "StopExecution":
            name = asked["executionArn"].rpartition(":")[2]
            if name in self.runs:
                self.runs[name].done = True

    # What became of it.

    def sent(self) -> Counter[str]:
        return Counter(tags_of(mail)["mail"] for mail in self.mails)

    def mails_of(self, name: str) -> list[Mail]:
        return [mail for mail in self.mails if tags_of(mail)["mail"] == name]

    def state(self) -> Answer:
        """Everything that holds no instant: equal for equal outcomes."""
        return outcome(self.account.items())


def _wired(event: Answer) -> Answer:
    """As it comes over the wire."""
    told: Answer = json.loads(json.dumps(event))
    return told
