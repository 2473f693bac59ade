"""What an entry becomes in nDelius, so that it is typed there once and in its words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workbench.forms.definition import Code, Form
from workbench.forms.scope import AnswerScope, Surroundings, holds


def codes(form: Form, answers: Mapping[str, Any], at: datetime) -> tuple[Code, ...]:
    """The contact types and outcomes of an entry signed at `at`, in the form's order.

    A code whose condition cannot be told is left out.
    """
    scope = AnswerScope(form.asked, answers, Surroundings(at))
    return tuple(code for code in form.ndelius if not code.when or holds(code.when, scope).value is True)
