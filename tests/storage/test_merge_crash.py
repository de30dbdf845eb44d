"""Killing a merge at any moment: it has happened wholly, up to some package, and goes on as if nothing had been."""

import os
import random
import signal
import subprocess
import sys
import time

from desktop.storage.database import open_database
from tests.storage.databases import KEY, make_database, merge, state_of
from tests.storage.merge_script import long_merge

KILLS = int(os.environ.get("MINGCHA_TORTURE_KILLS", "20"))

MERGE_ALL = """
import sys
from pathlib import Path
from desktop.storage.database import open_database
from tests.storage.databases import KEY, merge
from tests.storage.merge_script import long_merge

packages = long_merge()
for path in sys.stdin:
    db = open_database(Path(path.strip()), KEY)
    print("ready", flush=True)
    for package in packages:
        merge(db, *package)
    print("done", flush=True)
"""


def test_a_merge_that_is_killed_happened_wholly_or_not_at_all(tmp_path):
    packages = long_merge()
    counts = [0]
    whole = make_database(tmp_path / "whole.db")
    start = time.monotonic()
    for package in packages:
        merge(whole, *package)
        counts.append(count_entries(whole))
    duration, expected = time.monotonic() - start, state_of(whole)
    whole.close()
    dice, broken_off = random.Random(24), 0

    for kill in range(KILLS):
        path = tmp_path / f"{kill}.db"
        make_database(path).close()
        merge_and_kill(path, dice.random() * duration)

        db = open_database(path, KEY)
        found = count_entries(db)
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert found in counts
        broken_off += found < counts[-1]
        for package in packages[counts.index(found) :]:
            merge(db, *package)
        assert state_of(db) == expected
        db.close()

    assert broken_off > KILLS // 4


def merge_and_kill(path, after_seconds):
    command = [sys.executable, "-c", MERGE_ALL]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        process.stdin.write(f"{path}\n")
        process.stdin.flush()
        assert process.stdout.readline() == "ready\n"
        time.sleep(after_seconds)
        os.kill(process.pid, signal.SIGKILL)


def count_entries(db):
    return db.execute("SELECT count(*) FROM entry").fetchone()[0]
