"""Merging: set union of entries, then the tables brought up to date for the records that were touched.

Most entries are simple: a new record, or a change made by somebody who had seen exactly what we have. Those go
straight into the tables (the fast path). Every other record is folded anew from its whole log (the slow path). A test
proves that fast path, slow path and rebuild give the same database.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from desktop.domain.ancestry import Span
from desktop.domain.authority import Authority
from desktop.domain.entry import Kind, SignedEntry
from desktop.domain.fold import Void, fold, read_spans
from desktop.domain.registry import CUSTODY
from desktop.storage import entries, fast_merge
from desktop.storage.driver import Database
from desktop.storage.folded import clear_tables, save_folded

_FOLD_BATCH = 500


@dataclass(frozen=True)
class Merged:
    """What a merge did. ``fast`` and ``folded`` count records by the path they took."""

    new: tuple[SignedEntry, ...]
    known: int
    touched: frozenset[str]
    forked: frozenset[str]
    fast: int
    folded: int


def merge_entries(db: Database, incoming: Iterable[SignedEntry], *, use_fast_path: bool = True) -> Merged:
    """Add entries and bring the tables up to date; the caller holds the transaction."""
    added = entries.add_entries(db, incoming)
    view = load_view(db, entries.logs_of_unknown(db, added.new))
    must_fold = _must_fold(db, added, view)
    simple = [s for s in added.new if s.entry.record_id and s.entry.record_id not in must_fold]
    done = fast_merge.apply(db, simple, view.authority, view.voids) if use_fast_path else frozenset()
    touched = must_fold | {
        s.entry.record_id for s in simple if s.entry.record_id and s.entry.kind is not Kind.LOG
    }
    remaining = touched - done
    refold(db, remaining, view)
    return Merged(added.new, added.known, frozenset(touched), added.forked, len(done), len(remaining))


@dataclass(frozen=True)
class View:
    """What folding needs beside a record's own log. ``logs``: those that are at hand and whole."""

    authority: Authority
    voids: Sequence[Void]
    logs: Mapping[str, Sequence[SignedEntry]]


def load_view(db: Database, known: Mapping[str, list[SignedEntry]] = MappingProxyType({})) -> View:
    logs = dict(known)

    def log_of(record_id: str) -> list[SignedEntry]:
        if record_id not in logs:
            logs[record_id] = entries.load_log(db, record_id)
        return logs[record_id]

    offices = frozenset(row[0] for row in db.execute("SELECT id FROM node WHERE kind = 'office'"))
    return View(Authority(offices, entries.load_ancestry(db), log_of), entries.active_voids(db), logs)


def refold(db: Database, record_ids: Iterable[str], view: View) -> None:
    """Fold records from their whole logs and replace what the tables say of them."""
    wanted = sorted(record_ids)
    for start in range(0, len(wanted), _FOLD_BATCH):
        chunk = wanted[start : start + _FOLD_BATCH]
        at_hand = {record_id: view.logs[record_id] for record_id in chunk if record_id in view.logs}
        others = [record_id for record_id in chunk if record_id not in at_hand]
        for record_id, log in (at_hand | entries.load_logs(db, others)).items():
            save_folded(db, record_id, fold(log, view.voids, view.authority), log)


def rebuild(db: Database) -> int:
    """Throw the folded tables away and make them again from the log; returns the number of records."""
    from_log = {
        row[0]
        for row in db.execute(
            "SELECT DISTINCT record_id FROM entry WHERE record_id IS NOT NULL AND kind <> 'log'"
        )
    }
    with db.atomic():
        clear_tables(db)
        refold(db, from_log, load_view(db))
    return len(from_log)


def refold_node(db: Database, node: str) -> None:
    """Fold anew what a node has to do with, after it became known or its kind changed."""
    rows = db.execute(
        "SELECT DISTINCT e.record_id FROM entry e JOIN stream s ON s.no = e.stream"
        " WHERE s.node = ? AND e.record_id IS NOT NULL UNION SELECT id FROM record WHERE home = ?"
        # A record that two births claim may have another home now; one of them is held, or was accepted.
        " UNION SELECT id FROM record WHERE held <> '[]' OR contested <> '[]' OR missing > 0"
        " UNION SELECT record_id FROM entry WHERE kind = 'accept' AND kind NOT IN ('write', 'log')",
        [node, node],
    ).fetchall()
    refold(db, _with_children(db, {row[0] for row in rows}), load_view(db))


def _must_fold(db: Database, added: entries.Added, view: View) -> set[str]:
    """The records that the fast path may not touch, with everything that hangs on them."""
    records = {signed.entry.record_id for signed in added.completed if signed.entry.record_id}
    parents: set[str] = set()
    for signed in (*added.new, *added.completed):
        entry = signed.entry
        if entry.kind in (Kind.VOID, Kind.UNVOID):
            records |= entries.records_in_spans(db, _spans_meant(db, signed))
        elif entry.kind in (Kind.RESOLVE, Kind.HOLD, Kind.ACCEPT) and entry.record_id:
            records.add(entry.record_id)
        if entry.record_id and (CUSTODY in entry.parts or entry.is_birth):
            parents.add(entry.record_id)
    for stream in view.authority.ancestry.forked:
        if any(signed.entry.stream == stream for signed in added.new):
            records |= _records_of_stream(db, stream)
    grown = {s.entry.record_id for s in added.new if s.entry.record_id and s.entry.kind is not Kind.LOG}
    return records | _children(db, parents | records) | _waiting_children(db, grown)


def _spans_meant(db: Database, fact: SignedEntry) -> list[Span]:
    if fact.entry.kind is Kind.VOID:
        return list(read_spans(fact))
    named = entries.voids_lifted_by(fact)
    voids = entries.load_facts(db, Kind.VOID)
    return [span for void in voids if void.entry.hash in named for span in read_spans(void)]


def _records_of_stream(db: Database, stream: str) -> set[str]:
    """The records that a stream speaks of, and those whose authors say that they have seen it."""
    rows = db.execute(
        "SELECT DISTINCT e.record_id FROM entry e JOIN stream s ON s.no = e.stream"
        " WHERE s.id = ? AND e.record_id IS NOT NULL AND e.kind <> 'log'"
        " UNION SELECT id FROM record WHERE instr(ctx, ?) > 0",
        [stream, stream],
    )
    return {row[0] for row in rows}


def _with_children(db: Database, records: set[str]) -> set[str]:
    return records | _children(db, records)


def _children(db: Database, records: set[str]) -> set[str]:
    """The records, known from before, that hang on these: custody is judged on their owners."""
    rows = db.execute(
        "SELECT r.id FROM json_each(?) wanted JOIN record r ON r.owner_id = wanted.value",
        [json.dumps(sorted(records))],
    )
    return {row[0] for row in rows}


def _waiting_children(db: Database, records: set[str]) -> set[str]:
    """The children of these whose verdict may depend on entries of their owner that had not arrived."""
    rows = db.execute(
        "SELECT r.id FROM json_each(?) wanted JOIN record r ON r.owner_id = wanted.value WHERE r.held <> '[]'"
        " OR EXISTS (SELECT 1 FROM entry e WHERE e.record_id = r.id AND e.kind = 'accept')",
        [json.dumps(sorted(records))],
    )
    return {row[0] for row in rows}
