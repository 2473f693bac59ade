"""Every refusal of the lint, with its line; and what is right is not refused."""

from __future__ import annotations

from msgspec.structs import replace

from tests.forms.small import HEAD, problems, text
from workbench.forms import lint
from workbench.forms.library import Library

DAY = "- {id: seen_on, kind: day, ask: When}"


def test_the_forms_shipped_are_clean(library: Library) -> None:
    assert lint.check(library) == ()


def test_a_form_that_is_right_is_not_refused() -> None:
    assert problems(text(DAY)) == []


def test_a_title_needs_welsh() -> None:
    head = HEAD.replace("title:\n  en: A small form\n  cy: Ffurflen fach\n", "title: A small form\n")
    assert problems(text(DAY, head=head)) == ["3: the title of a form stands in English and Welsh"]


def test_a_page_title_needs_welsh() -> None:
    written = text(DAY).replace("title:\n      en: Only page\n      cy: Unig dudalen", "title: Only page")
    assert problems(written) == ["10: the title of a page stands in English and Welsh"]


def test_a_question_stands_once() -> None:
    assert problems(text(f"{DAY}\n{DAY}")) == ["15: the question 'seen_on' stands twice"]


def test_a_column_stands_once() -> None:
    written = text(
        """
        - id: others
          ask: Others
          kind: repeat
          of:
            - {id: person, kind: person}
            - {id: person, kind: person}
        """
    )
    assert problems(written) == ["19: the column 'person' stands twice"]


def test_words_of_the_language_are_no_ids() -> None:
    assert problems(text("- {id: where, kind: text, ask: Where}")) == [
        "14: 'where' cannot be the id of a question"
    ]


def test_a_question_asks_something() -> None:
    assert problems(text("- {id: unheard_of, kind: text}")) == [
        "14: unheard_of: neither asks anything nor stands in columns.yaml"
    ]


def test_an_expression_names_what_is_asked() -> None:
    written = text(f"{DAY}\n- {{id: why, kind: text, show_when: other_day is known}}")
    assert problems(written) == ["15: column 1: nothing is called 'other_day'"]


def test_show_when_names_only_what_was_asked_before() -> None:
    written = text("- {id: why, kind: text, show_when: seen_on is known}\n" + DAY)
    assert problems(written) == ["14: column 1: nothing is called 'seen_on'"]


def test_types_never_mix() -> None:
    written = text(
        """
        - id: at
          ask: When
          kind: moment
          must: at <= today
          else: Not yet.
        """
    )
    assert problems(written) == ["17: column 1: moment is compared with day"]


def test_a_test_of_not_known_names_unknown_too() -> None:
    written = text(
        """
        - {id: under_18, kind: yes-no-unknown}
        - {id: why, kind: text, show_when: under_18 = 'yes'}
        """
    )
    assert problems(written) == [
        "15: column 1: not known must lean towards safety: name 'unknown' beside 'yes'"
    ]


def test_must_and_else_stand_together() -> None:
    written = text("- {id: seen_on, kind: day, ask: When, must: seen_on <= today}")
    assert problems(written) == ["14: seen_on: 'must' and 'else' stand together"]


def test_working_days_are_for_rules() -> None:
    written = text(
        """
        - id: seen_on
          ask: When
          kind: day
          must: seen_on <= today + 2 working days
          else: Too late.
        """
    )
    assert problems(written) == ["17: working days are counted by the rules alone"]


def test_marks_and_sources_are_known() -> None:
    written = text("- {id: heard, kind: evidence, ask: What, sources: [rumour], marks: [secret]}")
    assert problems(written) == ["14: no mark is called 'secret'", "14: no source is called 'rumour'"]


def test_a_form_that_hears_from_others_starts_marked() -> None:
    written = text("- {id: heard, kind: evidence, ask: What, sources: [self-report, police]}")
    assert problems(written) == ["1: heard: what hears from others (police) starts at third-party"]
    assert (
        problems(text("- {id: heard, kind: evidence, ask: What, sources: [self-report, observation]}")) == []
    )
    assert (
        problems(text("- {id: heard, kind: evidence, ask: What}", head=HEAD + "marks: [third-party]\n")) == []
    )


def test_happened_names_a_day_or_moment() -> None:
    head = HEAD + "happened: name\n"
    assert problems(text("- {id: name, kind: text}", head=head)) == [
        "8: 'name' is not a question that asks for a day or moment"
    ]


def test_roles_are_known() -> None:
    head = HEAD.replace("[practitioner]", "[boss]")
    assert problems(text(DAY, head=head)) == ["6: no role is called 'boss'"]


def test_kinds_have_what_they_need_and_no_more() -> None:
    written = text(
        """
        - {id: one, kind: one-of, ask: One}
        - {id: two, kind: repeat, ask: Two}
        - {id: three, kind: computed, ask: Three}
        - {id: four, kind: text, ask: Four, decimals: 2}
        - {id: five, kind: day, ask: Five, default: now}
        """
    )
    assert problems(written) == [
        "14: one: a one-of needs 'options'",
        "15: two: a repeat needs 'of'",
        "16: three: a computed needs 'computes'",
        "17: a text has no decimals",
        "18: a day cannot start as 'now'",
    ]


def test_no_repeat_in_a_repeat() -> None:
    written = text(
        """
        - id: others
          ask: Others
          kind: repeat
          of:
            - id: inner
              ask: Inner
              kind: repeat
              of:
                - {id: name, kind: text}
        """
    )
    assert problems(written) == ["20: a repeat cannot be a column"]


def sets(row: str, questions: str = DAY) -> list[str]:
    """What the lint says of one row of `sets`, but that no fact is said by a small form."""
    found = problems(text(questions, rest=f"sets:\n  - {row}\n"))
    return [says for says in found if "is not said by 'small'" not in says]


def test_a_fact_must_be_listed() -> None:
    assert sets("{fact: no.such, is: seen_on}") == ["16: no fact is called 'no.such'"]


def test_a_fact_is_said_by_its_forms_alone() -> None:
    written = text(DAY, rest="sets:\n  - {fact: home_visit.seen_on, is: seen_on}\n")
    assert problems(written) == ["16: home_visit.seen_on is not said by 'small' (see facts.yaml)"]


def test_a_fact_of_another_type() -> None:
    found = sets("{fact: home_visit.seen_on, is: name}", "- {id: name, kind: text}")
    assert found == [
        "16: name does not give what home_visit.seen_on holds (day)",
    ]


def test_options_that_the_fact_does_not_know() -> None:
    written = """
    - id: level
      ask: Level
      kind: one-of
      options:
        low: Low
        sky high: Sky high
    """
    assert sets("{fact: rosh.overall, is: level}", written) == [
        "21: level does not give what rosh.overall holds (one-of)"
    ]


PEOPLE = """
- id: people
  ask: People
  kind: repeat
  mints: person
  of:
    - {id: name, kind: text}
"""


def test_of_says_what_the_claim_is_about() -> None:
    assert sets("{fact: network.name, each: people, of: row, is: name}", PEOPLE) == []
    assert sets("{fact: network.name, each: people, is: name}", PEOPLE) == [
        "21: network.name is about a person: 'of' must say so"
    ]
    rows = PEOPLE.replace("  mints: person\n", "")
    assert sets("{fact: network.name, each: people, of: row, is: name}", rows) == [
        "20: row does not name a person"
    ]


def test_each_names_a_repeat() -> None:
    assert sets("{fact: network.name, each: seen_on, of: row, is: seen_on}") == [
        "16: 'seen_on' is not a repeat of this form"
    ]


def test_claims_come_from_answers_alone() -> None:
    row = "{fact: identity.name, is: person, when: on_network(person)}"
    assert sets(row, "- {id: person, kind: person}") == ["16: column 1: no check is called 'on_network'"]


def test_from_is_a_day() -> None:
    row = "{fact: identity.name, is: name, from: name}"
    assert sets(row, "- {id: name, kind: text}") == ["16: name is not a day"]


def test_what_nothing_reads_sets_nothing() -> None:
    row = "{fact: identity.name, is: name}"
    assert sets(row, "- {id: name, kind: text, record_only: yes}") == [
        "16: name is read by nothing (record_only), and yet sets identity.name"
    ]


def test_basis_names_a_footing() -> None:
    row = "{fact: identity.name, is: name, basis: name}"
    assert sets(row, "- {id: name, kind: text}") == ["16: 'name' neither is evidence nor asks for a footing"]


def test_opens_is_read_too() -> None:
    rest = """
    opens:
      - event: something
        when: others is known
    """
    assert problems(text(DAY, rest=rest)) == ["17: column 1: nothing is called 'others'"]


def test_only_names_facts() -> None:
    head = HEAD + "only:\n  - must: seen_on is known\n    else: Not for this person.\n"
    assert problems(text(DAY, head=head)) == ["9: column 1: nothing is called 'seen_on'"]


def test_renamed_leads_to_a_question() -> None:
    head = HEAD + "renamed: {old_day: other_day}\n"
    assert problems(text(DAY, head=head)) == ["8: takes an id no longer used to a question that is asked"]


def test_a_fact_that_no_form_says_is_told_with_its_line(library: Library) -> None:
    forms = {key: form for key, form in library.forms.items() if key[0] != "rosh"}
    found = lint.check(replace(library, forms=forms))
    place = list(library.facts).index("rosh.overall")
    assert found[0].line == library.listed.lines[f"$[{place}]"]
    assert found[0].args[0].endswith("the form 'rosh' does not say rosh.overall")
