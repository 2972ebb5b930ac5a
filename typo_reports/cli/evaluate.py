"""The command that measures re-finding, closing, grouping and spelling on real corrections."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from typo_reports.assets import PACKAGE
from typo_reports.domain.errors import NotFoundError

PARTS = ("refinding", "closing", "grouping", "spelling", "speed")


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "--markdown", type=click.Path(dir_okay=False, path_type=Path), help="Write the tables here too."
)
@click.option("--only", multiple=True, type=click.Choice(PARTS), help="Only this part; repeatable.")
@click.option("--quick", is_flag=True, help="No distorted pages, one queue instead of three.")
@click.option("--half", type=click.Choice(["all", "develop", "check"]), default="all")
@click.option("--seed", type=int, default=1, show_default=True)
def evaluate(
    corpus: Path, markdown: Path | None, only: tuple[str, ...], quick: bool, half: str, seed: int
) -> None:
    """Print what share of a folder of real corrections is handled rightly, beside other methods.

    The format of CORPUS stands in bench/README.md. Needs a source checkout.
    """
    root = _checkout()
    if not corpus.is_dir():
        raise NotFoundError(f"There is no folder {corpus}.")
    if markdown is not None and not markdown.absolute().parent.is_dir():
        raise NotFoundError(f"There is no folder {markdown.absolute().parent} to write to.")
    _check_rivals()
    command = [sys.executable, "-m", "bench.evaluate", str(corpus.absolute())]
    command += ["--half", half, "--seed", str(seed)]
    command += ["--markdown", str(markdown.absolute())] if markdown else []
    command += [word for part in only for word in ("--only", part)]
    command += ["--quick"] if quick else []
    done = subprocess.run(command, cwd=root, check=False)  # noqa: S603  our own module
    sys.exit(done.returncode)


def _checkout(package: Path = PACKAGE) -> Path:
    """The folder that holds bench/: methods to compare with are no part of an installation."""
    root = package.parent
    if not (root / "bench" / "evaluate.py").is_file():
        raise NotFoundError(
            "The evaluation needs a source checkout of Typo Reports, with its folder bench/."
        )
    return root


def _check_rivals() -> None:
    if find_spec("edlib") is None:
        click.echo(
            "edlib is left out: it comes with pip install 'typo-reports[evaluate]'.", err=True
        )
