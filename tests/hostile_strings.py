"""Names that a published file may hold and that no output may read as anything but text.

Each string is a name of a portfolio, a body or an initiative somewhere in the tests. None may be run,
formatted, followed or lost, and none may stop a document.
"""

from __future__ import annotations

MARKDOWN = (
    "*Étoiles* et _soulignés_ __gras__",
    "[clic](https://evil.example/a)",
    "![image](https://evil.example/b.png)",
    "# Titre de premier niveau",
    "| cellule | autre |",
    "Voir https://evil.example/c et <https://evil.example/d>",
    "Note[^1] et [^2]: texte",
    "`code` et ```bloc```",
    "::: {note} directive",
    "~~barré~~ > cité",
    "- puce",
    "1. liste",
    "fin antislash \\",
    "[](#fig-volume) et [](#s-inconnu)",
)
EXPRESSIONS = (
    "{eval}`1/0`",
    "{eval}`p.number(1)` et {eval}`",
    "{{ 7*7 }} {% raw %}",
    "{0} {title} {}",
    "%s %(titre)d ${HOME}",
    "<!-- when: False -->",
)
HTML = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "</table></main><h1>Fini</h1>",
    "&lt;b&gt; &amp;amp; &#x202e;",
    "]]></svg><text>&",
    "\"guillemets\" 'simples' « doubles »",
)
TYPST = ('#eval("1") #let x = 1', "$ x^2 $ @ref <label>", "= Titre Typst")
MATHEMATICS = (r"$\frac{1$", r"$\alpha$ et 5 $ à 10 $", r"\input{/etc/passwd}", r"x_{1}^{2} \\ \$")
FORMULAS = ('=HYPERLINK("https://evil.example")', "+1+1", "-2+3", "@SUM(A1)", "＝1+1")
STRUCTURED = ('{"json": [1, null, "\\u0041"]}', "a;b,c\td", "première ligne\nseconde ligne")
INVISIBLE = (
    "cloche\x07 et nul\x01",
    "\u202eoitcerid\u202c inversée",
    "\u2066isolat\u2069 et \u200fmarque",
    "zéro\u200blargeur \u00adcésure \ufeffmarque",
    "privé \ue000 \U000f0000 \U000f0001 fin",
)
SCRIPTS = (
    "漢字の名前",
    "العربية مع نص",
    "می\u200cخواهم",
    "ᐃᓄᒃᑎᑐᑦ",
    "क्\u200dष हिन्दी",
)
SYMBOLS = ("Clé 🔒 du réseau", "Famille 👩\u200d👩\u200d👧\u200d👦 unie", "Drapeau 🏳\ufe0f\u200d🌈 🇨🇦")
MARKS = ("Z" + "\u0301\u0327\u0335" * 60 + "algo", "\u0301\u0308 au début")
LONG = ("mot" * 300,)
FILE_NAMES = ("con",)

STRINGS = (
    *MARKDOWN, *EXPRESSIONS, *HTML, *TYPST, *MATHEMATICS, *FORMULAS, *STRUCTURED,
    *INVISIBLE, *SCRIPTS, *SYMBOLS, *MARKS, *LONG, *FILE_NAMES,
)  # fmt: skip
