"""The pages of the manual, and a terminal that types what stands on them.

The commands of ``mingcha`` are carried out in this process, so that a page of them takes seconds and not minutes;
everything else is done by bash.
"""

import contextlib
import io
import os
import re
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from desktop.cli.command_line import run

MANUAL = Path(__file__).resolve().parent.parent.parent / "docs" / "manual"
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
COMMAND = re.compile(r"^\$ (?P<command>.*(?:\n> .*)*)\n(?P<answer>(?:(?!\$ ).*\n)*)", re.MULTILINE)
_END = "--- the answer ends here ---"
_MINGCHA = """
mingcha() {
  printf '%s\\0' "$MINGCHA_PASSPHRASE" "$@" > "$REQUEST"
  cat "$ANSWER"
  return "$(cat "$STATUS")"
}
"""


@dataclass(frozen=True)
class Typed:
    """A command as a page prints it, with the answer the page promises: ``…`` stands for anything."""

    command: str
    answer: str

    def is_answered_by(self, text):
        pattern = "".join(".*" if part == "…" else re.escape(part) for part in re.split("(…)", self.answer))
        return re.fullmatch(pattern, text) is not None


def page(language, name):
    return (MANUAL / language / name).read_text(encoding="utf-8")


def typed_on(text):
    """Every command of a page, in order."""
    return [
        Typed(re.sub(r"^> ?", "", match["command"], flags=re.MULTILINE), match["answer"])
        for block in CONSOLE.findall(text)
        for match in COMMAND.finditer(block)
    ]


def type_commands(commands, folder, language):
    """Type the commands in one shell in ``folder``; the answer of each. Stops at the first that fails."""
    pipes = {name: folder.parent / name.lower() for name in ("REQUEST", "ANSWER", "STATUS")}
    for name in ("REQUEST", "ANSWER"):
        os.mkfifo(pipes[name])
    server = threading.Thread(target=_serve, args=(pipes, folder, language))
    server.start()
    lines = [line for typed in commands for line in (typed.command, f"echo; echo '{_END}'")]
    script = "\n".join(["set -e -o pipefail", _MINGCHA, *lines])
    try:
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=folder,
            env={**os.environ, **{name: str(path) for name, path in pipes.items()}},
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )
    finally:
        pipes["REQUEST"].write_bytes(b"")
        server.join()
    assert done.returncode == 0, done.stdout[-500:] + done.stderr
    return [answer.removesuffix("\n") for answer in done.stdout.split(f"{_END}\n")[:-1]]


def _serve(pipes, folder, language):
    """Carry out one command after the other, until an empty request comes."""
    while request := pipes["REQUEST"].read_bytes():
        passphrase, *arguments = request.decode().split("\0")[:-1]
        os.environ["MINGCHA_PASSPHRASE"] = passphrase
        printed = io.StringIO()
        with contextlib.chdir(folder), contextlib.redirect_stdout(printed):
            status = run([*arguments, "--lang", language])
        pipes["STATUS"].write_text(str(status))
        pipes["ANSWER"].write_text(printed.getvalue(), encoding="utf-8")
