"""The rules of the house: who may import whom, how long things may be, what may not be written at all."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from functools import cache
from pathlib import Path

import pytest
from importlinter.api import read_configuration
from importlinter.application.use_cases import lint_imports

ROOT = Path(__file__).resolve().parent.parent
DESKTOP = ROOT / "desktop"
MODULES = sorted(path for path in DESKTOP.rglob("*.py") if "_data" not in path.parts)
CONTRACTS = [
    contract["id"] for contract in read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]
]

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40

HOMELESS_NAMES = {"utils", "helpers", "common", "manager", "util", "helper", "misc"}

# The domain is arithmetic on values that are handed in: no clock, no files, no network.
NOT_IN_THE_DOMAIN = {
    "asyncio",
    "io",
    "locale",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "random",
    "shutil",
    "signal",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib",
}
NOT_CALLED_IN_THE_DOMAIN = {"now", "today", "utcnow", "open", "print", "input", "uuid1", "uuid4"}

# Written in pieces, so that this file does not find itself.
FORBIDDEN_TEXTS = {
    "a folder outside the repository": re.compile(r"\.\./" + "shared"),
    "a machine path": re.compile(r"(?<![\w.])/(?:work|root|home/(?!user/)\w+|Users/\w+)/" + r"\w"),
    "an open end": re.compile(r"\b(?:TO" + "DO|FIX" + "ME|XX" + r"X)\b"),
}

IMPORT_EVERYTHING = """
import importlib, pkgutil, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, NoQt())
import desktop
for found in pkgutil.walk_packages(desktop.__path__, "desktop.", onerror=lambda name: None):
    if found.name.split(".")[1] not in ("gui", "__main__", "bootstrap"):
        importlib.import_module(found.name)
"""


def relative(path):
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"), relative(path))


def tracked_files():
    try:
        listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a git checkout")
    return [ROOT / name for name in listing.stdout.decode().split("\0") if name]


def imported_modules(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.lineno


def docstring_lines(function):
    first = function.body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        return set(range(first.lineno, first.end_lineno + 1))
    return set()


def comment_lines(path):
    source = path.read_text(encoding="utf-8")
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0] for token in tokens if token.type == tokenize.COMMENT and token.line.lstrip()[0] == "#"
    }


def length_of(function, comments):
    """Count the lines of a function from ``def`` to its end, without its docstring and its comment lines."""
    lines = set(range(function.lineno, function.end_lineno + 1))
    return len(lines - docstring_lines(function) - comments)


@pytest.mark.parametrize("contract", CONTRACTS)
def test_import_contract_is_kept(contract, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)

    is_kept = lint_imports(
        config_filename="pyproject.toml", limit_to_contracts=(contract,), cache_dir=None, no_logo=True
    )

    assert is_kept, capsys.readouterr().out


def test_everything_below_the_window_is_imported_without_qt():
    result = subprocess.run(
        [sys.executable, "-c", IMPORT_EVERYTHING], cwd=ROOT, capture_output=True, text=True
    )

    assert result.returncode == 0, result.stderr


def test_domain_uses_the_standard_library_only_and_neither_clock_nor_files():
    found = []
    for path in (path for path in MODULES if path.is_relative_to(DESKTOP / "domain")):
        for name, line in imported_modules(path):
            top = name.partition(".")[0]
            if top != "desktop" and (top not in sys.stdlib_module_names or top in NOT_IN_THE_DOMAIN):
                found.append(f"{relative(path)}:{line} imports {name}")
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if called in NOT_CALLED_IN_THE_DOMAIN:
                    found.append(f"{relative(path)}:{node.lineno} calls {called}()")

    assert found == []


def test_no_import_is_relative_or_hidden_from_the_running_program():
    found = [
        f"{relative(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.ImportFrom) and (node.level or node.names[0].name in ("*", "TYPE_CHECKING")))
        or (isinstance(node, ast.Name | ast.Attribute) and "TYPE_CHECKING" in ast.unparse(node))
    ]

    assert found == []


def test_packaging_and_resources_are_no_python_packages():
    assert not (ROOT / "packaging" / "__init__.py").exists()
    assert not list((ROOT / "resources").rglob("*.py"))


def test_no_file_is_long():
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES_OF_A_FILE} == {}


def test_no_function_is_long():
    lengths = {}
    for path in MODULES:
        comments = comment_lines(path)
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths[f"{relative(path)}:{node.lineno} {node.name}"] = length_of(node, comments)

    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES_OF_A_FUNCTION} == {}


def test_every_module_has_a_noun():
    names = {relative(path): {path.stem, path.parent.name} for path in MODULES}

    assert [path for path, parts in names.items() if parts & HOMELESS_NAMES] == []


def test_no_row_is_replaced():
    # REPLACE deletes the old row first: neither foreign keys nor append-only triggers see an update.
    schema = ROOT / "db_schema.sql"
    paths = [*MODULES, *([schema] if schema.exists() else [])]
    replaces = re.compile(r"\b(?:INSERT\s+OR\s+REPLACE|REPLACE\s+INTO)\b", re.IGNORECASE)

    assert [relative(path) for path in paths if replaces.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("what", FORBIDDEN_TEXTS)
def test_no_tracked_file_contains(what):
    found = []
    for path in tracked_files():
        if not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if FORBIDDEN_TEXTS[what].search(line):
                found.append(f"{relative(path)}:{number}: {line.strip()[:100]}")

    assert found == []
