"""The command `typo-reports`: every part of an installation from the shell."""

from __future__ import annotations

import sys

import click

from typo_reports.cli import digests, editors, evaluate, languages, operate, sites, tokens, verify
from typo_reports.domain.errors import TypoReportsError


class Group(click.Group):
    """A group whose expected errors come out as one sentence and a non-zero exit."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an error that we know the words for is shown without a trace."""
        try:
            return super().invoke(ctx)
        except TypoReportsError as error:
            raise click.ClickException(error.message) from error


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="typo-reports", prog_name="typo-reports")
def commands() -> None:
    """Readers report spelling errors with Ctrl+Enter; editors fix them from one queue."""


for command in (
    operate.demo,
    operate.serve,
    operate.worker,
    operate.migrate,
    operate.doctor,
    sites.site,
    editors.editor,
    tokens.token,
    languages.lang,
    digests.digest,
    verify.verify,
    evaluate.evaluate,
):
    commands.add_command(command)


def main() -> None:
    """The entry point of the installed command."""
    sys.exit(commands(prog_name="typo-reports"))
