"""The bits by which alike pictures are found: computed from the originals on this computer, and never sent."""

from collections.abc import Iterable, Sequence

from desktop.storage.driver import Database

_SIGN, _RANGE = 1 << 63, 1 << 64
_BANDS = ("bits & 65535", "(bits >> 16) & 65535", "(bits >> 32) & 65535", "(bits >> 48) & 65535")
"""As the indexes of ``db_schema.sql`` have them: SQLite uses an index only for the very same expression."""


def unread_pictures(db: Database, kinds: Sequence[str], most_bytes: int, most: int) -> list[str]:
    """Pictures whose originals are here and whose bits nobody has computed yet, newest first."""
    marks = ", ".join("?" * len(kinds))
    rows = db.execute(
        "SELECT DISTINCT e.sha256 FROM evidence e JOIN object o ON o.sha256 = e.sha256"
        " LEFT JOIN picture_hash h ON h.sha256 = e.sha256"
        f" WHERE h.sha256 IS NULL AND o.state = 'have' AND o.size <= ? AND e.mime IN ({marks})"
        " ORDER BY e.id DESC LIMIT ?",
        [most_bytes, *kinds, most],
    )
    return [str(row[0]) for row in rows]


def keep_picture_bits(db: Database, found: Iterable[tuple[str, int | None]]) -> None:
    """None: nothing is to be seen in the picture, or it cannot be decoded. Caller's transaction."""
    db.conn.executemany(
        "INSERT INTO picture_hash (sha256, bits) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(sha256, None if bits is None else _signed(bits)) for sha256, bits in found],
    )


def picture_bits(db: Database, sha256: str) -> int | None:
    row = db.execute("SELECT bits FROM picture_hash WHERE sha256 = ?", [sha256]).fetchone()
    return None if row is None or row[0] is None else int(row[0]) % _RANGE


def pictures_of_bands(db: Database, bands: Sequence[Sequence[int]]) -> dict[str, int]:
    """{sha256: bits} of the pictures that have one of these values in a quarter of their bits, the lowest first."""
    found: dict[str, int] = {}
    for band, values in zip(_BANDS, bands, strict=True):
        marks = ", ".join("?" * len(values))
        rows = db.execute(f"SELECT sha256, bits FROM picture_hash WHERE {band} IN ({marks})", list(values))
        found.update((str(sha256), int(bits) % _RANGE) for sha256, bits in rows)
    return found


def _signed(bits: int) -> int:
    return bits - _RANGE if bits >= _SIGN else bits
