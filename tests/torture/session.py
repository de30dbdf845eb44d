"""A session of two inspectors on site, from the first answer to the package on the stick.

Each step is acknowledged with what the window would show from then on, and only after its service has returned: that
is the moment at which it says 已保存.
"""

import json
import re
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from hashlib import sha256

from desktop.domain.answer import Answer
from desktop.domain.marks import Mark, MarkKind
from desktop.domain.signing import LEADER, UNIT
from desktop.services.evidence.collect_evidence import Source, collect_evidence, list_sources
from desktop.services.evidence.derive_evidence import derive_evidence
from desktop.services.evidence.save_marked_copy import save_marked_copy
from desktop.services.missions.begin_unplanned_visit import (
    UnplannedVisit,
    begin_unplanned_visit,
    unplanned_choices,
)
from desktop.services.packages.export_package import export_results
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.correct_visit import correct_answer, versions_of_answer
from desktop.services.visits.edit_visit import open_visit, save_answer, save_head
from desktop.services.visits.finish_visit import reopen_visit, submit_visit
from desktop.services.visits.note_observation import Observation, note_observation, observations_of
from desktop.services.visits.show_signatures import shown_signatures
from desktop.services.visits.sign_by_hand import Handwriting, sign_by_hand
from desktop.services.visits.signing_sheet import signing_sheet
from desktop.storage.packages import packages
from desktop.storage.visit_list import visits_held_by
from tests.services.signing_hands import NAME
from tests.services.worlds import UNITS

FACTS = ("三号窗口", "三号窗口上午九点四十分", "三号窗口上午九点四十分无人值守并且没有公示牌")
DEDUCTED = (1, 4, 6, 9, 13)
NOT_APPLICABLE = 11
ITEMS = range(1, 15)
STEP_MS = 7000
COVERED = "covered.jpg"
# Ids, and packages with their names.
_CHANCE = re.compile(r'"MC-\d+-\w+\.mcp", "\w{64}"|\w{8}(-\w{4}){3}-\w{12}')


@dataclass(frozen=True)
class Shown:
    """All that a workspace shows, as two hashes; ``without_chance`` is the same for every session that went alike."""

    exact: str
    without_chance: str


def shown(workspace):
    """All visits as they open, and the packages that are called written: what may never be less than was said."""
    visits, _missions = visits_held_by(workspace.db, workspace.node)
    state = {
        "visits": [_visit(workspace, visit_id) for visit_id in visits],
        "packages": [
            (row.file_name, row.file_sha256) for row in packages(workspace.db, "out") if row.is_whole
        ],
    }
    text = json.dumps(state, ensure_ascii=False, sort_keys=True, default=str)
    return Shown(*(sha256(each.encode()).hexdigest() for each in (text, _CHANCE.sub("", text))))


def _visit(workspace, visit_id):
    opened = open_visit(workspace, visit_id)
    # What had been seen when it was opened grows with every cut into entries and is nothing that was typed.
    value = asdict(replace(opened, base_ctx={}, checklist=None))
    value["answers"] = {str(number): answer for number, answer in sorted(value["answers"].items())}
    value["locked"] = sorted(value["locked"])
    value["observations"] = [asdict(each) for each in observations_of(workspace, visit_id)]
    signatures = shown_signatures(workspace, read_visit(workspace.db, visit_id))
    value["signatures"] = [asdict(each) for each in signatures]
    corrections = [
        each for no in ITEMS for each in versions_of_answer(workspace, visit_id, no) if each.reason
    ]
    value["corrections"] = [asdict(each) for each in corrections]
    return value


@dataclass(frozen=True)
class Step:
    """What was done, what its service returned, and what is shown from then on."""

    name: str
    said: str
    shown: Shown


class _Teller:
    """Does steps and acknowledges each."""

    def __init__(self, workspace, acknowledge):
        self._workspace = workspace
        self._acknowledge = acknowledge

    def __call__(self, name, step, *arguments):
        self._workspace.clock_ms.go_on(STEP_MS)
        said = step(self._workspace, *arguments)
        self._acknowledge(Step(name, str(said), shown(self._workspace)))
        return said


def inspect(place, workspace, acknowledge):
    """An open visit that was planned, then a covert one that nobody planned."""
    tell = _Teller(workspace, acknowledge)
    tell("opened", lambda _workspace: "")
    photos = place.sources
    _open_visit(place, workspace, tell, photos[: len(photos) // 2])
    _covert_visit(place, workspace, tell, photos[len(photos) // 2 :])
    tell("exported", lambda node: export_results(node, place.target).sha256)


def _open_visit(place, workspace, tell, photos):
    visit_id = place.visit
    opened = open_visit(workspace, visit_id)
    for number in ITEMS:
        for answer in _typed(number):
            tell("answered", save_answer, visit_id, answer, opened.base_ctx)
    evidence = _attach(workspace, tell, visit_id, photos)
    target = place.target / COVERED
    marks = [Mark(MarkKind.COVER, 0, 0, 500_000, 400_000)]
    tell("covered", save_marked_copy, evidence, marks, target)
    tell("derived", derive_evidence, evidence, marks)
    head = replace(open_visit(workspace, visit_id).head, team=("李四",), unit_rep="负责人甲")
    for opinion in ("属实", "属实，立即整改"):
        head = replace(head, unit_opinion=opinion)
        tell("headed", save_head, visit_id, head, opened.base_ctx)
    tell("submitted", submit_visit, visit_id, head)
    tell("reopened", reopen_visit, visit_id)
    tell("submitted", submit_visit, visit_id, replace(head, conclusion="问题轻微"))
    for role, name in ((UNIT, head.unit_rep), (LEADER, head.leader)):
        tell("signed", _sign, visit_id, Handwriting(role, name, NAME))
    correction = Answer(1, deduct=Decimal(3), facts="两个窗口")
    tell("corrected", correct_answer, visit_id, correction, "复核录像")
    tell("exported", lambda node: export_results(node, place.target).sha256)


def _sign(workspace, visit_id, written):
    return sign_by_hand(workspace, visit_id, written, signing_sheet(workspace, visit_id).text_sha256)


def _covert_visit(place, workspace, tell, photos):
    checklist = unplanned_choices(workspace).checklists[0].id
    new = UnplannedVisit(UNITS[0]["name"], "大厅二楼", checklist, "暗访")
    visit_id = tell("begun", begin_unplanned_visit, new)
    ctx = open_visit(workspace, visit_id).base_ctx
    for number in range(4):
        seen = Observation(f"第{number}次经过，窗口无人", "二楼西侧", duration_s=60 * number)
        tell("noted", note_observation, visit_id, seen, ctx)
    _attach(workspace, tell, visit_id, photos)
    tell("answered", save_answer, visit_id, Answer(1, deduct=Decimal(1), facts=FACTS[0]), ctx)
    opened = open_visit(workspace, visit_id)
    shown_at = replace(opened.head, identity_shown_at=opened.head.started_at)
    tell("identity shown", save_head, visit_id, shown_at, opened.base_ctx)
    tell("answered", save_answer, visit_id, Answer(2, deduct=Decimal(0)), opened.base_ctx)


def _typed(number):
    """The answer to an item as it grows while it is typed."""
    if number in DEDUCTED:
        return [Answer(number, deduct=Decimal(2), facts=facts) for facts in FACTS]
    if number == NOT_APPLICABLE:
        return [Answer(number, is_applicable=False)]
    return [Answer(number, deduct=Decimal(0))]


def _attach(workspace, tell, visit_id, photos):
    """Take photos in one by one; returns the first as evidence."""
    taken = []
    for photo in photos:
        listed = list_sources([Source(photo)])
        taken += tell("attached", collect_evidence, visit_id, listed, {"item": 1, "caption": "三号窗口"})
    return taken[0].evidence_id
