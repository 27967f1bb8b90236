"""Running a check: shards of files, the processes that share them, and outcomes kept from run to run."""
