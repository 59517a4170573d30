"""Incremental computation: a cached result is reused while everything that it depends on is unchanged.

The package knows nothing of plans, pages or sites. It works on tasks, results and tables.

A *task* is a pure function that runs under a key (in plansite, checking or rendering one plan). Its *result* depends on

1. its declared inputs, which the caller summarises in one *fingerprint*, and
2. the entries that it looks up, while it runs, in *tables* that all tasks share.

Lookups are not declared. A task gets its tables as recording mappings, which note each key that is asked for, whether
it exists or not. With the result, the engine keeps every lookup and a fingerprint of its answer. On the next build a
cached result is *current* if the fingerprint of its declared inputs is the same and each recorded lookup would give an
answer with the same fingerprint. Otherwise the task runs again. Recording mappings refuse iteration: a task that
iterates depends on every key, present and future, and that cannot be recorded.

In the terms of "Build Systems à la Carte" (Mokhov, Mitchell and Peyton Jones, 2018) this is a rebuilder with verifying
traces and dynamic dependencies. Salsa (rust-analyzer) and Skyframe (Bazel) record dependencies in the same way. As in
both, comparing answers and not their origins gives early cut-off: an edit that leaves an answer as it was invalidates
nothing that asked for it. There is less here than in those systems, because a site needs less: tables are complete
before the first task runs and tasks do not call each other, so there is no scheduler and no cycle detection.

Results are kept in a *store*, under names that include the version of the program. A store may be missing, damaged or
made by somebody else. That costs time and nothing else: each value carries a checksum, and only plain frozen values
are ever created from it.

Modules: `fingerprint` (values to digests), `file_hashes` (files to digests), `tables` (recorded lookups), `tasks`
(results and whether they are current), `store` (values by name, in memory or in files), `encoding` (values to bytes).
"""
