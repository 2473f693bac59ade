"""The template step: Jinja in an immutable sandbox, behind a white list, with one way out for values.

Fixed words go through autoescape. A value of the case comes out only through the filter `disclose`,
which writes it with the versions it came from; anything else of the case raises. Data never passes
through Jinja a second time.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from workbench.errors import BadDefinition
from workbench.models.released import ReleasedFact, Value
from workbench.reports import tree
from workbench.reports.context import Answered
from workbench.reports.days import day_text, moment_text

READERS = ("fact", "facts", "things")
FILTERS = ("disclose", "day", "footing", "worded")
# The footing of a point that is about no offence: there is nothing to prove.
NO_OFFENCE = "not-offence"
TESTS = ("option", "recorded", "shown")
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.For,
    nodes.If,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.Filter,
    nodes.Test,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Call,
)
# Not text: controls (but tab and line feed), and the marks that turn the reading direction around.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


class Fixed(Mapping[str, str]):
    """The fixed words of a report; a word that is not there raises."""

    def __init__(self, words: dict[str, str]) -> None:
        self._words = words

    def __getitem__(self, key: str) -> str:
        if key not in self._words:
            raise BadDefinition(f"uses words.{key}, which words.yaml does not have")
        return self._words[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The word, or the default where there is none."""
        return self._words.get(key, default)

    def __getattr__(self, key: str) -> str:
        return self[key]

    def __iter__(self) -> Any:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


def clean(text: str) -> str:
    """The text without what no page can show: control characters and marks that turn its direction."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def environment(words: dict[str, str], language: str) -> ImmutableSandboxedEnvironment:
    """The one environment that templates run in."""
    env = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_only_fixed_words,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.clear()
    env.filters.clear()
    env.tests.clear()
    disclose = _disclose(Fixed(words), language)
    env.filters.update(
        disclose=disclose,
        day=lambda day: day_text(day, language),
        footing=_footing(Fixed(words), disclose),
        worded=_worded(Fixed(words)),
    )
    env.tests.update(option=_is_option, recorded=_is_recorded, shown=_is_shown)
    return env


def render(source: str, name: str, words: dict[str, str], language: str, names: dict[str, Any]) -> str:
    """The XML text of a linted template filled with one case.

    Raises:
        BadDefinition: the template asks for what is not there; the line is told.
    """
    env = environment(words, language)
    parsed = check(source, name)
    try:
        return env.from_string(parsed).render(words=Fixed(words), **names)
    except BadDefinition as error:
        raise BadDefinition(error.says, name, _line_of(error)) from None
    except (TemplateError, TypeError, AttributeError) as error:
        says = "does what the sandbox forbids" if isinstance(error, SecurityError) else str(error)
        raise BadDefinition(says, name, _line_of(error)) from None


def _line_of(error: Exception) -> int:
    lines = [
        frame.lineno for frame in traceback.extract_tb(error.__traceback__) if "<template>" in frame.filename
    ]
    return lines[-1] or 0 if lines else 0


def check(source: str, name: str) -> nodes.Template:
    """The parsed template; refuses one that uses more of Jinja, or other elements, than ours may.

    Raises:
        BadDefinition: with the line.
    """
    env = environment({}, "en")
    try:
        parsed = env.parse(source)
    except TemplateError as error:
        raise BadDefinition(str(error), name, getattr(error, "lineno", 0) or 0) from None
    for node in [parsed, *parsed.find_all(nodes.Node)]:
        if isinstance(node, nodes.Expr | nodes.Stmt | nodes.Helper | nodes.Template):
            _check_node(node, name)
    tree.parse(_bare(env, source), name)
    return parsed


def words_used(source: str) -> dict[str, int]:
    """The fixed words that a template names, each with the line of its first use."""
    parsed = environment({}, "en").parse(source)
    found: dict[str, int] = {}
    for node in parsed.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name == "words":
            found.setdefault(node.attr, node.lineno)
    return found


def _check_node(node: nodes.Node, name: str) -> None:
    def wrong(says: str) -> BadDefinition:
        inner = (each.lineno for each in node.find_all(nodes.Node) if each.lineno)
        return BadDefinition(says, name, node.lineno or next(inner, 0))

    if not isinstance(node, ALLOWED):
        raise wrong(f"{type(node).__name__.lower()} is not allowed in a template")
    if isinstance(node, nodes.Filter) and (node.name not in FILTERS or node.args or node.kwargs):
        raise wrong(f"the filter {node.name!r} is not one of ours")
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        raise wrong(f"the test {node.name!r} is not one of ours")
    if isinstance(node, nodes.Compare) and any(operand.op not in {"eq", "ne"} for operand in node.ops):
        raise wrong("only == and != are allowed")
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        raise wrong(f"{node.attr!r} is not for templates")
    if isinstance(node, nodes.For) and node.recursive:
        raise wrong("a recursive loop is not allowed")
    if isinstance(node, nodes.Call):
        known = isinstance(node.node, nodes.Name) and node.node.name in READERS
        fixed = all(isinstance(part, nodes.Const) for part in node.args)
        if not known or not fixed or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise wrong(f"only {', '.join(READERS)} may be called, with fixed words")


def _bare(env: ImmutableSandboxedEnvironment, source: str) -> str:
    """The template with its tags taken out and its values as `x`, line for line as before."""
    parts: list[str] = []
    inside = ""
    for _, token, value in env.lex(source):
        if token in {"variable_begin", "block_begin", "comment_begin"}:
            inside = token
            parts.append("\n" * value.count("\n"))
        elif token in {"variable_end", "block_end", "comment_end"}:
            parts.append("x" if inside == "variable_begin" else "")
            parts.append("\n" * value.count("\n"))
            inside = ""
        else:
            parts.append("\n" * value.count("\n") if inside else value)
    return "".join(parts)


def _only_fixed_words(value: object) -> object:
    """Lets fixed words through; a value of the case printed by itself is a fault of the template."""
    if isinstance(value, str | int):
        return value
    raise BadDefinition("prints something of the case without disclose")


def _disclose(words: Fixed, language: str) -> Callable[[Value | ReleasedFact | None], Markup]:
    def told(value: Value) -> str:
        if value.cut == "withheld":
            return words["withheld"]
        text = value.text
        if value.kind == "one-of" and value.text == value.raw:
            # A fact that no question words by itself comes as the id of its option.
            text = words.get(f"option_{value.raw}", text)
        if value.kind in {"day", "moment"} and isinstance(value.raw, str) and not value.cut:
            dated = day_text if value.kind == "day" else moment_text
            text = dated(value.raw, language) or value.text
        return f"{text} ({words['disputed']})" if value.disputed else text

    def marked(value: Value) -> Markup:
        return Markup('<v from="{}">{}</v>').format(" ".join(value.versions), clean(told(value)))

    def disclose(value: Value | ReleasedFact | None) -> Markup:
        """The value with the versions it came from; its neutral marker where it is withheld."""
        if value is None:
            return Markup("{}").format(words["not_recorded"])
        if isinstance(value, ReleasedFact):
            if not value.accounts:
                return marked(value.value)
            accounts = Markup("; ").join(marked(account) for account in value.accounts)
            return Markup("{}: {}").format(words["accounts"], accounts)
        if not isinstance(value, Value):
            raise BadDefinition("discloses something that is no value of the case")
        return marked(value)

    return disclose


def _footing(words: Fixed, disclose: Callable[[Any], Markup]) -> Callable[[Any], Markup]:
    """On what a point of evidence stands, in fixed words: what was proved, who said it, whether it was checked."""

    def footing(item: Any) -> Markup:
        said = [words[f"basis_{basis}"] for basis in _option_of(item.basis) if basis != NO_OFFENCE]
        alone = _option_of(item.source) == ("self-report",) and _option_of(item.checked) != ("confirmed",)
        said += [words["source_alone" if alone else f"source_{source}"] for source in _option_of(item.source)]
        said += [words[f"checked_{checked}"] for checked in _option_of(item.checked) if not alone]
        parts = [Markup("{}").format(each) for each in said]
        if _is_recorded(item.whose):
            parts.append(Markup("{} {}").format(words["judgement_of"], disclose(item.whose)))
        if _is_recorded(item.on):
            parts.append(disclose(item.on))
        return Markup(". ").join(parts) if parts else Markup("{}").format(words["footing_none"])

    return footing


def _option_of(value: object) -> tuple[str, ...]:
    """The option id that was chosen; none where it is missing or withheld."""
    return (value.raw,) if isinstance(value, Value) and not value.cut and isinstance(value.raw, str) else ()


def _worded(words: Fixed) -> Callable[[object], str]:
    """The fixed words by a key of the program's own (a kind of line, a role, a state)."""
    return lambda key: words[str(key)]


def _is_option(value: object, *options: str) -> bool:
    """Whether the answer is one of these option ids; a withheld or missing answer is none."""
    inner = value.value if isinstance(value, ReleasedFact) else value
    return isinstance(inner, Value) and not inner.cut and inner.raw in options


def _is_recorded(value: object) -> bool:
    """Whether there is anything to show: an answer, or rows."""
    return value is not None and value != ()


def _is_shown(value: object) -> bool:
    """Whether there is anything to show that this reader may read, were it only a part."""
    if isinstance(value, ReleasedFact):
        return any(account.cut != "withheld" for account in value.accounts or (value.value,))
    if isinstance(value, tuple):
        return any(map(_is_shown, value))
    if isinstance(value, Answered):
        return value.readable()
    return value is not None and not (isinstance(value, Value) and value.cut == "withheld")
