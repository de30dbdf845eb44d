"""Conflicts as a clerk reads them: whose two versions of what, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from desktop.domain.canonical import Json, encode
from desktop.domain.checklist import Item
from desktop.domain.fold import DELETED
from desktop.domain.lengths import LONGEST_TEXT, check_length
from desktop.domain.names import display_name
from desktop.domain.points import from_stored, parse_number, show, to_stored
from desktop.domain.registry import RECORD_TYPES, Column, PartType
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.packages.merge_view import visit_name
from desktop.services.packages.resolve_conflict import Candidate, Conflict, list_conflicts
from desktop.services.packages.signature_words import signature_fields
from desktop.services.records.part_words import part_text
from desktop.services.records.stored_checklist import find_item, stored_checklist
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.show_visit import ShownEvidence, shown_evidence
from desktop.services.visits.visit_head import HEAD_LENGTHS
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import find_record, find_row


@dataclass(frozen=True)
class Version:
    """Who wrote it, on which computer, when by its clock."""

    who: str
    node: str
    at: str


class FieldKind(StrEnum):
    """How a value for a field is typed; FIXED ones can only be taken from one side."""

    TEXT = "text"
    POINTS = "points"
    YES_NO = "yes_no"
    FIXED = "fixed"


@dataclass(frozen=True)
class FieldPair:
    """One field in both versions, as text. Two values that read the same, such as other photos, may still differ.

    ``base`` is what stood there before, and "—" where nothing did. ``key`` names the field for ``typed_values``.
    """

    name: str
    left: str
    right: str
    differs: bool
    base: str = "—"
    key: str = ""
    kind: FieldKind = FieldKind.FIXED


@dataclass(frozen=True)
class ConflictView:
    """``takes`` are the words ``resolve_conflict`` expects for the left and the right version; ``title`` names the
    item of the checklist that ``part`` numbers; ``more`` counts the versions that are not shown. ``evidence`` hangs
    on what is in conflict; ``base`` is None where nothing stood there before."""

    id: str
    what: str
    part: str
    title: str
    left: Version
    right: Version
    fields: tuple[FieldPair, ...]
    takes: tuple[str, str]
    more: int
    base: Version | None = None
    evidence: tuple[ShownEvidence, ...] = ()

    @property
    def is_about_deletion(self) -> bool:
        return "delete" in self.takes


def conflict_views(workspace: Workspace) -> tuple[ConflictView, ...]:
    """Every open conflict. Of more than two versions the first two are shown; settling closes it for all."""
    return tuple(_view(workspace, each) for each in list_conflicts(workspace) if len(each.candidates) > 1)


def _view(workspace: Workspace, conflict: Conflict) -> ConflictView:
    left, right = conflict.candidates[:2]
    return ConflictView(
        conflict.id,
        visit_name(workspace, conflict.record_id) or _record_text(conflict.record_type),
        part_text(conflict.part),
        _item_title(_item(workspace, conflict)),
        _version(workspace, left),
        _version(workspace, right),
        _pairs(workspace, conflict),
        ("delete", "keep") if conflict.part == DELETED else ("left", "right"),
        len(conflict.candidates) - 2,
        _version(workspace, conflict.base) if conflict.base else None,
        _evidence(workspace, conflict),
    )


def _version(workspace: Workspace, candidate: Candidate) -> Version:
    person = find_row(workspace.db, "person", candidate.by)
    name = str(person["name"]) if person and person["name"] else ""
    return Version(name, candidate.node_name, local_time(candidate.at_ms)[:16].replace("T", " "))


def _pairs(workspace: Workspace, conflict: Conflict) -> tuple[FieldPair, ...]:
    versions = [candidate.value for candidate in conflict.candidates[:2]]
    versions.append(conflict.base.value if conflict.base else {})
    left, right, before = (_labelled(_item(workspace, conflict), value) for value in versions)
    names = [*left, *(name for name in right if name not in left)]
    record_type = RECORD_TYPES.get(conflict.record_type)
    part = record_type.part(conflict.part) if record_type else None
    pairs = []
    for name in names:
        pair = _pair(workspace, name, left.get(name), right.get(name))
        base = _text(workspace, name, before.get(name))
        pairs.append(replace(pair, base=base, key=name, kind=_kind(part, name)))
    # Ids and hashes tell a clerk nothing unless they differ.
    return tuple(pair for pair in pairs if pair.differs or pair.name != pair.key)


def _pair(workspace: Workspace, name: str, left: Json, right: Json) -> FieldPair:
    texts = [_text(workspace, name, value) for value in (left, right)]
    is_same = left == right or texts == ["—", "—"]
    if not is_same and texts[0] == texts[1] and isinstance(left, str) and isinstance(right, str):
        # Times within one minute, two units of one name: the raw value tells them apart.
        texts = [left, right]
    return FieldPair(_field_text(name), texts[0], texts[1], not is_same)


def _text(workspace: Workspace, name: str, value: Json) -> str:
    return _reference_text(workspace, name, value) or _value_text(name, value)


def _kind(part: PartType | None, name: str) -> FieldKind:
    column = part.fields.get(name) if part else None
    if column is Column.TEXT and not name.endswith(("_id", "_at", "_hash")):
        return FieldKind.TEXT
    if column is Column.INTEGER and name.endswith("_e4"):
        return FieldKind.POINTS
    if column is Column.INTEGER and name.startswith("is_"):
        return FieldKind.YES_NO
    return FieldKind.FIXED


def typed_values(pairs: Mapping[FieldPair, str]) -> dict[str, Json]:
    """What was typed for fields, as ``resolve_conflict`` takes it; raises UserError for what does not fit."""
    return {pair.key: _typed_value(pair, text.strip()) for pair, text in pairs.items()}


def _typed_value(pair: FieldPair, text: str) -> Json:
    if pair.kind is FieldKind.POINTS:
        try:
            # First whether the figure has a size at all: 1e999999999 is short to type and endless to compute.
            parse_number(text)
            return to_stored(Decimal(text))
        except ValueError:
            raise UserError(
                _("“{text}” is not a number of points.").format(text=text),
                _("Type figures with at most four decimal places, such as 2.5."),
            ) from None
    if pair.kind is FieldKind.YES_NO:
        if text not in (_("yes"), _("no")):
            raise UserError(
                _("For “{field}” there is only yes or no.").format(field=pair.name),
                _("Type one of the two words."),
            )
        return text == _("yes")
    check_length(pair.name, text, HEAD_LENGTHS.get(pair.key, LONGEST_TEXT))
    return text


def _evidence(workspace: Workspace, conflict: Conflict) -> tuple[ShownEvidence, ...]:
    """What the item in conflict is proved by, on either side; of a piece of evidence, that piece."""
    state = find_record(workspace.db, conflict.record_id)
    owner = state.owner_id if state and conflict.record_type == "evidence" else conflict.record_id
    try:
        shown = shown_evidence(workspace, read_visit(workspace.db, str(owner)))
    except UserError:
        return ()
    head, _slash, number = conflict.part.partition("/")
    named = {conflict.record_id}
    for candidate in conflict.candidates:
        ids = candidate.value.get("evidence_ids")
        named.update(map(str, ids) if isinstance(ids, list) else ())
    return tuple(
        each for each in shown if named & set(each.ids) or (head == "answer" and each.item == number)
    )


def _reference_text(workspace: Workspace, name: str, value: Json) -> str:
    """The name of the record that an id means; empty for what is no id or is not known here."""
    table = name.removesuffix("_id")
    if table not in ("unit", "site", "checklist", "mission") or not isinstance(value, str):
        return ""
    row = find_row(workspace.db, table, value) if name.endswith("_id") else None
    return str(row.get("name") or row.get("title") or "") if row else ""


def _record_text(record_type: str) -> str:
    return {"visit": _("Visit"), "evidence": _("Evidence"), "mission": _("Mission")}.get(
        record_type, record_type
    )


def _item_title(item: Item | None) -> str:
    return display_name(item.title) if item else ""


def _item(workspace: Workspace, conflict: Conflict) -> Item | None:
    head, _slash, key = conflict.part.partition("/")
    if head != "answer" or not key.isdecimal():
        return None
    try:
        visit = read_visit(workspace.db, conflict.record_id)
        return find_item(stored_checklist(workspace.db, visit.text("checklist_id")), int(key))
    except UserError:
        return None


def _labelled(item: Item | None, value: Mapping[str, Json]) -> Mapping[str, Json]:
    """The figures under the names the rule of the item gives them."""
    inputs = value.get("inputs")
    if item is None or not isinstance(inputs, dict):
        return value
    labels = {asked.key: asked.label for asked in item.rule.inputs}
    return {**value, "inputs": {labels.get(key, key): figure for key, figure in inputs.items()}}


def _field_text(name: str) -> str:
    return {
        "deduct_e4": _("Deduction"),
        "facts": _("Facts"),
        "inputs": _("Figures"),
        "is_applicable": _("Applicable"),
        "is_veto_hit": _("Veto found"),
        "is_fixed_on_site": _("Mended on site"),
        "evidence_ids": _("Evidence"),
        "started_at": _("Began"),
        "ended_at": _("Ended"),
        "leader": _("Leader"),
        "team": _("Team"),
        "conclusion": _("Conclusion"),
        "unit_opinion": _("Opinion of the unit"),
        "unit_rep": _("Representative of the unit"),
        "status": _("Status"),
        "remark": _("Remarks"),
        "mission_id": _("Mission"),
        "unit_id": _("Unit"),
        "site_id": _("Site"),
        "mode": _("Mode"),
        "check_type": _("Occasion"),
        "accompany": _("Accompanied by"),
        "witness": _("Witness"),
        "refused_reason": _("Why it was not signed"),
        "unit_rep_phone": _("Telephone"),
        "identity_shown_at": _("Identity shown at"),
        "is_from_paper": _("Keyed in from paper"),
        **signature_fields(),
    }.get(name, name)


def _value_text(name: str, value: Json) -> str:
    match value:
        case None | "":
            return "—"
        case bool():
            return _("yes") if value else _("no")
        case int() if name.endswith("_e4"):
            return show(from_stored(value))
        case list() if name == "evidence_ids":
            return _("{count} pieces").format(count=len(value))
        case list() | str() if name in ("strokes", "picture"):
            return _("by hand")
        case list() if all(isinstance(each, str) for each in value):
            return _(", ").join(map(str, value)) or "—"
        case dict():
            lines = (
                _("{name}: {text}").format(name=key, text=_value_text(key, each))
                for key, each in value.items()
            )
            return _("; ").join(lines) or "—"
        case str() if name.endswith("_at"):
            return value[:16].replace("T", " ")
        case str():
            return value
    return encode(value).decode()
