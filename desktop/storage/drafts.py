"""Drafts: what is being typed. A draft row that is committed is what 已保存 means; entries are cut from it later.

Drafts lie outside the fold and the digest and never travel.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.domain import canonical
from desktop.domain.canonical import Json
from desktop.domain.entry import Ctx, Owner, decode_ctx, encode_ctx
from desktop.storage.driver import Database
from desktop.storage.folded import ctx_text


@dataclass(frozen=True)
class Draft:
    """One part being written. ``base_ctx``: what its author had seen when it was opened."""

    record_id: str
    record_type: str
    part: str
    value: Mapping[str, Any]
    base_ctx: Ctx
    owner: Owner | None = None


def save_draft(db: Database, draft: Draft, at_ms: int) -> None:
    """Put a draft in the place of the one before. What its author had seen stays what it was at the start."""
    owner = draft.owner and {"rec": draft.owner.record_id, "ctx": encode_ctx(draft.owner.ctx)}
    db.execute(
        "INSERT INTO draft (record_id, record_type, part, bytes, base_ctx, owner, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET bytes = excluded.bytes, at_ms = excluded.at_ms",
        [
            draft.record_id,
            draft.record_type,
            draft.part,
            canonical.encode(draft.value),
            ctx_text(draft.base_ctx),
            None if owner is None else canonical.encode(owner).decode(),
            at_ms,
        ],
    )


def drafts_of(db: Database, record_id: str) -> list[Draft]:
    return _drafts(db, "WHERE record_id = ? ORDER BY part", [record_id])


def all_drafts(db: Database) -> list[Draft]:
    return _drafts(db, "ORDER BY record_id, part", [])


def discard_drafts(db: Database, record_id: str) -> None:
    db.execute("DELETE FROM draft WHERE record_id = ?", [record_id])


def discard_draft(db: Database, record_id: str, part: str) -> None:
    db.execute("DELETE FROM draft WHERE record_id = ? AND part = ?", [record_id, part])


def _drafts(db: Database, clause: str, values: list[str]) -> list[Draft]:
    rows = db.execute(
        f"SELECT record_id, record_type, part, bytes, base_ctx, owner FROM draft {clause}", values
    )
    return [
        Draft(
            record_id,
            record_type,
            part,
            canonical.decode_object(data),
            decode_ctx(json.loads(ctx)),
            None if owner is None else _owner(json.loads(owner)),
        )
        for record_id, record_type, part, data, ctx, owner in rows
    ]


def _owner(value: dict[str, Json]) -> Owner:
    return Owner(str(value["rec"]), decode_ctx(value["ctx"]))
