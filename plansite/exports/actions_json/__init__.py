"""Actions as JSON: everything that their files say, to read in other programs and to import again."""
