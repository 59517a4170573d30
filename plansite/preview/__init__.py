"""The preview: builds in memory, serves on this computer, and keeps the open pages in step with the files."""
