"""The window: its first picture, a full office, a table of a million rows, and how fluent it stays during work."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from statistics import median, quantiles

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtSql import QSqlDatabase, QSqlQueryModel
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks.heartbeat import LONG_MS, Beats, beats_during
from benchmarks.office import CHECKLIST, PASSPHRASE, found, record_visits
from benchmarks.packages import enrolled_nodes, write_packages
from benchmarks.table import Result, not_measured
from desktop.documents.ranking_workbook import ranking_workbook
from desktop.errors import UserError
from desktop.exchange.manifest import PackageKind
from desktop.gui.application import make_application
from desktop.gui.main_window import MainWindow
from desktop.gui.quiet_collector import QuietCollector
from desktop.gui.theme import use_theme
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.services.packages.export_package import export_results, export_to_node
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.printing.preview_form import preview_form
from desktop.services.scoring.list_ranking import ranking_of
from desktop.services.scoring.score_units import score_units
from desktop.services.workspace.open_workspace import open_workspace
from desktop.services.workspace.workspace import Workspace
from desktop.settings import Settings, Theme

_OURS = """
import sys, time
from pathlib import Path
from desktop.exchange.manifest import PackageKind
from desktop.gui.application import make_application
from desktop.gui.main_window import MainWindow
from desktop.gui.theme import use_theme
from desktop.settings import Settings, Theme
app = make_application(["mingcha"])
use_theme(app, Theme.LIGHT)
window = MainWindow(Settings(theme=Theme.LIGHT), Path(sys.argv[1]))
window.show()
app.processEvents()
window.grab()
print(time.time())
sys.stdout.flush()
import os; os._exit(0)
"""
_BARE = """
import sys, time
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(["bare"])
window = QMainWindow()
window.setCentralWidget(QLabel("bare"))
window.resize(1280, 800)
window.show()
app.processEvents()
window.grab()
print(time.time())
sys.stdout.flush()
import os; os._exit(0)
"""
_ROWS = 1_000_000
_FRAMES = 400
_SCORED = 40
_LOCK_MS = 500


def measure(folder: Path, pairs: int, visits: int) -> list[Result]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    results = [_first_window(folder, pairs)]
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else make_application(["benchmark"])
    use_theme(app, Theme.LIGHT)
    results += _scrolling(folder)
    results += _office(app, folder, pairs, visits)
    return results


def _first_window(folder: Path, pairs: int) -> Result:
    seconds: dict[str, list[float]] = {_OURS: [], _BARE: []}
    for _ in range(pairs):
        for code in seconds:
            began = time.time()
            command = [sys.executable, "-c", code, str(folder / "settings.json")]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            seconds[code].append(float(done.stdout.split()[-1]) - began)
    ratios = [ours / bare for ours, bare in zip(seconds[_OURS], seconds[_BARE], strict=True)]
    text = (
        f"{median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f}, n={pairs};"
        f" {median(seconds[_OURS]):.2f} s : {median(seconds[_BARE]):.2f} s)"
    )
    return Result("window: first picture", "bare PySide6 window", median(ratios), text, 1.5, "≤ 1.5×")


def _scrolling(folder: Path) -> list[Result]:
    name = "window: a frame while scrolling 1,000,000 rows"
    path = folder / "million.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE line (a INTEGER, b TEXT, c TEXT)")
        db.executemany(
            "INSERT INTO line VALUES (?, ?, ?)", ((n, f"单位{n % 39}", "已签发") for n in range(_ROWS))
        )
    db.close()
    columns = [
        Column[int](lambda: "号", str, 120),
        Column[int](lambda: "单位", lambda n: f"单位{n % 39}", 300),
        Column[int](lambda: "状态", lambda _n: "已签发"),
    ]
    model: RowsModel[int] = RowsModel(columns)
    model.show_rows(range(_ROWS))
    view = RowsView(model)
    ours = _frames(view, model)
    base = QSqlDatabase.addDatabase("QSQLITE", "peer")
    base.setDatabaseName(str(path))
    if not base.open():
        return [not_measured(name, "QSqlQueryModel", "Qt has no SQLite here")]
    peer_model = QSqlQueryModel()
    peer_model.setQuery("SELECT * FROM line", base)
    while peer_model.canFetchMore():
        peer_model.fetchMore()
    peer = QTableView()
    peer.setModel(peer_model)
    theirs = _frames(peer, peer_model)
    ratio = median(ours) / median(theirs)
    p99 = quantiles(ours, n=100)[-1] * 1000
    text = f"{ratio:.2f} ({median(ours) * 1000:.2f} ms : {median(theirs) * 1000:.2f} ms)"
    return [
        Result(f"{name}, p50", "QSqlQueryModel", ratio, text, 2, "≤ 2×"),
        Result(f"{name}, p99", "16 ms", p99, f"{p99:.1f} ms", 16, "≤ 16 ms"),
    ]


def _frames(view: QTableView, model: QAbstractItemModel) -> list[float]:
    """Seconds per frame, at places all over the table."""
    view.resize(1100, 620)
    view.show()
    dice, seconds = Random(7), []
    for _ in range(_FRAMES):
        row = dice.randrange(model.rowCount())
        begin = time.perf_counter()
        view.scrollTo(model.index(row, 0), QTableView.ScrollHint.PositionAtTop)
        view.viewport().grab()
        seconds.append(time.perf_counter() - begin)
    view.hide()
    return seconds


def _office(app: QApplication, folder: Path, pairs: int, visits: int) -> list[Result]:
    office, field = found(folder / "full")
    record_visits(field, folder / "full", _SCORED, 0, seed=4)
    real = export_results(field, folder / "full").path
    field.close()
    merge_packages(office, [real])
    nodes = enrolled_nodes(office, visits, seed=3)
    (folder / "packages").mkdir()
    files = write_packages(office, nodes, folder / "packages")
    late = files[-visits // 10 :]
    merge_packages(office, files[: -len(late)])
    office.close()
    empty, other = found(folder / "empty")
    empty.close()
    other.close()
    full, bare = (
        [_open_seconds(app, folder / name / "office") for _ in range(pairs)] for name in ("full", "empty")
    )
    ratio = median(full) / median(bare)
    text = f"{ratio:.2f} ({median(full):.2f} s : {median(bare):.2f} s)"
    opening = Result(
        f"window: open an office of {visits:,} visits to its first page",
        "empty office",
        ratio,
        text,
        1.5,
        "≤ 1.5×",
    )
    locking = lock_seconds(app, folder / "full" / "office", pairs, f"an office of {visits:,} visits")
    return [opening, *locking, *_fluency(app, folder, late, nodes[0].identity.node)]


def _window(folder: Path) -> MainWindow:
    window = MainWindow(Settings(theme=Theme.LIGHT), folder / "settings.json")
    window.show()
    QuietCollector(window.jobs, window).look()
    return window


def _wait(app: QApplication, is_ready: Callable[[], bool]) -> None:
    while not is_ready():
        app.processEvents()
        time.sleep(0.001)


def _open_seconds(app: QApplication, workspace: Path) -> float:
    window = _window(workspace.parent)
    _wait(app, lambda: window.jobs.is_quiet)
    begin = time.perf_counter()
    window.jobs.open(partial(open_workspace, workspace, PASSPHRASE), window.show_workspace)
    _wait(app, lambda: bool(window.pages) and window.jobs.is_quiet)
    seconds = time.perf_counter() - begin
    window.close()
    return seconds


def lock_seconds(app: QApplication, workspace: Path, pairs: int, what: str) -> list[Result]:
    """The quick lock until nothing is seen, and until the database is closed; beside closing the database alone."""
    unseen, closed, bare = [], [], []
    for _ in range(pairs):
        window = _window(workspace.parent)
        window.jobs.open(partial(open_workspace, workspace, PASSPHRASE), window.show_workspace)
        _wait(app, lambda window=window: bool(window.pages) and window.jobs.is_quiet)
        begin = time.perf_counter()
        window.quick_lock.lock()
        unseen.append(time.perf_counter() - begin)
        _wait(app, lambda window=window: window.jobs.is_quiet)
        closed.append(time.perf_counter() - begin)
        window.close()
        opened = open_workspace(workspace, PASSPHRASE, read_only=True)
        opened.db.execute("SELECT count(*) FROM entry").fetchone()
        begin = time.perf_counter()
        opened.db.close()
        bare.append(time.perf_counter() - begin)
    name = f"window: the quick lock of {what}"
    told = f"{max(closed) * 1000:.0f} ms (unseen after {max(unseen) * 1000:.0f} ms, n={pairs})"
    ratio = median(closed) / median(bare)
    text = f"{ratio:.1f} ({median(closed) * 1000:.0f} ms : {median(bare) * 1000:.1f} ms)"
    return [
        Result(
            f"{name}, until it is closed, worst",
            f"{_LOCK_MS} ms",
            max(closed) * 1000,
            told,
            _LOCK_MS,
            "≤ 500 ms",
        ),
        Result(f"{name}, p50", "closing a bare SQLCipher connection", ratio, text),
    ]


def _fluency(app: QApplication, folder: Path, late: list[Path], node: str) -> list[Result]:
    window = _window(folder)
    window.jobs.open(partial(open_workspace, folder / "full" / "office", PASSPHRASE), window.show_workspace)
    _wait(app, lambda: bool(window.pages) and window.jobs.is_quiet)
    (folder / "out").mkdir()
    works = {
        f"merging {len(late)} packages": lambda office: merge_packages(office, late),
        "writing a package": lambda office: export_to_node(office, node, PackageKind.RECEIPT, folder / "out"),
        "drawing 30 forms": _draw_forms,
        "the ranking as xlsx": lambda office: ranking_workbook(
            ranking_of(office, score_units(office, 2026)), folder / "ranking.xlsx"
        ),
    }
    idle = beats_during(app, lambda done: window.jobs.aside(partial(time.sleep, 2), lambda _none: done()))
    results = []
    for name, work in works.items():
        failed: list[UserError] = []

        def start(done: Callable[[], None], work=work, failed=failed) -> None:
            window.jobs.write(work, lambda _result: done(), lambda error: (failed.append(error), done()))

        beats = beats_during(app, start)
        if failed:
            results.append(not_measured(f"window during {name}", "5 ms beat", str(failed[0])))
        else:
            results += _told(name, beats, idle)
    window.close()
    return results


def _draw_forms(office: Workspace) -> bytes:
    return preview_form(office, "F01", [CHECKLIST] * 30, is_blank=True)


def _told(name: str, beats: Beats, idle: Beats) -> list[Result]:
    text = (
        f"{beats.p99:.1f} ms (idle {idle.p99:.1f} ms, ratio {beats.p99 / idle.p99:.2f}, n={len(beats.gaps)})"
    )
    longest = f"{beats.long_gaps} (longest {max(beats.gaps):.0f} ms, idle {max(idle.gaps):.0f} ms)"
    return [
        Result(f"window during {name}: p99 of the gaps", "5 ms beat", beats.p99, text, 16, "≤ 16 ms"),
        Result(
            f"window during {name}: gaps over {LONG_MS} ms", "5 ms beat", beats.long_gaps, longest, 0, "0"
        ),
    ]
