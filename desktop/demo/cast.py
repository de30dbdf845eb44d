"""Who plays in the demo: the office and its two teams, each with a workspace of its own."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop.demo.city import NAME, demo_rows, demo_units
from desktop.demo.people import make_posts, office_members, people_rows, team_name
from desktop.demo.story import OFFICE, TEAMS
from desktop.demo.story_clock import StoryClock
from desktop.documents.write_sheet import write_sheet
from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys.sshsig import public_line
from desktop.services.master_data.import_sheet import import_sheet
from desktop.services.setup.create_workspace import create_field_node, create_office
from desktop.services.setup.enroll_node import enroll_node, own_card
from desktop.services.setup.print_recovery_sheet import print_recovery_sheet
from desktop.services.workspace.workspace import Workspace

PASSPHRASE = "demo-passphrase"  # noqa: S105  # opens nothing but the demo, and the summary says so
SHEETS = ("units", "people", "targets", "sites")
Report = Callable[[str], None]


@dataclass(frozen=True)
class Cast:
    """The open workspaces. ``folder`` is the folder of the demo."""

    folder: Path
    clock: StoryClock
    office: Workspace
    teams: Mapping[str, Workspace]
    _stack: ExitStack = field(repr=False)

    def workspace(self, name: str) -> Workspace:
        return self.office if name == OFFICE else self.teams[name]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()


def gather_cast(folder: Path, clock: StoryClock, report: Report) -> Cast:
    """Found the office with its master data, make both field nodes and enroll them."""
    with ExitStack() as stack:
        for name in ("cards", "paper", "sheets", "stick"):
            (folder / name).mkdir(0o700)
        report(_("Founding the office of the fictitious city 云泽市 …"))
        office = _found_office(folder, clock, stack)
        report(_("Reading in units, people, targets and sites …"))
        _import_sheets(office, folder / "sheets")
        report(_("Enrolling two field laptops …"))
        teams = {name: _equip_team(name, folder, clock, office, stack) for name in TEAMS}
        _write_signers(folder / "allowed_signers", [office, *teams.values()])
        return Cast(folder, clock, office, teams, stack.pop_all())


def _found_office(folder: Path, clock: StoryClock, stack: ExitStack) -> Workspace:
    founded = create_office(folder / OFFICE, NAME, _person_at(OFFICE), PASSPHRASE, clock_ms=clock)
    office = stack.enter_context(founded.workspace)
    recovery = folder / "recovery-key.txt"
    recovery.touch(0o600, exist_ok=False)
    recovery.write_text(founded.recovery_key + "\n", encoding="ascii")
    print_recovery_sheet(office, founded.recovery_key, folder / "paper" / "recovery-sheet.pdf")
    (folder / "cards" / f"{OFFICE}.json").write_bytes(own_card(office))
    return office


def _equip_team(name: str, folder: Path, clock: StoryClock, office: Workspace, stack: ExitStack) -> Workspace:
    card = own_card(office)
    made = create_field_node(
        folder / name, team_name(name), _person_at(name), PASSPHRASE, card, clock_ms=clock
    )
    team = stack.enter_context(made)
    (folder / "cards" / f"{name}.json").write_bytes(own_card(team))
    enroll_node(office, own_card(team))
    return team


def _person_at(workspace: str) -> str:
    """Who unlocks a workspace: the first of its members. One alone, so that the pass phrase is all one needs."""
    return next(member.name for member in office_members() if member.workspace == workspace)


def _import_sheets(office: Workspace, folder: Path) -> None:
    """Write the spreadsheets a clerk would have, and read them in."""
    for kind in SHEETS:
        rows = people_rows(make_posts(demo_units())) if kind == "people" else demo_rows(kind)
        file = folder / f"{kind}.xlsx"
        write_sheet(kind, rows, file)
        imported = import_sheet(office, kind, file.read_bytes())
        if imported.errors:
            first = imported.errors[0]
            raise UserError(f"{first.cell}: {first.problem}", first.fix)


def _write_signers(file: Path, workspaces: list[Workspace]) -> None:
    """What “ssh-keygen -Y verify” needs to check the packages of the demo by hand."""
    lines = [f"{each.node} {public_line(each.identity.public_key, each.folder.name)}" for each in workspaces]
    file.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
