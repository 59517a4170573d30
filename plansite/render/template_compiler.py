"""Templates compiled to leaner Python than Jinja's own: the same page, or an exception.

Jinja's code asks of every name and every call what it might be. Here an attribute is an attribute and a macro is the
function it holds. Whatever needs more than that raises, such as a key written as an attribute, or a name that is not
there; then Jinja's own code has to draw the page, or to say what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from keyword import iskeyword
from types import BuiltinFunctionType
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

try:
    from markupsafe._speedups import _escape_inner as _escape_text
except ImportError:  # other releases of MarkupSafe; as right, and slower
    _escape_text = escape

#: What stands for arguments that a call leaves out, by their number.
_MISSING_ARGUMENTS = tuple((missing,) * number for number in range(16))

Variables = Mapping[str, object] | None


def render_template(template: Template, variables: Mapping[str, object]) -> str:
    """The page that a template makes of these names and the environment's. Raises whatever went wrong."""
    environment = template.environment
    # Jinja would look through its chain of globals anew for each page.
    context = Context(environment, {**environment.globals, **variables}, template.name, template.blocks)
    return "".join(template.root_render_func(context))


def escape_value(value: object) -> str:
    """A value as the page has it: escaped, unless it is markup already."""
    kind = type(value)
    if kind is str:
        return _escape_text(value)  # type: ignore[arg-type]  # it is one
    if kind is Markup:
        return value  # type: ignore[return-value]  # so is this
    if kind is int or kind is float:
        return str(value)
    return escape(value)


def call_and_escape(
    context: Context,
    function: Callable[..., object],
    loop_variables: Variables,
    block_variables: Variables,
    *arguments: Any,
) -> str:
    """What a call gives, as the page has it. `loop` and `block` are the variables set around it."""
    if (
        type(function) is Macro
        and context.eval_ctx.autoescape
        and not (function.caller or function.catch_kwargs or function.catch_varargs)
    ):
        return function._func(*arguments, *_MISSING_ARGUMENTS[function._argument_count - len(arguments)])
    return escape_value(call(context, function, loop_variables, block_variables, *arguments))


def call(
    context: Context,
    function: Callable[..., object],
    loop_variables: Variables,
    block_variables: Variables,
    *arguments: Any,
) -> object:
    """What a call gives; of a macro that is markup."""
    if type(function) is BuiltinFunctionType:
        return function(*arguments)
    around = {"_loop_vars": loop_variables, "_block_vars": block_variables}
    return context.call(function, *arguments, **{name: value for name, value in around.items() if value is not None})


class _FastCodeGenerator(CodeGenerator):
    """Jinja's compiler, but for attributes, calls and what is put out."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  (named after the node)
        self.output_nodes: set[int] = set()
        self.writeline(f"from {__name__} import call, call_and_escape, escape_value")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        is_block = isinstance(node.node, nodes.Name) and node.node.name == "self"
        if is_block or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if forward_caller or not _is_simple(node, frame):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("call_and_escape(context, " if id(node) in self.output_nodes else "call(context, ")
        self.visit(node.node, frame)
        self.write(", _loop_vars" if frame.loop_frame else ", None")
        self.write(", _block_vars" if frame.block_frame else ", None")
        self.signature(node, frame)
        self.write(")")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        self.output_nodes.update(id(child) for child in node.nodes if _is_simple(child, frame))
        super().visit_Output(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if id(node) in self.output_nodes:
            self.write("(")
        elif _escapes(frame):
            self.write("escape_value(")
        else:
            super()._output_child_pre(node, frame, finalize)


class FastEnvironment(Environment):
    """An environment whose templates are compiled this way. It has no `finalize` and is neither sandboxed nor async."""

    code_generator_class = _FastCodeGenerator


def _escapes(frame: Frame) -> bool:
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


def _is_simple(node: nodes.Node, frame: Frame) -> bool:
    """Whether it is a call with arguments by position alone, where text is escaped."""
    return isinstance(node, nodes.Call) and not (node.kwargs or node.dyn_args or node.dyn_kwargs) and _escapes(frame)
