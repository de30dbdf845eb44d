"""Tasks that misbehave in every way a decoder can; the worker imports them by name."""

import ctypes
import os
import sys

from desktop.errors import UserError
from desktop.i18n import language


def echo(payload, options):
    sys.stdout.write("noise on the standard output")
    sys.stdout.flush()
    return options, payload


def spin(_payload, _options):
    while True:
        pass


def leave(_payload, _options):
    os._exit(3)


def crash(_payload, _options):
    return ctypes.memset(0, 1, 1), b""


def hog(_payload, options):
    return None, bytes(bytearray(options["bytes"]))[:10]


def fail(payload, _options):
    raise KeyError(payload.decode())


def refuse(_payload, _options):
    raise UserError("Das geht nicht." if language() == "zh" else "No.", "Advice.")


def babble(_payload, _options):
    for descriptor in range(3, 12):
        try:
            os.write(descriptor, b"\xff" * 100)
        except OSError:
            continue
    return None, b""


def surroundings(_payload, _options):
    return {
        "secrets": sorted(name for name in os.environ if name.startswith("MINGCHA_")),
        "modules": sorted(
            name for name in sys.modules if name.startswith(("PySide6", "pyrage", "desktop.keys"))
        ),
        "arguments": [argument for argument in sys.argv if "passphrase" in argument],
    }, b""
