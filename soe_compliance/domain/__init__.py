"""What the rules talk about: three-valued truth, exact amounts, working days, ownership, findings."""
