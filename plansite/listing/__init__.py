"""Actions as rows: chosen by filters, shown in a terminal or handed to another program."""
