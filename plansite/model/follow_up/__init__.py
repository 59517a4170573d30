"""Following up: the checks that are still to be made, of finished actions and of interim controls."""
