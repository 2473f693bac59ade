from __future__ import annotations

import pytest

from tests.reports.build import value
from workbench.errors import BadDefinition
from workbench.models.released import ReleasedFact, Value
from workbench.reports import template, tree

WORDS = {
    "title": "Plan & more",
    "withheld": "[kept]",
    "not_recorded": "none",
    "disputed": "disputed",
    "accounts": "Two",
}


def body(inside: str) -> str:
    return f'<report title="t">\n<section title="s">\n{inside}\n</section></report>'


def shown(inside: str, language: str = "en", **names: object) -> str:
    xml = template.render(body(inside), "t", WORDS, language, names)
    return tree.parse(xml, "t").children[0].children[0].text


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("<para>{{ x | safe }}</para>", "filter 'safe'"),
        ("<para>{{ x | tojson }}</para>", "filter 'tojson'"),
        ("{% autoescape false %}<para>{{ x }}</para>{% endautoescape %}", "scope is not allowed"),
        ("{% include 'y' %}", "include is not allowed"),
        ("{% import 'y' as z %}", "import is not allowed"),
        ("{% macro m() %}{% endmacro %}", "macro is not allowed"),
        ("{% set y = 1 %}", "assign is not allowed"),
        ("<para>{{ 'x'.ljust(10) }}</para>", "may be called"),
        ("<para>{{ fact(x) }}</para>", "may be called"),
        ("<para>{{ 10 ** 10 }}</para>", "pow is not allowed"),
        ("<para>{{ 'a' ~ 'b' }}</para>", "concat is not allowed"),
        ("<para>{{ x['y'] }}</para>", "getitem is not allowed"),
        ("<para>{{ x._y }}</para>", "not for templates"),
        ("{% if x > 1 %}{% endif %}", "only == and !="),
        ("{% if x is defined %}{% endif %}", "test 'defined'"),
        ("<para>{{ x | disclose(1) }}</para>", "filter 'disclose'"),
        ("{% for y in x recursive %}{% endfor %}", "recursive"),
        ("{% if x %}", "Unexpected end"),
        ("<video/>", "<video> may not stand"),
        ("<para colour='red'>x</para>", "takes no 'colour'"),
        ("<para>x", "not well formed"),
    ],
)
def test_what_a_template_may_not_do_is_refused_with_its_line(inside: str, says: str) -> None:
    with pytest.raises(BadDefinition) as caught:
        template.check(body(f"\n{inside}"), "report/plan.xml.j2")
    assert says in caught.value.says
    assert caught.value.line in {4, 5}
    assert caught.value.file == "report/plan.xml.j2"


def test_a_value_carries_its_versions() -> None:
    xml = template.render(
        body("<para>{{ x | disclose }}</para>"), "t", WORDS, "en", {"x": value("seen", version="a b")}
    )
    assert '<v from="a b">seen</v>' in xml


def test_text_of_the_case_is_never_markup_and_never_a_template() -> None:
    hostile = "<b>{{ 7*7 }}</b> & ]]> \x0b\x00\u202e<v from='x'>"
    assert shown("<para>{{ x | disclose }}</para>", x=value(hostile)) == "<b>{{ 7*7 }}</b> & ]]> <v from='x'>"


def test_fixed_words_are_escaped() -> None:
    assert shown("<para>{{ words.title }}</para>") == "Plan & more"


def test_a_withheld_value_leaves_the_neutral_marker() -> None:
    assert shown("<para>{{ x | disclose }}</para>", x=value("", cut="withheld")) == "[kept]"


def test_a_gist_is_shown_as_it_was_permitted() -> None:
    assert shown("<para>{{ x | disclose }}</para>", x=value("the gist", cut="gist")) == "the gist"


def test_a_missing_value_says_so() -> None:
    assert shown("<para>{{ x | disclose }}</para>", x=None) == "none"


def test_a_dispute_travels_with_its_value() -> None:
    assert shown("<para>{{ x | disclose }}</para>", x=value("seen", disputed=True)) == "seen (disputed)"


def test_a_disputed_fact_shows_both_accounts() -> None:
    accounts = (value("high"), value("medium"))
    fact = ReleasedFact("rosh.overall", None, Value("", "", "one-of", ()), "2026-01-01", None, accounts)
    assert shown("<para>{{ x | disclose }}</para>", x=fact) == "Two: high; medium"


def test_days_are_written_in_the_language_of_the_report() -> None:
    day = value("2026-03-03", "day")
    assert shown("<para>{{ x | disclose }}</para>", "cy", x=day) == "3 Mawrth 2026"
    assert shown("<para>{{ x | day }}</para>", x="2026-03-03T23:30:00Z") == "3 March 2026"
    assert shown("<para>{{ x | disclose }}</para>", x=value("soon", "day")) == "soon"


@pytest.mark.parametrize(
    "inside", ["{{ x }}", "{{ x.text | disclose }}", "{{ words.absent }}", "{{ absent }}"]
)
def test_a_value_comes_out_only_through_disclose_and_the_line_is_told(inside: str) -> None:
    with pytest.raises(BadDefinition) as caught:
        template.render(body(f"<para>{inside}</para>"), "t", WORDS, "en", {"x": value("secret")})
    assert caught.value.line == 3
    assert "secret" not in caught.value.says


def test_options_are_tested_by_id_and_a_withheld_answer_is_none() -> None:
    inside = "<para>{% if x is option('yes') %}police{% else %}open{% endif %}</para>"
    assert shown(inside, x=value("yes")) == "police"
    assert shown(inside, x=value("yes", cut="withheld")) == "open"
    assert shown(inside, x=None) == "open"


def test_recorded_means_an_answer_or_rows() -> None:
    inside = "<para>{% if x is recorded %}there{% else %}nothing{% endif %}</para>"
    assert shown(inside, x=()) == "nothing"
    assert shown(inside, x=None) == "nothing"
    assert shown(inside, x=value("")) == "there"
