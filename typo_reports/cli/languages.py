"""Commands about languages: the dictionaries with which the worker points at errors."""

from __future__ import annotations

from pathlib import Path

import click

from typo_reports.cli.installation import read_settings
from typo_reports.spelling.installing import add_language
from typo_reports.spelling.shelf import FOLDER, Pack, Shelf


@click.group()
def lang() -> None:
    """Add and list languages in which errors are pointed at."""


@lang.command()
@click.argument("code")
@click.option(
    "--from",
    "from_folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the .aff and .dic files, instead of looking for them.",
)
@click.option("--offline", is_flag=True, help="Use only what is installed; fetch nothing.")
def add(code: str, from_folder: Path | None, offline: bool) -> None:
    """Add the dictionary of a language (ru, de, en-GB), or bring it up to date."""
    folder = read_settings().data_dir / FOLDER
    with click.progressbar(length=100, label="Compiling", show_eta=False) as bar:
        pack = add_language(
            folder,
            code,
            say=lambda words: click.echo(words, err=True),
            progress=lambda done, of: bar.update(_hundredths(done, of) - bar.pos),
            from_folder=from_folder,
            may_fetch=not offline,
        )
    click.echo(_described(pack))
    click.echo(
        "The worker uses it from now on; one that ran with an older pack, from its next start."
    )


@lang.command("list")
def list_() -> None:
    """Print the languages that are installed, their sources and licences."""
    packs = Shelf(read_settings().data_dir / FOLDER).packs()
    for pack in packs:
        click.echo(_described(pack))
    if not any(pack.code == "en" for pack in packs):
        click.echo("English comes with the product and is made ready when first needed.", err=True)


def _hundredths(done: int, of: int) -> int:
    return 100 if of == 0 else 100 * done // of


def _described(pack: Pack) -> str:
    words = f"{pack.code}\t{pack.dictionary}\tlicence: {pack.licence}"
    if pack.words:
        words += f"\t{pack.words:,} frequent words of {pack.frequencies}"
        words += f", licence: {pack.frequencies_licence}"
    return words
