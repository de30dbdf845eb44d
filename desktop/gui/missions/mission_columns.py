"""The columns of the missions page, and how it says where a mission stands."""

from desktop.domain.mission_status import MissionStatus
from desktop.gui.visits.visit_words import STATE_TONES, mode_text, score_text, state_text, where_text
from desktop.gui.widgets.rows_model import Column
from desktop.i18n import _
from desktop.services.missions.issue_mission import WrittenMission
from desktop.services.visits.find_visits import MissionLine, VisitLine

_MIB = 1 << 20
_TONES = {MissionStatus.PLANNED: "muted", MissionStatus.ISSUED: "primary", MissionStatus.WITHDRAWN: "muted"}


def status_text(row: MissionLine) -> str:
    """In the language of the window; a status of a newer version as it is."""
    words = {
        MissionStatus.PLANNED.value: _("sealed") if row.is_sealed else _("being planned"),
        MissionStatus.ISSUED.value: _("issued"),
        MissionStatus.WITHDRAWN.value: _("withdrawn"),
    }
    return words.get(row.status, row.status)


def period_text(period: str) -> str:
    """The kind of check in the language of the window; the records hold the Chinese word."""
    words = {
        "月检查": _("monthly check"),
        "季分析": _("quarterly analysis"),
        "半年": _("half-year assessment"),
        "抽样": _("sample"),
        "专项": _("special topic"),
        "回头看": _("look back"),
        "年终": _("year-end assessment"),
    }
    return words.get(period, period)


def mission_columns() -> tuple[Column[MissionLine], ...]:
    return (
        Column(lambda: _("Title"), lambda row: row.title, least_px=170),
        Column(lambda: _("Mode"), lambda row: mode_text(row.mode), 92, gives_way=True),
        Column(lambda: _("Begins on"), lambda row: row.starts_on, 100, gives_way=True),
        Column(lambda: _("Recorded"), _recorded_text, 72, is_number=True, gives_way=True),
        Column(lambda: _("Status"), status_text, 84, chip=_tone),
    )


def _recorded_text(row: MissionLine) -> str:
    """Nothing instead of a nought, where there may well be visits that nobody here can count."""
    visits = row.visits or row.planned
    return f"{row.recorded} / {visits}" if visits else "—"


def _tone(row: MissionLine) -> str:
    if row.is_sealed and row.status == MissionStatus.PLANNED:
        return "warn"
    return {status.value: tone for status, tone in _TONES.items()}.get(row.status, "muted")


def visit_columns() -> tuple[Column[VisitLine], ...]:
    return (
        Column(lambda: _("Unit"), lambda row: row.unit or _("sealed")),
        Column(
            lambda: _("Site, checklist"), lambda row: where_text(row.site, row.checklist), 110, gives_way=True
        ),
        Column(lambda: _("Computers"), lambda row: _(", ").join(row.nodes), 112, gives_way=True),
        Column(lambda: _("Score"), lambda row: score_text(row.score), 66, is_number=True),
        Column(
            lambda: _("Status"),
            lambda row: state_text(row.state),
            84,
            chip=lambda row: STATE_TONES[row.state],
        ),
    )


def written_columns() -> tuple[Column[WrittenMission], ...]:
    return (
        Column(lambda: _("Computer"), lambda row: row.node, 130),
        Column(lambda: _("File"), _written_text),
        Column(
            lambda: _("Result"),
            lambda row: _("not written") if row.problem else _("read back"),
            96,
            chip=lambda row: "bad" if row.problem else "ok",
        ),
    )


def _written_text(row: WrittenMission) -> str:
    if row.problem is not None:
        return f"{row.problem.problem} {row.problem.advice}"
    return f"{row.file} · {max(0.1, row.size / _MIB):,.1f} MB"
