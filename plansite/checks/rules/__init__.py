"""The rules, by subject: a function under `@rule` is a rule, and its docstring the published documentation."""
