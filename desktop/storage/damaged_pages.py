"""What is wrong with the pages of the database file, as far as anything is ever read from them."""

import re
from pathlib import Path

from desktop.storage.database import pragma
from desktop.storage.driver import Database, DatabaseError

_PAGE = re.compile(r"\bpage (\d+)")
_HEAD_BYTES = 32
_FRAME_HEAD_BYTES = 24
_SALT_OF_LOG = slice(16, 24)
_SALT_OF_FRAME = slice(8, 16)


def damaged_pages(db: Database) -> list[str]:
    """What SQLCipher and SQLite say is wrong with the pages of the file, a line each; empty for a sound one."""
    lines: list[str] = []
    try:
        lines += _without_replaced(db, _said(db, "cipher_integrity_check"))
        lines += _said(db, "integrity_check")
    except DatabaseError as error:
        lines.append(str(error))
    return lines


def _said(db: Database, check: str) -> list[str]:
    """SQLite may put up to a hundred lines into one row."""
    rows = [str(row[0]).splitlines() for row in db.execute(f"PRAGMA {check}")]
    return [line for lines in rows for line in lines if line != "ok" and line[:3] != "***"]


def _without_replaced(db: Database, lines: list[str]) -> list[str]:
    """SQLCipher looks at the file alone, where a power cut may leave a page half written.

    Such a page is read from the write-ahead log and written anew from there by the next writer: it is no damage.
    """
    found = [(line, _PAGE.search(line)) for line in lines]
    replaced = _pages_in_log(db) if any(page for _line, page in found) else set()
    return [line for line, page in found if not (page and int(page[1]) in replaced)]


def _pages_in_log(db: Database) -> set[int]:
    """The pages that have a newer version in the write-ahead log, by the heads of its frames, which are plain."""
    file = db.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0]
    log = Path(f"{file}-wal")
    data = log.read_bytes() if log.is_file() else b""
    frame_bytes = _FRAME_HEAD_BYTES + pragma(db, "page_size")
    heads = (data[at : at + _FRAME_HEAD_BYTES] for at in range(_HEAD_BYTES, len(data), frame_bytes))
    # Frames of an earlier round, which are not read any more, have another salt.
    return {int.from_bytes(head[:4]) for head in heads if head[_SALT_OF_FRAME] == data[_SALT_OF_LOG]}
