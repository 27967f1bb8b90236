"""Files made to harm: each costs itself a clear problem, and no other file anything."""
