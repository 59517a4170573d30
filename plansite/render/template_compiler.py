"""Fast path: compiles templates to shorter Python than Jinja does. The output is the same text, or an exception.

Jinja's code checks at run time what every name and every call is. This compiler assumes that `a.b` is an attribute and
that a macro called with positional arguments is the macro's own function. Where that does not hold (a dictionary key
written as an attribute, an undefined name), the code raises, and the caller renders the page with plain Jinja.

It subclasses Jinja's code generator and uses private names of Jinja and MarkupSafe, so pyproject.toml bounds their
versions. Where a name is missing, importing this module fails or the code raises, and plain Jinja is used as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from keyword import iskeyword
from types import BuiltinFunctionType, FunctionType
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

try:
    from markupsafe._speedups import _escape_inner as escape_text
except ImportError:  # a release of MarkupSafe without it, or without compiled code: same result, slower
    escape_text = escape

Variables = Mapping[str, object] | None


def render_template(template: Template, variables: Mapping[str, object]) -> str:
    """The text that a compiled template gives with these variables and the environment's globals. Raises any error."""
    environment = template.environment
    # A plain dict, because Template.render would go through the chain of the environment's globals for each page.
    context = Context(environment, {**environment.globals, **variables}, template.name, template.blocks)
    html = "".join(template.root_render_func(context))
    # A macro and its context refer to each other, so every page would stay in memory until garbage is collected.
    context.vars.clear()
    return html


def escape_value(value: object) -> str:
    """A value as HTML: escaped, unless it is markup already."""
    value_type = type(value)
    if value_type is str:
        return escape_text(value)  # type: ignore[arg-type]  # a str, as just tested
    if value_type is Markup:
        return value  # type: ignore[return-value]  # a Markup, which is a str
    if value_type is int or value_type is float:
        return str(value)
    return escape(value)


def call_and_escape(
    context: Context,
    function: Callable[..., object],
    loop_variables: Variables,
    block_variables: Variables,
    *arguments: Any,
) -> str:
    """The result of a call as HTML. The variables are those set in the loop and the block around the call."""
    if type(function) is PlainMacro and context.eval_ctx.autoescape:
        html: str = function.render(*arguments)
        return html
    return escape_value(call(context, function, loop_variables, block_variables, *arguments))


def call(
    context: Context,
    function: Callable[..., object],
    loop_variables: Variables,
    block_variables: Variables,
    *arguments: Any,
) -> object:
    """The result of a call; markup where the function is a macro."""
    if type(function) is BuiltinFunctionType:
        return function(*arguments)
    scopes = {"_loop_vars": loop_variables, "_block_vars": block_variables}
    return context.call(function, *arguments, **{name: value for name, value in scopes.items() if value is not None})


class PlainMacro(Macro):
    """A macro that has nothing but parameters, and is called where output is escaped."""

    def __init__(self, environment: Environment, render: FunctionType, *signature: Any) -> None:
        """`render` is its function, which returns markup and takes `missing` for an omitted argument."""
        super().__init__(environment, render, *signature)
        self.render = render
        render.__defaults__ = (missing,) * self._argument_count


class _FastCodeGenerator(CodeGenerator):
    """Jinja's code generator with other code for attributes, calls and output."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  (named after the node)
        self.output_nodes: set[int] = set()
        self.writeline(f"from {__name__} import PlainMacro, call, call_and_escape, escape_text, escape_value")
        super().visit_Template(node, frame)

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """The body of a template or block collects its output in a list as that of a macro does, and yields it once."""
        if frame.buffer is not None:
            super().blockvisit(body, frame)
            return
        self.buffer(frame)
        super().blockvisit(body, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        catches = macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs
        if _escapes(frame) and not catches:
            self.write("Plain")  # completes the name of the class that follows
        super().macro_def(macro_ref, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        is_block = isinstance(node.node, nodes.Name) and node.node.name == "self"
        if is_block or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if _is_date_as_text(node):
            self.visit(node.node, frame)
            self.write("()")
            return
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
            self.write("(escape_text(_value) if type(_value := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if id(node) not in self.output_nodes and _escapes(frame):
            self.write(") is str else escape_value(_value)")
        super()._output_child_post(node, frame, finalize)


class FastEnvironment(Environment):
    """An environment whose templates are compiled by this module. `finalize`, sandbox and async are not supported."""

    code_generator_class = _FastCodeGenerator


def _escapes(frame: Frame) -> bool:
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


def _is_simple(node: nodes.Node, frame: Frame) -> bool:
    """Whether a node is a call with nothing but positional arguments, at a place where output is escaped."""
    return (
        isinstance(node, nodes.Call)
        and not (node.kwargs or node.dyn_args or node.dyn_kwargs or _is_date_as_text(node))
        and _escapes(frame)
    )


def _is_date_as_text(node: nodes.Call) -> bool:
    """Whether a call is `….isoformat()`, the most frequent one of a method, which needs nothing from its context."""
    return isinstance(node.node, nodes.Getattr) and node.node.attr == "isoformat" and not (node.args or node.kwargs)
