"""No sentence tells emptiness as a finding: each pattern fires on a sentence that was once published."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import small
from tests.narrative.emptiness import PATTERNS, nonsense
from tests.narrative.told import tell
from tests.small import row

PROJECT = Path(__file__).parents[2]
PUBLISHED_ONCE = {
    "fr": (
        "L’édition de 2025 compte 1 initiative de 1 organisme (tableau 6), dans 0 portefeuille.",
        "La part, selon ce que sont les initiatives non retrouvées\u00a0: entre 0\u00a0% et 100\u00a0%.",
        "0 ligne répète une autre ligne du fichier dans chacun des champs lus ici.",
        "Le fichier de 2026 donne 4 initiatives et 0 ligne mise à l’écart\u00a0: aucune n’est perdue.",
        "0 organisme n’a déclaré qu’une initiative, sur 2\u00a0; celui qui en a déclaré le plus en compte 4.",
        "98 chiffres publiés peuvent être comparés aux nôtres\u00a0: 0 concorde, et 98 diffèrent.",
        "Aucun thème n’a été trouvé dans 0 texte, soit 0\u00a0% de ceux qui énoncent un bénéfice.",
        "0 initiative est en production ou en développement\u00a0: trop peu pour une part.",
        "La part en production était de 50\u00a0% dans l’édition de 2024, contre 95\u00a0% maintenant.",
        "Les répartitions des deux éditions diffèrent de 0 point de pourcentage.",
        "0 initiative est en production, 247 sont à classer.",
        "0 organisme nommé sur 2 ne déclare qu’une initiative.",
        "Il laisse 0 initiative de 2026 sans suite connue.",
        "Le portefeuille unknown réunit 1\u00a0465 initiatives.",
    ),
    "en": (
        "The 2025 edition counts 1 initiative of 1 body (Table 6), in 0 portfolios.",
        "The share, depending on what those not found are: between 0% and 100%.",
        "0 rows repeat another row of the file in each of the fields read here.",
        "The file of 2026 gives 4 initiatives and 0 rows set aside: none is lost.",
        "0 bodies declared a single initiative, out of 2; the one that declared most has 4.",
        "98 figures published elsewhere can be set beside ours: 0 agree, and 98 differ.",
        "No theme was found in 0 texts, that is 0% of those that state a benefit.",
        "0 initiatives are in production or in development: too few for a share and for a figure.",
        "The share in production was 50% in the 2024 edition, against 95% now.",
        "The distributions of both editions differ by 0 percentage points.",
        "0 initiatives are in production, 247 are to classify.",
        "0 bodies of 2 reported a single initiative.",
        "It leaves 0 initiatives of 2026 with no known sequel.",
        "The share in production is nan.",
    ),
}
TRUE = {
    "fr": "10 organismes n’ont déclaré qu’une initiative, sur 20, dans 10 portefeuilles; 7,0 organismes.",
    "en": "10 bodies declared a single initiative, out of 20, in 10 portfolios; of 7.0 bodies.",
}


@pytest.mark.parametrize("language", PATTERNS)
def test_each_pattern_fires_on_what_was_published_once_and_none_on_a_true_sentence(language):
    found = [[*nonsense(text, language)] for text in PUBLISHED_ONCE[language]]
    assert all(found), found
    assert [*nonsense(TRUE[language], language)] == []


@pytest.mark.slow
def test_a_table_of_themes_that_no_text_names_is_neither_shown_nor_referred_to(tmp_path):
    small.write_year(tmp_path, 2025, [row(f"Tri {letter}", benefits="Zygomorphe") for letter in "ABCDEFGHIJ"])
    told = tell(PROJECT, tmp_path, "quebec", 2025, "fr")
    assert told.shown - {"fig-dots"} == told.referred
    assert "tab-benefits" not in told.shown
