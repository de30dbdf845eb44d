"""Printing a PDF through the print system of Linux and macOS: ``lp`` takes it as it is, sharp at every size.

The PDF goes to ``lp`` through a pipe, so nothing readable is left on the disk by this program.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass

from desktop.errors import UserError
from desktop.i18n import _

MOST_COPIES = 99
_WAIT_S = 30
_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")


@dataclass(frozen=True)
class PrintOrder:
    """``printer`` as the system names it, empty for its default; ``pages`` such as ``1-3,5``, empty for all."""

    printer: str = ""
    copies: int = 1
    pages: str = ""


class NoPrinterError(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("There is no printer on this computer."),
            _("Set one up in the system settings, or save a PDF and print it on another computer."),
        )


def has_print_command() -> bool:
    return shutil.which("lp") is not None


def system_printers() -> tuple[str, ...]:
    """The printers that ``lp`` knows, its default one first."""
    listed = _run(["lpstat", "-e"])
    names = [line.strip() for line in listed.stdout.decode(errors="replace").splitlines() if line.strip()]
    told = _run(["lpstat", "-d"]).stdout.decode(errors="replace")
    default = told.rpartition(":")[2].strip()
    return tuple(sorted(names, key=lambda name: name != default))


def page_numbers(pages: str, count: int) -> tuple[int, ...]:
    """The pages that a range such as ``1-3,5`` names, of ``count``; all of them for an empty one."""
    if not pages.strip():
        return tuple(range(1, count + 1))
    chosen: set[int] = set()
    for piece in pages.replace("，", ",").replace("、", ",").split(","):
        found = _RANGE.fullmatch(piece.strip())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= count:
            raise UserError(
                _("“{pages}” is no choice of pages.").format(pages=pages[:60]),
                _("Type numbers from 1 to {count}, such as 1-3,5.").format(count=count),
            )
        chosen.update(range(first, last + 1))
    return tuple(sorted(chosen))


def send_to_printer(pdf: bytes, title: str, order: PrintOrder, page_count: int) -> None:
    """Hand a PDF over to the print system; raises UserError with what it says when it does not take it."""
    pages = page_numbers(order.pages, page_count)
    command = ["lp", "-n", str(order.copies), "-t", title]
    if order.printer:
        command += ["-d", order.printer]
    if order.pages.strip():
        command += ["-P", ",".join(map(str, pages))]
    done = _run([*command, "-"], pdf)
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().removeprefix("lp: ")[:200]
        if "default destination" in said:
            raise NoPrinterError
        raise UserError(
            _("The printer did not take the job: {reason}").format(reason=said),
            _("Check the printer in the system settings, or save a PDF instead."),
        )


def _run(command: list[str], data: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    # Its answers are read by this program, so they must not be translated.
    environment = {**os.environ, "LC_ALL": "C", "LANG": "C"}
    try:
        return subprocess.run(  # noqa: S603  a fixed command; names are arguments of their own
            command, input=data, capture_output=True, timeout=_WAIT_S, env=environment, check=False
        )
    except FileNotFoundError:
        raise NoPrinterError from None
    except subprocess.TimeoutExpired:
        raise UserError(
            _("The print system does not answer."),
            _("Check that it is running, or save a PDF instead."),
        ) from None
