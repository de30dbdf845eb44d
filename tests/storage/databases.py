"""Real databases to test with, and all that their folded tables say."""

from desktop.domain.digest import digest
from desktop.domain.registry import RECORD_TYPES
from desktop.storage.database import create_database
from desktop.storage.entries import foreign_hashes
from desktop.storage.folded import record_states
from desktop.storage.merge import merge_entries, rebuild
from tests.domain.pen import ANNA, BERT, OFFICE, OTHER_OFFICE

KEY = bytes(range(32))
READER = "f" * 32
"""The node whose database it is; it writes nothing, so that every entry counts in the digest."""

TABLES = ["record", "conflict", *RECORD_TYPES]
TABLES += [part.table for record in RECORD_TYPES.values() for part in record.parts if part.table]


def make_database(path, offices=(OFFICE, OTHER_OFFICE), fields=(ANNA, BERT)):
    db = create_database(path, KEY)
    for node in offices:
        add_node(db, node, "office")
    for node in fields:
        add_node(db, node, "field")
    return db


def add_node(db, node, kind):
    db.execute(
        "INSERT INTO node (id, kind, name, card, fingerprint, status) VALUES (?, ?, ?, x'00', '', 'enrolled')",
        [node, kind, node[:4]],
    )


def merge(db, *incoming, **options):
    with db.atomic():
        return merge_entries(db, incoming, **options)


def state_of(db):
    """Every row of the folded tables, and the digest."""
    state = {table: [tuple(row.values()) for row in rows(db, table)] for table in TABLES}
    return state | {"digest": digest(record_states(db), foreign_hashes(db, READER))}


def rebuilt(db):
    rebuild(db)
    return state_of(db)


def rows(db, table):
    return list(db.query(f"SELECT * FROM {table} ORDER BY 1, 2"))  # noqa: S608  a name of the registry
