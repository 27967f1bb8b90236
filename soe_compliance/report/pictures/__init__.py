"""Pictures of who holds and who guarantees whom, and the same graph for other programs."""
