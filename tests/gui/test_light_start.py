"""What the first picture of the window has to wait for."""

import subprocess
import sys

HEAVY = (
    "fontTools",
    "numpy",
    "openpyxl",
    "pandas",
    "PIL",
    "python_calamine",
    "pypdfium2",
    "reportlab",
    "segno",
)
_START = """
import sys
from pathlib import Path
from desktop.gui.application import make_application
from desktop.gui.main_window import MainWindow
from desktop.settings import Settings
app = make_application(["mingcha"])
window = MainWindow(Settings(), Path(sys.argv[1]))
window.show()
print(*(name for name in sys.argv[2:] if name in sys.modules))
sys.stdout.flush()
import os; os._exit(0)
"""


def test_the_first_window_loads_no_library_of_documents_or_pictures(tmp_path):
    command = [sys.executable, "-c", _START, str(tmp_path / "settings.json"), *HEAVY]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout.split() == []
