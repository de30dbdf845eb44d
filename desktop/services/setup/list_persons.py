"""Who can unlock this workspace, and since when."""

from dataclasses import dataclass

from desktop.keys.keyslots import read_keyslots
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.open_workspace import person_of
from desktop.services.workspace.workspace import KEYSLOTS, Workspace
from desktop.storage.journal_search import times_of_event


@dataclass(frozen=True)
class UnlockingPerson:
    """A slot. ``since`` is local time, empty where the log does not say it; ``is_me``: it was opened just now."""

    login: str
    name: str
    since: str
    is_me: bool


def persons_who_unlock(workspace: Workspace) -> tuple[UnlockingPerson, ...]:
    """One row a slot, in the order of the logins."""
    logins = sorted(read_keyslots(workspace.folder / KEYSLOTS).slots, key=lambda each: (len(each), each))
    added = times_of_event(workspace.db, workspace.node, "person_added", "person")
    first = times_of_event(workspace.db, workspace.node, "opened", "event").get("opened")
    people = []
    for login in logins:
        person = person_of(workspace.db, workspace.node, login)
        at_ms = added.get(person.id, first)
        people.append(
            UnlockingPerson(
                login,
                person.name,
                "" if at_ms is None else local_time(at_ms),
                login == workspace.login,
            )
        )
    return tuple(people)
