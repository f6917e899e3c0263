"""Templates compiled once for each language, so that a page says what it always says at once.

Django looks every `{% translate "…" %}` up again on every page, and asks of every variable whether
it is a number or a time to be written in the reader's way. Here a label is text as soon as the
language is known, and a variable that holds a string is only escaped. What a template says stays
the same to the letter.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from django.template import Context
from django.template.base import (
    Node,
    NodeList,
    Origin,
    Template,
    TextNode,
    Variable,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import IfNode
from django.template.loaders import base, cached
from django.templatetags.i18n import LanguageNode, TranslateNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class _Settling(base.Loader):
    """Where the cached loader turns for what it does not have yet."""

    def get_template(self, template_name: str, skip: list | None = None) -> Template:
        template = super().get_template(template_name, skip)
        settle(template.nodelist)
        return template


#: The start of a tag that browsers run, which a block of data (JSON, JSON-LD) is not.
_SCRIPT = re.compile(r"<script(?=[\s>])(?![^>]*\stype=\"application/)")


class Loader(cached.Loader, _Settling):
    """As Django's cached loader; it keeps each template once for each language.

    A script that stands in a template, ours or a library's, is one we mean: it is given the nonce
    without which browsers do not run it (nkhr.headers). What is put into a page later gets none.
    """

    def get_contents(self, origin: Origin) -> str:
        return _SCRIPT.sub('<script nonce="{{ request.csp_nonce }}"', super().get_contents(origin))

    def cache_key(self, template_name: str, skip: list | None = None) -> str:
        return f"{get_language()}-{super().cache_key(template_name, skip)}"


def settle(nodes: NodeList) -> None:
    """Write out, in place, what is known in the present language."""
    settled: list[Node] = []
    for node in map(_settled, nodes):
        if isinstance(node, TextNode) and settled and isinstance(settled[-1], TextNode):
            settled[-1] = _in_place_of(settled[-1], TextNode(settled[-1].s + node.s))
        else:
            settled.append(node)
    nodes[:] = settled


def _settled(node: Node) -> Node:
    if isinstance(node, TranslateNode) and _is_label(node):
        return _in_place_of(node, TextNode(node.render(Context())))
    if type(node) is VariableNode:
        return _in_place_of(node, _Variable(node.filter_expression))
    for nodes in _within(node):
        settle(nodes)
    return node


def _is_label(node: TranslateNode) -> bool:
    """Whether it says a word of the template itself, there where it stands."""
    words = node.filter_expression
    is_literal = isinstance(words.var, Variable) and words.var.lookups is None
    return is_literal and not (words.filters or node.asvar or node.message_context)


def _within(node: Node) -> Iterator[NodeList]:
    if isinstance(node, LanguageNode):
        return  # it says them in another language
    if isinstance(node, IfNode):  # whose own `nodelist` is made anew each time
        yield from (nodes for _condition, nodes in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        nodes = getattr(node, name, None)
        if isinstance(nodes, NodeList):
            yield nodes


def _in_place_of(old: Node, new: Node) -> Node:
    """With what Django's page of an error tells of a node."""
    new.token, new.origin = old.token, old.origin
    return new


class _Variable(VariableNode):
    def render(self, context: Context) -> str:
        value = self.filter_expression.resolve(context)
        kind = type(value)
        if kind is SafeString:
            return value
        if kind is str:
            return html.escape(value) if context.autoescape else value
        return render_value_in_context(value, context)
