"""House rules that no linter knows: each test's name is the rule."""

from __future__ import annotations

import ast
import itertools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted((ROOT / "workbench").rglob("*.py"))
TEXT = [
    path
    for folder in ("workbench", "resources", "tests", "installer", ".ci")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.is_file() and path.suffix in {".py", ".yaml", ".j2", ".md", ".txt", ".in", ".lock", ".toml", ""}
] + [path for path in sorted(ROOT.glob("*.*")) if path.is_file()]
MAX_FILE = 500
MAX_FUNCTION = 40


def name(path: Path) -> str:
    """A path as people say it."""
    return path.relative_to(ROOT).as_posix()


def found(pattern: str, *, but: tuple[str, ...] = ()) -> list[str]:
    """Where code of the program matches a pattern, comments and docstrings included."""
    return [
        f"{name(path)}:{number}"
        for path in CODE
        if not name(path).startswith(but)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]


@pytest.mark.parametrize(
    ("pattern", "but"),
    [
        (r"\bDatabase\(", ("workbench/store/driver.py",)),
        (r"\bsqlite3\.connect|\bimport sqlite3", ()),
        (r"\.transform\(|\.iterdump|\.attach\(", ("workbench/ui/",)),
        (r"alter=True", ()),
        (r"get_context\(\"fork|set_start_method|os\.fork", ()),
        (r"\bimport pickle|\bimport tempfile|\bimport marshal|\bimport shelve", ()),
        (r"(?<![.\w])(eval|exec)\(", ()),
        (r"datetime\.now\(|date\.today\(|time\.time\(", ("workbench/clock.py",)),
        (r"import yaml|from yaml", ("workbench/resources.py",)),
        (r"cipher_memory_security", ()),
        (r"\bimport (socket|ssl|http|urllib|requests|httpx)\b|from (http|urllib)\b", ()),
        (r"\bprint\(", ()),
    ],
)
def test_what_is_banned_stands_nowhere(pattern: str, but: tuple[str, ...]) -> None:
    """Plain databases, forks, pickles, evaluation, second clocks, networks."""
    assert found(pattern, but=but) == []


def test_sql_is_written_in_the_store_alone() -> None:
    """Elsewhere only PRAGMA checks of the whole file."""
    sql = r"\b(SELECT|INSERT|UPDATE|DELETE) [A-Za-z(*]"
    assert found(sql, but=("workbench/store/",)) == []


def functions() -> Iterator[tuple[str, int]]:
    """Every function with its length in lines, docstring left out."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                if body:
                    end = node.end_lineno or 0
                    yield f"{name(path)}:{node.lineno} {node.name}", end - body[0].lineno + 1


def test_files_and_functions_stay_small() -> None:
    """500 lines a file, 40 a function."""
    files = {name(path): len(path.read_text("utf-8").splitlines()) for path in CODE}
    assert {file: lines for file, lines in files.items() if lines > MAX_FILE} == {}
    assert [(where, lines) for where, lines in functions() if lines > MAX_FUNCTION] == []


THINGS = re.compile(
    r" (?:(?:new|more|older|other) )?(?:acts|cards|cases|changes|checks|copies|days|decisions|documents|drafts"
    r"|entries|facts|faults|files|forms|legal holds|matters|minutes|ones|pages|people|receipts|requests|rows|rules"
    r"|signs|things|versions|vouchers|ways out|weeks|words)\b"
)


def told_bare(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each number that an f-string puts before things of which there may be one, by its line."""
    either = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.IfExp) and re.search(r"[!=]= 1\b|> 1\b", ast.unparse(node.test))
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in either:
            for value, text in itertools.pairwise(node.values):
                if not isinstance(value, ast.FormattedValue) or not isinstance(text, ast.Constant):
                    continue
                number = ast.unparse(value.value)
                if not number.isupper() and THINGS.match(str(text.value)):
                    yield node.lineno, number


def test_one_of_a_thing_is_told_as_one() -> None:
    """Never '1 cases': `counted` says how many there are."""
    said = "detail = f'{len(rows)} cases'; f'{lost:,} rows lost'; f'{n} old' if n == 1 else f'{n} days'"
    assert [told for _, told in told_bare(ast.parse(said))] == ["len(rows)", "lost"]
    bare = [
        f"{name(path)}:{line} {told}"
        for path in CODE
        for line, told in told_bare(ast.parse(path.read_text("utf-8")))
    ]
    assert bare == []


def test_no_room_is_a_drawer_for_everything() -> None:
    """No utils, no helpers, no managers."""
    assert [name(path) for path in CODE if re.search(r"util|helper|manager|common", path.stem)] == []


def test_nothing_names_a_machine_an_index_or_unfinished_work() -> None:
    """No absolute path, no package index, no note to self."""
    index = re.compile(r"https?://[^\s\"')]+/(simple|packages)\b|pypi\." + r"org|files\.pythonhosted")
    path_ = re.compile(r"(?<![\w.>~])/(?:work|home|root|Users|tmp)/\w")
    notes = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    bad = []
    for path in TEXT:
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        if name(path).startswith(("resources/dictionaries", "resources/fonts", "resources/words")):
            continue
        bad += [name(path) for rule in (index, path_, notes) if rule.search(text)]
    assert bad == []


def test_the_lock_pins_names_versions_and_hashes_without_addresses() -> None:
    """And every library the program imports is in it."""
    lock = (ROOT / "installer" / "requirements.lock").read_text("utf-8")
    assert "http" not in lock
    assert "--index" not in lock
    pinned = re.findall(r"^([a-z0-9-]+)==\S+.*?((?:\s+--hash=sha256:[0-9a-f]{64}.*\n)+)", lock, flags=re.M)
    assert len(pinned) == len(re.findall(r"^[a-z0-9].*==", lock, flags=re.M))


def test_the_changelog_reads_as_a_list_for_users() -> None:
    """A heading a release, a line a change."""
    lines = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()
    assert lines[0] == "# Changelog"
    assert all(re.match(r"(## (Unreleased|\d+\.\d+\.\d+.*)|- \S.*\.|)$", line) for line in lines[1:])


def test_the_architecture_names_every_room() -> None:
    """One page, and true."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rooms = [path.parent.name for path in sorted((ROOT / "workbench").glob("*/__init__.py"))]
    assert [room for room in rooms if room not in text] == []
    assert len(text.splitlines()) < 70


def test_versions_agree() -> None:
    """The program and the project have one version."""
    from workbench import __version__

    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == __version__


def test_each_room_says_what_it_is() -> None:
    """And re-exports nothing."""
    for path in sorted((ROOT / "workbench").glob("*/__init__.py")):
        tree = ast.parse(path.read_text("utf-8"))
        assert ast.get_docstring(tree), name(path)
        assert len(tree.body) == 1, name(path)
