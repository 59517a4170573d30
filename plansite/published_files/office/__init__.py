"""Office documents: what is hidden in workbooks, texts and slides, and who is named in their properties."""
