"""Merges exported terms into the addons' .pot and fr.po, and says what is missing. Run by i18n.py."""

import re
import sys
from pathlib import Path

import polib

from . import paths

LANGUAGE = "fr"
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[-+ #0]*\d*(?:\.\d+)?[sdifgr](?![\w%])|\{(\w+)\}|\$\{[^}]*\}")
DATES = ("POT-Creation-Date", "PO-Revision-Date")  # they would change at every export


def main(words):
    write = "--write" in words
    found = []
    for exported in sorted(Path(words[-1]).glob("*.pot")):
        found += _addon(exported, write)
    print("\n".join(found))
    return 1 if found else 0


def _addon(exported, write):
    """Bring one addon's files up to date in memory, on disk with `write`; give what is wrong."""
    folder = paths.ADDONS / exported.stem / "i18n"
    template = polib.pofile(str(exported))
    for date in DATES:
        template.metadata.pop(date, None)
    if not template:
        return []
    french = _translation(folder, template)
    found = [f"{exported.stem}/i18n/{LANGUAGE}.po: {problem}" for problem in _problems(french)]
    for file, wanted in ((folder / exported.name, template), (folder / f"{LANGUAGE}.po", french)):
        text = f"{wanted}\n".replace("\n\n\n", "\n\n")
        if write:
            folder.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != text:
            found.append(f"{file.relative_to(paths.PROJECT)} is not up to date: ./panier i18n")
    return found


def _translation(folder, template):
    """The French file, merged with the template: terms that are gone are dropped."""
    file = folder / f"{LANGUAGE}.po"
    french = polib.pofile(str(file)) if file.exists() else polib.POFile()
    french.metadata = {**template.metadata, "Language": LANGUAGE, "Plural-Forms": "nplurals=2; plural=(n > 1);"}
    french.merge(template)
    for entry in french.obsolete_entries():
        french.remove(entry)
    order = {(entry.msgctxt, entry.msgid): place for place, entry in enumerate(template)}
    french.sort(key=lambda entry: order[entry.msgctxt, entry.msgid])
    french.header = template.header
    return french


def _problems(french):
    for entry in french:
        if not entry.msgstr:
            yield f"not translated: {entry.msgid!r}"
        elif entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r}"
        elif _placeholders(entry.msgid) != _placeholders(entry.msgstr):
            yield f"other placeholders: {entry.msgid!r} / {entry.msgstr!r}"


def _placeholders(text):
    return sorted(match[0] for match in PLACEHOLDER.finditer(text))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
