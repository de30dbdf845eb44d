"""``python -m desktop`` and the command ``mingcha``."""

import sys

from desktop.cli.command_line import run


def main() -> int:
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
