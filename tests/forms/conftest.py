"""A library read once, and sessions at one fixed moment with counted ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from workbench.clock import FixedClock
from workbench.forms import library as libraries
from workbench.forms.definition import Form
from workbench.forms.library import Library
from workbench.forms.session import Context, Session
from workbench.models.ids import Ids

NOW = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)
Begin = Callable[..., Session]


@pytest.fixture(scope="session")
def library() -> Library:
    return libraries.load()


@pytest.fixture
def begin(library: Library) -> Begin:
    """Begins a session: `begin("home-visit", checks=…, facts=…, previous=…)`; a form may be handed in."""

    def make(form: str | Form, *, checks: Mapping[str, Any] | None = None, **known: Any) -> Session:
        clock = FixedClock(NOW)
        numbers = count(1)
        ids = Ids(clock, lambda size: next(numbers).to_bytes(size, "big"))
        chosen = library.form(form) if isinstance(form, str) else form
        return Session(chosen, Context(case="case", **known), checks or {}, clock, ids)

    return make
