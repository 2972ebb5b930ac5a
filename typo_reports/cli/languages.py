"""Commands about languages: the dictionaries with which the worker points at errors."""

from __future__ import annotations

from pathlib import Path

import click

from typo_reports.cli.installation import read_settings
from typo_reports.spelling.dictionary import DictionaryError
from typo_reports.spelling.installing import add_language, remove_language
from typo_reports.spelling.shelf import FOLDER, Pack, Shelf


@click.group()
def lang() -> None:
    """Add, list and remove languages in which errors are pointed at."""


@lang.command()
@click.argument("codes", metavar="CODE…", nargs=-1, required=True)
@click.option(
    "--from",
    "from_folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the .aff and .dic files, instead of looking for them.",
)
@click.option("--offline", is_flag=True, help="Use only what is installed; fetch nothing.")
def add(codes: tuple[str, ...], from_folder: Path | None, offline: bool) -> None:
    """Add the dictionaries of languages (ru, de, en-GB), or bring them up to date."""
    folder = read_settings().data_dir / FOLDER
    for code in codes:
        _add(folder, code, from_folder, offline=offline)
    click.echo(
        "The worker uses it from now on; one that ran with an older pack, from its next start."
    )


def _add(folder: Path, code: str, from_folder: Path | None, *, offline: bool) -> None:
    with click.progressbar(length=100, label=f"Compiling {code}", show_eta=False) as bar:
        pack = add_language(
            folder,
            code,
            say=lambda words: click.echo(words, err=True),
            progress=lambda done, of: bar.update(_hundredths(done, of) - bar.pos),
            from_folder=from_folder,
            may_fetch=not offline,
        )
    click.echo(_described(pack))


@lang.command()
@click.argument("code")
def remove(code: str) -> None:
    """Take a language's dictionary away; errors in its pages are pointed at no more."""
    if not remove_language(read_settings().data_dir / FOLDER, code):
        raise DictionaryError(f"There is no dictionary for {code}.")
    click.echo(f"The dictionary for {code} is gone.")


@lang.command("list")
def list_() -> None:
    """Print the languages that are installed, their sources and licences."""
    packs = Shelf(read_settings().data_dir / FOLDER).packs()
    for pack in packs:
        click.echo(_described(pack))
        if pack.is_outdated:
            click.echo(f"Compiled better by now: `typo-reports lang add {pack.code}`.", err=True)
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
