"""The workspaces the commands are tested with, and the command line as a clerk's script calls it."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

from desktop.cli.command_line import run
from tests.services.worlds import CHECKLIST, PASSPHRASE

NEW_PASSPHRASE = "一句容易记住的话"
UNIT = "澄湖区"


class SystemClock:
    """The real time: commands read it too, and what they write must not lie before what was there."""

    def __call__(self):
        return time.time_ns() // 1_000_000

    def go_on(self, ms=1000):
        """Time goes on by itself."""


@dataclass(frozen=True)
class City:
    """An office and two laptops, all closed. Visits: of anna, of bert, of both."""

    folder: Path
    visits: tuple[str, ...]

    @property
    def office(self):
        return self.folder / "office"

    @property
    def anna(self):
        return self.folder / "anna"

    @property
    def bert(self):
        return self.folder / "bert"

    @property
    def stick(self):
        return self.folder / "stick"

    def json_file(self, name, value):
        path = self.folder / name
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        return path

    def visit_file(self, visit, **changes):
        value = {"visit": visit, "answers": [{"item": 1, "deduct": 2, "facts": "窗口空岗"}], **changes}
        return self.json_file(f"visit-{visit[-6:]}.json", value)

    def mission_file(self, **changes):
        objects = [{"unit": UNIT, "checklist": CHECKLIST}]
        return self.json_file(
            "mission.json", {"title": "二季度督查", "mode": "明查", "objects": objects} | changes
        )

    def file(self, name, content=b"evidence"):
        path = self.folder / name
        path.write_bytes(content)
        return path


@dataclass(frozen=True)
class Answer:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def value(self):
        return json.loads(self.out)


class Mingcha:
    """Runs commands; ``capsys`` gives what they print."""

    def __init__(self, capsys):
        self._capsys = capsys

    def __call__(self, *arguments):
        self._capsys.readouterr()
        status = run([str(each) for each in arguments])
        captured = self._capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    def json(self, *arguments):
        """The answer of a command that must succeed."""
        answer = self(*arguments, "--json")
        assert (answer.status, answer.err) == (0, "")
        return answer.value

    def ids(self, workspace, kind):
        return [row["id"] for row in self.json("list", workspace, kind)["rows"]]

    def record(self, city, workspace, visit, **changes):
        return self.json("record", workspace, city.visit_file(visit, **changes))["evidence"]

    def export(self, city, workspace):
        """A new package of a laptop, on the stick."""
        return Path(self.json("export", workspace, "--out", city.stick)["file"])

    def bring(self, city, workspace, visit, **changes):
        """Record a visit, carry it to the office, and return the id of the import."""
        self.record(city, workspace, visit, **changes)
        return self.json("merge", city.office, self.export(city, workspace))["files"][0]["import"]


def refusal(answer):
    """The sentence of a command that was refused: nothing else may stand on stderr, and never a traceback."""
    assert answer.status == 1
    assert "Traceback" not in answer.err
    assert PASSPHRASE not in answer.out + answer.err
    return answer.err.rstrip("\n")


def usage_error(answer):
    """The sentence about a wrong command line."""
    assert (answer.status, answer.out) == (2, "")
    return answer.err.rstrip("\n")
