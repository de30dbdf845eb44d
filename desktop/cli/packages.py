"""What a package that was written looks like in an answer."""

from collections.abc import Mapping

from desktop.i18n import _
from desktop.services.packages.export_package import ExportedPackage


def package_value(exported: ExportedPackage) -> dict[str, object]:
    manifest = exported.manifest
    return {
        "file": str(exported.path),
        "sha256": exported.sha256,
        "size": exported.size,
        "package": exported.manifest_sha256,
        "kind": manifest.kind.value,
        "seq": manifest.seq,
        "dest": manifest.dest,
        "counts": dict(manifest.counts),
    }


def package_text(exported: ExportedPackage) -> str:
    counts: Mapping[str, int] = exported.manifest.counts
    return _("{file}: visits {visits}, evidence {evidence}, entries {entries}; SHA-256 {sha256}").format(
        file=exported.path.name,
        visits=counts["visits"],
        evidence=counts["evidence"],
        entries=counts["entries"],
        sha256=exported.sha256,
    )
