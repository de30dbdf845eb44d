"""From a key on the visit page to 已保存: the time until the draft is on the disk and the page says so.

Every key stands for one change: digits in the list, characters in the facts. The peer is the least that could be
promised at all: the same writer thread committing one row of the same database, timed in turn with the keys.
"""

import os
import time
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.office import CHECKLIST, UNIT, found, opened
from benchmarks.table import Result
from desktop.services.missions.begin_unplanned_visit import (
    UnplannedVisit,
    begin_unplanned_visit,
    unplanned_choices,
)
from desktop.services.workspace.workspace import Workspace
from desktop.storage.settings_table import write_setting

KEYS = 400
LIMIT_MS = 50.0
LOCK_LIMIT_MS = 500.0
_WAIT_MS = 5_000
_PACE_MS = 40


def measure(folder: Path) -> list[Result]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    visit_id = _visit(folder / "world")
    page_ms, row_ms, lock_ms = _type(folder / "world" / "field", visit_id)
    p99, floor = _p99(page_ms), median(row_ms)
    name = f"a key on the visit page until 已保存, p99 of {len(page_ms)}"
    text = f"{p99 / LIMIT_MS:.2f} ({p99:.1f} ms; median {median(page_ms):.1f} ms)"
    ratio = median(page_ms) / floor
    floor_p99 = _p99(row_ms)
    row = f"{ratio:.2f} ({median(page_ms):.1f} ms : {floor:.1f} ms; p99 {p99:.1f} : {floor_p99:.1f} ms)"
    return [
        Result(name, f"{LIMIT_MS:.0f} ms", p99 / LIMIT_MS, text, 1.0, "≤ 1×"),
        Result("the same, median", "one committed row by the same thread", ratio, row),
        Result(
            "the quick lock until the workspace is closed",
            f"{LOCK_LIMIT_MS:.0f} ms",
            lock_ms / LOCK_LIMIT_MS,
            f"{lock_ms / LOCK_LIMIT_MS:.2f} ({lock_ms:.0f} ms)",
            1.0,
            "≤ 1×",
        ),
    ]


def _visit(world: Path) -> str:
    office, field = found(world)
    with office, field:
        checklist = next(c for c in unplanned_choices(field).checklists if "政务服务大厅" in c.name)
        new = UnplannedVisit(str(UNIT["name"]), CHECKLIST, checklist.id, "暗访")
        return begin_unplanned_visit(field, new)


def _type(folder: Path, visit_id: str) -> tuple[list[float], list[float], float]:
    # Only here, so that the other subjects run where Qt's libraries are missing.
    from PySide6.QtCore import QEventLoop, Qt, QTimer
    from PySide6.QtTest import QTest

    from desktop.gui.application import make_application
    from desktop.gui.main_window import MainWindow
    from desktop.settings import Settings

    app = make_application(["mingcha"])
    window = MainWindow(Settings(), folder.parent / "settings.json")
    window.show()
    window.jobs.open(partial(opened, folder), window.show_workspace)
    _until(lambda: bool(window.pages))
    window.show_page("visit", visit_id)
    page = window.pages["visit"]
    _until(lambda: page.visit is not None)
    QTest.qWait(1000)
    page_ms, row_ms = [], []
    for number in range(KEYS):
        in_list = number % 4 == 0
        field = page.items_view if in_list else page.editor.facts_field
        key = Qt.Key.Key_1 if in_list else Qt.Key.Key_A
        loop = QEventLoop()
        page.saver.saved.connect(loop.quit)
        QTimer.singleShot(_WAIT_MS, loop.quit)
        start = time.perf_counter()
        QTest.keyClick(field, key)
        loop.exec()
        page_ms.append((time.perf_counter() - start) * 1000)
        page.saver.saved.disconnect(loop.quit)
        if number % 4 == 3:
            page.step(1 if number // 4 % 28 < 14 else -1)
            row_ms.append(_one_row(window.jobs, number))
        QTest.qWait(_PACE_MS)
    start = time.perf_counter()
    window.quick_lock.lock()
    _until(lambda: not window.jobs.is_busy)
    lock_ms = (time.perf_counter() - start) * 1000
    window.close()
    app.processEvents()
    return page_ms, row_ms, lock_ms


def _one_row(jobs, number: int) -> float:
    from PySide6.QtCore import QEventLoop

    loop = QEventLoop()
    start = time.perf_counter()
    jobs.write(partial(_write_row, number=number), lambda _none: loop.quit())
    loop.exec()
    return (time.perf_counter() - start) * 1000


def _write_row(workspace: Workspace, number: int) -> None:
    with workspace.db.atomic():
        write_setting(workspace.db, "benchmark", number)


def _until(is_done) -> None:
    from PySide6.QtTest import QTest

    end = time.monotonic() + 30
    while not is_done():
        if time.monotonic() > end:
            raise AssertionError("the window did not get there")
        QTest.qWait(5)


def _p99(values: list[float]) -> float:
    return sorted(values)[max(0, round(0.99 * len(values)) - 1)]
