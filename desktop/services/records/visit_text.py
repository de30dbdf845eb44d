"""The text of a visit that is shown before signing: every fact once, in one fixed order, without layout.

Its SHA-256 stands in the signature. It is always Chinese, so that the same visit gives the same text everywhere.
A form in which it was once signed is kept for ever: the text is not stored, but put together again.
"""

import hashlib
import re
from collections.abc import Callable, Iterator

from desktop.domain import canonical
from desktop.domain.points import from_stored
from desktop.services.records.visit_values import VisitView
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import Row, find_row

_TIMES = ("started_at", "ended_at", "identity_shown_at")
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d:\d\d)(?::\d\d)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_CHINA = "+08:00"
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
    return _text(workspace, view, _read_time)


def visit_texts(workspace: Workspace, view: VisitView) -> tuple[str, ...]:
    """The text in every form in which it was ever signed, today's first: the hash in a signature tells which."""
    return tuple(_text(workspace, view, time) for time in (_read_time, _stored_time))


def _text(workspace: Workspace, view: VisitView, time: Callable[[object], str]) -> str:
    return "".join(f"{line}\n" for line in _lines(workspace, view, time))


def _read_time(value: object) -> str:
    """“2026年11月20日 09:30”, as people read it; outside China's zone with the zone. Else the text as it is."""
    text = str(value or "")
    match = _TIME.fullmatch(text)
    if match is None:
        return text
    year, month, day, clock, zone = match.groups()
    written = f"{year}年{int(month)}月{int(day)}日 {clock}"
    return written if zone in (None, _CHINA) else f"{written}（UTC{zone.replace('Z', '+00:00')}）"


def _stored_time(value: object) -> str:
    """As it lies in the record; what was signed before times were written out."""
    return str(value)


def _lines(workspace: Workspace, view: VisitView, time: Callable[[object], str]) -> Iterator[str]:
    yield f"现场检查 {view.id}"
    for table, label in (("unit", "单位"), ("site", "点位"), ("checklist", "检查表")):
        row = find_row(workspace.db, table, view.text(f"{table}_id"))
        if row is not None:
            yield f"{label}：{row['name']}"
    for name, label in _HEAD:
        if view.text(name):
            yield f"{label}：{time(view.text(name)) if name in _TIMES else view.text(name)}"
    if view.team:
        yield f"成员：{'、'.join(view.team)}"
    for number, answer in sorted(view.answers.items()):
        yield f"第{number}项：{_finding(answer['is_applicable'], answer['deduct_e4'])}{_marks(answer)}"
        if answer["facts"]:
            yield f"　事实：{answer['facts']}"
    for row in view.observations:
        tone = "好" if row["is_good"] else "差"
        yield f"{time(row['at'])} {row['place'] or ''} {row['fact']}（{tone}）"
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
