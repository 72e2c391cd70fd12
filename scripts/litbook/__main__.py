"""Run the command line as `python -m litbook`."""

from __future__ import annotations

from litbook.commands.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main(prog_name="litbook")
