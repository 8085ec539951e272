"""Run by the measured Python, in the measured tree: one function, its events one after another.

argv: the handler by its dotted name; the events come on stdin, as JSON. Prints the CPU seconds
of each event, and what the first was answered.
"""

import json
import sys
from importlib import import_module
from time import process_time


class Context:
    aws_request_id = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"
    function_name = "measured"
    memory_limit_in_mb = 256
    invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:measured"

    def get_remaining_time_in_millis(self) -> int:
        return 20_000


REFUSALS = {"Left", "NotYet", "SuppressedContact"}
"""Are answers too, told to a run of a journey."""
told, sys.stdout = sys.stdout, open("/dev/null", "w")  # noqa: SIM115, PTH123 - a log that nobody reads
name, events = sys.argv[1], json.load(sys.stdin)
module, _, function = name.rpartition(".")
handler = getattr(import_module(module), function)
spent, answers = [], []
for event in events:
    began = process_time()
    try:
        answers.append(handler(event, Context()))
    except Exception as refusal:
        if type(refusal).__name__ not in REFUSALS:
            raise
        answers.append(type(refusal).__name__)
    spent.append(process_time() - began)
json.dump({"spent": spent, "answer": answers[0]}, told)
told.flush()
