"""A window in a process of its own, to be killed: types into the facts and tells what “saved” was shown for."""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer

from desktop.gui.application import make_application
from desktop.gui.jobs import Jobs
from desktop.gui.visits.visit_page import VisitPage
from desktop.services.workspace.open_workspace import open_workspace
from tests.services.worlds import PASSPHRASE


def main():
    folder, visit_id = sys.argv[1:]
    app = make_application(["mingcha"])
    jobs = Jobs()
    page = VisitPage(jobs)
    timer = QTimer()

    def type_on():
        page.editor.facts_field.insertPlainText("空")

    def tell(_time):
        sys.stdout.write(f"{len(page.editor.facts_field.toPlainText())}\n")
        sys.stdout.flush()

    page.saver.saved.connect(tell)
    timer.timeout.connect(lambda: page.visit is not None and type_on())
    jobs.open(lambda: open_workspace(Path(folder), PASSPHRASE), lambda _opened: page.open_item(visit_id))
    page.show()
    timer.start(5)
    app.exec()


if __name__ == "__main__":
    main()
