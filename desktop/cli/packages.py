"""What a package that was written looks like in an answer."""

from collections.abc import Mapping

from desktop.exchange.volumes import package_name
from desktop.i18n import _
from desktop.services.packages.write_volumes import ExportedPackage


def package_value(exported: ExportedPackage) -> dict[str, object]:
    manifest = exported.manifest
    return {
        "file": str(exported.path),
        "sha256": exported.sha256,
        "size": exported.size,
        "files": [
            {"name": file.file_name, "sha256": file.file_sha256, "size": file.size} for file in exported.files
        ],
        "package": exported.manifest_sha256,
        "kind": manifest.kind.value,
        "seq": manifest.seq,
        "dest": manifest.dest,
        "counts": dict(manifest.counts),
    }


def package_text(exported: ExportedPackage) -> str:
    counts: Mapping[str, int] = exported.manifest.counts
    if len(exported.files) > 1:
        lines = [
            _("{package} in {count} files: visits {visits}, evidence {evidence}, entries {entries}").format(
                package=package_name(exported.manifest),
                count=len(exported.files),
                visits=counts["visits"],
                evidence=counts["evidence"],
                entries=counts["entries"],
            )
        ]
        lines += [f"{file.file_name}  SHA-256 {file.file_sha256}" for file in exported.files]
        return "\n".join(lines)
    return _("{file}: visits {visits}, evidence {evidence}, entries {entries}; SHA-256 {sha256}").format(
        file=exported.path.name,
        visits=counts["visits"],
        evidence=counts["evidence"],
        entries=counts["entries"],
        sha256=exported.sha256,
    )
