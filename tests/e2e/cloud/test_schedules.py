"""Schedules fire at their instants, in their own zones."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.e2e.cloud import things
from workbench.cloud.local_cloud import LocalCloud

VIENNA = ZoneInfo("Europe/Vienna")


def schedule(cloud: LocalCloud, expression: str, target: str, **options: object) -> str:
    """A schedule that says when it was due; its name."""
    called = things.name("schedule")
    given = options.pop("Input", '{"due": "<aws.scheduler.scheduled-time>"}')
    cloud.client("scheduler").create_schedule(
        Name=called,
        ScheduleExpression=expression,
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": target, "RoleArn": things.ROLE, "Input": given},
        **options,
    )
    return called


def dues(cloud: LocalCloud, inbox: str) -> list[datetime]:
    return [datetime.fromisoformat(event["due"]) for event in things.received(cloud, inbox)]


def test_a_daily_schedule_keeps_its_local_hour_across_daylight_saving(cloud: LocalCloud) -> None:
    cloud.run_until(datetime(2027, 3, 26, 12, tzinfo=UTC))
    noting, inbox = things.recorder(cloud)
    called = schedule(
        cloud,
        "cron(30 9 * * ? *)",
        things.function_arn(noting),
        ScheduleExpressionTimezone="Europe/Vienna",
    )

    cloud.advance(timedelta(days=4))
    cloud.client("scheduler").delete_schedule(Name=called)

    fired = dues(cloud, inbox)
    assert [due.astimezone(VIENNA).hour for due in fired] == [9, 9, 9, 9]
    assert [due.hour for due in fired] == [8, 7, 7, 7]


def test_an_hour_that_daylight_saving_skips_is_skipped(cloud: LocalCloud) -> None:
    cloud.run_until(datetime(2028, 3, 25, 12, tzinfo=UTC))
    noting, inbox = things.recorder(cloud)
    called = schedule(
        cloud,
        "cron(30 2 * * ? *)",
        things.function_arn(noting),
        ScheduleExpressionTimezone="Europe/Vienna",
    )

    cloud.advance(timedelta(days=2))
    cloud.client("scheduler").delete_schedule(Name=called)

    assert [due.astimezone(VIENNA).day for due in dues(cloud, inbox)] == [27]


def test_a_single_instant_in_a_zone_fires_once_and_may_delete_itself(cloud: LocalCloud) -> None:
    when = (cloud.now() + timedelta(days=2)).astimezone(VIENNA).replace(microsecond=0)
    noting, inbox = things.recorder(cloud)
    called = schedule(
        cloud,
        f"at({when:%Y-%m-%dT%H:%M:%S})",
        things.function_arn(noting),
        ScheduleExpressionTimezone="Europe/Vienna",
        ActionAfterCompletion="DELETE",
    )
    due = cloud.next_deadline()
    assert due is not None
    assert due <= when

    cloud.advance(timedelta(days=5))

    assert dues(cloud, inbox) == [when]
    scheduler = cloud.client("scheduler")
    with pytest.raises(scheduler.exceptions.ResourceNotFoundException):
        scheduler.get_schedule(Name=called)


def test_an_updated_schedule_fires_at_its_new_instant_only(cloud: LocalCloud) -> None:
    noting, inbox = things.recorder(cloud)
    first, second = (
        cloud.now().replace(microsecond=0) + timedelta(hours=hours) for hours in (2, 1)
    )
    called = schedule(cloud, f"at({first:%Y-%m-%dT%H:%M:%S})", things.function_arn(noting))
    scheduler = cloud.client("scheduler")
    target = scheduler.get_schedule(Name=called)["Target"]

    scheduler.update_schedule(
        Name=called,
        ScheduleExpression=f"at({second:%Y-%m-%dT%H:%M:%S})",
        Target=target,
        FlexibleTimeWindow={"Mode": "OFF"},
    )
    cloud.advance(timedelta(hours=3))

    assert dues(cloud, inbox) == [second]
    again = cloud.now().replace(microsecond=0) + timedelta(hours=1)
    scheduler.update_schedule(
        Name=called,
        ScheduleExpression=f"at({again:%Y-%m-%dT%H:%M:%S})",
        Target=target,
        FlexibleTimeWindow={"Mode": "OFF"},
    )
    cloud.advance(timedelta(hours=1))
    assert dues(cloud, inbox) == [again]


def test_a_rate_fires_every_interval_and_fills_in_its_placeholders(cloud: LocalCloud) -> None:
    noting, inbox = things.recorder(cloud)
    given = json.dumps(
        {
            "due": "<aws.scheduler.scheduled-time>",
            "arn": "<aws.scheduler.schedule-arn>",
            "id": "<aws.scheduler.execution-id>",
            "attempt": "<aws.scheduler.attempt-number>",
        }
    )
    called = schedule(cloud, "rate(20 minutes)", things.function_arn(noting), Input=given)

    cloud.advance(timedelta(hours=1))
    cloud.client("scheduler").delete_schedule(Name=called)

    events = things.received(cloud, inbox)
    assert len(events) == len({event["id"] for event in events}) == 3
    assert {event["attempt"] for event in events} == {"1"}
    assert events[0]["arn"].endswith(f":schedule/default/{called}")


def test_other_targets_are_called_as_well(cloud: LocalCloud) -> None:
    url, arn = things.queue(cloud)
    machine = things.machine(cloud, {"A": {"Type": "Pass", "End": True}})
    soon = f"at({cloud.now() + timedelta(minutes=5):%Y-%m-%dT%H:%M:%S})"

    schedule(cloud, soon, arn)
    schedule(cloud, soon, machine)
    schedule(
        cloud,
        soon,
        "arn:aws:scheduler:::aws-sdk:sfn:startExecution",
        Input=json.dumps({"StateMachineArn": machine, "Name": "universal", "Input": "{}"}),
    )
    cloud.advance(timedelta(minutes=10))

    assert len(things.received(cloud, url)) == 1
    runs = cloud.client("stepfunctions").list_executions(stateMachineArn=machine)["executions"]
    assert len(runs) == 2
    assert "universal" in {run["name"] for run in runs}


def test_a_scheduled_rule_fires_too(cloud: LocalCloud) -> None:
    noting, inbox = things.recorder(cloud)
    events = cloud.client("events")
    events.put_rule(Name="hourly", ScheduleExpression="rate(1 hour)")
    events.put_targets(Rule="hourly", Targets=[{"Id": "1", "Arn": things.function_arn(noting)}])

    cloud.advance(timedelta(hours=2, minutes=30))
    events.remove_targets(Rule="hourly", Ids=["1"])
    events.delete_rule(Name="hourly")

    assert [event["detail-type"] for event in things.received(cloud, inbox)] == [
        "Scheduled Event",
        "Scheduled Event",
    ]
