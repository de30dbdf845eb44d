"""``python -m desktop`` and the command ``mingcha``."""

import sys

from desktop.cli.command_line import run
from desktop.media import worker_process
from desktop.media.child_process import WORKER_ARGUMENT


def main() -> int:
    # An installed program has no interpreter beside it: it starts its own worker process from itself.
    if sys.argv[1:2] == [WORKER_ARGUMENT]:
        worker_process.main(sys.argv[2:])
        return 0
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
