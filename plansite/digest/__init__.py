"""Digests: what one owner has to do, as a text, an HTML page or an e-mail that a mailer can send."""
