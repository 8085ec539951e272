"""How far the walk has come that learns all leads anew: one item, written by the sweep alone."""

from dataclasses import dataclass

from coldframe.adapters.table import ConditionFailed, Table

PLACE = ("SWEEP", "RELEARN")


@dataclass(frozen=True, slots=True)
class DynamoProgress:
    table: Table

    def begin(self, version: str) -> str | None:
        item = self.table.get(PLACE)
        if item and item["version"] == version:
            return None if item.get("done") else item["cursor"]
        self.table.write(self.table.put(PLACE, {"version": version, "cursor": "", "walked": 0}))
        return ""

    def advance(self, version: str, cursor: str, more: int) -> None:
        self._move(version, "SET #cursor = :cursor ADD #walked :more", cursor=cursor, more=more)

    def finish(self, version: str, more: int) -> None:
        self._move(version, "SET #done = :done ADD #walked :more", done=True, more=more)

    def _move(self, version: str, do: str, **values: object) -> None:
        """A walk for other definitions that began meanwhile goes on undisturbed."""
        values = {**values, "version": version}
        moved = self.table.update(PLACE, do, when="#version = :version", values=values)
        try:
            self.table.write(moved)
        except ConditionFailed:
            return
