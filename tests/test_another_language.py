"""A report in a language that the program has never seen: a folder of words, and cells in the notebooks."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from lxml import etree, html

from portrait.build.edition import build
from portrait.build.job import Task
from portrait.build.plan import plan_build
from portrait.build.untranslated import refuse_untranslated
from portrait.language import locales
from portrait.language.terms import terms
from portrait.language.typography import printable, typography
from portrait.proofread.refusal import NotFitToPublish
from portrait.publish.verify import verify
from portrait.registers.languages import FOLDER, WORDS, know_languages
from tests import pseudo
from tests.json_texts import texts_of
from tests.published import PROJECT
from tests.small import copy_references

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """A project with the embedded data, and the annual report in the invented language."""
    copy_references(tmp_path)
    shutil.copytree(PROJECT / "data" / "sample", tmp_path / "data" / "sample")
    shutil.copytree(PROJECT / "notebooks" / "annual", tmp_path / "notebooks" / "annual")
    pseudo.write_language(tmp_path)
    yield tmp_path
    locales.know(())


def test_a_build_lists_all_that_a_language_lacks(project):
    words = project / FOLDER / pseudo.ID / WORDS
    kept = json.loads(words.read_text("utf-8"))
    words.write_text(json.dumps({each: kept[each] for each in kept if each != "Heat map"}), "utf-8")
    know_languages(project)

    with pytest.raises(NotFitToPublish) as refused:
        refuse_untranslated([Task(project, "annual", "annual", pseudo.ID, {}, ("html",))])

    first, second, *_ = (each.en for each in refused.value.findings)
    assert first == f"- data/reference/languages/{pseudo.ID}/words.json: “Heat map” (« Carte de chaleur »)"
    assert second == f"- annual/01-essentials.ipynb: no cell tagged {pseudo.ID}"


@pytest.mark.slow
def test_a_folder_of_words_and_cells_make_a_report_in_a_language_that_no_module_knows(project, pool):
    pseudo.write_cells((project / "notebooks" / "annual").glob("*.ipynb"))

    asked = plan_build(project=project, language=pseudo.ID, formats=("html",), output=project / "reports")
    built = build(asked, pool)

    assert sorted(built.made) == [f"annual.{pseudo.ID}"]
    page = (built.folder / f"annual.{pseudo.ID}.html").read_text("utf-8")
    assert '<html lang="qps-CA">' in page
    assert left_in(page, project, built.folder) == set()
    report, checker = verify(built.folder)
    assert report.failures == []
    assert checker.n_claims["recomputed"] > 100
    assert (
        f"annual.{pseudo.ID}: words of {pseudo.ID} are not known to this verifier; numbers are"
        in report.notes
    )


def left_in(page: str, project: Path, edition: Path) -> set[str]:
    """Return the words of the page that are not of its language, beside names, labels and what is quoted."""
    tree = html.fromstring(page)
    etree.strip_tags(tree, "wbr")  # it may break a name
    other = "//*[@lang and not(starts-with(@lang, 'qps'))]"
    values = "//*[@id='tab-claims-register']//td[position() > 1]"
    for each in tree.xpath(f"{other} | {values} | //style | //script | //code"):
        if each.getparent() is not None:
            each.drop_tree()
    text = " ".join(" ".join(piece.split()) for piece in tree.itertext() if piece.strip())
    text = re.sub(r"https?://\S+", "…", text)
    for name in sorted(names_of(project, edition), key=len, reverse=True):
        text = text.replace(name, "…")
    return set(re.findall(r"(?<![\w.-])[A-Za-z]{4,}(?![\w-]|\.\w)", re.sub(MONTHS, "", text)))


def names_of(project: Path, edition: Path) -> set[str]:
    """Return what the register, and those who published totals, say in their own words."""
    reference = project / "data" / "reference"
    tables = [*reference.rglob("*.csv"), *(edition / "data").glob("*.csv")]
    found = [yaml.safe_load(path.read_text("utf-8")) for path in reference.glob("*/*.yml")]
    found += [list(csv.reader(path.read_text("utf-8").splitlines())) for path in tables]
    found += [(edition / "citation.md").read_text("utf-8").splitlines(), ["English"]]
    found += [terms()["glossary"], [each["reference"] for each in terms()["formulas"]]]
    pieces = {each for part in found for text in texts_of(part) for each in re.split(r"https?://\S+", text)}
    opened = {each[:1].upper() + each[1:] for each in pieces}  # at the start of a note
    written = {form for each in pieces | opened for form in (each, typography(printable(each), "en"))}
    texts = {" ".join(form.split()) for form in written}
    return {text for text in texts if re.search("[A-Za-z]{4}", text)}
