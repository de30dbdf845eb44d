"""Seeded bugs: the properties of the merge have to notice each of them.

A property that no bug can break proves nothing. Each mutant (mutants.txt) is one change of one module; the
properties run against a copy of the program with that change, with few examples and always the same ones.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
COPIED = ["desktop/domain", "desktop/storage", "tests/domain/pen.py", "db_schema.sql"]
COPIED += [f"desktop/{name}.py" for name in ("__init__", "datafiles", "errors", "i18n")]
PROPERTIES, DECISIONS = "tests/storage/test_merge_properties.py", "tests/storage/test_merge_decisions.py"
# The two that notice most stand first, then the quick ones.
SUITE = [
    f"{PROPERTIES}::test_after_every_package_the_tables_are_what_the_set_of_entries_means",
    f"{PROPERTIES}::test_entries_that_come_one_by_one_in_any_order_are_folded_at_once",
    DECISIONS,
    PROPERTIES,
]
HELPERS = ["databases", "merge_checks", "merge_oracle", "merge_script"]

CONFTEST = """
from pathlib import Path
from hypothesis import HealthCheck, Phase, settings
import desktop.domain

assert Path(desktop.domain.__file__).is_relative_to(Path(__file__).parent), "not the copy"
settings.register_profile(
    "mutants",
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutants")
"""
EXAMPLES = 150


QUICK = {
    "seen means later, not later or equal",
    "a fork is taken for a chain",
    "custody is judged in the present",
    "the office writes findings",
    "void is ignored",
    "a delete wins silently",
    "the fast path ignores what was seen",
    "conflicts are not cleared",
}
"""What the normal run tries; the long run tries all."""


@dataclass(frozen=True)
class Mutant:
    """The lines ``old`` of a file become ``new``; ``argument`` says why nobody can notice, where that is so."""

    name: str
    file: str
    old: str
    new: str
    argument: str


def read_mutant(block):
    name, file, *lines = block.strip("\n").split("\n")
    return Mutant(
        name,
        file.removeprefix("--- "),
        "".join(f"{line[1:]}\n" for line in lines if line[0] in " -"),
        "".join(f"{line[1:]}\n" for line in lines if line[0] in " +"),
        " ".join(line[2:] for line in lines if line[0] == "~"),
    )


MUTANTS = [
    read_mutant(block)
    for block in Path(__file__).with_name("mutants.txt").read_text(encoding="utf-8").split("=== ")[1:]
]
DEADLY = [mutant for mutant in MUTANTS if not mutant.argument]
IS_TORTURE = bool(os.environ.get("MINGCHA_TORTURE"))
WANTED = [None, *DEADLY] if IS_TORTURE else [mutant for mutant in DEADLY if mutant.name in QUICK]
"""None is the program as it is, in which the properties may find nothing."""


def run_suite(folder, mutant):
    """Run the properties against a copy of the program, with a bug if there is one; returns the finished process."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    (folder / "tests/storage").mkdir(parents=True)
    for name in [PROPERTIES, DECISIONS, *(f"tests/storage/{helper}.py" for helper in HELPERS)]:
        shutil.copy(ROOT / name, folder / name)
    (folder / "conftest.py").write_text(CONFTEST.replace("EXAMPLES", str(EXAMPLES)))
    (folder / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    if mutant is not None:
        (folder / "desktop" / mutant.file).write_text(mutated(mutant), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *SUITE]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def mutated(mutant):
    text = (ROOT / "desktop" / mutant.file).read_text(encoding="utf-8")
    before, after = text.split(mutant.old)
    return before + mutant.new + after


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_each_mutant_is_one_change_of_the_program_as_it_is(mutant):
    text = mutated(mutant)

    assert mutant.new != mutant.old
    compile(text, mutant.file, "exec")


def test_there_are_many_mutants_and_each_has_a_name_of_its_own():
    names = {mutant.name for mutant in DEADLY}

    assert len(names) == len(DEADLY) >= 20
    assert names > QUICK


@pytest.mark.torture
@pytest.mark.parametrize("mutant", WANTED, ids=lambda mutant: mutant.name if mutant else "nothing is changed")
def test_the_properties_notice(mutant, tmp_path):
    result = run_suite(tmp_path, mutant)

    is_noticed = result.returncode == 1 and "1 failed" in result.stdout
    assert is_noticed == (mutant is not None), result.stdout[-2000:] + result.stderr[-2000:]
