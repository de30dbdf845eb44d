"""Which entries speak of which original: what has to be safe before an original may go."""

from collections.abc import Collection
from dataclasses import dataclass

from desktop.storage.contents import have_vector
from desktop.storage.driver import Database


@dataclass(frozen=True)
class EvidenceEntry:
    """An entry of the evidence record ``evidence_id``, which names the original ``sha256``."""

    sha256: str
    evidence_id: str
    stream: str
    seq: int
    hash: str


def evidence_entries(db: Database) -> list[EvidenceEntry]:
    """Every entry that makes or changes evidence; what the log notes about it is left out."""
    rows = db.execute(
        "SELECT v.sha256, v.id, s.id, e.seq, lower(hex(e.hash)) FROM evidence v"
        " JOIN entry e ON e.record_id = v.id AND e.kind <> 'log' JOIN stream s ON s.no = e.stream"
        " WHERE length(v.sha256) = 64 ORDER BY v.sha256, s.id, e.seq"
    )
    return [EvidenceEntry(*row) for row in rows]


def durable_vector(db: Database, stored: Collection[str]) -> dict[str, int]:
    """What a backup holds without a gap, entries and originals, when it has the ciphertexts ``stored`` (SHA-256).

    A stream ends before its first entry that speaks of an original the backup does not hold.
    """
    vector = have_vector(db)
    rows = db.execute("SELECT sha256, cipher_sha256 FROM object WHERE state = 'have'")
    safe = {sha256 for sha256, cipher_sha256 in rows if cipher_sha256 in stored}
    for entry in evidence_entries(db):
        if entry.sha256 not in safe and entry.stream in vector:
            vector[entry.stream] = min(vector[entry.stream], entry.seq - 1)
    return {stream: last for stream, last in vector.items() if last > 0}


def signed_pictures(db: Database) -> set[str]:
    """The originals that signatures show; they stay."""
    return {row[0] for row in db.execute("SELECT picture FROM signature WHERE picture IS NOT NULL")}
