"""From what was filled in on the start page to a workspace; each runs on the writer's thread.

That thread loads what only a new workspace needs, too: the first picture of the window does not wait for it.
"""

from desktop.gui.start.restore_form import RestoreOrder
from desktop.gui.start.start_forms import NewWorkspace
from desktop.services.workspace.workspace import ReportProgress, Workspace


def made_office(new: NewWorkspace) -> Workspace:
    from desktop.services.setup.found_office import found_office  # draws PDF: half a second to load

    return found_office(new.folder, new.name, new.person, new.passphrase, new.file)


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

    return create_field_node(new.folder, new.name, new.person, new.passphrase, read_card_file(new.file))
