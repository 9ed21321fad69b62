"""What a person may say after bin/demo."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from launch.steps import Refusal

EXAMPLES = """
examples:
  bin/demo                          everything, then serve until Ctrl-C
  bin/demo --check                  the main job only; exit status 0 when every copy arrived and verifies
  bin/demo notice.pdf --to communes send your own PDF to every commune
  bin/demo code an                  the six digits of a demo account's second factor, now
  bin/demo --reset                  delete what earlier runs left, and start afresh
"""


@dataclass(frozen=True)
class DemoArguments:
    """The wishes of the person who runs the demo."""

    file: Path | None
    to: tuple[str, ...]
    check: bool
    port: int | None
    reset: bool
    code_of: str | None


def demo_arguments(words: list[str] | None = None) -> DemoArguments:
    """Read the command line; wrong words end the program with a sentence (status 2)."""
    parser = argparse.ArgumentParser(
        prog="bin/demo",
        description="Send a signed directive from the province to every agency, on this machine.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("words", nargs="*", metavar="FILE.pdf", help="a PDF of yours, or: code NAME")
    parser.add_argument(
        "--to", nargs="+", default=(), metavar="WHOM", help="communes, districts, all, or agency codes"
    )
    parser.add_argument("--check", action="store_true", help="do the main job and exit with its result")
    parser.add_argument(
        "--port", type=_port, help="port of the web pages; the next free one from 8000 if not given"
    )
    parser.add_argument("--reset", action="store_true", help="delete the data of earlier runs first")
    given = parser.parse_args(words)
    file, code_of = None, None
    if given.words[:1] == ["code"] and len(given.words) == 2:  # noqa: PLR2004  (the word and the name)
        code_of = given.words[1]
    elif len(given.words) == 1:
        file = _readable(Path(given.words[0]))
    elif given.words:
        parser.error("one PDF at a time, or: code NAME")
    return DemoArguments(file, tuple(given.to), given.check, given.port, given.reset, code_of)


def _readable(file: Path) -> Path:
    """The file's full path; told before a minute of preparation, not after."""
    if not file.is_file():
        raise Refusal(f"There is no file {file}.")
    try:
        file.open("rb").close()
    except PermissionError as error:
        raise Refusal(f"This user may not read {file}.") from error
    return file.resolve()


def _port(word: str) -> int:
    port = int(word)
    if not 1 <= port <= 65535:  # noqa: PLR2004  (the range of TCP)
        raise argparse.ArgumentTypeError(f"{port} is not a port number")
    return port
