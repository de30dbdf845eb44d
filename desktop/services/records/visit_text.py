"""The text of a visit that is shown before signing: every fact once, in one fixed order, without layout.

Its SHA-256 stands in the signature. It is always Chinese, so that the same visit gives the same text everywhere.
"""

import hashlib
from collections.abc import Iterator

from desktop.domain import canonical
from desktop.domain.points import from_stored
from desktop.services.records.visit_values import VisitView
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import Row, find_row

_HEAD = (
    ("mode", "检查方式"),
    ("check_type", "检查类别"),
    ("started_at", "开始时间"),
    ("ended_at", "结束时间"),
    ("identity_shown_at", "亮明身份时间"),
    ("leader", "组长"),
    ("accompany", "陪同人"),
    ("unit_rep", "单位代表"),
    ("conclusion", "检查结论"),
    ("unit_opinion", "单位意见"),
    ("refused_reason", "拒签原因"),
    ("witness", "见证人"),
    ("remark", "备注"),
)


def visit_text(workspace: Workspace, view: VisitView) -> str:
    """Every line ends in a line feed; empty fields are left out."""
    return "".join(f"{line}\n" for line in _lines(workspace, view))


def _lines(workspace: Workspace, view: VisitView) -> Iterator[str]:
    yield f"现场检查 {view.id}"
    for table, label in (("unit", "单位"), ("site", "点位"), ("checklist", "检查表")):
        row = find_row(workspace.db, table, view.text(f"{table}_id"))
        if row is not None:
            yield f"{label}：{row['name']}"
    for name, label in _HEAD:
        if view.text(name):
            yield f"{label}：{view.text(name)}"
    if view.team:
        yield f"成员：{'、'.join(view.team)}"
    for number, answer in sorted(view.answers.items()):
        yield f"第{number}项：{_finding(answer['is_applicable'], answer['deduct_e4'])}{_marks(answer)}"
        if answer["facts"]:
            yield f"　事实：{answer['facts']}"
    for row in view.observations:
        tone = "好" if row["is_good"] else "差"
        yield f"{row['at']} {row['place'] or ''} {row['fact']}（{tone}）"
    for row in view.interviews:
        yield f"谈话记录 {_interview_digest(row)}"
    for row in view.evidence:
        yield f"证据 {row['sha256']} {row['caption'] or ''}".rstrip()


def _interview_digest(row: Row) -> str:
    """The hash of everything an interview says: who signs beside the leader is not shown who spoke, and what."""
    said = {name: value for name, value in row.items() if value is not None and name != "visit_id"}
    return hashlib.sha256(canonical.encode(said)).hexdigest()


def _finding(is_applicable: str | int | None, deduct_e4: str | int | None) -> str:
    if not is_applicable:
        return "不适用"
    return f"扣{from_stored(int(deduct_e4 or 0))}分"


def _marks(answer: Row) -> str:
    marks = [("is_veto_hit", "，触发否决"), ("is_fixed_on_site", "，立行立改")]
    return "".join(text for name, text in marks if answer[name])
