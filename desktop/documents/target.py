"""Where a finished document goes: a file that is replaced in one step, or a stream."""

from pathlib import Path
from typing import BinaryIO

from desktop.errors import UserError, system_reason
from desktop.i18n import _

Target = Path | BinaryIO


def write_target(target: Target, content: bytes) -> None:
    """Write all of ``content``; a file that was there before stays whole when this fails."""
    if not isinstance(target, Path):
        target.write(content)
        return
    part = target.with_name(f".{target.name}.part")
    try:
        # What a document says is for whoever made it; others get it by being handed it.
        part.unlink(missing_ok=True)
        part.touch(0o600, exist_ok=False)
        part.write_bytes(content)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UserError(
            _("The file “{name}” could not be written: {reason}").format(
                name=target.name, reason=system_reason(error)
            ),
            _(
                "Check that the folder exists, that there is free space, "
                "and that the file is not open in another program."
            ),
        ) from error
