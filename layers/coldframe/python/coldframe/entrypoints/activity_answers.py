"""GET /activity gives the script, POST takes what it tells."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coldframe.entrypoints.activity import ActivityReader
from coldframe.entrypoints.answers import Response, json_answer
from coldframe.entrypoints.observability import fact

if TYPE_CHECKING:
    from collections.abc import Callable

    from coldframe.entrypoints.http import Request
    from coldframe.services.visiting import VisitRecording


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityAnswers:
    read: ActivityReader
    record: "VisitRecording"
    place: "Callable[[], Path]"
    """The playbook's folder."""

    def __call__(self, request: "Request") -> Response:
        if request.method == "POST":
            return self._post(request)
        from coldframe.entrypoints.visit_script import script

        return script(request, self.place())

    def _post(self, request: "Request") -> Response:
        command = self.read(request)
        if command is None:
            fact("visits left out", Programs=1)
            return json_answer(202, {"recorded": 0, "left_out": "programs don't visit"})
        new = self.record(command)
        fact("visits recorded", visitor=command.visitor, told=len(command.seen), new=new)
        return json_answer(202, {"recorded": new})
