"""The record types, their parts and who may write them.

Read by the schema test, the fold, the conflict desk and the package.

A *part* is the smallest group of fields that moves together (a deduction and its facts, a latitude and its
longitude): two people who change different parts of one record do not conflict. Adding a field touches this
list and ``db_schema.sql``, nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cached_property

PREFIX_SEPARATOR = "/"
REASON = "reason"
SPANS = "spans"
FACT_PARTS = frozenset({REASON, SPANS})
"""Parts that speak about entries and never fold into a table."""
CUSTODY = "custody"


class Writer(Enum):
    """Whose entries count for a part; those of others are held for the clerk."""

    HOME = "the home office of the record"
    FINDER = "the node where the record was born, then its home office"
    HOLDER = "the nodes that hold the visit"


class Column(StrEnum):
    """How a field lies in its folded table. JSON is canonical text of a list or an object."""

    TEXT = "TEXT"
    INTEGER = "INTEGER"
    JSON = "JSON"


@dataclass(frozen=True)
class PartType:
    """A part. ``name`` ends in "/" where a record has many of the kind, which then lie in ``table``."""

    name: str
    writer: Writer
    fields: Mapping[str, Column]
    table: str | None = None

    @property
    def is_many(self) -> bool:
        return self.name.endswith(PREFIX_SEPARATOR)


@dataclass(frozen=True)
class RecordType:
    """A record type.

    ``is_born_anywhere``: a field node may make one too (a visit nobody planned). ``has_owner``: its records hang
    on another one, named in their births, and custody is judged there.
    """

    name: str
    parts: tuple[PartType, ...]
    is_born_anywhere: bool = False
    is_master_data: bool = False
    has_owner: bool = False

    def part(self, name: str) -> PartType | None:
        """The type of the part ``name`` ("answer/7" is of type "answer/"); None if it is unknown here."""
        head, separator, _ = name.partition(PREFIX_SEPARATOR)
        return self._by_name.get(head + separator)

    @cached_property
    def _by_name(self) -> Mapping[str, PartType]:
        return {part.name: part for part in self.parts}

    @cached_property
    def columns(self) -> Mapping[str, Mapping[str, str]]:
        """{part: {field: column of the record's table}} for the parts a record has once.

        A field name that an earlier part already uses is prefixed with its part: ``header_unit_id``.
        """
        taken: set[str] = set()
        columns: dict[str, dict[str, str]] = {}
        for part in self.parts:
            if not part.is_many:
                names = {field: f"{part.name}_{field}" if field in taken else field for field in part.fields}
                taken.update(names.values())
                columns[part.name] = names
        return columns


def _fields(text: str = "", integer: str = "", json: str = "") -> dict[str, Column]:
    kinds = ((text, Column.TEXT), (integer, Column.INTEGER), (json, Column.JSON))
    return {name: kind for names, kind in kinds for name in names.split()}


def _home(name: str, text: str = "", integer: str = "", json: str = "") -> PartType:
    return PartType(name, Writer.HOME, _fields(text, integer, json))


def _held(name: str, text: str = "", integer: str = "", json: str = "", table: str | None = None) -> PartType:
    return PartType(name, Writer.HOLDER, _fields(text, integer, json), table)


_TYPES = (
    RecordType("office", (_home("profile", "name short region_code number_word"),)),
    RecordType(
        "unit",
        (
            _home("facts", "name short kind region_code uscc parent_id", "sort_no is_enforcement"),
            _home("contact", "contact phone"),
        ),
        is_master_data=True,
    ),
    RecordType("unit_group", (_home("facts", "name", "year sort_no", "unit_ids"),), is_master_data=True),
    RecordType(
        "person",
        (PartType("facts", Writer.FINDER, _fields("name gender")), _home("contact", "phone")),
        is_born_anywhere=True,
        is_master_data=True,
    ),
    RecordType(
        "post",
        (_home("facts", "person_id unit_id title role from_date to_date basis", "sort_no"),),
        is_master_data=True,
    ),
    RecordType("category", (_home("facts", "code name alias", "sort_no"),), is_master_data=True),
    RecordType(
        "target",
        (
            _home(
                "facts",
                "code name category_id unit_id level kind measure_unit direction",
                "year sort_no is_key is_livelihood",
            ),
            _home("value", "baseline target_value stretch adjusted_value adjusted_on adjusted_basis"),
            _home("scoring", "weight method", json="params"),
            _home("certifier", "certifier data_source"),
        ),
        is_master_data=True,
    ),
    RecordType(
        "checklist",
        (
            _home("content", "code version name mode object category note content_hash", json="items"),
            _home("state", "status"),
        ),
        is_master_data=True,
    ),
    RecordType(
        "site",
        (
            PartType(
                "facts", Writer.FINDER, _fields("name kind unit_id address contact", "lat_udeg lon_udeg")
            ),
        ),
        is_born_anywhere=True,
        is_master_data=True,
    ),
    RecordType("plan", (_home("facts", "title kind content basis approver approved_on filing_no", "year"),)),
    RecordType(
        "mission",
        (
            _home(
                "header",
                "plan_id no title cover_name mode period_type starts_on ends_on depart_at code nonce",
                "is_regular is_sealed",
            ),
            _home("objects", "leader route", json="team visits draws"),
            _home("sealed", json="seal"),
            _home("state", "status"),
        ),
    ),
    RecordType(
        "visit",
        (
            _home("plan", "mission_id unit_id site_id checklist_id checklist_hash planned_on mode"),
            _home(CUSTODY, integer="n", json="holders"),
            _held(
                "header",
                "mission_id unit_id site_id checklist_id checklist_hash mode check_type status started_at "
                "ended_at identity_shown_at accompany unit_rep unit_rep_phone leader conclusion unit_opinion "
                "refused_reason witness remark",
                "is_from_paper",
                "team",
            ),
            _held(
                "answer/",
                "facts",
                "is_applicable deduct_e4 is_veto_hit is_fixed_on_site",
                "inputs evidence_ids",
                table="answer",
            ),
            _held(
                "observation/",
                "at place fact person_desc",
                "duration_s is_good",
                "evidence_ids",
                table="observation",
            ),
            _held(
                "signature/",
                "signer role at checklist_hash text_sha256 refusal picture",
                json="covers evidence strokes witnesses",
                table="signature",
            ),
            _held(
                "interview/",
                "started_at ended_at place recorder person gender age post phone matter notice_answer closing "
                "refusal",
                json="interviewers dialogue witnesses",
                table="interview",
            ),
            _home("review", "status decided_by decided_on remark", "leader_score_e4", "approved_vetoes"),
        ),
        is_born_anywhere=True,
    ),
    RecordType(
        "evidence",
        (
            _held(
                "original",
                "sha256 name name_raw mime kind capture_mode taken_in_at source_modified_at mismatch",
                "size",
            ),
            _held("note", "item caption place taken_by taken_at proves", "is_dropped"),
            _held("metadata", "status", json="observations"),
            _held("derivation", "parent_id parent_sha256 kind tool", json="steps"),
            _held("recording", "recording_id source started_at", "segment duration_ms is_complete"),
            _held("pair", "before_id"),
        ),
        is_born_anywhere=True,
        has_owner=True,
    ),
)

RECORD_TYPES: Mapping[str, RecordType] = {record_type.name: record_type for record_type in _TYPES}

WITHHELD_ON_THE_ROAD = frozenset({("person", "contact"), ("unit", "contact")})
"""Parts that never go into a 任务包: telephone numbers stay in the office."""
