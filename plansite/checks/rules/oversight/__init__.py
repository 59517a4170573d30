"""Rules on what others ask and decide about actions."""
