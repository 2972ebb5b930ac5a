"""`make bench`: every measurement that needs nothing but a checkout, one after the other.

Figures are ratios within one run: ours beside a floor or a peer. `python -m bench CORPUS` also
evaluates grouping, re-finding and spelling on a corpus of real corrections; see bench/README.md.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
ALONE = ("bench.intake", "bench.letters")
ON_A_CORPUS = ("bench.evaluate", "bench.spelling")


def main(corpus: str | None) -> int:
    """Run all; the number of those that failed."""
    commands = [[sys.executable, "-m", name] for name in ALONE]
    if shutil.which("node"):
        commands.append(["node", "bench/reporter.mjs"])
    if corpus:
        commands += [[sys.executable, "-m", name, corpus] for name in ON_A_CORPUS]
    failed = 0
    for command in commands:
        print(f"\n== {' '.join(command[1:])}", flush=True)
        failed += subprocess.run(command, cwd=ROOT, check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else None))
