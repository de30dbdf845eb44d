"""Bringing an older workspace database to the schema of today.

``db_schema.sql`` is what a new file gets; the functions here bring an old file to the same place, and a test
proves that both are equal. A released migration is never edited; no ``executescript`` (it commits midway).
"""

from collections.abc import Callable, Sequence

from desktop.storage.database import SCHEMA_VERSION, pragma
from desktop.storage.driver import Database
from desktop.storage.merge import rebuild

Migration = Callable[[Database], None]

_SIGNATURE_2 = """
CREATE TABLE signature (
    visit_id TEXT NOT NULL, key TEXT NOT NULL,
    signer TEXT, role TEXT, at TEXT, checklist_hash TEXT, text_sha256 TEXT, refusal TEXT, picture TEXT,
    covers TEXT, evidence TEXT, strokes TEXT, witnesses TEXT,
    PRIMARY KEY (visit_id, key)
) STRICT
"""
_INTERVIEW_2 = """
CREATE TABLE interview (
    visit_id TEXT NOT NULL, key TEXT NOT NULL,
    started_at TEXT, ended_at TEXT, place TEXT, recorder TEXT, person TEXT, gender TEXT, age TEXT, post TEXT,
    phone TEXT, matter TEXT, notice_answer TEXT, closing TEXT, refusal TEXT,
    interviewers TEXT, dialogue TEXT, witnesses TEXT,
    PRIMARY KEY (visit_id, key)
) STRICT
"""
_EVIDENCE_2 = """
CREATE TABLE evidence (
    id TEXT NOT NULL, owner_id TEXT,
    sha256 TEXT, name TEXT, name_raw TEXT, mime TEXT, kind TEXT, capture_mode TEXT, taken_in_at TEXT,
    source_modified_at TEXT, mismatch TEXT, size INTEGER,
    item TEXT, caption TEXT, place TEXT, taken_by TEXT, taken_at TEXT, proves TEXT, is_dropped INTEGER,
    status TEXT, observations TEXT,
    parent_id TEXT, parent_sha256 TEXT, derivation_kind TEXT, tool TEXT, steps TEXT,
    recording_id TEXT, source TEXT, started_at TEXT, segment INTEGER, duration_ms INTEGER, is_complete INTEGER,
    before_id TEXT,
    PRIMARY KEY (id)
) STRICT
"""
_POST_2 = """
CREATE TABLE post (
    id TEXT NOT NULL,
    person_id TEXT, unit_id TEXT, title TEXT, role TEXT, from_date TEXT, to_date TEXT, basis TEXT, sort_no INTEGER,
    PRIMARY KEY (id)
) STRICT
"""

_VOLUME_2 = """
CREATE TABLE volume (
    manifest_sha256 TEXT NOT NULL CHECK (length(manifest_sha256) = 64),
    number          INTEGER NOT NULL CHECK (number > 0),
    file_name       TEXT NOT NULL,
    file_sha256     TEXT NOT NULL CHECK (length(file_sha256) = 64),
    size            INTEGER NOT NULL CHECK (size > 0),
    state           TEXT NOT NULL CHECK (state IN ('sealed', 'written', 'kept', 'merged')),
    at_ms           INTEGER NOT NULL,
    PRIMARY KEY (manifest_sha256, number)
) STRICT, WITHOUT ROWID
"""
_WAITING_PACKAGE_2 = """
CREATE TABLE waiting_package (
    manifest_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(manifest_sha256) = 64),
    package_id      TEXT NOT NULL,
    kind            TEXT NOT NULL,
    sender          TEXT NOT NULL,
    stream          TEXT NOT NULL,
    seq             INTEGER NOT NULL,
    volumes         INTEGER NOT NULL CHECK (volumes > 1),
    at_ms           INTEGER NOT NULL
) STRICT, WITHOUT ROWID
"""
_PICTURE_HASH_2 = """
CREATE TABLE picture_hash (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    bits INTEGER
) STRICT
"""
_PICTURE_BANDS_2 = ("bits & 65535", "(bits >> 16) & 65535", "(bits >> 32) & 65535", "(bits >> 48) & 65535")

_MISSION_3 = """
CREATE TABLE mission (
    id TEXT NOT NULL,
    plan_id TEXT, no TEXT, title TEXT, cover_name TEXT, mode TEXT, period_type TEXT, starts_on TEXT, ends_on TEXT,
    depart_at TEXT, code TEXT, nonce TEXT, is_regular INTEGER, is_sealed INTEGER,
    leader TEXT, route TEXT, team TEXT, visits TEXT, draws TEXT,
    seal TEXT, status TEXT,
    PRIMARY KEY (id)
) STRICT
"""


def _add_field_work(db: Database) -> None:
    """Version 2: signatures by hand, interviews, derived evidence, recordings, pairs, ordered posts, volumes."""
    for name in ("signature", "evidence", "post"):
        db.execute(f"DROP TABLE {name}")
    for statement in (_SIGNATURE_2, _INTERVIEW_2, _EVIDENCE_2, _POST_2, _VOLUME_2, _WAITING_PACKAGE_2):
        db.execute(statement)
    db.execute("CREATE INDEX post_person ON post (person_id)")
    db.execute("CREATE INDEX post_unit ON post (unit_id)")
    db.execute("CREATE INDEX evidence_owner ON evidence (owner_id)")
    db.execute("CREATE INDEX volume_file ON volume (file_sha256)")
    db.execute("CREATE INDEX evidence_sha256 ON evidence (sha256)")
    db.execute("CREATE INDEX evidence_before ON evidence (before_id) WHERE before_id IS NOT NULL")
    db.execute(_PICTURE_HASH_2)
    for number, band in enumerate(_PICTURE_BANDS_2, 1):
        db.execute(f"CREATE INDEX picture_hash_band_{number} ON picture_hash ({band})")


def _add_draws(db: Database) -> None:
    """Version 3: how the places of a mission were drawn."""
    db.execute("DROP TABLE mission")
    db.execute(_MISSION_3)


MIGRATIONS: Sequence[Migration] = (_add_field_work, _add_draws)
"""``MIGRATIONS[n]`` brings a database of version n + 1 to version n + 2."""


def is_older(db: Database) -> bool:
    return pragma(db, "user_version") < SCHEMA_VERSION


def upgrade(db: Database, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Run what is missing, and make the folded tables again from the log; all of it or nothing.

    A step that gives a folded table another shape makes it anew and empty. The caller has made a backup.
    """
    before = pragma(db, "user_version")
    with db.atomic():
        for version in range(before, len(migrations) + 1):
            migrations[version - 1](db)
            db.execute(f"PRAGMA user_version = {version + 1}")
        if before <= len(migrations):
            rebuild(db)
