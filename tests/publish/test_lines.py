"""The checks of French typography find each fault, and none in good French."""

from __future__ import annotations

import pytest

from tests.publish.lines import FAULTS_OF_FRENCH, faults_of_french, ill_broken, texts_of_page

N = "\u00a0"
FAULTY = {
    "a space that may break before », :, % or $": "une hausse de 54 % des initiatives",
    "a space that may break after «": f"le libellé « Réseau{N}»",
    "no space inside guillemets": f"le libellé «{N}Réseau»",
    "a space before ; ! or ?": f"un écart{N}; un autre",
    "no space before a colon": "La source: le ministère",
    "a typewriter's quotation mark": 'le libellé 12" en tout',
    "three dots in place of an ellipsis": "et ainsi de suite...",
    "thousands parted by a space that may break": "1 818 initiatives",
}


@pytest.mark.parametrize("fault", FAULTS_OF_FRENCH)
def test_each_fault_of_french_typography_is_found(fault):
    assert [found.startswith(fault) for found in faults_of_french(FAULTY[fault])] == [True]


def test_good_french_has_no_fault():
    text = f"La part est de 54{N}%{N}: 1{N}818 initiatives; le libellé «{N}Réseau{N}» en 2025, à 9:30."
    assert faults_of_french(text) == []


def test_a_line_that_begins_or_ends_with_the_wrong_mark_is_found():
    assert ill_broken(["» et", "% des", "le libellé «", "un mot : deux", "54 %"]) == [
        "» et",
        "% des",
        "le libellé «",
    ]


def test_the_texts_of_a_page_are_read_block_by_block_without_scripts():
    page = "<p>Un <em>seul</em> texte</p><script>x = 1</script><table><td>a</td><td>b</td></table>"
    assert texts_of_page(page) == ["Un seul texte", "a", "b"]
