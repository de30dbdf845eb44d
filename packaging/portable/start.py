"""Where PyInstaller begins: the command ``mingcha``."""

import sys

from desktop.__main__ import main

sys.exit(main())
