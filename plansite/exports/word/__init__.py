"""Word documents (DOCX): the register of plans as people bring it to meetings."""
