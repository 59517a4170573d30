"""Updates by e-mail: the form that a link opens, and reading a mail in which it was filled in."""
