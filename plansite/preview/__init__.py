"""The preview server: builds in memory, serves pages on this computer, and reloads them when files are saved."""
