"""Small conversions that forms share."""

from datetime import datetime

from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import all_rows


def parsed_time(text: str) -> datetime | None:
    """A time as it was entered; None where there is none or it is written in another way."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def office_name(workspace: Workspace) -> str:
    """The name of the office, for the head of a form; on a field node that of its office."""
    offices = [row["name"] for row in all_rows(workspace.db, "office")]
    return str(offices[0]) if offices else ""
