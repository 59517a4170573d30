"""Letters and notices that have to be answered: the days each kind allows, and how long is left."""
