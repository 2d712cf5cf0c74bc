"""The page of editions lists each document with its size, in both languages, and needs no script."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from portrait.build.index_page import editions_of, index_page, size
from portrait.build.manifest import manifest_of
from portrait.build.staging import lay
from portrait.figures.marks import Block, Key, dots
from portrait.language import locales
from portrait.storage.media_types import FIGURE


def document(stem: str, language: str, subject: str = "", **changed: str) -> dict[str, object]:
    return {
        "report": "portfolio" if subject else stem,
        "stem": stem,
        "language": language,
        "subject": subject,
        "formats": ["html"],
        "other_language": None,
        "from": {},
        "chapters": {},
        **changed,
    }


def edition(
    output: Path, called: int | str, *, source: str = "quebec", reconstructed: bool = False, **changed: str
):
    """Publish an annual report in both languages and the profile of a portfolio in French."""
    folder = output / source / str(called)
    names = (
        "annual.fr.html",
        "annual.fr.pdf",
        "annual.en.html",
        "annual.en.pdf",
        "portfolios/justice.fr.html",
    )
    lay(dict.fromkeys(names, b"x" * 1_234_567), folder)
    lay({"claims.fr.json": b"[]", "portfolios/justice.claims.fr.json": b"[]"}, folder)
    manifest = manifest_of(
        source,
        2025,
        {
            "reconstructed": reconstructed,
            "left_out": [],
            "unrecorded": [],
            "inputs": [],
            "years": [],
            "title": {"fr": f"Portrait public, {source}", "en": f"Public portrait, {source}"},
            "dated": "2026-01-27",
            "portfolios": {
                "justice": {"name": "Justice <b>", "fr": "Justice <b>", "en": "Justice <b> (Justice)"}
            },
        },
        edition_from={},
        rows={},
        documents={
            "annual.fr": document("annual", "fr", **changed),
            "annual.en": document("annual", "en"),
            "portfolios/justice.fr": document("portfolios/justice", "fr", "Justice <b>"),
        },
        files=dict.fromkeys((*names, "claims.fr.json", "portfolios/justice.claims.fr.json"), ""),
    )
    lay({"manifest.json": json.dumps(manifest).encode()}, folder)
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A folder of three editions, one of them on reconstructed rows, and of a build that failed."""
    edition(tmp_path, 2024)
    edition(tmp_path, 2025, reconstructed=True)
    edition(tmp_path, 2025, source="ailleurs")
    (tmp_path / "quebec" / "2025.failed").mkdir()
    return tmp_path


def test_every_document_is_listed_with_its_size_and_its_link_leads_to_a_file(output):
    page = index_page(output)
    links = re.findall(r'href="([^"#]+)"', page)
    # Of each edition: five documents, its register of claims and its manifest.
    assert len(links) == 3 * (5 + 2)
    assert all((output / link).is_file() for link in links)
    assert page.count("1,2\u00a0Mo") >= 3
    assert "1.2\u00a0MB" in page


def test_only_files_that_the_manifest_lists_and_that_are_there_are_listed(output):
    folder = output / "quebec" / "2024"
    lay({"secret.json": b"{}", "data/mine.csv": b""}, folder)
    (folder / "dead.csv").symlink_to("gone")
    (folder / "claims.fr.json").unlink()
    page = index_page(output)
    assert "quebec/2024/manifest.json" in page
    assert "quebec/2025/claims.fr.json" in page
    for name in ("secret.json", "data/mine.csv", "dead.csv", "claims.fr.json"):
        assert f"quebec/2024/{name}" not in page


def test_the_date_of_the_data_is_given_in_both_languages(output):
    page = index_page(output)
    assert "Données mises à jour ou consultées le 27" in page
    assert "January\u00a027,\u00a02026" in page


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"reconstructed": false, "documents": []}'])
def test_an_edition_with_a_broken_manifest_is_left_out_and_the_others_are_listed(output, text):
    assert "quebec/2024/" in index_page(output)
    (output / "quebec" / "2024" / "manifest.json").write_text(text, "utf-8")
    page = index_page(output)
    assert "quebec/2024/" not in page
    assert "quebec/2025/annual.fr.html" in page


def test_only_an_edition_on_reconstructed_rows_says_so_in_both_languages(output):
    page = index_page(output)
    assert page.count("Données reconstituées, fichier officiel non lu") == 1
    assert page.count("Reconstructed data, official file not read") == 1


def test_a_document_out_of_date_in_one_language_is_marked_in_that_one_with_the_reason(tmp_path):
    edition(tmp_path, 2024)
    assert "À reconstruire" not in index_page(tmp_path)
    edition(tmp_path, 2025, out_of_date="changed: the program")
    page = index_page(tmp_path)
    assert page.count("À reconstruire (changement\u00a0: le programme).") == 1
    assert "To be rebuilt" not in page


def test_names_of_portfolios_are_escaped(output):
    page = index_page(output)
    assert "Justice <b>" not in page
    assert "Justice &lt;b&gt;" in page


def test_the_source_of_the_project_is_first_and_editions_go_from_the_newest(output):
    edition(output, "2025-10")
    edition(output, "2025-09")
    assert [(each["source"], each["id"]) for each in editions_of(output)] == [
        ("quebec", "2025-10"),
        ("quebec", "2025-09"),
        ("quebec", "2025"),
        ("quebec", "2024"),
        ("ailleurs", "2025"),
    ]
    assert 'id="quebec-2025-10"' in index_page(output)


def test_reports_precede_profiles_and_a_language_that_was_not_built_has_no_file(output):
    annual, justice = editions_of(output)[0]["documents"]
    assert annual["name"] == {"fr": "Rapport annuel", "en": "Annual report"}
    assert {language: list(files) for language, files in annual["files"].items()} == {
        "fr": ["html", "pdf"],
        "en": ["html", "pdf"],
    }
    assert (justice["name"]["fr"], justice["name"]["en"]) == ("Justice <b>", "Justice <b> (Justice)")
    assert {language: list(files) for language, files in justice["files"].items()} == {
        "fr": ["html"],
        "en": [],
    }


def test_an_edition_shows_its_number_that_of_the_edition_before_and_a_dot_for_each(output: Path) -> None:
    blocks = [
        Block("Justice", "1 200", (("production", 1_200),)),
        Block("Famille", "3", (("unknown", 2), ("production", 1))),
    ]
    folder = output / "quebec" / "2024"
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))
    for language, label in (("fr", "En production"), ("en", "In production")):
        marks = dots(blocks, [Key("dot", "production", label)]).content()
        figure = {"id": "fig-dots", "alt": "Justice : 1 200; Famille : 3.", "marks": marks}
        notebook = {"cells": [{"outputs": []}, {"outputs": [{"data": {FIGURE: figure}}]}]}
        lay({f"annual.{language}.ipynb": json.dumps(notebook).encode()}, folder)
        listed["files"][f"annual.{language}.ipynb"] = ""
    listed["years"] = [
        {"year": year, "figures": {"n_initiatives": n}} for year, n in ((2022, 7), (2023, 1), (2024, 1_203))
    ]
    lay({"manifest.json": json.dumps(listed).encode()}, folder)
    [found] = [each for each in editions_of(output) if each["id"] == "2024"]
    assert found["total"]["en"] == {"n": "1,203", "is_plural": True, "before": {"n": "1", "year": "2023"}}
    [block] = found["dots"]["marks"]["blocks"]
    assert block["runs"] == [("production", 1_201), ("unknown", 2)]
    assert [each["label"] for each in found["dots"]["key"]["en"]] == ["In production"]
    page = index_page(output)
    assert re.findall(r"<strong>(1.203)</strong>", page) == ["1\u00a0203", "1,203"]
    assert page.count('class="dot-block"') == 1


def test_an_edition_without_an_earlier_one_has_no_earlier_number(output: Path) -> None:
    folder = output / "quebec" / "2024"
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))
    listed["years"] = [{"year": 2024, "figures": {"n_initiatives": 1}}]
    lay({"manifest.json": json.dumps(listed).encode()}, folder)
    [total] = [each["total"]["fr"] for each in editions_of(output) if each["id"] == "2024"]
    assert total == {"n": "1", "is_plural": False, "before": None}
    assert [each["total"] for each in editions_of(output) if each["id"] == "2025"] == [None, None]


def test_an_edition_whose_annual_notebook_is_damaged_is_listed_without_dots(output: Path) -> None:
    folder = output / "quebec" / "2024"
    lay({"annual.fr.ipynb": b"{"}, folder)
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))
    listed["files"]["annual.fr.ipynb"] = ""
    lay({"manifest.json": json.dumps(listed).encode()}, folder)
    page = index_page(output)
    assert "quebec/2024/annual.fr.html" in page
    assert "dot-block" not in page.partition("</style>")[2]


@pytest.mark.parametrize(
    ("n_bytes", "french", "english"),
    [
        (1_234_567, "1,2\u00a0Mo", "1.2\u00a0MB"),
        (98_700, "99\u00a0ko", "99\u00a0kB"),
        (3, "1\u00a0ko", "1\u00a0kB"),
    ],
)
def test_a_size_is_given_in_thousands_or_millions_of_bytes(n_bytes, french, english):
    assert (size(n_bytes, "fr"), size(n_bytes, "en")) == (french, english)


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_is_accessible_fits_its_window_and_loads_nothing(output, browser, width):
    from axe_playwright_python.sync_playwright import Axe

    (output / "index.html").write_text(index_page(output), "utf-8")
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 800})
    shown = context.new_page()
    said: list[str] = []
    shown.on("console", lambda message: said.append(message.text))
    shown.goto((output / "index.html").as_uri())
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    shown.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(shown).response["violations"] == []
    assert said == []


def test_a_document_in_a_language_of_the_project_is_listed_with_its_name(output):
    folder = output / "quebec" / "2024"
    lay({"annual.nl.html": b"x"}, folder)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["documents"]["annual.nl"] = document("annual", "nl")
    manifest["files"]["annual.nl.html"] = ""
    lay({"manifest.json": json.dumps(manifest).encode()}, folder)

    locales.know([locales.Language("nl", "nl-NL", "nl_NL", "Nederlands", "en")])
    page = index_page(output)
    locales.know(())

    link = '<a href="quebec/2024/annual.nl.html" hreflang="nl-NL"'
    assert link in page
    assert "Nederlands, HTML, 1\u00a0ko</a>" in page
    assert link.replace("nl-NL", "nl") in index_page(output)  # its folder is gone
