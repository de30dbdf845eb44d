"""``python -m desktop`` and the command ``mingcha``."""

import sys

from desktop.bootstrap import start


def main() -> int:
    return start(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
