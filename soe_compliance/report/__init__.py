"""What is made of findings: the report, and its forms for people and programs."""
