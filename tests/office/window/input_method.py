"""An input method for Chinese on a user's screen: fcitx5 with pinyin, on a message bus of its own."""

import shutil
import subprocess
import time
from contextlib import contextmanager

NEEDED = ("fcitx5", "fcitx5-remote", "dbus-daemon")
IS_COMPOSING = "2"
"""What ``fcitx5-remote`` answers where the keys go to pinyin."""
_PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us

[Groups/0/Items/1]
Name=pinyin

[GroupOrder]
0=Default
"""


def missing_input_method():
    return [name for name in NEEDED if shutil.which(name) is None]


@contextmanager
def pinyin(env, home):
    """Yields the environment for programs whose user types pinyin; what fcitx5 remembers stays below ``home``."""
    places = {
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
        "XDG_DATA_HOME": "data",
        "XDG_RUNTIME_DIR": "run",
    }
    for place in places.values():
        (home / place).mkdir(parents=True, mode=0o700)
    profile = home / "config" / "fcitx5" / "profile"
    profile.parent.mkdir()
    profile.write_text(_PROFILE, encoding="utf-8")
    env = env | {name: str(home / place) for name, place in places.items()}
    env |= {"HOME": str(home), "LC_ALL": "C.UTF-8", "XMODIFIERS": "@im=fcitx", "QT_IM_MODULE": "fcitx"}
    with _running(["dbus-daemon", "--session", "--print-address=1", "--nofork"], env) as bus:
        env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        with _running(["fcitx5", "--disable=wayland,notificationitem"], env):
            end = time.monotonic() + 20
            while not state(env):
                if time.monotonic() > end:
                    raise AssertionError("fcitx5 does not answer")
                time.sleep(0.1)
            yield env


def state(env):
    done = subprocess.run(["fcitx5-remote"], env=env, capture_output=True, text=True, check=False)
    return done.stdout.strip()


@contextmanager
def _running(command, env):
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate()
