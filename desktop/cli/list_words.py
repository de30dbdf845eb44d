"""How a list of records reads for a person: heads and codes in the words of the office, not as they are stored."""

from collections.abc import Mapping
from datetime import datetime

from desktop.domain.canonical import Json
from desktop.i18n import _
from desktop.services.records.log_words import event_text


def head_text(kind: str, column: str) -> str:
    """The head of a column; a column that came later than its word keeps its own name."""
    if (kind, column) == ("posts", "title"):
        return _("post")
    return _heads().get(column, column)


def kind_text(kind: str) -> str:
    """The word one types and what it means: “units（单位）”; in English the word itself says it."""
    meaning = _kinds().get(kind, kind)
    return kind if meaning == kind else _("{word} ({meaning})").format(word=kind, meaning=meaning)


def cell_text(column: str, value: Json, names: Mapping[str, str]) -> str:
    """One value; codes become words, ids of units, people and nodes their ``names``, times those of this computer."""
    if column == "signed":
        return _("yes") if value else _("no")
    if not isinstance(value, str) or not value:
        return "" if value is None else str(value)
    if column in ("at", "started_at"):
        return datetime.fromisoformat(value).astimezone().strftime("%Y-%m-%d %H:%M")
    if column == "event":
        return _("record written") if value == "write" else event_text(value)
    if column in ("unit_id", "person_id", "sender", "dest", "node"):
        return names.get(value, value)
    return _codes().get(value, value) if column in ("direction", "kind", "state", "status") else value


def _heads() -> dict[str, str]:
    return {
        **_heads_of_master_data(),
        **_heads_of_visits(),
        **_heads_of_packages(),
    }


def _heads_of_master_data() -> dict[str, str]:
    return {
        "id": _("id"),
        "name": _("name"),
        "short": _("short name"),
        "kind": _("kind"),
        "uscc": _("credit code"),
        "year": _("year"),
        "person_id": _("person"),
        "unit_id": _("unit"),
        "title": _("title"),
        "role": _("role"),
        "from_date": _("from"),
        "to_date": _("until"),
        "code": _("code"),
        "measure_unit": _("measure"),
        "target_value": _("target"),
        "adjusted_value": _("adjusted"),
        "weight": _("weight"),
        "address": _("address"),
        "version": _("version"),
        "status": _("status"),
    }


def _heads_of_visits() -> dict[str, str]:
    return {
        "no": _("number"),
        "mode": _("manner"),
        "period_type": _("kind of check"),
        "starts_on": _("begins on"),
        "mission": _("mission"),
        "unit": _("unit"),
        "site": _("site"),
        "checklist": _("checklist"),
        "started_at": _("begun at"),
        "signed": _("signed"),
        "mime": _("format"),
        "size": _("bytes"),
        "sha256": _("SHA-256"),
        "caption": _("caption"),
        "owner_id": _("visit"),
    }


def _heads_of_packages() -> dict[str, str]:
    return {
        "fingerprint": _("fingerprint"),
        "direction": _("direction"),
        "seq": _("no."),
        "sender": _("sender"),
        "dest": _("recipient"),
        "state": _("state"),
        "file": _("file name"),
        "at": _("at"),
        "node": _("node"),
        "wanted": _("still wanted"),
        "held": _("held back"),
        "reason": _("reason"),
        "problem": _("problem"),
        "advice": _("advice"),
        "by": _("by"),
        "event": _("event"),
        "record": _("record"),
    }


def _codes() -> dict[str, str]:
    return {
        "in": _("in"),
        "out": _("out"),
        "relayed": _("relayed"),
        "mission": _("task package"),
        "result": _("result package"),
        "receipt": _("receipt"),
        "report": _("roll-up package"),
        "office": _("office"),
        "field": _("field node"),
        "own": _("this computer"),
        "enrolled": _("enrolled"),
        "revoked": _("revoked"),
        "planned": _("in preparation"),
        "written": _("written"),
        "applied": _("merged"),
        "set_aside": _("set aside"),
        "acknowledged": _("acknowledged"),
        "received": _("received"),
        "quarantined": _("in quarantine"),
        "waiting": _("waiting"),
        "ready": _("ready"),
        "incomplete": _("files are missing"),
        "dismissed": _("dismissed"),
    }


def _kinds() -> dict[str, str]:
    return {
        "units": _("units"),
        "groups": _("groups"),
        "people": _("people"),
        "posts": _("posts"),
        "categories": _("categories"),
        "targets": _("targets"),
        "sites": _("sites"),
        "checklists": _("checklists"),
        "missions": _("missions"),
        "visits": _("visits"),
        "evidence": _("evidence"),
        "nodes": _("nodes"),
        "packages": _("packages"),
        "receipts": _("receipts"),
        "quarantine": _("quarantine"),
        "log": _("log"),
    }
