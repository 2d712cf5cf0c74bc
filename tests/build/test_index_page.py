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
from portrait.storage.media_types import DOCUMENT, FIGURE, TABLE


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
    output: Path,
    called: int | str,
    *,
    source: str = "quebec",
    reconstructed: bool = False,
    **changed: str | bool,
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
            "place": {"fr": source.title(), "en": source.upper()},
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
    # Of each edition: five documents, of which both pages of the annual report are in each language of this
    # page, as is its profile, its register of claims and its manifest.
    assert len(links) == 3 * (5 + 2 + 2 + 2)
    assert all((output / link).is_file() for link in links)
    assert page.count("1,2\u00a0Mo") >= 3
    # The size of each file is in the language of the page, not of the file.
    assert page.count("1.2\u00a0MB") == page.count("1,2\u00a0Mo")


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
    assert "Date\u00a0: 27\u00a0janvier\u00a02026" in page
    assert "Date: January\u00a027,\u00a02026" in page


def test_the_date_of_the_data_and_that_of_their_reading_are_told_apart(output):
    folder = output / "quebec" / "2024"  # whose manifest gives January 27, 2026

    def dated(updated: str) -> dict[str, str]:
        with_annual(folder, "fr", shown(front={"updated": updated}))
        [found] = [each["dated"]["fr"] for each in editions_of(output) if each["id"] == "2024"]
        return found

    day = "27\u00a0janvier 2026"
    said = "Mise à jour des données\u00a0: "
    assert dated("")["read"].replace("\u00a0", " ") == day.replace("\u00a0", " ") and not dated("")["of"]
    month = dated(f"{said}juin 2025")
    assert month["of"] == "juin 2025" and month["read"]
    same = dated(said + dated("")["read"])
    assert same["of"] and not same["read"]
    assert dated(f"Données lues le {day}") == dated("")


def test_the_day_that_names_an_edition_is_not_said_again_as_that_of_its_reading(tmp_path):
    for name in ("2026-01-27", "2026-01"):
        with_annual(edition(tmp_path, name), "en", shown(front={"updated": ""}))
    read = {each["id"]: each["dated"]["en"]["read"] for each in editions_of(tmp_path)}
    assert read == {"2026-01-27": "", "2026-01": "January 27, 2026"}


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


def test_a_draft_in_one_language_is_marked_in_that_one(tmp_path):
    edition(tmp_path, 2024)
    assert "Ébauche" not in index_page(tmp_path)
    edition(tmp_path, 2025, draft=True)
    page = index_page(tmp_path)
    assert page.count("Ébauche, avant relecture\u00a0: ne pas citer ni diffuser.") == 1
    assert "Draft, before" not in page


def test_names_of_portfolios_are_escaped(output):
    page = index_page(output)
    assert "Justice <b>" not in page
    assert "Justice &lt;b&gt;" in page


def test_registers_after_that_of_the_project_go_from_the_latest_data(output):
    for source, day in (("arriere", "2026-01-26"), ("zone", "2026-01-28")):
        folder = edition(output, 2025, source=source)
        listed = json.loads((folder / "manifest.json").read_text("utf-8"))
        lay({"manifest.json": json.dumps({**listed, "dated": day}).encode()}, folder)
    sources = [each["source"] for each in editions_of(output)]
    assert sources == ["quebec", "quebec", "zone", "ailleurs", "arriere"]


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


def with_annual(folder: Path, language: str, *cells: dict[str, object]) -> None:
    """Publish the annual notebook of an edition."""
    name = f"annual.{language}.ipynb"
    lay({name: json.dumps({"cells": cells}).encode()}, folder)
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))
    listed["files"][name] = ""
    lay({"manifest.json": json.dumps(listed).encode()}, folder)


def shown(**by_type: object) -> dict[str, object]:
    """Return a cell that shows contents by media type."""
    types = {"front": DOCUMENT, "figure": FIGURE, "table": TABLE}
    data = {types[each]: content for each, content in by_type.items()}
    return {"cell_type": "code", "source": "", "outputs": [{"data": data}]}


def prose(source: str, *tags: str) -> dict[str, object]:
    return {"cell_type": "markdown", "source": source, "metadata": {"tags": tags}}


def with_counts(folder: Path, *counts: tuple[object, int]) -> None:
    """Give an edition the numbers of initiatives of its register."""
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))
    listed["years"] = [{"year": year, "figures": {"n_initiatives": n}} for year, n in counts]
    lay({"manifest.json": json.dumps(listed).encode()}, folder)


def with_statuses(folder: Path, **by_status: int) -> None:
    """Give an edition the numbers of initiatives of each status of its register."""
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))
    figures = {"n_initiatives": sum(by_status.values()), "by_status": by_status}
    listed["years"] = [{"year": 2024, "figures": figures}]
    lay({"manifest.json": json.dumps(listed).encode()}, folder)


def test_an_edition_has_a_dot_for_each_by_its_status_with_their_numbers(output: Path) -> None:
    with_statuses(output / "quebec" / "2024", unknown=5, production=5, retired=0)
    [found] = [each for each in editions_of(output) if each["id"] == "2024"]
    # Five of ten in production, all of them if the five that are not known are.
    shown = ("label", "n", "share", "count")
    assert [tuple(each[name] for name in shown) for each in found["parts"]["en"]] == [
        ("In production", "5", "50% to 100%", 5),
        ("Unknown status", "5", "50%", 5),
    ]
    page = index_page(output)
    [runs] = re.findall(r'<path class="m-production" d="([^"]+)"/>', page.partition("</style>")[2])
    assert runs.count("h0") == 5  # drawn once for both languages
    keys = re.findall(r'</svg><span>([^<]+) <span class="whole">(<b>5</b>[^<]*)</span>', page)
    assert [*map(" ".join, keys)] == [
        "En production <b>5</b> (50\u00a0% à 100\u00a0%)",
        "Statut inconnu <b>5</b> (50\u00a0%)",
        "In production <b>5</b> (50% to 100%)",
        "Unknown status <b>5</b> (50%)",
    ]
    with_statuses(output / "quebec" / "2024", unknown=4, production=5)
    assert "</b> (" not in index_page(output)  # no percentage of fewer than ten


def test_initiatives_retired_have_no_range_on_the_index_as_in_the_report(output: Path) -> None:
    with_statuses(output / "quebec" / "2024", unknown=5, production=10, retired=5)
    [found] = [each for each in editions_of(output) if each["id"] == "2024"]
    assert [(each["role"], each["share"]) for each in found["parts"]["en"]] == [
        ("production", "50% to 75%"),
        ("retired", "25%"),
        ("unknown", "25%"),
    ]


@pytest.mark.parametrize("by_status", [{}, {"production": 0, "unknown": 8}])
def test_an_edition_without_a_known_status_has_no_dots(output: Path, by_status: dict[str, int]) -> None:
    with_statuses(output / "quebec" / "2024", **by_status)
    assert "<path" not in index_page(output).partition("</style>")[2]


def test_without_a_known_status_one_dot_for_each_has_the_parts_of_the_dots_of_the_report(
    output: Path,
) -> None:
    folder = output / "quebec" / "2024"
    with_statuses(folder, unknown=8)
    blocks = [Block("A", "3", (("context", 3),)), Block("B", "3", (("context", 1), ("accent", 2)))]
    key = [Key("dot", "accent", "Tools of A (2)"), Key("dot", "context", "The others")]
    with_annual(folder, "en", shown(figure={"id": "fig-dots", "marks": dots(blocks, key).content()}))
    [found] = [each["parts"] for each in editions_of(output) if each["id"] == "2024"]
    assert [(each["label"], each["n"], each["count"]) for each in found["en"]] == [
        ("Tools of A", "2", 2),
        ("The others", "4", 4),
    ]
    assert [each["role"] for each in found["en"]] == ["accent", "context"]
    assert found["fr"] == []
    page = index_page(output)
    before_dots, _, dots_and_key = page.rpartition("The register gives no status: colours are not statuses.")
    assert before_dots and "<path" in dots_and_key  # said before one looks for the colours of others
    assert re.findall(r'<path class="m-(\w+)" d="([^"]+)"', page) == [
        ("accent", "M0.5 0.5h0M1.5 0.5h0"),
        ("context", "M2.5 0.5h0M3.5 0.5h0M4.5 0.5h0M5.5 0.5h0"),
    ]


def test_dots_of_no_status_have_no_shares_on_the_index_as_in_the_report(output: Path) -> None:
    folder = output / "quebec" / "2024"
    with_statuses(folder, unknown=12)
    key = [Key("dot", "accent", "Tools of A (8)"), Key("dot", "unknown", "No body named (4)")]
    marks = dots([Block("A", "8", (("accent", 8), ("unknown", 4)))], key).content()
    with_annual(folder, "en", shown(figure={"id": "fig-dots", "marks": marks}))
    [found] = [each["parts"] for each in editions_of(output) if each["id"] == "2024"]
    assert [(each["n"], each["share"]) for each in found["en"]] == [("8", ""), ("4", "")]


def test_profiles_have_the_numbers_of_the_report_the_largest_first_and_its_nouns(output: Path) -> None:
    folder = output / "quebec" / "2025"
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))
    for name, stem in (("Énergie", "portfolios/energie"), ("Tourisme", "portfolios/tourisme")):
        listed["portfolios"][stem.partition("/")[2]] = {"name": name, "fr": name, "en": name}
        listed["documents"][f"{stem}.fr"] = document(stem, "fr", name)
    lay({"manifest.json": json.dumps(listed).encode()}, folder)
    rows = [["Énergie", "9", "1\u00a0040"], ["Justice <b>", "9", "520"]]
    table = {"id": "tab-portfolios", "columns": ["Agence", "2024", "2025"], "rows": rows}
    front = {"nouns": {"portfolio": "une agence, agences"}}
    with_annual(folder, "fr", shown(front=front, table=table))
    found = editions_of(output)[0]
    told = [(each["name"]["fr"], each["n"]["fr"], each["share"]) for each in found["documents"]]
    profiles = [("Énergie", "1\u00a0040", 1), ("Justice <b>", "520", 0.5), ("Tourisme", "", 0)]
    assert told == [("Rapport annuel", "", 0), *profiles]
    assert found["words"]["fr"]["find_portfolio"] == "Trouver une agence"


def test_an_edition_says_what_its_register_counts_as_its_report_does(output: Path) -> None:
    folder = output / "quebec" / "2024"
    for language, said in (("fr", "Ce qui est compté"), ("en", "What is counted")):
        rows = [["Basis", "An order.", "—"], [said, f"Initiatives, {language}.", "Systems."]]
        with_annual(folder, language, shown(table={"id": "tab-comparison-definitions", "rows": rows}))
    found = {each["id"]: each["counts"] for each in editions_of(output)}
    assert found["2024"] == {"fr": "Initiatives, fr.", "en": "Initiatives, en."}
    assert found["2025"] == {"fr": "", "en": ""}
    page = index_page(output)
    assert page.count('<p class="counts">') == 1
    assert "Initiatives, en." in page


def test_an_edition_tells_the_first_finding_of_its_report_but_its_total(output: Path) -> None:
    folder = output / "quebec" / "2024"
    with_counts(folder, ("2022", 7), ("2024", 409))
    titles = ["# Highlights: 409 systems reported", "# Highlights", "# Who: *two* of 17", "# Where: x"]
    with_annual(folder, "en", *map(prose, titles))
    with_annual(folder, "fr", prose("# L’essentiel : une hausse de 54\u00a0%"), prose("# Qui : deux"))
    findings = {each["id"]: each["finding"] for each in editions_of(output)}
    assert findings["2024"] == {"fr": "Une hausse de 54\u00a0%", "en": "Two of 17"}
    assert findings["2025"] == {"fr": "", "en": ""}
    with_annual(folder, "en", prose(titles[0]))
    assert next(each["finding"]["en"] for each in editions_of(output) if each["id"] == "2024") == (
        "409 systems reported"
    )


def test_the_finding_of_an_edition_is_about_the_statuses_that_are_drawn_below_it(output: Path) -> None:
    folder = output / "quebec" / "2024"
    titles = ["# Uses: 67 titles name a task", "# Where: 179 in development", "# Trust: 2 in production"]
    with_annual(folder, "en", *map(prose, titles))
    with_statuses(folder, production=160, development=179)
    [found] = [each["finding"]["en"] for each in editions_of(output) if each["id"] == "2024"]
    assert found == "179 in development"


def test_an_edition_without_statuses_tells_what_the_title_of_its_dots_says(output: Path) -> None:
    folder = output / "quebec" / "2024"
    drawn = shown(figure={"id": "fig-dots", "marks": dots([], []).content()})
    title = prose("Of 73 bodies, 46 reported *one*", "title")
    with_annual(folder, "en", prose("# Highlights: 136 tools reported"), title, drawn)
    with_annual(folder, "fr", prose("# L’essentiel : 136 outils déclarés"), drawn)
    with_statuses(folder, unknown=136)
    [found] = [each["finding"] for each in editions_of(output) if each["id"] == "2024"]
    assert found == {"fr": "136 outils déclarés", "en": "Of 73 bodies, 46 reported one"}
    with_statuses(folder, production=136)
    [found] = [each["finding"]["en"] for each in editions_of(output) if each["id"] == "2024"]
    assert found == "136 tools reported"


def test_totals_have_the_noun_of_the_register_and_the_preposition_of_its_date(output: Path) -> None:
    folder = output / "quebec" / "2024"
    with_counts(folder, ("2022", 7), ("2026-06-15", 1), ("2026-07-15", 1_203))
    with_annual(folder, "en", shown(front={"nouns": {"initiative": "an algorithm, algorithms"}}))
    [total] = [each["total"] for each in editions_of(output) if each["id"] == "2024"]
    before = {"n": "1", "when": "on June 15, 2026", "elapsed": "1\u00a0month"}
    assert total["en"] == {"n": "1,203", "noun": "algorithms", "is_plural": True, "before": before}
    assert (total["fr"]["noun"], total["fr"]["before"]["when"]) == (
        "initiatives",
        "le 15 juin 2026",
    )
    with_counts(folder, ("2024", 1))
    [total] = [each["total"]["en"] for each in editions_of(output) if each["id"] == "2024"]
    assert total["noun"] == "algorithm"


def test_an_edition_without_an_earlier_one_has_no_earlier_number(output: Path) -> None:
    with_counts(output / "quebec" / "2024", (2024, 1))
    [total] = [each["total"]["fr"] for each in editions_of(output) if each["id"] == "2024"]
    assert total == {"n": "1", "noun": "initiative", "is_plural": False, "before": None}
    assert [each["total"] for each in editions_of(output) if each["id"] == "2025"] == [None, None]


def test_an_edition_whose_annual_notebook_is_damaged_is_listed_without_dots(output: Path) -> None:
    folder = output / "quebec" / "2024"
    lay({"annual.fr.ipynb": b"{"}, folder)
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))
    listed["files"]["annual.fr.ipynb"] = ""
    lay({"manifest.json": json.dumps(listed).encode()}, folder)
    page = index_page(output)
    assert "quebec/2024/annual.fr.html" in page
    assert "<path" not in page.partition("</style>")[2]


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
    assert "Nederlands, HTML</a>" in page
    assert link.replace("nl-NL", "nl") in index_page(output)  # its folder is gone


def test_what_a_report_found_is_larger_than_the_names_of_its_register_and_of_the_page(
    output: Path, browser
) -> None:
    for language in ("fr", "en"):
        with_annual(output / "quebec" / "2025", language, prose("# A: ten tools"))
    (output / "index.html").write_text(index_page(output), "utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((output / "index.html").as_uri())
    sizes = [
        page.locator(f"{part}:visible").first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
        for part in ("h1", ".head h2", ".finding")
    ]
    assert sizes[0] > sizes[1] and sizes[2] > 1.25 * sizes[0]
    page.close()
