"""sqlite-utils over SQLCipher: the only place that knows which SQLite the program runs on.

sqlite-utils takes the module ``pysqlite3`` where there is one; SQLCipher's driver is put in its place. It also
imports pandas and numpy when they are installed, which costs most of a second and is never needed here.
"""

import sys
from types import ModuleType

import sqlcipher3
from sqlcipher3 import dbapi2

_STAND_INS: dict[str, ModuleType | None] = {
    "pysqlite3": sqlcipher3,
    "pysqlite3.dbapi2": dbapi2,
    "pandas": None,
    "numpy": None,
}


def _import_sqlite_utils() -> ModuleType:
    kept = {name: sys.modules[name] for name in _STAND_INS if name in sys.modules}
    sys.modules.update(_STAND_INS)  # type: ignore[arg-type]  # None means: may not be imported
    try:
        import sqlite_utils  # the one import that has to happen under the stand-ins
    finally:
        for name in _STAND_INS:
            del sys.modules[name]
        sys.modules.update(kept)
    return sqlite_utils


sqlite_utils = _import_sqlite_utils()
Database = sqlite_utils.Database
Connection = dbapi2.Connection
DatabaseError = dbapi2.DatabaseError
OperationalError = dbapi2.OperationalError
IntegrityError = dbapi2.IntegrityError
connect = dbapi2.connect
