"""A user at a screen of its own: Xvfb, a window manager, and xdotool for every key and click."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NEEDED = ("Xvfb", "openbox", "xdotool", "import")
WAIT_S = 40


def missing_tools():
    return [name for name in NEEDED if shutil.which(name) is None]


@contextmanager
def screen(size="1366x768"):
    """An X server of this size with a window manager; yields the environment for programs on it."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            display = f":{pipe.readline().strip()}"
        env = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "WAYLAND"))}
        env |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        manager = subprocess.Popen(
            ["openbox", "--sm-disable"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield env
        finally:
            manager.terminate()
            manager.wait()
    finally:
        server.terminate()
        server.wait()


class NotSeenError(AssertionError):
    """What the user looked for is not on the screen."""


class User:
    """Sees widgets by the text a person would look for, and uses the keyboard and the mouse, nothing else.

    ``presses``: every key and every press of the mouse so far; text that is written is not counted.
    """

    def __init__(self, env, home, pictures):
        self.home, self.pictures = home, pictures
        self.env = env | {
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "XDG_DATA_HOME": str(home / "data"),
            "PYTHONPATH": str(ROOT),
        }
        self.program = self.socket = self.lines = None
        self.presses = 0

    # ------------------------------------------------------------------ the program

    @contextmanager
    def program_running(self, workspace=None):
        """Until the block is left; with this workspace, whose pass phrase is asked for."""
        self.home.mkdir(parents=True, exist_ok=True)
        socket_path = self.home / "eyes"
        socket_path.unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.office.window.eyes", str(socket_path)]
        if workspace is not None:
            command.append(str(workspace))
        self.program = subprocess.Popen(command, env=self.env, cwd=self.home)
        try:
            self.socket = self.wait_for(lambda: _connected(socket_path), "the program's window")
            self.lines = self.socket.makefile("rw", encoding="utf-8")
            self.wait_for(lambda: any("MainWindow" in w["kinds"] for w in self.look()), "the window")
            window = self.tool("search", "--sync", "--onlyvisible", "--pid", str(self.program.pid)).split()[
                -1
            ]
            self.tool("windowactivate", "--sync", window)
            # The frame of the window manager stays on the screen too.
            width, height = self.tool("getdisplaygeometry").split()
            self.tool("windowmove", "--sync", window, "0", "0")
            self.tool("windowsize", "--sync", window, str(int(width) - 4), str(int(height) - 28))
            yield self
            self.close()
        finally:
            self.hang_up()
            if self.program.poll() is None:
                self.program.kill()
                self.program.wait()

    def hang_up(self):
        for line in (self.lines, self.socket):
            if line is not None:
                line.close()
        self.lines = self.socket = None

    def close(self):
        for _press in range(5):
            self.press("alt+F4")
            with suppress(subprocess.TimeoutExpired):
                self.program.wait(timeout=4)
                return
            # What was not handed over yet is said before the window closes.
            if self.places("仍然关闭"):
                self.click("仍然关闭", "QPushButton")
        self.picture("not-closed")
        raise NotSeenError("the window did not close")

    def tool(self, *words):
        done = subprocess.run(["xdotool", *words], env=self.env, capture_output=True, text=True, check=False)
        return done.stdout

    # ------------------------------------------------------------------ seeing

    def look(self):
        return self.ask("?")

    def ask(self, question):
        self.lines.write(f"{question}\n")
        self.lines.flush()
        return json.loads(self.lines.readline())

    def wait_quiet(self):
        """Until the program has done all that it was told."""
        self.wait_for(lambda: self.ask("quiet"), "a program that is quiet")

    def wait_for(self, found, what, wait_s=WAIT_S):
        end = time.monotonic() + wait_s
        while True:
            value = found()
            if value:
                return value
            if time.monotonic() > end:
                self.picture("not-seen")
                raise NotSeenError(f"{what} was not seen within {wait_s} s")
            time.sleep(0.05)

    def places(self, text, kind="", *, is_exact=True, is_whole=False):
        """Where something with this text is: widgets by name or text, and rows, cells and tabs by theirs."""

        def fits(shown):
            return bool(shown) and (shown.strip() == text if is_exact else text in shown)

        found = []
        for widget in self.look():
            if (kind and kind not in widget["kinds"]) or (is_whole and not widget["whole"]):
                continue
            if widget["enabled"] and (fits(widget["text"]) or fits(widget["name"])):
                found.append(widget["rect"])
            found += [rect for shown, rect in widget["parts"] if fits(shown)]
        return found

    def see(self, text, kind="", wait_s=WAIT_S):
        """Wait until this text is shown anywhere, also as a part of a longer one."""
        self.wait_for(lambda: self.places(text, kind, is_exact=False), f"“{text}”", wait_s)

    def picture(self, name):
        self.pictures.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["import", "-window", "root", str(self.pictures / f"{name}.png")],
            env=self.env,
            check=False,
            capture_output=True,
        )

    # ------------------------------------------------------------------ acting

    def click(self, text, kind="", *, number=0, repeat=1, is_exact=True):
        def found():
            places = self.places(text, kind, is_exact=is_exact)
            return places[number] if len(places) > number else None

        left, top, width, height = self.wait_for(found, f"“{text}” to click")
        self.tool("mousemove", str(left + width // 2), str(top + height // 2))
        self.presses += repeat
        self.tool("click", "--repeat", str(repeat), "--delay", "60", "1")
        time.sleep(0.15)

    def scroll_to(self, text, over, kind="QWidget"):
        """Turn the wheel, with the pointer over a heading, until this text is on the screen."""
        for _turn in range(30):
            if self.places(text, kind, is_whole=True):
                return
            left, top, width, height = self.places(over)[0] if self.places(over) else self.pointed
            self.pointed = left, top, width, height
            self.tool("mousemove", str(left + width // 2), str(top + height // 2))
            self.tool("click", "5")
            time.sleep(0.1)
        raise NotSeenError(f"“{text}” cannot be scrolled to")

    def press(self, *keys):
        for key in keys:
            # Keys held down meanwhile count as well.
            self.presses += key.count("+") + 1
            self.tool("key", "--clearmodifiers", key)
            time.sleep(0.03)

    def write(self, text):
        # A character that no key has is put on one for the moment: the program has to hear of it in time.
        delay = 12 if text.isascii() else 90
        self.tool("type", "--clearmodifiers", "--delay", str(delay), text)
        time.sleep(0.1)

    def draw(self, pad, lines):
        """Draw on the widget with this name, each line by places in parts of its width and height."""
        left, top, width, height = self.wait_for(lambda: self.places(pad), f"“{pad}” to draw on")[0]
        for line in lines:
            places = [(str(round(left + x * width)), str(round(top + y * height))) for x, y in line]
            self.tool("mousemove", *places[0])
            self.presses += 1
            self.tool("mousedown", "1")
            for place in places[1:]:
                self.tool("mousemove", *place)
            self.tool("mouseup", "1")

    def fill(self, field, text, kind="QLineEdit"):
        """Click the field with this name, replace what stands in it, and see that it arrived."""
        self.click(field, kind)
        self.wait_for(lambda: self._focused(field, kind), f"the cursor in “{field}”")
        for _attempt in range(4):
            self.press("ctrl+a")
            self.write(text)
            if self._holds(field, kind, text):
                self._leave_proposals()
                return
        self.picture("not-typed")
        raise NotSeenError(f"“{text}” did not arrive in “{field}”")

    def _leave_proposals(self):
        """A list of proposals below a field would take the next click for itself."""
        if any(widget["popup"] for widget in self.look()):
            self.press("Escape")

    def _holds(self, field, kind, text):
        """Whether the text has arrived; of a secret only the length can be seen."""
        time.sleep(0.2)
        focused = self._focused(field, kind)
        shown = focused["text"] if focused else ""
        return shown == (text if not set(shown) <= {"●"} else "●" * len(text))

    def _focused(self, name, kind):
        return next((w for w in self.look() if w["focus"] and w["name"] == name and kind in w["kinds"]), None)

    def pick(self, box, choice, *, is_exact=True):
        """Open a box of choices and click one."""
        self.click(box, "QComboBox")
        self.wait_for(lambda: any(w["popup"] for w in self.look()), "the choices")
        self.click(choice, "QListView", is_exact=is_exact)

    def choose_path(self, path):
        """Answer the file dialog that is open: type the path, press Enter."""
        self._say_in_dialog(path)
        self.wait_for(lambda: not self._dialogs(), "the dialog to close")

    def choose_all(self, folder, pattern):
        """Answer the file dialog that is open: go to a folder, take every file of it that fits."""
        self._say_in_dialog(folder)
        time.sleep(0.5)
        self._leave_proposals()
        self._say_in_dialog(" ".join(f'"{file.name}"' for file in sorted(folder.glob(pattern))))
        self.wait_for(lambda: not self._dialogs(), "the dialog to close")

    def _say_in_dialog(self, text):
        self.wait_for(self._dialogs, "the file dialog")
        time.sleep(0.3)
        self.press("ctrl+a")
        self.write(str(text))
        self.press("Return")

    def _dialogs(self):
        return [widget for widget in self.look() if "QFileDialog" in widget["kinds"]]


def _connected(path):
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(str(path))
    except OSError:
        connection.close()
        return None
    return connection
