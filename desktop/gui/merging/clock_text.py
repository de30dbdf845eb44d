"""How the page of packages speaks of the clock of another computer."""

from desktop.i18n import _
from desktop.services.packages.sender_clocks import SenderClock
from desktop.services.records.time_words import span_text


def clock_text(clock: SenderClock) -> str:
    """What is odd about it; a difference says more than that somebody set it."""
    span = span_text(clock.ahead_ms // 1000)
    if clock.ahead_ms > 0:
        return _("The clock of {node} runs {span} ahead of this computer.").format(node=clock.node, span=span)
    if clock.ahead_ms < 0:
        return _("The clock of {node} ran {span} behind this computer.").format(node=clock.node, span=span)
    if clock.state == "went_back":
        return _("The clock of {node} went back since its package before.").format(node=clock.node)
    return _("The clock of {node} was set since its package before.").format(node=clock.node)
