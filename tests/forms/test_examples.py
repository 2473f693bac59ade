"""Each form filled in once: nothing stands in the way, and it claims what it should."""

from __future__ import annotations

import pytest

from tests.forms.conftest import Begin
from tests.forms.examples import EXAMPLES
from workbench.forms import values
from workbench.forms.library import Library


def test_every_form_has_an_example(library: Library) -> None:
    assert sorted(EXAMPLES) == [form.form for form in library.latest()]


@pytest.mark.parametrize("form", EXAMPLES)
def test_a_worked_example(begin: Begin, library: Library, form: str) -> None:
    answers, expected = EXAMPLES[form]
    session = begin(form)
    session.restore(answers)
    assert values.problems(library.form(form), session.answers()) == ()
    assert session.missing() == ()
    assert [(c.fact, c.of, c.is_, c.from_) for c in session.claims()] == expected
    assert {key: session.answers()[key] for key in answers} == answers
