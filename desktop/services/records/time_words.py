"""How spans of time are said, and how well the time of a photo fits its visit."""

from desktop.domain.photo_time import Fit, TimeFit, Zone
from desktop.i18n import _

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86_400


def span_text(seconds: int) -> str:
    """“3 days 2 hours”: the two largest units, whichever way it goes."""
    left = abs(seconds)
    days, hours = left // _DAY_S, left % _DAY_S // _HOUR_S
    minutes, rest = left % _HOUR_S // _MINUTE_S, left % _MINUTE_S
    counts = (
        (days, _("{count} days").format(count=days)),
        (hours, _("{count} hours").format(count=hours)),
        (minutes, _("{count} minutes").format(count=minutes)),
        (rest, _("{count} seconds").format(count=rest)),
    )
    first = next((number for number, (count, _text) in enumerate(counts) if count), len(counts) - 1)
    larger, *smaller = counts[first : first + 2]
    if not smaller or not smaller[0][0]:
        return larger[1]
    return _("{larger} {smaller}").format(larger=larger[1], smaller=smaller[0][1])


def fit_text(found: TimeFit) -> str:
    """A sentence for the facts of a photo; empty where there is nothing to compare."""
    match found.fit:
        case Fit.CONSISTENT:
            text = _("The time of the camera fits the visit.")
        case Fit.OFF if found.off_s < 0:
            text = _("By its camera it was taken {span} before the visit.").format(
                span=span_text(found.off_s)
            )
        case Fit.OFF:
            text = _("By its camera it was taken {span} after the visit.").format(span=span_text(found.off_s))
        case Fit.BEFORE_ISSUE:
            text = _("By its camera it was taken before the mission was issued; that cannot be.")
        case Fit.AFTER_RECEIPT:
            text = _("By its camera it was taken after the office had received it; that cannot be.")
        case _:
            return _("When it was taken is not known from the file.")
    return text + _zone_text(found.zone)


def short_fit_text(found: TimeFit) -> str:
    """A word for a tile or a form: what is odd; empty where nothing is."""
    if found.fit.is_implausible:
        return _("time implausible")
    return _("time off") if found.fit is Fit.OFF else ""


def printed_fit_text(found: TimeFit) -> str:
    """A few words for a list on paper; empty where the file says nothing."""
    match found.fit:
        case Fit.UNKNOWN:
            return ""
        case Fit.CONSISTENT:
            return _("camera time fits")
        case Fit.OFF:
            sign = "−" if found.off_s < 0 else "+"
            return _("camera time {sign}{span}").format(sign=sign, span=span_text(found.off_s))
    return _("camera time implausible")


def _zone_text(zone: Zone) -> str:
    return {
        Zone.STATED: "",
        Zone.UNKNOWN: _(" (local time, zone unknown)"),
        Zone.ASSUMED_UTC: _(" (UTC is assumed)"),
    }[zone]
