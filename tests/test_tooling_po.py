"""The French that ./panier i18n lets through."""

import polib
import pytest

from tooling import po

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"POT-Creation-Date: 2026-01-01\\n"\n\n'


@pytest.fixture
def addon(tmp_path, monkeypatch):
    """Write an export and a French file, merge, and give the problems and the French file after it."""
    monkeypatch.setattr(po.paths, "PROJECT", tmp_path)
    monkeypatch.setattr(po.paths, "ADDONS", tmp_path / "addons")
    folder = tmp_path / "addons" / "panier_x" / "i18n"
    folder.mkdir(parents=True)

    def merge(template, french, write=True):
        exported = tmp_path / "panier_x.pot"
        exported.write_text(HEADER + "".join(f'msgid "{term}"\nmsgstr ""\n\n' for term in template))
        if french is not None:
            lines = (f'msgid "{term}"\nmsgstr "{text}"\n\n' for term, text in french.items())
            (folder / "fr.po").write_text(HEADER + "".join(lines))
        return po._addon(exported, write), folder / "fr.po"

    return merge


def test_complete_french_passes_and_is_stable(addon):
    french = {"Slot": "Créneau", "%(count)s places": "%(count)s places"}
    found, file = addon(list(french), french)
    assert not found
    assert "POT-Creation-Date" not in file.read_text()
    found, _file = addon(list(french), None, write=False)
    assert not found, "what was just written is up to date"


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Slot", ""),
        ("%(count)s places", "%(nombre)s places"),
        ("%s places", "des places"),
        ("Hello {name}", "Bonjour"),
        ("%(share).1f %% taken", "%(share)s %% pris"),
    ],
)
def test_missing_terms_and_other_placeholders_fail(addon, term, text):
    found, _file = addon([term], {term: text})
    assert len(found) == 1


def test_a_percent_sign_is_no_placeholder(addon):
    found, _file = addon(["100% of it"], {"100% of it": "100 % du total"})
    assert not found


def test_terms_that_are_gone_are_dropped_and_new_ones_asked_for(addon):
    found, file = addon(["New"], {"Old": "Vieux"})
    assert found == ["panier_x/i18n/fr.po: not translated: 'New'"]
    assert [entry.msgid for entry in polib.pofile(str(file))] == ["New"]


def test_check_writes_nothing(addon):
    found, file = addon(["Slot"], None, write=False)
    assert not file.exists()
    assert any("not up to date" in problem for problem in found)
