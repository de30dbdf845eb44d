"""What is killed: the work of a clerk in a process of its own, which acknowledges only what a service has returned.

Each deed gets a place to work in and a way to say that something is done. The process is forked from one that has
imported everything, so that kills fall into the work and not into the start.
"""

from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from desktop.i18n import use_language
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.packages.export_package import export_results
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.records.read_json import read_json_file
from desktop.services.upkeep.back_up_workspace import back_up_workspace
from desktop.services.visits.record_visit import record_visit
from desktop.services.workspace.open_workspace import open_workspace
from tests.services.worlds import PASSPHRASE, Clock
from tests.torture.pictures import photo

BEGUN = "begun"


@dataclass(frozen=True)
class Place:
    """``node``: the workspace worked on; ``target``: stick or backup disk; ``sources``: files to work through."""

    node: Path
    target: Path
    sources: tuple[Path, ...]
    now_ms: int
    visit: str = ""

    def opened(self, **options):
        return open_workspace(self.node, PASSPHRASE, clock_ms=Clock(self.now_ms), **options)


def record(place, workspace, acknowledge):
    """Enter one visit after the other, each with its evidence."""
    for source in place.sources:
        recorded = record_visit(workspace, read_json_file(source, "visit"))
        acknowledge((source.name, recorded.id, recorded.evidence))


def attach(place, workspace, acknowledge):
    for source in place.sources:
        (evidence,) = attach_evidence(workspace, place.visit, [source])
        acknowledge((source.name, evidence))


def export(place, workspace, acknowledge):
    exported = export_results(workspace, place.target)
    acknowledge((exported.path.name, exported.sha256))


VOLUME_BYTES = 40_000


def export_volumes(place, workspace, acknowledge):
    """Write a package in several files."""
    exported = export_results(workspace, place.target, with_all_objects=True, volume_bytes=VOLUME_BYTES)
    acknowledge([file.file_sha256 for file in exported.files])


def merge(place, workspace, acknowledge):
    for source in place.sources:
        (merged,) = merge_packages(workspace, [source]).files
        acknowledge((source.name, merged.outcome.value))


def back_up(place, workspace, acknowledge):
    acknowledge(back_up_workspace(workspace, place.target).folder.name)


def upgrade(_place, workspace, acknowledge):
    """Opening the workspace of an older program has upgraded it."""
    acknowledge(workspace.db.execute("PRAGMA user_version").fetchone()[0])


def _do(deed, place, pipe):
    use_language("zh")
    if deed is upgrade:
        # The work is in the opening itself.
        pipe.send(BEGUN)
        with place.opened() as workspace:
            deed(place, workspace, pipe.send)
        return
    with place.opened() as workspace:
        # The process that looks at pictures is started before the clock: it takes longer than all the rest.
        workspace.worker.run("describe", photo(0, 64))
        pipe.send(BEGUN)
        deed(place, workspace, pipe.send)
    pipe.close()


def started(deed, place):
    """Start a deed in a process of its own; returns the process and the pipe of its acknowledgements, begun."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["pytest", "tests.torture.deeds"])
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(deed, place, theirs))
    process.start()
    theirs.close()
    assert ours.recv() == BEGUN
    return process, ours


def acknowledged(pipe):
    """All that was acknowledged, up to the end of the process."""
    said = []
    while True:
        try:
            said.append(pipe.recv())
        except EOFError:
            pipe.close()
            return said
