"""Blocks: the inside of one section is written anew, and nothing around it; sections that sign stay."""

from __future__ import annotations

import pytest

from workbench.errors import BadDefinition
from workbench.reports import blocks, library

SOURCE = """\
<report title="{{ words.title }}">
  <section title="{{ words.about }}" page="new">
    <para>{{ fact('rosh.overall') | disclose }}</para>
  </section>
  <section title="{{ words.outer }}">
    <section title="{{ words.inner }}">
      <para>x</para>
    </section>
  </section>
  <section title="{{ words.sign }}">
    <signature role="{{ words.spo }}"><who></who><when></when></signature>
  </section>
</report>
"""


def test_the_inside_of_a_section_is_written_anew() -> None:
    made = blocks.replaced(SOURCE, "about", "<para>{{ words.ours }}</para>", "a.xml.j2")
    assert made.count("<section") == made.count("</section>") == SOURCE.count("<section")
    assert '<section title="{{ words.about }}" page="new">\n<para>{{ words.ours }}</para>\n</section>' in made
    assert "rosh.overall" not in made
    assert "<signature" in blocks.replaced(SOURCE, "inner", "<para>y</para>", "a.xml.j2")


@pytest.mark.parametrize(
    ("block", "text", "reason"),
    [
        ("sign", "<para>x</para>", "holds signatures"),
        ("outer", "<para>x</para>", "other sections"),
        ("nothing", "<para>x</para>", "no section"),
        ("about", "</section><section title='x'>", "nothing around it"),
        ("about", "<signature role='x'><who></who><when></when></signature>", "nothing around it"),
        ("about", "{% raw %}x{% endraw %}", "nothing around it"),
        ("about", "{% set a = 1 %}", "not allowed"),
        ("about", "{% include 'x' %}", "not allowed"),
        ("about", "{% if a %}{% if a %}{% if a %}<para>x</para>{% endif %}{% endif %}{% endif %}", "2 deep"),
        ("about", "{% endif %}", "unknown tag"),
        ("about", "<para>", "not well formed"),
    ],
)
def test_what_a_block_may_not_do(block: str, text: str, reason: str) -> None:
    with pytest.raises(BadDefinition) as refused:
        blocks.replaced(SOURCE, block, text, "a.xml.j2")
    assert reason in str(refused.value.says)


def test_two_deep_passes_and_elif_is_no_deeper() -> None:
    text = "{% if a %}{% for b in a %}<para>x</para>{% endfor %}{% elif a %}<para>y</para>{% endif %}"
    assert text in blocks.replaced(SOURCE, "about", text, "a.xml.j2")


def test_a_path_names_report_template_and_block() -> None:
    found = library.block_of("reports/parole-report/board.person_view.xml.j2")
    assert found == library.Block("parole-report", "board.xml.j2", "person_view")
    for path in (
        "reports/x.y.xml.j2",
        "reports/a/b.xml.j2",
        "reports/a/words.yaml",
        "rules/a/b.c.xml.j2",
        "",
    ):
        with pytest.raises(BadDefinition):
            library.block_of(path)
