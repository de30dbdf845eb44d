"""A sound system on a user's desk with one microphone, in a silent room: PulseAudio by itself."""

import shutil
import subprocess
import time
from contextlib import contextmanager

NEEDED = ("pulseaudio", "pactl")
MICROPHONE = "Microphone"


def missing_sound_system():
    return [name for name in NEEDED if shutil.which(name) is None]


@contextmanager
def microphone(env, home):
    """Yields the environment for programs whose user has the microphone."""
    run = home / "run"
    run.mkdir(parents=True, mode=0o700)
    env = env | {"HOME": str(home), "XDG_RUNTIME_DIR": str(run), "PULSE_COOKIE": str(home / "cookie")}
    modules = (
        "module-native-protocol-unix",
        "module-null-sink",
        # Each application hears what another plays, but a monitor is no microphone to Qt; this one is.
        f"module-remap-source master=null.monitor source_name=microphone"
        f" source_properties=device.description={MICROPHONE}",
    )
    command = ["pulseaudio", "-n", "--exit-idle-time=-1", "--daemonize=no", "--use-pid-file=no"]
    server = subprocess.Popen(
        [*command, *(word for module in modules for word in ("--load", module))],
        env=env,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 20
        while _pactl(env, "set-default-source", "microphone"):
            if time.monotonic() > end:
                raise AssertionError("PulseAudio does not answer")
            time.sleep(0.1)
        yield env
    finally:
        server.terminate()
        server.wait()


def pull_out(env):
    """The microphone is gone, and nothing is left that could be heard instead."""
    for module in ("module-remap-source", "module-null-sink"):
        assert _pactl(env, "unload-module", module) == 0


def _pactl(env, *words):
    return subprocess.run(["pactl", *words], env=env, capture_output=True, check=False).returncode
