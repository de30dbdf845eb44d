"""Where a mission stands, as its record says it."""

from enum import StrEnum


class MissionStatus(StrEnum):
    """PLANNED: only this office knows it. ISSUED: nodes hold its visits. WITHDRAWN: nothing of it is to be done."""

    PLANNED = "拟定"
    ISSUED = "已下达"
    WITHDRAWN = "已撤回"
