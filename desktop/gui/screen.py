"""Whether there is a screen. It is asked before Qt is loaded, so Qt is not needed to answer."""

from collections.abc import Mapping

_WITHOUT_SCREEN = ("offscreen", "minimal", "linuxfb", "vnc")


def has_screen(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a window would be seen by anybody."""
    if environment.get("QT_QPA_PLATFORM", "") in _WITHOUT_SCREEN:
        return False
    if platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
