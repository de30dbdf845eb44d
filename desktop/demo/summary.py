"""What the demo has made and where it lies, for people and for programs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop.demo.cast import PASSPHRASE, Cast
from desktop.demo.field_work import SEAL_PASSPHRASE
from desktop.demo.way_home import Mishaps, Settled
from desktop.i18n import _
from desktop.services.records.list_records import list_records
from desktop.services.records.visit_values import VisitView, read_visit
from desktop.services.workspace.describe_workspace import describe_workspace


@dataclass(frozen=True)
class Made:
    """A file or folder of the demo. ``path`` is relative to its folder."""

    path: str
    what: str


@dataclass(frozen=True)
class DemoSummary:
    """``counts`` are those of the office at the end; ``verified`` is true when all three workspaces are sound."""

    folder: str
    passphrase: str
    seal_passphrase: str
    counts: Mapping[str, int]
    digest: str
    packages: Mapping[str, str]
    conflicts: tuple[Settled, ...]
    verified: bool
    made: tuple[Made, ...]

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def summarize(cast: Cast, mishaps: Mishaps, conflicts: Sequence[Settled], *, verified: bool) -> DemoSummary:
    info = describe_workspace(cast.office)
    return DemoSummary(
        folder=str(cast.folder.resolve()),
        passphrase=PASSPHRASE,
        seal_passphrase=SEAL_PASSPHRASE,
        counts=_counts(cast),
        digest=info.digest,
        packages={
            "duplicate": mishaps.duplicate.file.name,
            "damaged": mishaps.damaged.file.name,
            "undone_and_redone": mishaps.undone.file.name,
        },
        conflicts=tuple(conflicts),
        verified=verified,
        made=_made(cast.folder),
    )


def _counts(cast: Cast) -> dict[str, int]:
    info = describe_workspace(cast.office)
    visits = [read_visit(cast.office.db, str(row["id"])) for row in list_records(cast.office, "visits").rows]
    recorded = [visit for visit in visits if visit.answers]
    return {
        "units": info.records["unit"],
        "people": info.records["person"],
        "posts": info.records["post"],
        "targets": info.records["target"],
        "checklists": info.records["checklist"],
        "sites": info.records["site"],
        "missions": info.records["mission"],
        "sealed_missions": sum(
            1 for row in list_records(cast.office, "missions").rows if row["mode"] != "明查"
        ),
        "visits": len(visits),
        "recorded_visits": len(recorded),
        "signed_visits": sum(1 for visit in recorded if visit.is_signed),
        "answers": sum(len(visit.answers) for visit in recorded),
        "observations": sum(len(visit.observations) for visit in recorded),
        "evidence": info.records["evidence"],
        "photos": _count_photos(recorded),
        "packages_in": info.packages_in,
        "packages_out": info.packages_out,
        "quarantined": info.waiting,
        "open_conflicts": info.conflicts,
    }


def _count_photos(visits: Sequence[VisitView]) -> int:
    """Different pictures: one that proves two things counts once."""
    return len({row["sha256"] for visit in visits for row in visit.evidence})


def _made(folder: Path) -> tuple[Made, ...]:
    """What lies in the folder, in the order in which one looks at it; only what is really there."""
    return tuple(Made(path, what) for path, what in _descriptions() if (folder / path).exists())


def _descriptions() -> Iterator[tuple[str, str]]:
    yield "office", _("workspace of the office")
    yield "field-01", _("workspace of the first field laptop")
    yield "field-02", _("workspace of the second field laptop")
    yield "stick", _("the packages, as they travelled on the stick")
    yield "ranking.xlsx", _("ranking by groups, with the arithmetic of every score")
    yield "paper/F01-blank.pdf", _("inspection form, blank, for a visit to come")
    yield "paper/F01-filled.pdf", _("inspection forms of the recorded visits")
    yield "paper/F12-evidence.pdf", _("evidence lists with photos")
    yield "paper/F13-slips.pdf", _("slips of the packages")
    yield "paper/recovery-sheet.pdf", _("recovery sheet of the office")
    yield "recovery-key.txt", _("recovery key of the office: opens every package by hand with age")
    yield "allowed_signers", _("keys to check signatures by hand with ssh-keygen")
    yield "cards", _("node cards")
    yield "sheets", _("the spreadsheets that were read in")
    yield "material", _("visit files and photos as the inspectors brought them")


def summary_text(summary: DemoSummary) -> str:
    """The summary for people, in the language in use."""
    return "\n".join(_lines(summary)) + "\n"


def _lines(summary: DemoSummary) -> Iterator[str]:
    yield _("The fictitious city 云泽市 lies in {folder}").format(folder=summary.folder)
    yield _("Pass phrase of every workspace: {passphrase}").format(passphrase=summary.passphrase)
    yield _("Leader's pass phrase of the sealed missions: {passphrase}").format(
        passphrase=summary.seal_passphrase
    )
    yield ""
    yield _("What happened")
    yield from (f"  {line}" for line in _happened(summary))
    yield ""
    yield _("What lies where")
    width = max(len(made.path) for made in summary.made)
    yield from (f"  {made.path:<{width}}  {made.what}" for made in summary.made)
    yield ""
    yield _("To look inside (the pass phrase is asked for):")
    yield f'  mingcha info "{Path(summary.folder) / "office"}"'
    yield f'  mingcha score "{Path(summary.folder) / "office"}" --year 2026'


def _happened(summary: DemoSummary) -> Iterator[str]:
    counts = summary.counts
    yield _(
        "{units} units, {people} people with {posts} posts, {targets} targets, {checklists} checklists"
    ).format(**counts)
    yield _("{missions} missions, {sealed_missions} of them covert and sealed").format(**counts)
    yield _(
        "{recorded_visits} of {visits} visits recorded: {answers} answers, {observations} covert observations, "
        "{evidence} pieces of evidence ({photos} different pictures)"
    ).format(**counts)
    yield _(
        "{packages_out} packages to the laptops, {packages_in} packages from them, each with its receipt"
    ).format(**counts)
    yield _("A package came twice and changed nothing: {file}").format(file=summary.packages["duplicate"])
    yield _("A package cut short lies in the quarantine: {file}").format(file=summary.packages["damaged"])
    yield _("An import was undone and redone: {file}").format(file=summary.packages["undone_and_redone"])
    for conflict in summary.conflicts:
        yield _(
            "{left} and {right} answered item {item} differently; the office settled it: {reason}"
        ).format(
            left=conflict.nodes[0],
            right=conflict.nodes[1],
            item=conflict.part.removeprefix("answer/"),
            reason=conflict.reason,
        )
    sound = _("All three workspaces were verified and are sound.")
    yield (
        sound if summary.verified else _("Verifying found something; run “mingcha verify” on the workspaces.")
    )
