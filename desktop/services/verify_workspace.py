"""Verifying: reading everything back and saying of each thing whether it is what it was.

Result words (they are stored, printed and compared, so they are not translated): OK, MISSING, CORRUPT,
UNVERIFIABLE, EXTRA, FORKED, GAP. Nothing checked is not OK.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.canonical import NotCanonicalError
from desktop.domain.entry import entry_hash
from desktop.exchange.read_package import Nowhere, read_package
from desktop.exchange.refusal import PackageRefusedError
from desktop.exchange.signed_manifest import verify_manifest
from desktop.i18n import _
from desktop.keys.card import read_card
from desktop.services.admit_package import admit_package
from desktop.services.workspace import DATABASE, ReportProgress, Workspace, unreported
from desktop.storage.chains import StoredEntry, damaged_pages, stored_entries
from desktop.storage.driver import DatabaseError
from desktop.storage.entries import load_ancestry
from desktop.storage.nodes import find_node
from desktop.storage.object_table import objects_in_state
from desktop.storage.objects import Verdict
from desktop.storage.packages import packages
from desktop.storage.records import all_rows

OK = "OK"
_FAULTS_SHOWN = 3


@dataclass(frozen=True)
class Finding:
    """Something that is not OK. ``place`` names it; ``meaning`` says what it means and what to do."""

    word: str
    place: str
    meaning: str


@dataclass(frozen=True)
class Verification:
    """``checked`` counts what was looked at, by kind."""

    checked: dict[str, int]
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        return not self.findings and sum(self.checked.values()) > 0


def verify_workspace(workspace: Workspace, report_progress: ReportProgress = unreported) -> Verification:
    """Check database pages, every entry and part, every manifest, every evidence object. Changes nothing."""
    checked: dict[str, int] = {}
    findings: list[Finding] = []
    for name, check in (
        ("pages", _pages(workspace)),
        ("entries", _entries(workspace)),
        ("manifests", _manifests(workspace)),
        ("objects", _objects(workspace, report_progress)),
    ):
        results = list(_until_unreadable(check))
        checked[name] = sum(found is None or _is_of_one(name, found) for found in results)
        findings += [found for found in results if found is not None]
    findings += [found for found in _until_unreadable(_strays(workspace)) if found is not None]
    return Verification(checked, tuple(findings))


def _is_of_one(kind: str, finding: Finding) -> bool:
    """Whether a finding is about one of the things that are counted, not about what is missing or about all."""
    return finding.word not in ("GAP", "FORKED") and (finding.place != DATABASE or kind == "pages")


def verify_package(
    workspace: Workspace, file: Path, report_progress: ReportProgress = unreported
) -> Verification:
    """Read a package from end to end as its receiver, and keep nothing of it."""
    try:
        signed = read_package(
            file,
            [workspace.identity.receive],
            own_node=workspace.node,
            free_bytes=1 << 62,
            admit=lambda *proof: admit_package(workspace, *proof),
            open_sink=Nowhere,
            report_progress=report_progress,
        )
    except PackageRefusedError as refused:
        return Verification({"packages": 1}, (Finding("CORRUPT", file.name, str(refused)),))
    return Verification({"packages": 1, "objects": len(signed.manifest.objects)}, ())


def _until_unreadable(check: Iterator[Finding | None]) -> Iterator[Finding | None]:
    """What a check finds; a database that cannot be read any further ends this check and none of the others."""
    try:
        yield from check
    except DatabaseError as error:
        yield _damaged(str(error))


def _damaged(problem: str) -> Finding:
    return Finding("CORRUPT", DATABASE, _("{problem}; restore a backup.").format(problem=problem))


def _pages(workspace: Workspace) -> Iterator[Finding | None]:
    """The database as one thing: the first faults stand for the rest."""
    problems = damaged_pages(workspace.db)
    if not problems:
        yield None
        return
    shown = "; ".join(problems[:_FAULTS_SHOWN])
    if len(problems) > _FAULTS_SHOWN:
        shown = _("{problems} (these are the first {shown} of {count} faults)").format(
            problems=shown, shown=_FAULTS_SHOWN, count=len(problems)
        )
    yield _damaged(shown)


def _entries(workspace: Workspace) -> Iterator[Finding | None]:
    """Every entry against its hash, its parts against the entry, its place against the one before."""
    forked = load_ancestry(workspace.db).forked
    before: dict[str, set[str]] = {}
    last: tuple[str, int] = ("", 0)
    for stored in stored_entries(workspace.db):
        place = f"{stored.stream} {stored.seq}"
        expected = last[1] + 1 if stored.stream == last[0] else 1
        if stored.stream != last[0] or stored.seq > expected:
            if stored.seq > expected and stored.stream[:32] == workspace.node:
                yield Finding("GAP", place, _("Entries before this one are missing from the log."))
            before = {}
        elif stored.seq > last[1]:
            before = {stored.stream: before.get("now", set())}
        if stored.seq != last[1] or stored.stream != last[0]:
            before["now"] = set()
        last = (stored.stream, stored.seq)
        before["now"].add(stored.hash)
        yield _entry_fault(stored, before.get(stored.stream), place)
    for stream in forked:
        yield Finding("FORKED", stream, _("Two machines wrote this stream: one was copied or restored."))


def _entry_fault(stored: StoredEntry, before: set[str] | None, place: str) -> Finding | None:
    if entry_hash(stored.data) != stored.hash:
        return Finding("CORRUPT", place, _("The entry is not what its author wrote; restore a backup."))
    try:
        wrong = stored.wrong_parts()
    except NotCanonicalError:
        return Finding("UNVERIFIABLE", place, _("The entry is of a kind this version cannot read."))
    if wrong:
        return Finding("CORRUPT", place, _("“{part}” is not what its author wrote.").format(part=wrong[0]))
    if before and stored.prev not in before:
        return Finding("CORRUPT", place, _("The entry does not follow the one before it."))
    return None


def _manifests(workspace: Workspace) -> Iterator[Finding | None]:
    for package in packages(workspace.db):
        if not package.manifest:
            continue
        try:
            signed = verify_manifest(package.manifest, package.signature)
        except PackageRefusedError as refused:
            yield Finding("CORRUPT", package.manifest_sha256, refused.problem)
            continue
        node = find_node(workspace.db, package.sender)
        is_known = node is not None and bytes.fromhex(read_card(node.card).sign_key) == signed.signer_key
        yield (
            None
            if is_known
            else Finding(
                "UNVERIFIABLE",
                package.manifest_sha256,
                _("The key that signed this package is not known here."),
            )
        )


def _objects(workspace: Workspace, report_progress: ReportProgress) -> Iterator[Finding | None]:
    names = {str(row["sha256"]): str(row["name"]) for row in all_rows(workspace.db, "evidence")}
    rows = objects_in_state(workspace.db, "have", "corrupt")
    for done, row in enumerate(rows, 1):
        verdict = workspace.objects.check(row.sha256, row.cipher_sha256)
        report_progress(done, len(rows))
        place = f"{row.sha256[:16]} {names.get(row.sha256, '')}".rstrip()
        yield (
            None
            if verdict is Verdict.OK
            else Finding(
                verdict.name,
                place,
                _("The evidence cannot be read as it was taken in; restore it from a backup."),
            )
        )


def _strays(workspace: Workspace) -> Iterator[Finding]:
    known = {
        workspace.objects.path_of(row.sha256).name
        for row in objects_in_state(workspace.db, "have", "corrupt")
    }
    extra = [name for name in workspace.objects.stored() if name not in known]
    extra += [str(path.name) for path in workspace.objects.strays()]
    for name in extra:
        yield Finding(
            "EXTRA", name, _("The file belongs to no evidence; it was left by an interrupted intake.")
        )
