"""A second view of an open workspace, for another thread: its own read-only connection, the same keys."""

from dataclasses import replace

from desktop.services.workspace.workspace import DATABASE, Workspace
from desktop.storage.database import open_database


def open_reader(workspace: Workspace) -> Workspace:
    """Read what is committed while the writer goes on. Close it with ``close_reader`` before the workspace."""
    db = open_database(workspace.folder / DATABASE, workspace.keys.database_key(), read_only=True)
    db.allow_stopping()
    return replace(workspace, db=db, lock=None, worker=workspace.worker.lent())


def stop_reader(reader: Workspace) -> None:
    """From another thread: what it reads ends with an error as soon as it asks the database or the worker, and what
    the worker does for it now is broken off. Close it then."""
    reader.db.stop()
    reader.worker.stop()


def close_reader(reader: Workspace) -> None:
    """Close the connection alone: the worker process and the lock are the writer's."""
    reader.db.close()
