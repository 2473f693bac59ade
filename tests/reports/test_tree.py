from __future__ import annotations

import pytest

from workbench.errors import BadDefinition
from workbench.reports import tree
from workbench.reports.tree import Run


def parse(inside: str) -> tree.Node:
    return tree.parse(f'<report title="t">\n<section title="s">\n{inside}\n</section>\n</report>', "f")


@pytest.mark.parametrize(
    ("xml", "says", "line"),
    [
        ('<report title="t">\n<b/></report>', "<b> may not stand in <report>", 2),
        ('<report title="t">\n<section/></report>', "needs 'title'", 2),
        ('<report title="t">\n\n<para kind="loud">x</para></report>', "not one of ours", 3),
        ('<report title="t">\nloose</report>', "loose", 1),
        ('<report title="t"><!-- x --></report>', "comment", 1),
        ('<report title="t"><para>a<b>c</b></para></report>', "<b> may not stand in <para>", 1),
        ('<section title="t"/>', "must begin with <report>", 1),
        ('<!DOCTYPE r [<!ENTITY e "x">]>\n<report title="t"><para>&e;</para></report>', "document type", 1),
        (
            '<report title="t"><section title="s"><quote><words>x</words></quote></section></report>',
            "lacks",
            1,
        ),
        (
            '<report title="t"><section title="s"><table caption="c" widths="a"/></section></report>',
            "whole",
            1,
        ),
        ("<report", "not well formed", 1),
    ],
)
def test_what_is_not_in_the_vocabulary_is_refused_with_its_line(xml: str, says: str, line: int) -> None:
    with pytest.raises(BadDefinition) as caught:
        tree.parse(xml, "f")
    assert says in caught.value.says
    assert line == caught.value.line


def test_a_tree_of_many_levels_is_refused() -> None:
    deep = '<section title="s">' * 14 + "</section>" * 14
    with pytest.raises(BadDefinition, match="too deep"):
        tree.parse(f'<report title="t">{deep}</report>', "f")


def test_the_versions_of_values_are_lifted_to_their_element() -> None:
    para = (
        parse('<para>Seen\n by <strong><v from="a b">Nia</v></strong>, <v from="b">today</v>.</para>')
        .children[0]
        .children[0]
    )
    assert para.versions == ("a", "b")
    assert (
        Run("Seen by "),
        Run("Nia", True, ("a", "b")),
        Run(", "),
        Run("today", False, ("b",)),
        Run("."),
    ) == para.runs


def test_line_breaks_of_the_template_are_spaces_and_those_of_a_value_stay() -> None:
    item = (
        parse("<list><item>\n  one\n  <v from='a'>two\nthree</v>\n</item></list>")
        .children[0]
        .children[0]
        .children[0]
    )
    assert item.text == "one two\nthree"


def test_empty_lines_of_a_value_make_paragraphs() -> None:
    section = parse("<para><v from='a'>one\n\n two</v> <v from='b'>more</v></para>").children[0]
    assert [(p.text, p.versions) for p in section.children] == [("one", ("a",)), ("two more", ("a", "b"))]


def test_every_sentence_knows_what_it_rests_on() -> None:
    inside = (
        "<para>Fixed words. <v from='a'>He came. He left!</v> Then <v from='b'>rain</v>.</para>"
        "<missing>Nothing.</missing>"
    )
    assert tree.sentences(parse(inside)) == (
        ("He came.", ("a",)),
        ("He left!", ("a",)),
        ("Then rain.", ("b",)),
    )


@pytest.mark.parametrize(
    ("inside", "left"),
    [
        ("<missing>Nothing.</missing>", ["Nothing."]),
        (
            "<missing>Nothing.</missing><para kind='small'>How it is read.</para>",
            ["Nothing.", "How it is read."],
        ),
        ("<missing>Nothing.</missing><missing>No score.</missing>", ["No score."]),
        ("<para>Some.</para><missing>Nothing.</missing>", ["Some."]),
        ("<missing>Nothing.</missing><section title='b'><missing>Nothing.</missing></section>", ["Nothing."]),
    ],
)
def test_that_nothing_is_recorded_is_said_once_and_only_where_it_is_so(inside: str, left: list[str]) -> None:
    spared = tree.spared(parse(inside), "Nothing.")
    assert [node.text for node in spared.walk() if node.runs] == left
