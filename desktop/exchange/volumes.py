"""Which object goes into which volume of a package, how large volumes become, and what they are called."""

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop.exchange import tarstream
from desktop.exchange.manifest import MAX_VOLUMES, Manifest, ObjectInfo
from desktop.exchange.medium import MAX_FILE_BYTES
from desktop.keys.envelope import MAX_HEADER_BYTES
from desktop.keys.sshsig import MAX_SIGNATURE_BYTES

DEFAULT_VOLUME_BYTES = 1 << 30

_SEALED_CHUNK_BYTES = 1 << 16
_SEAL_TAG_BYTES = 16
_VOLUME_NAME = re.compile(r"(?P<package>.+)\.[1-9][0-9]{0,3}of(?P<volumes>[1-9][0-9]{0,3})\.mcp")


def split_into_volumes(manifest: Manifest, volume_bytes: int = DEFAULT_VOLUME_BYTES) -> Manifest:
    """Return the manifest with a volume for each object, in order, none over ``volume_bytes`` where that can be.

    A volume with a single object may be larger: no object is ever cut. There may be more volumes than a manifest
    can name; whoever writes it has to look.
    """
    room = min(volume_bytes, MAX_FILE_BYTES)
    head = _head_size(_longest(manifest), MAX_SIGNATURE_BYTES)
    content, number = head, 1
    objects: list[ObjectInfo] = []
    for info in manifest.objects:
        size = tarstream.member_size(info.size)
        if content > head and largest_sealed_size(content + size) > room:
            content, number = head, number + 1
        content += size
        objects.append(replace(info, volume=number))
    return replace(manifest, objects=tuple(objects), volumes=number)


def objects_of_volume(manifest: Manifest, number: int) -> tuple[ObjectInfo, ...]:
    return tuple(info for info in manifest.objects if info.volume == number)


def content_size(objects: Sequence[ObjectInfo], manifest_bytes: int, signature_bytes: int) -> int:
    """Return the bytes of all members of a volume before the pad."""
    members = sum(tarstream.member_size(info.size) for info in objects)
    return _head_size(manifest_bytes, signature_bytes) + members


def largest_sealed_size(content_bytes: int) -> int:
    """Return an upper bound of the file that holds these members: age's header varies, the rest is exact."""
    tar_bytes = content_bytes + tarstream.member_size(tarstream.pad_size(content_bytes)) + len(tarstream.END)
    chunks = tar_bytes // _SEALED_CHUNK_BYTES + 1
    return MAX_HEADER_BYTES + tar_bytes + (chunks + 1) * _SEAL_TAG_BYTES


def package_name(manifest: Manifest) -> str:
    """Return a neutral name that tells nothing but the day: ``MC-20261120-5f3a9c.mcp``."""
    return f"MC-{manifest.created[:10].replace('-', '')}-{manifest.package_id[:6]}.mcp"


def volume_name(manifest: Manifest, number: int) -> str:
    """Return what a volume is called: ``MC-20261120-5f3a9c.2of3.mcp``, or as the package where it is alone."""
    name = package_name(manifest)
    if manifest.volumes == 1:
        return name
    return f"{name.removesuffix('.mcp')}.{number}of{manifest.volumes}.mcp"


def names_of_siblings(name: str) -> tuple[str, ...]:
    """Return what the other volumes are called, going by the name of one; a name proves nothing."""
    found = _VOLUME_NAME.fullmatch(name)
    if found is None:
        return ()
    package, volumes = found["package"], int(found["volumes"])
    names = (f"{package}.{number}of{volumes}.mcp" for number in range(1, volumes + 1))
    return tuple(sibling for sibling in names if sibling != name)


def _head_size(manifest_bytes: int, signature_bytes: int) -> int:
    return tarstream.member_size(manifest_bytes) + tarstream.member_size(signature_bytes)


def _longest(manifest: Manifest) -> int:
    """How many bytes the manifest has at most, whatever its objects are split into."""
    objects = tuple(replace(info, volume=MAX_VOLUMES) for info in manifest.objects)
    return len(replace(manifest, objects=objects, volumes=MAX_VOLUMES).encode())
