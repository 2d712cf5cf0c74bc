"""The embedded rows of Québec against the published totals they were made from.

The package is not imported: rows are counted with `csv` and `Counter`, so that a bug in the package
cannot hide an error in the rows.
"""

import csv
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parents[2]
SAMPLE = PROJECT / "data" / "sample" / "quebec"
PUBLISHED = yaml.safe_load(
    (PROJECT / "data" / "reference" / "quebec" / "published.yml").read_text(encoding="utf-8")
)["editions"]
YEARS = (2024, 2025)
SEEDS = (1, 2, 3)

NAME = "Nom de l'actif informatique, du projet ou de l'initiative"
CATEGORY = "Catégorie"
BODY = "Organisme public"
PORTFOLIO = "Portefeuille ministériel"
BENEFITS = "Bénéfices"
STATUS = "Statut"

every_year = pytest.mark.parametrize("year", YEARS)


def read(folder, year):
    encoding, delimiter = {2024: ("cp1252", ";"), 2025: ("utf-8-sig", ",")}[year]
    with (folder / f"{year}.csv").open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def count(rows, field):
    return Counter(row[field] for row in rows)


def bodies(rows):
    return set(count(rows, BODY))


def is_unpublished(body):
    return body.startswith("Organisme non publié")


def totals(rows):
    """Count in rows all that was published about an edition."""
    names = count(rows, BODY)
    unpublished = [body for body in names if is_unpublished(body)]
    return {
        "initiatives": len(rows),
        "bodies": len(names),
        "by_status": count(rows, STATUS),
        "by_category": count(rows, CATEGORY),
        "by_portfolio": count(rows, PORTFOLIO),
        "by_body_known": Counter(
            (row[BODY], row[PORTFOLIO]) for row in rows if not is_unpublished(row[BODY])
        ),
        "bodies_not_known": {
            "n_bodies": len(unpublished),
            "n_initiatives": sum(names[body] for body in unpublished),
        },
    }


def published_totals(year):
    edition = PUBLISHED[year]
    in_file = edition.get("category_label_in_the_file", {})
    return {
        "initiatives": edition["initiatives"],
        "bodies": edition["bodies"]["aggregates"],
        "by_status": edition["by_status"],
        "by_category": {in_file.get(k, k): n for k, n in edition["by_category_as_harmonised"].items()},
        "by_portfolio": edition["by_portfolio"],
        "by_body_known": {
            (name, body["portfolio"]): body["initiatives"] for name, body in edition["by_body_known"].items()
        },
        "bodies_not_known": edition["bodies_not_known"],
    }


def reconstruct(folder, *options):
    script = SAMPLE / "reconstruct.py"
    subprocess.run([sys.executable, script, "--output", folder, *options], check=True, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def other_samples(tmp_path_factory):
    """Folders of three other reconstructions, by seed."""
    return {seed: reconstruct(tmp_path_factory.mktemp("seed"), "--seed", str(seed)) for seed in SEEDS}


@every_year
@pytest.mark.parametrize(
    "total",
    [
        "initiatives",
        "bodies",
        "by_status",
        "by_category",
        "by_portfolio",
        "by_body_known",
        "bodies_not_known",
    ],
)
def test_rows_reproduce_the_published_total(year, total):
    assert totals(read(SAMPLE, year))[total] == published_totals(year)[total]


def test_headline_figures_are_the_published_ones():
    assert [len(read(SAMPLE, year)) for year in YEARS] == [168, 258]
    assert [len(bodies(read(SAMPLE, year))) for year in YEARS] == [65, 82]


def test_24_of_82_bodies_have_a_name_of_2024_and_58_look_new():
    earlier, later = (bodies(read(SAMPLE, year)) for year in YEARS)
    shared = earlier & later
    assert (len(later), len(shared), len(later - earlier), len(earlier - later)) == (82, 24, 58, 41)
    assert {name.strip() for name in earlier} & {name.strip() for name in later} == shared
    assert sum(map(is_unpublished, shared)) == 19


def test_21_of_the_58_bodies_that_look_new_end_in_a_space():
    earlier, later = (bodies(read(SAMPLE, year)) for year in YEARS)
    assert sum(name.endswith(" ") for name in later - earlier) == 21
    assert not any(name.endswith(" ") for name in earlier)


@every_year
def test_a_body_has_one_portfolio_in_a_year(year):
    portfolios = defaultdict(set)
    for row in read(SAMPLE, year):
        portfolios[row[BODY]].add(row[PORTFOLIO])
    assert {body for body, seen in portfolios.items() if len(seen) > 1} == set()


def test_a_body_of_both_years_has_the_same_folded_portfolio():
    earlier, later = (
        {row[BODY]: row[PORTFOLIO].removesuffix(" (Réseau)") for row in read(SAMPLE, year)} for year in YEARS
    )
    assert {body for body in earlier.keys() & later.keys() if earlier[body] != later[body]} == set()


def test_the_two_files_have_different_encodings_and_delimiters():
    earlier, later = ((SAMPLE / f"{year}.csv").read_bytes() for year in YEARS)
    with pytest.raises(UnicodeDecodeError):
        earlier.decode("utf-8")
    header = f"{NAME};{CATEGORY};{BODY};{PORTFOLIO};{BENEFITS};{STATUS}\r\n"
    assert earlier.decode("cp1252").startswith(header)
    assert later.startswith(b"\xef\xbb\xbf")
    header = f'"{NAME}",{CATEGORY},{BODY},{PORTFOLIO},{BENEFITS},{STATUS}\r\n'
    assert later.decode("utf-8-sig").startswith(header)


@every_year
def test_the_names_of_initiatives_show_that_they_are_reconstructed(year):
    names = [row[NAME] for row in read(SAMPLE, year)]
    reconstructed = re.compile(rf"Initiative reconstituée {year}-\d{{3}}")
    assert len(set(names)) == len(names)
    assert [name for name in names if not reconstructed.fullmatch(name)] == []


@every_year
def test_a_body_is_published_or_named_as_unpublished(year):
    unpublished = bodies(read(SAMPLE, year)) - PUBLISHED[year]["by_body_known"].keys()
    assert [name for name in unpublished if not re.fullmatch(r"Organisme non publié \d\d", name)] == []


@every_year
def test_the_benefits_of_every_row_say_that_they_were_not_published(year):
    benefits = count(read(SAMPLE, year), BENEFITS)
    assert {" ".join(text.split()) for text in benefits} == {"Bénéfices non publiés (ligne reconstituée)"}
    assert {"\n" in text for text in benefits} == {True, False}, "some cells, not all, hold a line break"


@every_year
def test_the_script_reproduces_the_committed_bytes(year, tmp_path):
    reproduced = reconstruct(tmp_path) / f"{year}.csv"
    assert reproduced.read_bytes() == (SAMPLE / f"{year}.csv").read_bytes()


@every_year
@pytest.mark.parametrize("seed", SEEDS)
def test_another_seed_gives_other_rows_with_the_same_totals(year, seed, other_samples):
    rows = read(other_samples[seed], year)
    assert totals(rows) == published_totals(year)
    assert rows != read(SAMPLE, year)


@pytest.mark.parametrize("seed", SEEDS)
def test_another_seed_keeps_24_shared_names(seed, other_samples):
    earlier, later = (bodies(read(other_samples[seed], year)) for year in YEARS)
    assert len(earlier & later) == 24


def test_contradictory_totals_stop_the_script(tmp_path):
    script = tmp_path / "data" / "sample" / "quebec" / "reconstruct.py"
    reference = tmp_path / "data" / "reference" / "quebec"
    for folder in (script.parent, reference):
        folder.mkdir(parents=True)
    script.write_bytes((SAMPLE / "reconstruct.py").read_bytes())
    editions = {year: dict(PUBLISHED[year]) for year in YEARS}
    editions[2025]["initiatives"] = 259
    (reference / "published.yml").write_text(yaml.safe_dump({"editions": editions}), encoding="utf-8")

    run = subprocess.run([sys.executable, script], capture_output=True, text=True)

    assert run.returncode == 1
    assert run.stderr.strip() == "published.yml, 2025: by_status adds up to 258, initiatives says 259."
    assert list(script.parent.glob("*.csv")) == []
