"""What the worker can be asked to do, and how that can end."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.canonical import Json
from desktop.i18n import _

_MOST_CHARACTERS = 4000


class Outcome(StrEnum):
    """How a task ended. All but OK mean no preview; the evidence itself is touched by none of them."""

    OK = "ok"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    TIMEOUT = "timeout"
    CRASHED = "crashed"


@dataclass(frozen=True)
class Task:
    """``function`` is ``module:name`` of a function (payload: bytes, options: dict) -> (JSON value, bytes) that
    only the worker imports. It raises UserError for input it cannot read and MemoryError for too much of it.
    ``seconds`` bounds one run."""

    function: str
    seconds: float = 10.0


@dataclass(frozen=True)
class Result:
    """``problem`` and ``advice`` say for the user what went wrong, empty for OK. ``trace`` names the lines of code
    where a task CRASHED by an exception; it never quotes data and is empty for a native crash."""

    outcome: Outcome
    value: Json = None
    data: bytes = b""
    problem: str = ""
    advice: str = ""
    trace: str = ""


def failed(outcome: Outcome, trace: str = "") -> Result:
    problem = {
        Outcome.UNREADABLE: _("This file cannot be shown: it is damaged, or of another kind than it seems."),
        Outcome.TOO_LARGE: _("This file is too large to be shown here."),
        Outcome.TIMEOUT: _("This file cannot be shown: reading it took too long."),
        Outcome.CRASHED: _("This file cannot be shown: it made the reader break down."),
    }[outcome]
    return Result(
        outcome, problem=problem, advice=_("The original is kept unchanged and can be exported."), trace=trace
    )


def result_from(head: dict[str, Json], body: bytes) -> Result:
    """Read a reply of the worker; raises ValueError for one that it cannot have meant."""
    outcome = Outcome(str(head.get("outcome")))
    if outcome is Outcome.OK:
        return Result(outcome, head.get("value"), body)
    problem, advice, trace = (
        str(head.get(key, ""))[:_MOST_CHARACTERS] for key in ("problem", "advice", "trace")
    )
    if problem:
        return Result(outcome, problem=problem, advice=advice)
    return failed(outcome, trace)
