"""The process that plays a covert session: ``python -m tests.office.session_process ORDER.json``.

The order is a JSON object: ``node``, ``mission``, ``visit``, ``target`` (folder for the package), ``photo``; and
where they are wanted ``portable`` (folder of portable mode), ``new_office`` (of a workspace that is made first), and
``waits`` (stay at the end with the workspace open, to be killed).
"""

import json
import sys
from pathlib import Path

from desktop.core_dumps import forbid_core_dumps
from desktop.portable import go_portable


def main():
    order = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    # As the start of the program does it: before Qt and the other libraries are there.
    forbid_core_dumps()
    if "portable" in order:
        go_portable(["--portable", order["portable"]], ())
    from tests.office.window_session import play

    sys.exit(play(order))


if __name__ == "__main__":
    main()
