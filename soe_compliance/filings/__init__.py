"""What an enterprise hands in: the forms, the readers, and the columns that a batch of filings becomes."""
