"""What follows from incidents: evidence chains and their verdict, the strength of fixes, and who read the learning."""
