"""YAML, parsed into nodes with positions, and advice on how to correct text that is not valid YAML."""
