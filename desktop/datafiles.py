"""Where the files that ship with the program are: inside the wheel, or beside the package in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_ROOT = _PACKAGE / "_data" if (_PACKAGE / "_data").is_dir() else _PACKAGE.parent

SCHEMA = _ROOT / "db_schema.sql"
RESOURCES = _ROOT / "resources"
MANUAL = _ROOT / "docs" / "manual"
PICTURES = _ROOT / "docs" / "pictures"
