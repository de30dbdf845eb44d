"""Export and import of W1/5: 40 visits × 20 answers, 5 photos each, against tar and age, both with fsync."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from benchmarks.memory import peak_in_new_process
from benchmarks.office import PASSPHRASE, found, opened, record_visits
from benchmarks.pairs import Work, cost_of, interleaved
from benchmarks.table import Result, not_measured
from desktop.keys.sealing import recipient_of
from desktop.services.packages.export_package import export_results
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.packages.merged_file import Outcome

VISITS, PHOTOS = 40, 5
_MIB = 1 << 20
_BACKUPS: dict[str, Callable[[Path], tuple[list[object], list[object]]]] = {
    "borg create": lambda place: (
        ["init", "--encryption", "repokey", place],
        ["create", "--compression", "none", f"{place}::first", "."],
    ),
    "restic backup": lambda place: (["init", "--repo", place], ["backup", "--repo", place, "."]),
}
"""{peer: the commands that make an empty repository and that fill it}."""


def measure(folder: Path, pairs: int, visits: int = VISITS) -> list[Result]:
    office, field = found(folder / "w1")
    plain = folder / "plain"
    plain.mkdir()
    files = record_visits(field, plain, visits, PHOTOS, seed=1)
    size = sum(file.stat().st_size for file in files)
    name = f"{visits} visits, {len(files)} photos, {size / 1e6:.0f} MB"
    keys = office.identity.receive
    office.close()
    has_age = bool(shutil.which("age") and shutil.which("tar"))
    stick = folder / "stick"
    stick.mkdir()

    def export(_n: int) -> Work:
        return lambda: export_results(field, stick, with_all_objects=True)

    def tar_and_age(n: int) -> Work:
        return lambda: _seal(plain, stick / f"peer-{n}.age", recipient_of(keys))

    def tar_and_age_read_back(n: int) -> Work:
        return lambda: (
            _seal(plain, stick / f"peer-{n}.age", recipient_of(keys)),
            _read_back(stick / f"peer-{n}.age"),
        )

    results: list[Result] = []
    if has_age:
        exports = interleaved(pairs, export, tar_and_age)
        results.append(_result(f"export {name}", "tar | age, fsync", exports.ratio(), exports.text()))
        proved = interleaved(pairs, export, tar_and_age_read_back)
        results.append(
            _result(f"export {name}", "the same, read back and hashed", proved.ratio(), proved.text())
        )
    else:
        results.append(not_measured(f"export {name}", "tar | age, fsync", "age is not installed"))
    volume_bytes = max(size // 5, 1 << 20)
    in_files = f"{name} in files of {volume_bytes >> 20} MiB"
    (folder / "volumes").mkdir()

    def export_volumes(_n: int) -> Work:
        return lambda: export_results(
            field, folder / "volumes", with_all_objects=True, volume_bytes=volume_bytes
        )

    if has_age:
        split = interleaved(pairs, export_volumes, tar_and_age_read_back)
        peer = "tar | age, fsync, read back and hashed"
        results.append(_result(f"export {in_files}", peer, split.ratio(), split.text()))
    results += [_backup(f"export {name}", peer, pairs, export, plain) for peer in _BACKUPS]
    package = export_results(field, stick, with_all_objects=True).path
    volumes = export_results(field, folder / "volumes", with_all_objects=True, volume_bytes=volume_bytes).path
    field.close()
    results.append(_memory(name, folder / "w1" / "field", stick, 1 << 40))
    results.append(_memory(in_files, folder / "w1" / "field", folder / "volumes", volume_bytes))
    sealed = stick / "peer-0.age" if has_age else None
    results += _imports(folder / "one", folder / "w1" / "office", package, sealed, keys, pairs, name)
    results += _imports(folder / "several", folder / "w1" / "office", volumes, sealed, keys, pairs, in_files)
    return results


def _imports(
    folder: Path, office: Path, package: Path, sealed: Path | None, key: str, pairs: int, name: str
) -> list[Result]:
    """``package``: the file, or one of the volumes, whose neighbours are found."""
    folder.mkdir()

    def merge(n: int) -> Work:
        shutil.copytree(office, folder / f"office-{n}")
        return lambda: _merge(folder / f"office-{n}", package, Outcome.APPLIED)

    def age_and_tar(n: int) -> Work:
        target = folder / f"unpacked-{n}"
        target.mkdir()
        return lambda: _unseal(sealed, target, folder / "key.txt")

    results = []
    if sealed is not None:
        (folder / "key.txt").write_text(key + "\n")
        imports = interleaved(pairs, merge, age_and_tar)
        results.append(
            _result(f"import {name}", "age -d | tar x, fsync per file", imports.ratio(), imports.text())
        )
    else:
        results.append(
            not_measured(f"import {name}", "age -d | tar x, fsync per file", "age is not installed")
        )
        merge(0)()
    shutil.copytree(office, folder / "office-again")
    first = cost_of(lambda: _merge(folder / "office-again", package, Outcome.APPLIED))
    again = cost_of(lambda: _merge(folder / "office-again", package, Outcome.KNOWN))
    ratio = again.seconds / first.seconds
    text = f"{ratio:.3f} ({again.seconds:.3g} s : {first.seconds:.3g} s)"
    results.append(Result(f"merge again {name}", "the first merge", ratio, text, 0.05, "≤ 0.05"))
    return results


def _backup(name: str, peer: str, pairs: int, export: Callable[[int], Work], plain: Path) -> Result:
    """Against a program that encrypts into a repository of its own; it, too, is asked for a new one each time."""
    program = peer.split()[0]
    if not shutil.which(program):
        return not_measured(name, peer, f"{program} is not installed")
    environment = {**os.environ, "BORG_PASSPHRASE": PASSPHRASE, "RESTIC_PASSWORD": PASSPHRASE}

    def run(*command: object) -> None:
        subprocess.run(
            [program, *map(str, command)], env=environment, check=True, capture_output=True, cwd=plain
        )

    def back_up(n: int) -> Work:
        repository = plain.parent / f"{program}-{n}"
        begin, work = _BACKUPS[peer](repository)
        run(*begin)
        return lambda: run(*work)

    costs = interleaved(pairs, export, back_up)
    return Result(name, peer, costs.ratio(), costs.text(), 1, "< 1")


def _memory(name: str, field: Path, stick: Path, volume_bytes: int) -> Result:
    peak = peak_in_new_process(_open_and_export, field, stick, volume_bytes)
    if peak is None:
        return not_measured(f"memory of export {name}", "80 MiB", "the system does not tell")
    text = f"{peak / _MIB:.0f} MiB above start, opening included"
    return Result(f"memory of export {name}", "80 MiB", peak / _MIB, text, 80, "≤ 80 MiB")


def _open_and_export(field: Path, stick: Path, volume_bytes: int) -> None:
    with opened(field) as workspace:
        export_results(workspace, stick, with_all_objects=True, volume_bytes=volume_bytes)


def _result(measure_name: str, peer: str, ratio: float, text: str) -> Result:
    return Result(measure_name, peer, ratio, text, 1.5, "≤ 1.5")


def _merge(folder: Path, package: Path, expected: Outcome) -> None:
    with opened(folder) as office:
        (result,) = merge_packages(office, [package]).files
    if result.outcome is not expected:
        raise AssertionError(result)


def _seal(folder: Path, target: Path, recipient: str) -> None:
    with target.open("wb") as file:
        tar = subprocess.Popen(["tar", "-C", str(folder), "-cf", "-", "."], stdout=subprocess.PIPE)
        subprocess.run(["age", "-r", recipient], stdin=tar.stdout, stdout=file, check=True)
        tar.wait()
        os.fsync(file.fileno())


def _read_back(path: Path) -> str:
    """What a package is not called exported without."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unseal(sealed: Path | None, target: Path, key: Path) -> None:
    age = subprocess.Popen(["age", "-d", "-i", str(key), str(sealed)], stdout=subprocess.PIPE)
    subprocess.run(["tar", "-C", str(target), "-xf", "-"], stdin=age.stdout, check=True)
    age.wait()
    for path in [*target.iterdir(), target]:
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
