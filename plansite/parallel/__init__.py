"""Work in other processes: a parallel map, a map with a time limit, and a helper process for programs with threads."""
