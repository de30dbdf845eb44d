"""The digest: one line that is equal exactly where two offices hold the same (docs/FORMAT.md, chapter 4)."""

import hashlib
from collections.abc import Iterable

from desktop.domain import canonical

DIGEST_LABEL = "mingcha-digest-v1"

RecordState = tuple[str, list[str], list[str], list[str]]
"""(record id, live maximal entry hashes, held hashes, contested parts)."""


def digest(records: Iterable[RecordState], foreign_entries: Iterable[str]) -> str:
    """SHA-256 over the canonical JSON of all records and of the hashes of other nodes' entries."""
    states = [
        [rec, sorted(heads), sorted(held), sorted(parts)] for rec, heads, held, parts in sorted(records)
    ]
    return hashlib.sha256(canonical.encode([DIGEST_LABEL, states, sorted(foreign_entries)])).hexdigest()
