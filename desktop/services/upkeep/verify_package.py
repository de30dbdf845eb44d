"""Verifying a package: read as its receiver would, and nothing of it kept."""

from pathlib import Path

from desktop.exchange.read_package import Nowhere, read_package
from desktop.exchange.refusal import PackageRefusedError
from desktop.i18n import _
from desktop.services.packages.admit_package import admit_package
from desktop.services.packages.find_volumes import FoundVolumes, find_volumes
from desktop.services.upkeep.finding import Finding, Verification
from desktop.services.workspace.workspace import ReportProgress, Workspace, unreported


def verify_package(
    workspace: Workspace, file: Path, report_progress: ReportProgress = unreported
) -> Verification:
    """Read a package, all its volumes that are found beside this one, as its receiver, and keep nothing of it."""
    try:
        found = find_volumes(workspace, file)
        if found.missing:
            return Verification({"packages": 1, "volumes": len(found.chosen)}, (_missing_volumes(found),))
        signed = read_package(
            found.chosen,
            [workspace.identity.receive],
            own_node=workspace.node,
            free_bytes=1 << 62,
            admit=lambda *proof: admit_package(workspace, *proof),
            open_sink=Nowhere,
            report_progress=report_progress,
        )
    except PackageRefusedError as refused:
        place = (refused.file or file).name
        return Verification({"packages": 1}, (Finding("CORRUPT", place, str(refused)),))
    volumes = {"volumes": signed.manifest.volumes} if signed.manifest.volumes > 1 else {}
    return Verification({"packages": 1, **volumes, "objects": len(signed.manifest.objects)}, ())


def _missing_volumes(found: FoundVolumes) -> Finding:
    return Finding(
        "MISSING",
        ", ".join(map(str, found.missing)),
        _(
            "These files of the package are not beside the one that was named; put all of them into one folder."
        ),
    )
