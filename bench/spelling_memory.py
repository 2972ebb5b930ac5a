"""How much memory a language takes once its pages are reported: measured in a process of its own.

    python -m bench.spelling_memory FOLDER CODE

prints the megabytes by which the process has grown.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from typo_reports.spelling.shelf import Shelf

_LONGEST = 24
_ASKED = 4


def megabytes_of(folder: Path, code: str) -> float:
    """Megabytes that the pack takes beside what the program takes without."""
    command = [sys.executable, "-m", "bench.spelling_memory", str(folder), code]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return float(done.stdout)


def _resident() -> float:
    pages = Path("/proc/self/statm")
    if pages.is_file():
        return int(pages.read_text().split()[1]) * resource.getpagesize() / 1024 / 1024
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main() -> None:
    """Load the language, ask for words of every length, so that all of its list is read."""
    folder, code = Path(sys.argv[1]), sys.argv[2]
    before = _resident()
    language = Shelf(folder).language(code)
    if language is None:
        raise SystemExit(f"There is no pack for {code} in {folder}.")
    for length in range(2, _LONGEST):
        for word in language.vocabulary.known_words(length)[:_ASKED]:
            language.fixes(word[1:] + "q")
    print(round(_resident() - before, 1))


if __name__ == "__main__":
    main()
