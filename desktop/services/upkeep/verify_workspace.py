"""Verifying: reading everything back and saying of each thing whether it is what it was.

Result words (they are stored, printed and compared, so they are not translated): OK, MISSING, CORRUPT,
UNVERIFIABLE, EXTRA, FORKED, GAP, TRUNCATED. Nothing checked is not OK.
"""

from collections.abc import Callable, Iterator

from desktop.domain.canonical import NotCanonicalError
from desktop.domain.entry import entry_hash
from desktop.exchange.refusal import PackageRefusedError
from desktop.exchange.signed_manifest import verify_manifest
from desktop.i18n import _
from desktop.keys.card import read_card
from desktop.services.upkeep.finding import Finding, Verification, with_computer
from desktop.services.upkeep.verify_draws import verify_draws
from desktop.services.upkeep.verify_ends import NamedHeads, anchors_of, missing_anchors, missing_text
from desktop.services.workspace.workspace import DATABASE, ReportProgress, Workspace, unreported
from desktop.storage.chains import StoredEntry, count_entries, stored_entries
from desktop.storage.damaged_pages import damaged_pages
from desktop.storage.driver import DatabaseError
from desktop.storage.entries import load_ancestry
from desktop.storage.nodes import find_node
from desktop.storage.object_table import objects_in_state
from desktop.storage.objects import Verdict
from desktop.storage.packages import packages
from desktop.storage.records import all_rows

OK = "OK"
_FAULTS_KEPT = 20


def verify_workspace(workspace: Workspace, report_progress: ReportProgress = unreported) -> Verification:
    """Check database pages, every entry and part, every manifest, every evidence object, and that the log has the
    entries that others name; draw again what was drawn at random. Changes nothing.
    """
    checked: dict[str, int] = {}
    findings: list[Finding] = []
    step = _Steps(workspace, report_progress)
    named = NamedHeads(workspace.node)
    for name, check in (
        ("pages", _pages(workspace)),
        ("entries", _entries(workspace, named)),
        ("manifests", _manifests(workspace)),
        ("ends", _ends(workspace, named)),
        ("objects", _objects(workspace)),
    ):
        results = list(step.counted(_until_unreadable(check)))
        checked[name] = sum(found is None or _is_of_one(name, found) for found in results)
        findings += [found for found in results if found is not None]
    draws = list(_until_unreadable(verify_draws(workspace)))
    if draws:
        checked["draws"] = sum(found is None or found.place != DATABASE for found in draws)
    findings += [found for found in draws if found is not None]
    findings += [found for found in _until_unreadable(_strays(workspace)) if found is not None]
    cleared = _until_readable(lambda: len(objects_in_state(workspace.db, "pruned")), 0)
    if cleared:
        checked["pruned"] = cleared
    return Verification(checked, tuple(with_computer(workspace, found) for found in findings))


class _Steps:
    """Counts what was looked at, for the progress and so that it can be cancelled between any two of them."""

    def __init__(self, workspace: Workspace, report_progress: ReportProgress) -> None:
        self._report = report_progress
        self._done = 0
        self._total = _until_readable(lambda: _count(workspace))

    def counted(self, check: Iterator[Finding | None]) -> Iterator[Finding | None]:
        for found in check:
            self._done += 1
            self._report(min(self._done, self._total), self._total)
            yield found


def _count(workspace: Workspace) -> int:
    db = workspace.db
    return 1 + count_entries(db) + len(packages(db)) + len(objects_in_state(db, "have", "corrupt"))


def _until_readable(count: Callable[[], int], otherwise: int = 1) -> int:
    """A damaged database cannot say how much there is."""
    try:
        return count()
    except DatabaseError:
        return otherwise


def _is_of_one(kind: str, finding: Finding) -> bool:
    """Whether a finding is about one of the things that are counted, not about what is missing or about all."""
    return finding.word not in ("GAP", "FORKED", "TRUNCATED") and (
        finding.place != DATABASE or kind == "pages"
    )


def _until_unreadable(check: Iterator[Finding | None]) -> Iterator[Finding | None]:
    """What a check finds; a database that cannot be read any further ends this check and none of the others."""
    try:
        yield from check
    except DatabaseError as error:
        yield _damaged(str(error))


def _damaged(detail: str) -> Finding:
    return Finding(
        "CORRUPT", DATABASE, _("The database breaks off here and cannot be read; restore a backup."), detail
    )


def _pages(workspace: Workspace) -> Iterator[Finding | None]:
    """The database as one thing, however many places are damaged."""
    problems = damaged_pages(workspace.db)
    if not problems:
        yield None
        return
    yield Finding(
        "CORRUPT",
        DATABASE,
        _("The database file is damaged in {count} places; restore a backup.").format(count=len(problems)),
        "; ".join(problems[:_FAULTS_KEPT]),
    )


def _entries(workspace: Workspace, named: NamedHeads) -> Iterator[Finding | None]:
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
        fault = _entry_fault(stored, before.get(stored.stream), place)
        if fault is None:
            named.take(stored.entry)
        yield fault
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


def _ends(workspace: Workspace, named: NamedHeads) -> Iterator[Finding | None]:
    """The last entries that somebody else speaks of: a log whose end was cut off looks whole from within."""
    anchors = [*named.anchors(), *anchors_of(workspace)]
    missing = missing_anchors(workspace, anchors)
    yield from (None for _anchor in range(len(anchors) - len(missing)))
    for anchor in missing:
        yield Finding("TRUNCATED", f"{anchor.stream} {anchor.seq}", missing_text(anchor))


def _objects(workspace: Workspace) -> Iterator[Finding | None]:
    names = {str(row["sha256"]): str(row["name"]) for row in all_rows(workspace.db, "evidence")}
    rows = objects_in_state(workspace.db, "have", "corrupt")
    for row in rows:
        verdict = workspace.objects.check(row.sha256, row.cipher_sha256)
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
