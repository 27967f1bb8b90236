"""What authors of rulesets need: the rules' own examples, and what is said of a rule."""
