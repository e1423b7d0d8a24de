"""The few shapes our plots are made of, as SVG text.

Looks are classes of the page's style sheet: the page's security policy lets no style stand at
an element. Coordinates are in units of the view box, x to the right, y down.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "SERIES",
    "Scale",
    "dot",
    "figure",
    "label",
    "line",
    "marker",
    "node",
    "path",
    "signed",
    "text",
]

SERIES = 8
"""Colours of systems that the style sheet knows (classes ``s0`` to ``s7``)."""

_STEPS = (1, 2, 5, 10)
_ROOM = 0.06  # of a scale, on either side of its values
_SHAPES = (
    "M-4.2 0a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0 -8.4 0z",  # disc
    "M-3.8 -3.8h7.6v7.6h-7.6z",  # square
    "M0 -5.2L5.2 0L0 5.2L-5.2 0z",  # diamond
    "M0 -4.9L4.8 3.7H-4.8z",  # triangle
    "M0 4.9L4.8 -3.7H-4.8z",  # triangle on its head
    "M-4.6 -1.7h2.9v-2.9h3.4v2.9h2.9v3.4h-2.9v2.9h-3.4v-2.9h-2.9z",  # cross
    "M-5 0L-2.5 -4.3H2.5L5 0L2.5 4.3H-2.5z",  # hexagon
)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def label(content: str) -> str:
    """Return text as it may stand in a page."""
    return escape(content).replace("\0", "\ufffd")


def node(tag: str, content: str = "", **attributes: float | str) -> str:
    """Return an element; a name's last underscore is dropped, others become hyphens."""
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="'
        f'{label(value) if isinstance(value, str) else _number(value)}"'
        for key, value in attributes.items()
    )
    return f"<{tag}{pairs}>{content}</{tag}>" if content else f"<{tag}{pairs}/>"


def line(x1: float, y1: float, x2: float, y2: float, style: str) -> str:
    """Return a straight line."""
    return node("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=style)


def text(x: float, y: float, content: str, style: str = "") -> str:
    """Return text that begins at a point on its base line (or as its class says)."""
    return node("text", label(content), x=x, y=y, class_=style) if content else ""


def path(points: Iterable[tuple[float, float]], style: str) -> str:
    """Return a line through points."""
    return node(
        "path", d="M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points), class_=style
    )


def marker(x: float, y: float, series: int, style: str = "") -> str:
    """Return the mark of a system: its colour and its own shape."""
    return node(
        "path",
        d=_SHAPES[series % len(_SHAPES)],
        transform=f"translate({_number(x)} {_number(y)})",
        class_=f"mark s{series % SERIES} {style}".rstrip(),
    )


def dot(series: int) -> str:
    """Return the mark of a system as a picture of its own, to stand before its name."""
    return f'<svg class="dot" viewBox="-6 -6 12 12" aria-hidden="true">{marker(0, 0, series)}</svg>'


def signed(value: float) -> str:
    """Return a difference with its sign, a minus and no hyphen."""
    return f"{value:+.1f}".replace("-", "\N{MINUS SIGN}")


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to places on an axis.

    Args:
        low: value at ``start``.
        high: value at ``end``; more than ``low``.
        start: place of the lowest value.
        end: place of the highest; may be less, for an axis that goes up.
    """

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def around(
        cls, values: Sequence[float], start: float, end: float, least: float = 0.02
    ) -> Scale:
        """Return a scale that holds all values, with a little room at both ends.

        Args:
            values: at least one.
            start: place of the lowest value.
            end: place of the highest.
            least: what the scale spans at least, so that nothing looks like much.
        """
        low, high = min(values), max(values)
        room = max((high - low) * _ROOM, (least - (high - low)) / 2)
        return cls(low - room, high + room, start, end)

    def __call__(self, value: float) -> float:
        """Return the place of a value; what is off the scale stands at its end."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(1.0, max(0.0, share)) * (self.end - self.start)

    def ticks(self, most: int = 5) -> tuple[tuple[float, str], ...]:
        """Return round values on the axis with their text."""
        step = _step(self.high - self.low, most)
        digits = max(0, -floor(log10(step) + 1e-9))
        first, last = ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9)
        return tuple(
            (n * step, f"{n * step:.{digits}f}".replace("-", "\N{MINUS SIGN}"))
            for n in range(first, last + 1)
        )


def _step(span: float, most: int) -> float:
    """Return the smallest step of 1, 2 or 5 times a power of ten that makes few enough ticks."""
    power: float = 10.0 ** floor(log10(span / most))
    return next(step * power for step in _STEPS if span / (step * power) <= most + 1e-9)


def figure(name: str, size: tuple[float, float], body: str, *, title: str, told: str) -> str:
    """Return a plot that can be read without seeing it.

    Args:
        name: id of the plot, unique in the page.
        size: width and height of the view box.
        body: its elements.
        title: what it shows, in a few words.
        told: what it says, in sentences.
    """
    heads = node("title", label(title), id=f"{name}-title") + node(
        "desc", label(told), id=f"{name}-told"
    )
    return (
        f'<svg role="img" viewBox="0 0 {_number(size[0])} {_number(size[1])}"'
        f' aria-labelledby="{name}-title" aria-describedby="{name}-told">{heads}{body}</svg>'
    )
