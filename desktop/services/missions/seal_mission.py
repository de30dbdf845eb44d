"""Sealing a covert mission at the office, and unsealing it at departure."""

from collections.abc import Mapping
from datetime import datetime

from desktop.domain import canonical
from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys.mission_seal import seal_secret, unseal_secret
from desktop.keys.passphrase import STANDARD_COST, KdfCost, WrongPassphraseError
from desktop.services.missions.plan_mission import drafted_objects
from desktop.services.missions.withdraw_mission import refuse_withdrawn
from desktop.services.records.references import find_by_name
from desktop.services.workspace.journal import change, log_event, write_entries
from desktop.services.workspace.workspace import ESCROW_SETTING, Workspace
from desktop.storage.drafts import discard_drafts
from desktop.storage.opened_secrets import read_opened_secret, save_opened_secret
from desktop.storage.records import Row, json_value
from desktop.storage.settings_table import read_text_setting


class NotYetError(UserError):
    def __init__(self, depart_at: str) -> None:
        super().__init__(
            _("This mission is sealed until {time}.").format(time=depart_at[:16].replace("T", " ")),
            _("Unseal it at departure; this attempt has been noted."),
        )


def seal_mission(workspace: Workspace, mission: str, passphrase: str, cost: KdfCost = STANDARD_COST) -> str:
    """Seal objects, route and team of a mission under the leader's pass phrase; returns the mission's id.

    Until now they stood readable in the draft of this office; from now on only the pass phrase or the recovery key
    of the office opens them.
    """
    row = find_by_name(workspace.db, "mission", mission)
    mission_id = str(row["id"])
    refuse_withdrawn(row["status"])
    objects = drafted_objects(workspace, mission_id)
    if objects is None:
        raise UserError(
            _("There is nothing left to seal in this mission."),
            _("It has been sealed or assigned already; plan a new mission."),
        )
    escrow = read_text_setting(workspace.db, ESCROW_SETTING)
    sealed = seal_secret(canonical.encode(objects), passphrase, escrow, mission_id, cost)
    seal = {**sealed, "visits": [visit["visit"] for visit in objects["visits"]]}
    with workspace.db.atomic():
        header = _header(row)
        parts = {"sealed": {"seal": seal}, "header": {**header, "is_sealed": True}}
        write_entries(workspace, [change(workspace, mission_id, "mission", parts)])
        discard_drafts(workspace.db, mission_id)
        log_event(workspace, {"event": "sealed"}, mission_id)
    return mission_id


def unseal_mission(workspace: Workspace, mission: str, passphrase: str) -> str:
    """Open a sealed mission on this computer, after its departure time; every attempt is logged.

    The content stays in this encrypted workspace and never enters an entry.
    """
    row = find_by_name(workspace.db, "mission", mission)
    mission_id = str(row["id"])
    if read_opened_secret(workspace.db, mission_id) is not None:
        return mission_id
    seal = json_value(row, "seal", None)
    if not isinstance(seal, dict):
        raise UserError(_("This mission is not sealed."), _("Its objects can be seen as they are."))
    depart_at = str(row["depart_at"] or "")
    if depart_at and workspace.clock_ms() < _milliseconds(depart_at):
        _log(workspace, {"event": "unseal_too_early"}, mission_id)
        raise NotYetError(depart_at)
    try:
        secret = unseal_secret(seal, passphrase, mission_id)
    except WrongPassphraseError:
        _log(workspace, {"event": "unseal_failed"}, mission_id)
        raise
    with workspace.db.atomic():
        save_opened_secret(workspace.db, mission_id, secret, workspace.clock_ms())
        log_event(workspace, {"event": "unsealed"}, mission_id)
    return mission_id


def _log(workspace: Workspace, event: Mapping[str, object], mission_id: str) -> None:
    with workspace.db.atomic():
        log_event(workspace, event, mission_id)


def _header(row: Row) -> dict[str, object]:
    texts = (
        "plan_id",
        "no",
        "title",
        "cover_name",
        "mode",
        "period_type",
        "starts_on",
        "ends_on",
        "depart_at",
    )
    header: dict[str, object] = {
        name: row[name] for name in (*texts, "code", "nonce") if row[name] is not None
    }
    return {**header, "is_regular": bool(row["is_regular"])}


def _milliseconds(time: str) -> int:
    """A time without offset is the local time of this computer."""
    return round(datetime.fromisoformat(time).astimezone().timestamp() * 1000)
