"""The HTML writer: an accessible copy with no script, no link and nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from workbench.reports.look import ACCENT, INK, LINE, MUTED, TINT, WARN_LINE, WARN_TINT, step_of
from workbench.reports.pages import Page
from workbench.reports.tree import Node, Run, headings

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
STYLE = f"""
body {{ font: 1rem/1.5 "Atkinson Hyperlegible Next", Verdana, sans-serif; color: {INK}; margin: 0 auto;
  max-width: 46rem; padding: 1rem; overflow-wrap: anywhere; }}
h1, h2 {{ color: {ACCENT}; line-height: 1.2; }}
h3, h4 {{ line-height: 1.3; margin-bottom: .3rem; }}
.marking {{ color: {ACCENT}; font-weight: bold; text-align: center; }}
.sample {{ background: {INK}; color: #fff; font-weight: bold; text-align: center; padding: .3rem; }}
.running {{ color: {MUTED}; border-bottom: 1px solid {LINE}; }}
.lead {{ font-size: 1.15rem; }}
.small, .missing, caption, .source, .running {{ color: {MUTED}; }}
.warn {{ background: {WARN_TINT}; border-left: 4px solid {WARN_LINE}; padding: .6rem; }}
table {{ border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }}
caption {{ text-align: left; font-size: .9rem; }}
th, td {{ text-align: left; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid {LINE}; }}
thead th {{ background: {TINT}; color: {ACCENT}; border-bottom: 2px solid {ACCENT}; }}
.panel, .if-then {{ background: {TINT}; border-left: 4px solid {ACCENT}; padding: .5rem .8rem; margin: .5rem 0; }}
.panel p {{ margin: .1rem 0; }}
blockquote {{ border-left: 4px solid {LINE}; margin: .5rem 0; padding-left: .8rem; }}
.signature {{ border-bottom: 1px solid {MUTED}; padding: .5rem 0 1.5rem; }}
.line {{ border-bottom: 1px solid {LINE}; height: 2rem; }}
.large {{ font-size: 1.25rem; }}
ul.contents {{ list-style: none; padding-left: 0; }}
.level2 {{ margin-left: 1.5rem; }} .level3 {{ margin-left: 3rem; }}
ul.must li::marker {{ content: "✓ "; }}
ul.must-not li::marker {{ content: "✗ "; }}
"""


def write(root: Node, page: Page) -> bytes:
    """The finished page; the same input gives the same bytes."""
    return _Writer(page).document(root).encode()


class _Writer:
    def __init__(self, page: Page) -> None:
        self._page = page
        self._words = page.words
        self._depth = 1
        self._sections = 0
        self._root: Node | None = None
        self._makers: dict[str, Callable[[Node], str]] = {
            "section": self._section,
            "contents": self._contents,
            "para": self._para,
            "missing": lambda node: f'<p class="missing">{_inline(node.runs)}</p>',
            "list": self._list,
            "table": self._table,
            "facts": self._facts,
            "grid": lambda node: "".join(self._panel(panel) for panel in node.children),
            "matrix": self._matrix,
            "factors": self._factors,
            "timeline": self._timeline,
            "if-then": self._if_then,
            "quote": self._quote,
            "signature": self._signature,
            "lines": lambda node: '<div class="line"></div>' * int(node.attributes["count"]),
        }

    def document(self, root: Node) -> str:
        page, words = self._page, self._words
        self._root = root
        sample = f'<p class="sample">{escape(words["sample"])}</p>' if page.sample else ""
        marking = f'<p class="marking">{escape(words["marking"])}</p>'
        lines = (
            page.whose,
            f"{words['for']}: {page.reader}. {page.status}.",
            f"{words['facts_of']} {page.facts_of}. {words['version']} {page.version}.",
        )
        large = ' class="large"' if root.attributes.get("print") == "large" else ""
        running = "<br>".join(escape(line) for line in lines)
        return (
            f'<!DOCTYPE html>\n<html lang="{page.language}"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(page.title)}</title><style>{STYLE}</style></head><body>"
            f'<header>{sample}{marking}<p class="running">{running}</p></header><main{large}>'
            f"<h1>{escape(root.attributes['title'])}</h1>\n{self._flow(root.children)}</main>"
            f"<footer>{marking}</footer></body></html>\n"
        )

    def _flow(self, nodes: Sequence[Node]) -> str:
        return "\n".join(self._makers[node.tag](node) for node in nodes)

    def _section(self, node: Node) -> str:
        self._depth += 1
        self._sections += 1
        level, mark = min(self._depth, 6), f"s{self._sections}"
        body = self._flow(node.children)
        self._depth -= 1
        title = escape(node.attributes["title"])
        return f'<section><h{level} id="{mark}">{title}</h{level}>\n{body}</section>'

    def _contents(self, node: Node) -> str:
        """Every section by name; each leads to its place in this file."""
        assert self._root is not None
        items = "".join(
            f'<li class="level{level}"><a href="#s{at}">{escape(title)}</a></li>'
            for at, (title, level) in enumerate(headings(self._root), 1)
        )
        return f'<nav><p class="small">{escape(node.attributes["title"])}</p><ul class="contents">{items}</ul></nav>'

    def _para(self, node: Node) -> str:
        kind = node.attributes.get("kind")
        mark = f' class="{kind}"' if kind else ""
        return f"<p{mark}>{_inline(node.runs)}</p>"

    def _list(self, node: Node) -> str:
        kind = node.attributes.get("kind", "bullet")
        items = "".join(f"<li>{_inline(item.runs)}</li>" for item in node.children)
        return f"<ol>{items}</ol>" if kind == "number" else f'<ul class="{kind}">{items}</ul>'

    def _panel(self, node: Node) -> str:
        title = f'<p class="small">{escape(node.attributes["title"])}</p>'
        return f'<div class="panel">{title}{self._flow(node.children)}</div>'

    def _facts(self, node: Node) -> str:
        rows = "".join(
            f'<tr><th scope="row">{escape(fact.attributes["title"])}</th><td>{_inline(fact.runs)}</td></tr>'
            for fact in node.children
        )
        return f"<table>{rows}</table>"

    def _table(self, node: Node) -> str:
        titles = [cell.text for child in node.children if child.tag == "head" for cell in child.children]
        rows = [[_cell(cell) for cell in child.children] for child in node.children if child.tag == "row"]
        return _table(node.attributes["caption"], titles, rows)

    def _matrix(self, node: Node) -> str:
        titles = [level.attributes["title"] for level in node.children]
        return _table(node.attributes["caption"], titles, [[_rated(level) for level in node.children]])

    def _factors(self, node: Node) -> str:
        titles = [self._words[word] for word in ("factor", "rating", "known")]
        rows = [
            [
                f'<th scope="row">{escape(factor.attributes["title"])}</th>',
                _rated(factor.children[0]),
                _cell(factor.children[1]),
            ]
            for factor in node.children
        ]
        return _table(node.attributes["caption"], titles, rows)

    def _timeline(self, node: Node) -> str:
        titles = [self._words[word] for word in ("when", "who", "what")]
        rows = [[_cell(part) for part in moment.children] for moment in node.children]
        return _table(node.attributes["caption"], titles, rows)

    def _if_then(self, node: Node) -> str:
        sign, *acts = node.children
        lines = "".join(
            f"<li><strong>{_inline(act.children[0].runs)}</strong>: {_inline(act.children[1].runs)} "
            f"({escape(self._words['by_when'])}: {_inline(act.children[2].runs)})</li>"
            for act in acts
        )
        return (
            f'<div class="if-then"><p>{escape(self._words["if"])}: {_inline(sign.runs)}</p>'
            f"<p>{escape(self._words['then'])}:</p><ul>{lines}</ul></div>"
        )

    def _quote(self, node: Node) -> str:
        words, source = node.children
        body = _inline(words.runs)
        return f'<blockquote><p>{body}</p><p class="source">{_inline(source.runs)}</p></blockquote>'

    def _signature(self, node: Node) -> str:
        who, when = node.children
        return (
            f'<p class="signature">{escape(node.attributes["role"])}: {_inline(who.runs)}<br>'
            f"{escape(self._words['signature'])}<br>{escape(self._words['date'])} {_inline(when.runs)}</p>"
        )


def _inline(runs: Sequence[Run]) -> str:
    parts = []
    for run in runs:
        text = escape(run.text).replace("\n", "<br>")
        parts.append(f"<strong>{text}</strong>" if run.strong else text)
    return "".join(parts)


def _cell(node: Node) -> str:
    return f"<td>{_inline(node.runs)}</td>"


def _rated(node: Node) -> str:
    step = step_of(node.text)
    symbol = f'<span aria-hidden="true">{step.symbol}</span> ' if step.symbol else ""
    return f'<td style="background:{step.fill};color:{step.ink}">{symbol}<strong>{_inline(node.runs)}</strong></td>'


def _table(caption: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    body = "\n".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    top = f"<thead><tr>{head}</tr></thead>" if titles else ""
    return f"<table><caption>{escape(caption)}</caption>{top}<tbody>{body}</tbody></table>"
