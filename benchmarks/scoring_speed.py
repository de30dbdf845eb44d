"""Scoring as many visits as a city makes in a year (W3): for information, no peer does the same."""

import json
import time
from decimal import Decimal
from random import Random

from benchmarks.office import CHECKLIST
from benchmarks.table import Result
from desktop.datafiles import RESOURCES
from desktop.domain.answer import Answer
from desktop.domain.checklist import Checklist, read_checklist
from desktop.domain.visit_score import score_visit

VISITS = 10_000


def measure() -> list[Result]:
    path = RESOURCES / "checklists" / f"{CHECKLIST}.json"
    checklist = read_checklist(json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal))
    dice = Random(4)
    visits = [_answers(checklist, dice) for _ in range(VISITS)]
    start = time.perf_counter()
    scored = [score_visit(checklist, answers) for answers in visits]
    seconds = time.perf_counter() - start
    if not all(score.is_finished for score in scored):
        raise AssertionError("a visit was not scored")
    name = f"score {VISITS:,} visits of {len(checklist.items)} answers, every line explained"
    return [Result(name, "for information", seconds, f"{seconds:.2f} s, {VISITS / seconds:.0f} a second")]


def _answers(checklist: Checklist, dice: Random) -> list[Answer]:
    return [
        Answer(item_no=item.no, deduct=Decimal(dice.randint(0, int(item.points)))) for item in checklist.items
    ]
