"""A window in a process of its own, to be killed: records with generated devices and tells of every kept segment."""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QObject

from desktop.gui.application import make_application
from desktop.gui.capture.recording import Recording
from desktop.gui.jobs import Jobs
from desktop.services.evidence.record_segments import RecordingKind
from desktop.services.workspace.open_workspace import open_workspace
from tests.gui.generated_source import GeneratedSource
from tests.services.worlds import PASSPHRASE

SEGMENT_MS = 300


def main():
    folder, visit_id, kind = sys.argv[1:]
    app = make_application(["mingcha"])
    jobs, desk = Jobs(), QObject()
    source = GeneratedSource(desk)
    recording = Recording(jobs, source, RecordingKind[kind], desk, SEGMENT_MS)

    def tell(number, _evidence_id):
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()

    def begin(_opened):
        source.start()
        recording.begin(visit_id, 1)

    recording.segment_kept.connect(tell)
    jobs.open(lambda: open_workspace(Path(folder), PASSPHRASE), begin)
    app.exec()


if __name__ == "__main__":
    main()
