"""The one style sheet: widgets say what they are (`role`, `kind`, `tone`), this says how that looks."""

from __future__ import annotations

from collections.abc import Callable

from workbench.ui.look.tokens import TARGET, Palette


def of(c: Palette, px: Callable[[float], int], gap: Callable[[float], int]) -> str:
    """The style sheet of a palette: `px` gives what grows with the text, `gap` the room around it."""
    return "\n".join(
        (
            _words(c, px),
            _buttons(c, px, gap),
            _switches(c, px, gap),
            _rail(c, px, gap),
            _fields(c, px, gap),
            _choices(c, px, gap),
            _panels(c, px, gap),
            _lists(c, px, gap),
        )
    )


def _words(c: Palette, px: Callable[[float], int]) -> str:
    tones = "\n".join(
        f'QLabel[tone="{tone}"] {{ color: {getattr(c, tone)}; }}'
        for tone in ("info", "good", "warn", "danger")
    )
    pills = "\n".join(
        f'QLabel[pill="{tone}"] {{ background: {getattr(c, f"{tone}_soft")}; color: '
        f"{c.text if tone == 'plain' else getattr(c, tone)}; }}"
        for tone in ("plain", "info", "good", "warn", "danger", "grave")
    )
    return f"""
* {{ color: {c.text}; }}
QLabel {{ background: transparent; }}
QLabel[role="display"] {{ font-size: {px(26)}px; font-weight: 700; }}
QLabel[role="title"] {{ font-size: {px(20)}px; font-weight: 700; }}
QLabel[role="heading"] {{ font-size: {px(16)}px; font-weight: 700; }}
QLabel[role="strong"] {{ font-weight: 700; }}
QLabel[role="quiet"] {{ color: {c.quiet}; font-size: {px(14)}px; }}
QLabel[role="small"] {{ color: {c.quiet}; font-size: {px(13)}px; }}
{tones}
QLabel[pill] {{ border-radius: {px(5)}px; padding: {px(2)}px {px(8)}px; font-size: {px(13)}px; font-weight: 700; }}
{pills}
"""


def _buttons(c: Palette, px: Callable[[float], int], gap: Callable[[float], int]) -> str:
    # A ring of two pixels takes one from the padding: what is focused stays as large as it was.
    return f"""
QPushButton {{ border: 1px solid {c.edge}; border-radius: {px(7)}px; background: {c.surface}; color: {c.text};
  padding: {gap(7)}px {gap(14)}px; min-height: {_inside(px, 2 * gap(7) + 2)}px; }}
QPushButton:hover {{ background: {c.accent_soft}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {c.focus}; padding: {gap(7) - 1}px {gap(14) - 1}px; }}
QPushButton:disabled {{ color: {c.quiet}; border: 1px dashed {c.line}; background: {c.ground}; }}
QPushButton[kind="primary"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent};
  font-weight: 700; }}
QPushButton[kind="primary"]:focus, QPushButton[kind="secondary"]:focus, QPushButton[kind="danger"]:focus {{
  border: 2px solid {c.focus}; }}
QPushButton[kind="primary"]:disabled {{ background: {c.plain_soft}; color: {c.quiet}; border: 1px dashed {c.edge}; }}
QPushButton[kind="secondary"] {{ color: {c.accent}; border-color: {c.accent}; font-weight: 700; }}
QPushButton[kind="danger"] {{ color: {c.danger}; border-color: {c.danger}; font-weight: 700; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; color: {c.accent};
  font-weight: 700; padding: {gap(3)}px; text-align: left; min-height: {_inside(px, 2 * gap(3) + 2)}px; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {c.focus}; border-radius: {px(4)}px;
  padding: {gap(3) - 1}px; }}
QPushButton[kind="source"] {{ background: transparent; border: 1px solid transparent; color: {c.quiet};
  padding: {gap(1)}px {px(2)}px; min-height: {_inside(px, 2 * gap(1) + 2)}px; text-align: left; font-size: {px(13)}px;
  text-decoration: underline; }}
QPushButton[kind="source"]:focus {{ border: 2px solid {c.focus}; border-radius: {px(4)}px;
  padding: {gap(1) - 1}px {px(2) - 1}px; }}
QPushButton[kind="row"] {{ background: transparent; border: 1px solid transparent; border-radius: {px(7)}px;
  text-align: left; padding: {gap(6)}px {gap(8)}px; min-height: {_inside(px, 2 * gap(6) + 2)}px; }}
QPushButton[kind="row"]:focus {{ border: 2px solid {c.focus}; padding: {gap(6) - 1}px {gap(8) - 1}px; }}
QPushButton[kind="icon"] {{ background: transparent; border: 1px solid transparent; padding: {gap(5)}px;
  min-height: {_inside(px, 2 * gap(5) + 2)}px; min-width: {max(px(18), TARGET - 2 * gap(5) - 2)}px; }}
QPushButton[kind="icon"]:hover {{ background: {c.accent_soft}; }}
QPushButton[kind="icon"]:focus {{ border: 2px solid {c.focus}; padding: {gap(5) - 1}px; }}
"""


def _switches(c: Palette, px: Callable[[float], int], gap: Callable[[float], int]) -> str:
    """Chips and tabs: buttons of which one is chosen."""
    return f"""
QPushButton[kind="chip"] {{ border-radius: {px(13)}px; padding: {gap(4)}px {gap(13)}px; font-size: {px(14)}px;
  min-height: {_inside(px, 2 * gap(4) + 2)}px; min-width: {max(0, 2 * (px(13) - gap(13)) - 2)}px; }}
QPushButton[kind="chip"]:checked {{ background: {c.accent_soft}; color: {c.accent}; border: 2px solid {c.accent};
  padding: {gap(4) - 1}px {gap(13) - 1}px; }}
QPushButton[kind="chip"]:focus {{ border: 2px solid {c.focus}; padding: {gap(4) - 1}px {gap(13) - 1}px; }}
QPushButton[kind="tab"] {{ border: none; border-bottom: 3px solid transparent; border-radius: 0;
  background: transparent; padding: {gap(8)}px {px(4)}px {gap(6)}px {px(4)}px; color: {c.quiet}; font-weight: 700;
  min-height: {_inside(px, gap(8) + gap(6) + 3)}px; }}
QPushButton[kind="tab"]:hover {{ color: {c.accent}; }}
QPushButton[kind="tab"]:checked {{ color: {c.accent}; border-bottom-color: {c.accent}; }}
QPushButton[kind="tab"]:focus {{ border: 2px solid {c.focus}; border-bottom: 3px solid {c.focus};
  border-radius: {px(5)}px; padding: {gap(8) - 2}px {px(4) - 2}px {gap(6)}px {px(4) - 2}px; }}
QPushButton[kind="tab"]:checked:focus {{ border-bottom-color: {c.accent}; }}
"""


def _inside(px: Callable[[float], int], around: int) -> int:
    """The least height of the words of what is pressed, with so many pixels above and below them together."""
    return max(px(20), TARGET - around)


def _rail(c: Palette, px: Callable[[float], int], gap: Callable[[float], int]) -> str:
    return f"""
QPushButton[kind="rail"] {{ background: transparent; border: 2px solid transparent; border-radius: {px(7)}px;
  color: {c.rail_text}; text-align: left; padding: {gap(7)}px {px(9)}px;
  min-height: {_inside(px, 2 * gap(7) + 4)}px; }}
QPushButton[kind="rail"]:hover, QPushButton[kind="rail"]:checked {{ background: {c.rail_chosen}; }}
QPushButton[kind="rail"]:checked {{ font-weight: 700; }}
QPushButton[kind="rail"]:focus {{ border-color: {c.focus}; padding: {gap(7)}px {px(9)}px; }}
QPushButton[kind="rail"][tight="true"], QPushButton[kind="rail"][tight="true"]:focus {{
  padding: {gap(2)}px {px(9)}px; min-height: {_inside(px, 2 * gap(2) + 4)}px; }}
"""


def _fields(c: Palette, px: Callable[[float], int], gap: Callable[[float], int]) -> str:
    fields = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit, QDateTimeEdit"
    focus = ", ".join(f"{name}:focus" for name in fields.split(", "))
    wrong = ", ".join(f'{name}[wrong="true"]' for name in fields.split(", "))
    # The cursor is found by its ring there too: what is wrong stands in words beside the field.
    both = ", ".join(f'{name}[wrong="true"]:focus' for name in fields.split(", "))
    # Letters are about 18 high; the smallest of them still stand in a whole target.
    high = max(gap(6), (TARGET - 1 - px(18)) // 2)
    return f"""
{fields} {{ background: {c.surface}; border: 1px solid {c.edge}; border-radius: {px(6)}px;
  padding: {high}px {gap(9)}px; selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {c.quiet}; }}
{focus} {{ border: 2px solid {c.focus}; padding: {high - 1}px {gap(9) - 1}px; }}
{wrong} {{ border: 2px solid {c.danger}; padding: {high - 1}px {gap(9) - 1}px; }}
{both} {{ border-color: {c.focus}; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {c.ground}; }}
QComboBox {{ min-height: {_inside(px, 2 * high + 2)}px; }}
QComboBox::drop-down {{ border: none; width: {px(24)}px; }}
QComboBox QAbstractItemView {{ background: {c.raised}; border: 1px solid {c.edge}; outline: none;
  selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QSpinBox::up-button, QSpinBox::down-button, QDateEdit::up-button, QDateEdit::down-button {{ width: {px(18)}px; }}
"""


def _choices(c: Palette, px: Callable[[float], int], gap: Callable[[float], int]) -> str:
    return f"""
QRadioButton, QCheckBox {{ spacing: {px(10)}px; padding: {gap(4)}px {px(4)}px; border: 2px solid transparent;
  border-radius: {px(6)}px; background: transparent; }}
QRadioButton:focus, QCheckBox:focus {{ border-color: {c.focus}; }}
QRadioButton::indicator, QCheckBox::indicator {{ width: {px(20)}px; height: {px(20)}px;
  border: 2px solid {c.edge}; background: {c.surface}; }}
QRadioButton::indicator {{ border-radius: {px(20) // 2 + 2}px; }}
QCheckBox::indicator {{ border-radius: {px(4)}px; }}
QRadioButton::indicator:checked {{ border-color: {c.accent};
  background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5, stop:0 {c.accent}, stop:0.5 {c.accent},
  stop:0.58 {c.surface}, stop:1 {c.surface}); }}
QCheckBox::indicator:checked {{ border-color: {c.accent}; background: {c.accent}; }}
QRadioButton:disabled, QCheckBox:disabled {{ color: {c.quiet}; }}
"""


def _panels(c: Palette, px: Callable[[float], int], gap: Callable[[float], int]) -> str:
    bands = "\n".join(
        f'QFrame[band="{tone}"] {{ background: {getattr(c, f"{tone}_soft")}; border-radius: {px(7)}px; }}'
        for tone in ("plain", "info", "good", "warn", "danger")
    )
    return f"""
QMainWindow, QWidget[ground="true"] {{ background: {c.ground}; }}
QWidget[surface="true"] {{ background: {c.surface}; }}
QFrame[card="true"] {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: {px(9)}px; }}
QFrame[rail="true"] {{ background: {c.rail}; border: none; }}
QFrame[rail="true"] QWidget#qt_scrollarea_viewport {{ background: transparent; }}
QFrame[rail="true"] QLabel {{ color: {c.rail_text}; }}
QFrame[rail="true"] QLabel[role="small"] {{ color: {c.rail_quiet}; }}
QFrame[rail="true"] QLabel[badge="true"] {{ color: {c.rail_text}; background: {c.rail_badge}; }}
QFrame[saved="true"] {{ background: {c.rail_chosen}; border-radius: {px(7)}px; }}
QFrame[shield="true"] {{ background: {c.shield}; border: 1px dashed {c.edge}; border-radius: {px(7)}px; }}
QFrame[side="true"] {{ background: {c.surface}; border: none; border-left: 1px solid {c.line}; }}
QFrame[side="left"] {{ background: {c.surface}; border: none; border-right: 1px solid {c.line}; }}
QFrame[head="true"] {{ background: {c.surface}; border: none; border-bottom: 1px solid {c.line}; }}
QFrame[foot="true"] {{ border: none; border-top: 1px solid {c.line}; }}
QFrame[line="true"] {{ background: {c.line}; border: none; }}
QFrame[floating="true"] {{ background: {c.raised}; border: 1px solid {c.edge}; border-radius: {px(9)}px; }}
{bands}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget[ground="true"] {{ background: {c.ground}; }}
QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}px; margin: 0; }}
QScrollBar::handle {{ background: {c.edge}; border-radius: {px(4)}px; margin: {px(2)}px; min-height: {px(28)}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {c.plain_soft}; border: none; border-radius: {px(3)}px; max-height: {px(6)}px;
  min-height: {px(6)}px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: {px(3)}px; }}
QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.edge}; padding: {gap(4)}px; }}
QMenu {{ background: {c.raised}; border: 1px solid {c.edge}; padding: {gap(4)}px; }}
QMenu::item {{ padding: {gap(6)}px {px(18)}px; border-radius: {px(4)}px; }}
QMenu::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
"""


def _lists(c: Palette, px: Callable[[float], int], gap: Callable[[float], int]) -> str:
    return f"""
QListView, QTableView {{ background: {c.surface}; border: none; outline: none; selection-background-color: {c.chosen};
  selection-color: {c.text}; }}
QTableView {{ gridline-color: {c.line}; alternate-background-color: {c.ground}; }}
QTableView::item {{ padding: 0 {px(8)}px; border-bottom: 1px solid {c.line}; }}
QTableView::item:selected {{ background: {c.chosen}; }}
QHeaderView {{ background: {c.ground}; }}
QHeaderView::section {{ background: {c.ground}; color: {c.quiet}; border: none; border-bottom: 1px solid {c.line};
  padding: {gap(6)}px {px(8)}px {gap(6)}px {px(8) + 3}px; font-weight: 700; }}
QSplitter::handle {{ background: {c.line}; }}
"""
