"""From what was filled in on the start page to a workspace; each that makes one runs on the writer's thread.

That thread loads what only a new workspace needs, too: the first picture of the window does not wait for it.
"""

from functools import partial
from pathlib import Path

from desktop.gui.jobs import Jobs
from desktop.gui.start.restore_form import RestoreOrder
from desktop.gui.start.start_forms import NewWorkspace, NewWorkspaceForm
from desktop.i18n import _
from desktop.services.workspace.look_at_workspace import is_on_removable_disk
from desktop.services.workspace.workspace import ReportProgress, Workspace


def look_at_place(jobs: Jobs, form: NewWorkspaceForm, folder: Path) -> None:
    """Offer the form to make a workspace that is carried, if the folder in it lies on a stick."""

    def offer(is_removable: bool) -> None:
        # More may have been typed meanwhile; that is looked at, too.
        if form.folder_field.path() == folder:
            form.offer_portable(is_removable=is_removable)

    jobs.aside(partial(is_on_removable_disk, folder), offer)


def made_office(new: NewWorkspace) -> Workspace:
    from desktop.services.setup.found_office import found_office  # draws PDF: half a second to load

    return found_office(
        new.folder, new.name, new.person, new.passphrase, new.file, is_portable=new.is_portable
    )


def founded_words(new: NewWorkspace) -> tuple[str, str]:
    """What has come to be with a new office, and what to do about it at once."""
    return (
        _("“{name}” is ready; its recovery sheet is {path}.").format(name=new.name[:60], path=new.file),
        _("Print the sheet now, seal it and delete the file. Then enter units and people under “Setup”."),
    )


def restored(order: RestoreOrder, report_progress: ReportProgress) -> Workspace:
    # Once in the life of a computer.
    from desktop.keys.recovery import read_recovery_text
    from desktop.services.upkeep.restore_workspace import restore_workspace

    return restore_workspace(
        order.backup,
        order.folder,
        order.passphrase,
        login=order.login or None,
        recovery_key=read_recovery_text(order.recovery_text) if order.recovery_text else None,
        report_progress=report_progress,
    )


def made_field_node(new: NewWorkspace) -> Workspace:
    # Once in the life of a computer.
    from desktop.services.setup.create_workspace import create_field_node
    from desktop.services.setup.read_card_file import read_card_file

    card = read_card_file(new.file)
    return create_field_node(
        new.folder, new.name, new.person, new.passphrase, card, is_portable=new.is_portable
    )
