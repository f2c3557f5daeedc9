"""The command line: parses arguments, calls the stages, shows what they return.

Data goes to stdout, messages and progress to stderr. Exit codes: 0 all went well, 1 some inputs failed, 2 wrong use or
unusable input, 130 interrupted.
"""

from __future__ import annotations

import gc
import sys

import click

from matcher.cli.commands import cli
from matcher.errors import MatcherError

INTERRUPTED = 130
#: Importing torch makes half a million lasting objects: looking for cycles among them costs a tenth of a short command.
_RARELY = (100_000, 50, 50)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code; the entry point of `matcher`."""
    gc.set_threshold(*_RARELY)
    _survive_code_pages()
    try:
        code = cli.main(args=arguments, prog_name="matcher", standalone_mode=False)
    except click.ClickException as err:
        err.show()
        code = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("Đã dừng; phần đã xong được giữ lại, chạy lại lệnh để tiếp tục.", err=True)
        code = INTERRUPTED
    except MatcherError as err:
        click.echo(f"matcher: {err}", err=True)
        code = 2
    if arguments is None:
        gc.freeze()  # the process ends here: looking for cycles once more would take half a second
    return sys.exit(code if isinstance(code, int) else 0)


def _survive_code_pages() -> None:
    """Let output in Vietnamese pass through a console that lacks the letters, with marks in their place."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
