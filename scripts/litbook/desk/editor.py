"""Open a file at a line in the editor that a person has chosen."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

# How editors with a window take a file and a line; those of a terminal cannot be opened by a server.
_FORMS = {
    ("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"): ("--goto", "{file}:{line}"),
    ("subl", "sublime_text", "zed", "zeditor", "atom", "hx-gui"): ("{file}:{line}",),
    ("gvim", "mvim", "gedit", "gnome-text-editor", "emacsclient", "mousepad", "xed", "pluma"): ("+{line}", "{file}"),
    ("kate", "kwrite", "idea", "pycharm", "charm", "webstorm", "xcode", "xed-mac"): ("--line", "{line}", "{file}"),
    ("mate", "bbedit"): ("-l", "{line}", "{file}"),
    ("notepad++",): ("-n{line}", "{file}"),
}
_IN_A_TERMINAL = ("vi", "vim", "nvim", "nano", "emacs", "micro", "helix", "hx", "joe", "ne", "ed", "pico", "kak")


class NoEditorError(RuntimeError):
    """No editor can be opened; the message says why and what to do."""


def name_editor(environment: Mapping[str, str] = os.environ) -> str:
    """Return the name of the editor that `$VISUAL`, or else `$EDITOR`, names; an empty string if there is none."""
    command = shlex.split(environment.get("VISUAL") or environment.get("EDITOR") or "")
    return Path(command[0]).stem if command else ""


def make_command(path: Path, line: int, environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return the command that opens a file at a line; raise `NoEditorError` if there is none.

    An editor that is not known gets the file alone.
    """
    command = shlex.split(environment.get("VISUAL") or environment.get("EDITOR") or "")
    if not command:
        raise NoEditorError("$VISUAL names no editor; set it, as in: export VISUAL='code --reuse-window'")
    name = Path(command[0]).stem.lower()
    if name in _IN_A_TERMINAL:
        raise NoEditorError(f"{name} needs a terminal; set $VISUAL to an editor with a window, such as code or gvim")
    if shutil.which(command[0], path=environment.get("PATH")) is None:
        raise NoEditorError(f"the editor '{command[0]}' of $VISUAL is not installed")
    form = next((form for names, form in _FORMS.items() if name in names), ("{file}",))
    return [*command, *(part.format(file=path, line=max(1, line)) for part in form)]


def open_editor(path: Path, line: int) -> None:
    """Open a file at a line, without waiting for the editor to end; raise `NoEditorError` if none can be opened."""
    command = make_command(path, line)
    subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True)
