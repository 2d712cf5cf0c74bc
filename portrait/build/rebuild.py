"""Build a published edition again, in another folder, and compare every file of it byte for byte."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from portrait.build.edition import build
from portrait.build.manifest import MANIFEST, Record, files_of_ours
from portrait.build.opened import Opened
from portrait.build.plan import Plan, plan_build
from portrait.build.pool import Pool
from portrait.build.reasons import PARTS, changed, in_french
from portrait.errors import Sentence, WrongCall
from portrait.language.periods import edition_period
from portrait.registers.edition_files import checksum_of_input
from portrait.registers.files import input_files
from portrait.storage.checksums import shown


def rebuild(
    folder: Path, pool: Pool, *, data: str | Path = "", project: Path | None = None
) -> list[Sentence]:
    """Return what differs between a published edition and the same one built again; empty if nothing does.

    Nothing is built where an official file is not the recorded one: what differs is then that file.

    Parameters
    ----------
    folder
        Folder of the edition.
    pool
        Where the work is done.
    data
        Folder of the official files; by default the project's own.
    project
        The project's folder; by default the nearest one.

    Raises
    ------
    WrongCall
        The manifest does not say what the edition was built from.
    NotFitToPublish, DocumentsFailed
        The edition cannot be built any more.
    """
    record = Record(folder)
    if not record.documents or not {"inputs", "source", "year"} <= record.content.keys():
        raise WrongCall(
            f"{folder.as_posix()} cannot be built again: its manifest does not say from what.",
            "It was written by another version, or changed: build the edition anew.",
        )
    with tempfile.TemporaryDirectory(prefix="portrait-", ignore_cleanup_errors=True) as place:
        plans = [*_plans(record, data=data, output=place, project=project)]
        if others := [*_other_inputs(record, plans[0])]:
            return others
        for each in _of_known_portfolios(plans):
            build(each, pool)
        return _differences(record, Record(plans[0].folder))


def _plans(record: Record, *, data: str | Path, output: str, project: Path | None) -> Iterator[Plan]:
    """Yield the builds that publish the recorded documents, each with all that go together."""
    subjects: dict[tuple[Any, ...], list[str]] = {}
    for each in record.documents.values():
        key = each["report"], tuple(each["formats"]), each["draft"], each["language"]
        subjects.setdefault(key, []).append(each["subject"])
    languages: dict[tuple[Any, ...], list[str]] = {}
    for (*parts, language), about in subjects.items():
        languages.setdefault((*parts, tuple(sorted(filter(None, about)))), []).append(language)
    for (report, formats, is_draft, portfolios), spoken in languages.items():
        plan = plan_build(
            source=record.content["source"],
            year=edition_period(record.content["year"]),
            report=report,
            formats=formats,
            data=data,
            output=output,
            portfolios=portfolios,
            draft=is_draft,
            project=project,
        )
        yield replace(plan, languages=tuple(spoken))


def _of_known_portfolios(plans: Iterable[Plan]) -> Iterator[Plan]:
    """Yield builds without the profiles of portfolios that the edition no longer has."""
    for plan in plans:
        known = _portfolios(plan) if plan.portfolios else ()
        if kept := tuple(each for each in plan.portfolios if each in known):
            yield replace(plan, portfolios=kept)
        elif not plan.portfolios:
            yield plan


def _portfolios(plan: Plan) -> Collection[str]:
    from portrait.facts.portfolio import slugs

    opened = Opened(plan.source, plan.year, plan.data_from_project, plan.project)
    return slugs(opened.edition)


def _other_inputs(record: Record, plan: Plan) -> Iterator[Sentence]:
    """Yield the official files that are not at hand as they were recorded, and those added since."""
    at_hand = input_files(plan.register, plan.project, plan.data)
    recorded = {edition_period(each["year"]) for each in record.content["inputs"]}
    left_out = map(edition_period, record.content["left_out"])
    for year in sorted(at_hand.keys() - recorded.union(left_out)):
        if year in plan.register.before(plan.year):
            yield Sentence(
                f"{at_hand[year].name} : ajouté depuis la construction de l’édition",
                f"{at_hand[year].name}: was added since the edition was built",
            )
    for each in record.content["inputs"]:
        path = at_hand.get(edition_period(each["year"]))
        found = checksum_of_input(path) if path else ""
        if found != each["sha256"]:
            what = (
                Sentence(f"un autre est présent, {shown(found)}", f"another file is at hand, {shown(found)}")
                if path
                else Sentence(
                    "il n’y en a aucun : donnez son dossier avec --from",
                    "no such file is at hand: name its folder with --from",
                )
            )
            file, wanted = each["file"], shown(each["sha256"])
            yield Sentence(
                f"{file} : attendu, le fichier consigné, {wanted}; {what.fr}",
                f"{file}: expected the recorded file, {wanted}; {what.en}",
            )


def _differences(published: Record, rebuilt: Record) -> list[Sentence]:
    ours, theirs = files_of_ours(published.folder), files_of_ours(rebuilt.folder)
    found = []
    for name in sorted(ours | theirs, key=lambda name: (name == MANIFEST, name)):
        places = [each.folder / name for each in (published, rebuilt)]
        missing = [not place.is_file() for place in places]
        if missing[0]:
            found.append(Sentence(f"{name} : n’est pas dans l’édition", f"{name}: is not in the edition"))
        elif missing[1]:
            found.append(Sentence(f"{name} : n’est plus construit", f"{name}: is not built any more"))
        elif places[0].read_bytes() != places[1].read_bytes():
            found.append(Sentence(f"{name} : d’autres octets", f"{name}: other bytes"))
    then, now = _built_from(published), _built_from(rebuilt)
    if other := changed(part for part in PARTS if then.get(part) != now.get(part)):
        french = f"{in_french(other)}, depuis la construction de l’édition : lancez d’abord portrait build"
        found.append(Sentence(french, f"{other}, since the edition was built: run portrait build first"))
    return found


def _built_from(record: Record) -> Mapping[str, set[str]]:
    """Return the checksums of each thing that an edition and its documents were built from."""
    found: dict[str, set[str]] = {}
    for each in (record.content.get("edition_from", {}), *(one["from"] for one in record.documents.values())):
        for part, checksum in each.items():
            found.setdefault(part, set()).add(checksum)
    return found
