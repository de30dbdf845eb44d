"""The tables of the page of today: the missions of this laptop, and the visits of one."""

from desktop.gui.visits.visit_words import STATE_TONES, minute_text, mode_text, state_text, where_text
from desktop.gui.widgets.rows_model import Column
from desktop.i18n import _
from desktop.services.visits.field_missions import FieldMission, FieldVisit


def _begins(mission: FieldMission) -> str:
    """Of a sealed mission the departure, before which it cannot be opened; of any other the day."""
    return minute_text(mission.depart_at) if mission.is_locked else mission.starts_on


def mission_columns() -> tuple[Column[FieldMission], ...]:
    return (
        Column(lambda: _("Title"), lambda row: row.title or _("Visits nobody planned"), least_px=160),
        Column(lambda: _("Begins on"), _begins, 104, gives_way=True),
        Column(
            lambda: _("Mode"),
            _mission_state,
            88,
            chip=_mission_tone,
        ),
    )


def visit_columns() -> tuple[Column[FieldVisit], ...]:
    return (
        Column(lambda: _("Unit"), lambda row: row.unit or _("sealed")),
        Column(lambda: _("Site, checklist"), lambda row: where_text(row.site, row.checklist), 150),
        Column(lambda: _("Day"), lambda row: row.planned_on, 104, gives_way=True),
        Column(
            lambda: _("Status"),
            lambda row: state_text(row.state),
            88,
            chip=lambda row: STATE_TONES[row.state],
        ),
    )


def _mission_state(mission: FieldMission) -> str:
    if mission.is_withdrawn:
        return _("withdrawn")
    return _("sealed") if mission.is_locked else mode_text(mission.mode)


def _mission_tone(mission: FieldMission) -> str:
    if mission.is_withdrawn:
        return "muted"
    return "warn" if mission.is_locked else "primary"


def plan_facts(mission: FieldMission) -> tuple[str, ...]:
    """Who goes and which way, as far as it is planned; a sealed mission tells neither."""
    team, names = mission.team, _(", ").join(mission.team.members)
    return (
        _("Leader {name}").format(name=team.leader) if team.leader else "",
        _("Team {names}").format(names=names) if names else "",
        _("Route {route}").format(route=mission.route) if mission.route else "",
    )
