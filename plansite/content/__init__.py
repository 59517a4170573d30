"""From bytes to a Site: front matter with positions, typed documents, and every fault collected."""
